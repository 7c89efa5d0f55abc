//! Profile-guided optimisation: an instrumented build runs the script's own main block, and the real build learns from it.

use super::Watch;
use crate::bench;
use crate::build::{BuildError, Flavour, Package, Progress, Stage, merge, profdata};
use crate::config::Pgo;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The training run may take this long.
const LIMIT: Duration = Duration::from_secs(60);

/// A merged profile to build with, where the profile of build settings asks for one and one can be had.
///
/// # Errors
/// The instrumented build fails, or what the command line insists on cannot be had.
pub fn train(
    stage: &Stage,
    package: &Package<'_>,
    has_script: bool,
    watch: &dyn Watch,
) -> Result<Option<PathBuf>, BuildError> {
    let wanted = package.profile.pgo;
    if wanted == Pgo::Off {
        return Ok(None);
    }
    match attempt(stage, package, has_script, watch)? {
        Ok(merged) => Ok(Some(merged)),
        Err(reason) if wanted == Pgo::Required => Err(BuildError::Missing {
            program: "a profile to optimise by".into(),
            help: reason,
        }),
        Err(reason) => {
            watch.note(&format!("warning: built without profile-guided optimisation: {reason}"));
            Ok(None)
        }
    }
}

/// The inner error says why there is no profile.
fn attempt(
    stage: &Stage,
    package: &Package<'_>,
    has_script: bool,
    watch: &dyn Watch,
) -> Result<Result<PathBuf, String>, BuildError> {
    let profdata = match profdata(stage.toolchain()) {
        Ok(program) => program,
        Err(reason) => return Ok(Err(reason)),
    };
    if !has_script {
        return Ok(Err("the file has no main block to train on".into()));
    }
    let (raw, merged) = (stage.profiles().join("raw"), stage.profiles().join("merged.profdata"));
    watch.phase("compiling for training");
    let progress = &mut |step: &Progress| watch.progress(step.done, None, &step.name);
    let built = stage.build(package, Flavour::Training(&raw), || {}, progress)?;
    if built.fresh && merged.exists() {
        return Ok(Ok(merged));
    }
    let _ = fs::remove_dir_all(&raw);
    fs::create_dir_all(&raw).map_err(BuildError::io(&raw))?;
    watch.phase("training");
    // One thread: counters are not synchronised.
    let mode: [OsString; 3] = ["--mode".into(), "sequential".into(), "--".into()];
    let command: Vec<OsString> = std::iter::once(built.executable.into()).chain(mode).collect();
    if let Err(error) = bench::run(&command, LIMIT) {
        return Ok(Err(format!("the training run gave nothing: {error}")));
    }
    Ok(merge(&profdata, &raw, &merged).map(|()| merged))
}
