//! The CPython that a command compares with.

use super::exit_code::Exit;
use super::failure::Failure;
use crate::build::{BuildError, Interpreter};
use crate::config::Options;
use std::path::PathBuf;

/// The interpreter that the configuration names.
///
/// # Errors
/// It is not there, or is no CPython that runs.
pub fn oracle(options: &Options) -> Result<PathBuf, Failure> {
    let failure = |error: BuildError| {
        let exit = match error {
            BuildError::Missing { .. } => Exit::InputNotFound,
            _ => Exit::Usage,
        };
        Failure::new(exit, error.to_string()).with_help(error.help())
    };
    Interpreter::find(&options.python)
        .map(|python| python.program)
        .map_err(failure)
}
