//! The program's `sys.stdin`.

use std::io::BufRead;

use crate::exc::{self, Result};
use crate::str::Str;

/// The next line without its line end; None at the end of input.
///
/// # Errors
/// OSError when reading fails, ValueError for bytes that are not UTF-8.
pub fn read_line() -> Result<Option<Str>> {
    let mut line = Vec::new();
    match std::io::stdin().lock().read_until(b'\n', &mut line) {
        Ok(0) => return Ok(None),
        Ok(_) => {}
        Err(failure) => {
            return Err(exc::os_error(
                failure.raw_os_error().unwrap_or(0),
                &failure.to_string(),
                None,
            ));
        }
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        // Universal newlines.
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    }
    match std::str::from_utf8(&line) {
        Ok(text) => Ok(Some(Str::from(text))),
        Err(_) => Err(exc::value_error("standard input is not UTF-8")),
    }
}
