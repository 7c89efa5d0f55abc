//! Which vessels a run of `pivot certify` is about.

use super::{Args, Exit, Failure, vessel_name};
use crate::config::{Options, Overrides};
use crate::parity::certify::source_of;
use crate::vessel::Manifest;
use crate::vessel::manifest::FILE_NAME;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    pub vessels: Vec<PathBuf>,
    /// Refuted vessels with no good one in their place: there is a build, and no proof.
    pub without_proof: Vec<PathBuf>,
}

/// The named vessels, or all below this folder; of these the changed ones, and of these one part.
pub fn folders(args: &Args) -> Result<Found, Failure> {
    let mut found = Found::default();
    if args.vessels.is_empty() {
        find(Path::new("."), 0, &mut found);
        found.vessels.sort();
        if found.vessels.is_empty() && found.without_proof.is_empty() {
            let message = "there is no vessel below this folder";
            return Err(
                Failure::new(Exit::InputNotFound, message).with_help("`pivot evolve FILE` makes one under vessels/")
            );
        }
    } else {
        found.vessels = args
            .vessels
            .iter()
            .map(|path| folder_of(path))
            .collect::<Result<_, _>>()?;
    }
    if let Some(reference) = &args.changed_since {
        let changed = changed_since(reference)?;
        found.vessels.retain(|folder| touches(folder, &changed));
    }
    if let Some((part, parts)) = args.shard {
        let mut number = 0;
        found.vessels.retain(|_| {
            number += 1;
            (number - 1) % parts == part - 1
        });
    }
    Ok(found)
}

/// `K/N`, counted from one.
pub fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text
        .split_once('/')
        .and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
    parts
        .filter(|(part, parts)| (1..=*parts).contains(part))
        .ok_or_else(|| "a part such as 2/5: the second of five".to_string())
}

/// Folders nested deeper than this are not searched.
const DEEPEST: usize = 12;

/// All folders with a manifest; hidden folders and those of builds are left out.
fn find(folder: &Path, depth: usize, found: &mut Found) {
    if folder.join(FILE_NAME).is_file() {
        found.vessels.push(folder.to_path_buf());
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let refuted = name.strip_prefix('.').and_then(|name| name.strip_suffix(".refuted"));
        if let Some(vessel) = refuted.filter(|vessel| !folder.join(vessel).join(FILE_NAME).is_file()) {
            found.without_proof.push(folder.join(vessel));
        }
        let skipped = name.starts_with('.') || ["target", "node_modules", "__pycache__"].contains(&name.as_ref());
        if !skipped && depth < DEEPEST {
            find(&entry.path(), depth + 1, found);
        }
    }
}

/// The vessel's folder for a folder, a manifest, or a Python file.
fn folder_of(path: &Path) -> Result<PathBuf, Failure> {
    if path.is_dir() {
        return Ok(path.to_path_buf());
    }
    if !path.exists() {
        return Err(Failure::new(
            Exit::InputNotFound,
            format!("{}: no such vessel or file", path.display()),
        ));
    }
    if path.file_name().is_some_and(|name| name == FILE_NAME) {
        return Ok(path.parent().unwrap_or(Path::new(".")).to_path_buf());
    }
    let options = Options::resolve(path, &Overrides::default())?;
    let folder = options.output.join(vessel_name(path));
    if folder.join(FILE_NAME).is_file() {
        return Ok(folder);
    }
    let message = format!("{} has no vessel in {}", path.display(), options.output.display());
    Err(Failure::new(Exit::InputNotFound, message).with_help(format!("`pivot evolve {}` makes one", path.display())))
}

/// Files that differ from a commit, and those git does not know yet.
fn changed_since(reference: &str) -> Result<BTreeSet<PathBuf>, Failure> {
    let root = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end());
    let tracked = git(&["diff", "--name-only", "-z", "--end-of-options", reference, "--"])?;
    let untracked = git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z"])?;
    let names = tracked
        .split('\0')
        .chain(untracked.split('\0'))
        .filter(|name| !name.is_empty());
    Ok(names.map(|name| real(&root.join(name))).collect())
}

fn git(args: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").args(args).output();
    match output {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(output) => {
            let words = String::from_utf8_lossy(&output.stderr).trim().to_string();
            Err(Failure::usage(format!("--changed-since: git says: {words}")))
        }
        Err(error) => Err(Failure::usage(format!("--changed-since needs git: {error}"))),
    }
}

/// Whether the vessel's source, or anything in its folder, is among the files.
fn touches(folder: &Path, changed: &BTreeSet<PathBuf>) -> bool {
    let place = real(folder);
    // A manifest that cannot be read is for the proof to complain of.
    let source = Manifest::read(folder).map(|manifest| real(&source_of(folder, &manifest)));
    source.is_err()
        || changed
            .iter()
            .any(|path| path.starts_with(&place) || source.as_ref().is_ok_and(|own| own == path))
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_counted_from_one() {
        assert_eq!(shard("2/5"), Ok((2, 5)));
        for wrong in ["0/3", "4/3", "2", "a/b", "1/0"] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }
}
