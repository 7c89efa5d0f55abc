//! How much faster the script became, on its own sample of work.

use super::{Request, ScriptSpeed, Watch};
use crate::bench;
use crate::build::Interpreter;
use crate::vessel::Manifest;
use std::path::Path;
use std::time::Duration;

/// Rounds, and the time after which no further one is begun: this is a glance, `pivot bench` looks closely.
const ROUNDS: u64 = 3;
const BUDGET: Duration = Duration::from_secs(2);
const LIMIT: Duration = Duration::from_secs(30);

/// Runs the script without arguments, in Python and in the vessel that stands in `folder`.
pub fn script(request: &Request, folder: &Path, python: &Interpreter, watch: &dyn Watch) -> Option<ScriptSpeed> {
    let manifest = Manifest::read(folder).ok()?;
    if !request.measure || !manifest.has_script {
        return None;
    }
    watch.phase("measuring");
    let wanted = bench::Request {
        vessel: folder.to_path_buf(),
        python: python.program.clone(),
        args: Vec::new(),
        iterations: ROUNDS,
        items: None,
        workers: request.options.workers,
        limit: LIMIT,
        budget: Some(BUDGET),
    };
    match bench::measure(&wanted, &manifest, |done, total, name| {
        watch.progress(done as usize, Some(total as usize), name);
    }) {
        Ok(figures) => Some(ScriptSpeed {
            sequential: figures.speedup_of("sequential"),
            parallel: figures.speedup_of("parallel"),
        }),
        Err(error) => {
            watch.note(&format!("the script was not measured: {error}"));
            None
        }
    }
}
