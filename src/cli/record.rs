//! `pivot record`: the calls that the user's own runs and tests make, kept for inference and certification.

use super::console::Console;
use super::exit_code::Exit;
use super::failure::Failure;
use crate::parity::record::{Recording, beside, follow};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Run a command and keep the calls that functions of this folder's Python files get.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pivot record -- pytest -q\n  pivot record --file jobs/batch.py -- python3 jobs/batch.py 500"
)]
pub struct Args {
    /// A file whose functions are watched; may be given several times. All below this folder but tests where absent.
    #[arg(long = "file", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The command and its arguments.
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let root = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .map_err(|error| Failure::input(Path::new("."), &error))?;
    let files = watched(&args.files, &root)?;
    let followed = follow(&args.command, &root, &files).map_err(|error| {
        let program = PathBuf::from(args.command.first().cloned().unwrap_or_default());
        Failure::input(&program, &error)
    })?;
    let mut kept = 0;
    for (file, functions) in followed.files {
        let mut recording = Recording {
            functions: beside::read(&file),
            attempts: Vec::new(),
        };
        recording.merge(functions);
        let path = beside::write(&file, &recording.functions).map_err(|error| Failure::input(&file, &error))?;
        let calls: usize = recording.functions.values().map(|recorded| recorded.calls.len()).sum();
        let shown = path.strip_prefix(&root).unwrap_or(&path).display();
        console.story(&format!(
            "{shown}: {calls} calls of {} functions",
            recording.functions.len()
        ));
        kept += 1;
    }
    if kept == 0 {
        console.complain("no call of a watched function was seen");
    }
    if followed.status.success() {
        return Ok(Exit::Done);
    }
    console.complain(&format!(
        "the command ended with {}; what was seen until then is kept",
        followed.status
    ));
    Ok(Exit::NotAnalysed)
}

fn watched(named: &[PathBuf], root: &Path) -> Result<Vec<PathBuf>, Failure> {
    if named.is_empty() {
        let mut found = BTreeMap::new();
        find(root, 0, &mut found);
        return Ok(found.into_keys().collect());
    }
    let real = |path: &PathBuf| path.canonicalize().map_err(|error| Failure::input(path, &error));
    named.iter().map(real).collect()
}

/// Folders nested deeper than this are not searched.
const DEEPEST: usize = 12;
const SKIPPED: &[&str] = &[
    "target",
    "node_modules",
    "__pycache__",
    "venv",
    "env",
    "site-packages",
    "tests",
    "test",
    "build",
    "dist",
];

/// Python files that are no tests, by their real path.
fn find(folder: &Path, depth: usize, found: &mut BTreeMap<PathBuf, ()>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            let skipped = name.starts_with('.') || SKIPPED.contains(&name.as_str());
            if !skipped && depth < DEEPEST {
                find(&path, depth + 1, found);
            }
        } else if name.ends_with(".py") && !is_test(&name) {
            found.extend(path.canonicalize().ok().map(|path| (path, ())));
        }
    }
}

fn is_test(name: &str) -> bool {
    name.starts_with("test_") || name.ends_with("_test.py") || name == "conftest.py"
}
