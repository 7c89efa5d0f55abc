//! How good are the cases? Small faults are planted in the vessel's own code, one at a time, and each must be refuted.
//!
//! All faults are compiled into one crate, behind a switch that the environment sets (mutant schemata, after Untch,
//! Offutt and Harrold 1993), so that a hundred of them cost one build. The cases and CPython's outcomes are those of the
//! proof; only the vessel runs again.

mod build;
mod plant;
mod ranges;
mod sites;
mod swaps;
mod trial;

use trial::Fate;
pub use trial::{Bench, Exhibit};

use std::fmt;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::build::BuildError;
use crate::config::Profile;

/// How many faults of a vessel the cases refuted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Faults that compiled and were tried.
    pub planted: usize,
    pub refuted: usize,
    /// Faults that rustc refused: they could never be in a vessel.
    pub refused: usize,
    /// Faults with which every case behaved as CPython.
    pub survivors: Vec<Survivor>,
}

/// A fault that no case showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survivor {
    /// The Python function whose translation it is in.
    pub function: String,
    /// Rust file and line in the vessel.
    pub file: String,
    pub line: u32,
    pub original: String,
    pub fault: String,
    /// Some case came by its place, and still nothing was seen of it.
    pub reached: bool,
}

impl Score {
    /// Survivors in code that no case came by.
    pub fn unreached(&self) -> usize {
        self.survivors.iter().filter(|survivor| !survivor.reached).count()
    }

    /// The refuted share in percent; all where nothing was planted.
    pub fn percent(&self) -> f64 {
        if self.planted == 0 {
            return 100.0;
        }
        self.refuted as f64 * 100.0 / self.planted as f64
    }
}

/// Why faults could not be tried.
#[derive(Debug)]
pub enum MutantError {
    Build(BuildError),
    Io(io::Error),
    /// The vessel's source is not what pivot writes.
    Source(String),
}

impl fmt::Display for MutantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MutantError::Build(error) => error.fmt(f),
            MutantError::Io(error) => error.fmt(f),
            MutantError::Source(words) => write!(f, "the vessel's source could not be read: {words}"),
        }
    }
}

impl std::error::Error for MutantError {}

impl From<BuildError> for MutantError {
    fn from(error: BuildError) -> Self {
        MutantError::Build(error)
    }
}

impl From<io::Error> for MutantError {
    fn from(error: io::Error) -> Self {
        MutantError::Io(error)
    }
}

/// What is to be planted.
pub struct Request<'a> {
    /// The vessel's folder, with its crate.
    pub folder: &'a Path,
    /// Its name.
    pub name: &'a str,
    /// The build settings of the vessel.
    pub profile: &'a Profile,
    /// At most so many faults, spread evenly over all that could be planted.
    pub count: usize,
}

/// Plants faults and tries each against the exhibits, which are the cases of a proof that passed.
///
/// # Errors
/// The crate cannot be read or built, or a worker cannot be started.
pub fn score(request: &Request, bench: &Bench, tell: &dyn Fn(usize, usize)) -> Result<Score, MutantError> {
    let files = sites::read(request.folder)?;
    let faults = sites::spread(sites::find(&files)?, request.count);
    let built = build::build(request, &files, faults)?;
    let fates = trial::run(&built, bench, tell)?;
    let mut score = Score {
        planted: built.faults.len(),
        refused: built.refused,
        ..Score::default()
    };
    for (fault, fate) in built.faults.into_iter().zip(fates) {
        match fate {
            Fate::Refuted => score.refuted += 1,
            other => score.survivors.push(fault.survivor(other == Fate::Survived)),
        }
    }
    Ok(score)
}
