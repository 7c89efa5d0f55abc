//! A command of the user's own (a script, a test suite), watched from its start to its end.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use serde_json::json;

use super::{Recorded, Recording, report};
use crate::parity::oracle::home::Home;
use crate::parity::scratch::Scratch;

/// What a watched command did.
#[derive(Debug)]
pub struct Followed {
    pub status: ExitStatus,
    /// The calls of each file's functions.
    pub files: BTreeMap<PathBuf, BTreeMap<String, Recorded>>,
}

/// The environment variable that tells the Python side what to watch.
const VARIABLE: &str = "PIVOT_RECORD";

/// Runs the command with the calls of the files' functions watched in every Python that it starts. `root` is the folder
/// that the files are imported from.
///
/// # Errors
/// When the command cannot be started.
pub fn follow(command: &[OsString], root: &Path, files: &[PathBuf]) -> io::Result<Followed> {
    let home = Home::new()?;
    let folder = Scratch::new("follow")?;
    let (program, args) = command.split_first().ok_or_else(|| io::Error::other("no command"))?;
    let order = json!({"files": files, "root": root, "folder": folder.path()});
    let mut path = home.site().into_os_string();
    if let Some(own) = std::env::var_os("PYTHONPATH") {
        path.push(":");
        path.push(own);
    }
    let status = Command::new(program)
        .args(args)
        .env("PYTHONPATH", path)
        .env(VARIABLE, order.to_string())
        .status()?;
    Ok(Followed {
        status,
        files: collect(folder.path())?,
    })
}

/// The reports of all processes, merged.
fn collect(folder: &Path) -> io::Result<BTreeMap<PathBuf, BTreeMap<String, Recorded>>> {
    let mut reports: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    reports.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    reports.sort();
    let mut found: BTreeMap<PathBuf, Recording> = BTreeMap::new();
    for path in reports {
        let text = fs::read_to_string(path)?;
        let report: BTreeMap<PathBuf, BTreeMap<String, report::Function>> =
            serde_json::from_str(&text).map_err(io::Error::other)?;
        for (file, functions) in report {
            found.entry(file).or_default().merge(report::functions(functions));
        }
    }
    Ok(found
        .into_iter()
        .map(|(file, recording)| (file, recording.functions))
        .collect())
}
