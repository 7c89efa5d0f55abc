//! Builds the crate with all faults in it; those that rustc refuses are taken out and the rest is built again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::plant::{lines, plant};
use super::sites::{Fault, Files};
use super::{MutantError, Request};
use crate::build::{BuildError, Cache, Flavour, Package, Stage, Toolchain};

/// Builds before pivot gives up: each one takes out what the stage of rustc that it reached refuses.
const ROUNDS: usize = 24;

/// The crate with its faults.
pub struct Built {
    pub executable: PathBuf,
    /// Those that compiled; the number of each is its place, counted from one.
    pub faults: Vec<Fault>,
    pub refused: usize,
}

/// Builds what compiles.
pub fn build(request: &Request, files: &Files, faults: Vec<Fault>) -> Result<Built, MutantError> {
    let place = request.folder.join("planted");
    let stage = Stage::open(&Cache::of_user()?, Toolchain::find()?, request.profile, &place)?;
    let total = faults.len();
    let mut faults = faults;
    for _ in 0..ROUNDS {
        let planted = plant(files, &faults);
        let code: Vec<(String, String)> = planted.clone().into_iter().collect();
        let package = Package {
            vessel: request.name,
            source: Path::new(request.name),
            profile: request.profile,
            code: &code,
        };
        match stage.build(&package, Flavour::Plain, || {}, &mut |_| {}) {
            Ok(built) => {
                return Ok(Built {
                    executable: built.executable,
                    refused: total - faults.len(),
                    faults,
                });
            }
            Err(BuildError::Refused {
                messages,
                places,
                folder,
            }) => {
                let guilty = guilty(&messages, &planted, &faults);
                if guilty.is_empty() {
                    return Err(BuildError::Refused {
                        messages,
                        places,
                        folder,
                    }
                    .into());
                }
                let mut number = 0;
                faults.retain(|_| {
                    number += 1;
                    !guilty.contains(&number)
                });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(MutantError::Source(
        "no set of faults could be found that compiles".to_string(),
    ))
}

/// The faults that rustc's messages speak of: those whose own lines it shows, or else all of the function.
fn guilty(messages: &str, planted: &Files, faults: &[Fault]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for message in messages.split("\nerror") {
        let shown = places(message);
        let own: Vec<usize> = shown
            .iter()
            .filter_map(|(file, line)| owner(planted, file, *line))
            .collect();
        if own.is_empty() {
            found.extend(
                shown
                    .first()
                    .into_iter()
                    .flat_map(|(file, line)| around(planted, file, *line, faults)),
            );
        } else {
            found.extend(own);
        }
    }
    found
}

/// Files and lines that a message shows: after its arrow, and in the margin below it.
fn places(message: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut file = String::new();
    for line in message.lines() {
        let arrow = line
            .trim_start()
            .strip_prefix("--> ")
            .or_else(|| line.trim_start().strip_prefix("::: "));
        if let Some(place) = arrow {
            let mut parts = place.split(':');
            file = parts.next().unwrap_or_default().trim_start_matches("src/").to_string();
            found.extend(
                parts
                    .next()
                    .and_then(|text| text.parse().ok())
                    .map(|line| (file.clone(), line)),
            );
        } else if let Some((number, _)) = line.split_once('|')
            && let Ok(number) = number.trim().parse()
        {
            found.push((file.clone(), number));
        }
    }
    found
}

fn owner(planted: &Files, file: &str, line: usize) -> Option<usize> {
    lines(planted.get(file)?).get(line).copied().flatten()
}

/// All faults of the function that the line is in.
fn around(planted: &Files, file: &str, line: usize, faults: &[Fault]) -> Vec<usize> {
    let Some(text) = planted.get(file) else {
        return Vec::new();
    };
    let before: Vec<&str> = text.lines().take(line).collect();
    let start = before.iter().rposition(|line| line.starts_with("pub fn ")).unwrap_or(0);
    let after = text
        .lines()
        .skip(start + 1)
        .position(|line| line.starts_with("pub fn "));
    let end = after.map_or(usize::MAX, |count| start + 1 + count);
    let owners = lines(text);
    let inside = owners.iter().enumerate().filter(|(at, _)| (start..end).contains(at));
    let mut found: Vec<usize> = inside.filter_map(|(_, number)| *number).collect();
    found.retain(|number| *number <= faults.len());
    found
}
