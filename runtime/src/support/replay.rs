//! A script that starts again when its native form gives up.

use crate::clock;
use crate::exc::Result;
use crate::io::{stderr, stdout};

/// Runs the script natively; where that gives up, again generically. What it printed until then is not printed twice.
///
/// # Errors
/// What the script raises.
pub fn run(native: impl FnOnce() -> Result<()>, generic: impl FnOnce() -> Result<()>) -> Result<()> {
    stdout::begin_trial();
    stderr::begin_trial();
    let outcome = native();
    match outcome {
        Err(given_up) if given_up.is_deopt() => {
            stdout::restart_trial();
            stderr::restart_trial();
            if clock::is_held() {
                clock::hold();
            }
            generic()
        }
        outcome => {
            stdout::end_trial();
            stderr::end_trial();
            outcome
        }
    }
}
