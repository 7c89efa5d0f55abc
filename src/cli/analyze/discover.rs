//! The Python files that paths on the command line mean.

use super::gitignore::Rules;
use crate::cli::exit_code::Exit;
use crate::cli::failure::Failure;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The files found, in a stable order, and the paths that gave none.
pub(super) struct Found {
    pub files: Vec<PathBuf>,
    pub missing: Vec<Failure>,
}

/// A path that is a file is taken as it is; a folder is searched. A file named twice is taken once.
pub(super) fn python_files(paths: &[PathBuf]) -> Found {
    let mut found = Found {
        files: Vec::new(),
        missing: Vec::new(),
    };
    let mut seen = HashSet::new();
    for path in paths {
        let mut files = Vec::new();
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                search(path, &Rules::above(path), &mut files);
                if files.is_empty() {
                    let message = format!("{}: no Python files in this folder", path.display());
                    found.missing.push(Failure::new(Exit::InputNotFound, message));
                }
            }
            Ok(_) => files.push(path.clone()),
            Err(error) => found.missing.push(Failure::input(path, &error)),
        }
        found
            .files
            .extend(files.into_iter().filter(|file| seen.insert(file.clone())));
    }
    found
}

/// Adds the Python files below a folder. Hidden folders, virtual environments, links to folders and what
/// `.gitignore` names are left out.
fn search(folder: &Path, outer: &Rules, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let rules = outer.with_folder(folder);
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Ok(metadata) = path.symlink_metadata() else {
            continue;
        };
        if name.starts_with('.') || rules.ignores(&path, metadata.is_dir()) {
            continue;
        }
        if metadata.is_dir() {
            let is_code = name != "__pycache__" && !path.join("pyvenv.cfg").exists();
            if is_code {
                search(&path, &rules, files);
            }
        } else if (name.ends_with(".py") || name.ends_with(".pyw")) && path.is_file() {
            files.push(path);
        }
    }
}
