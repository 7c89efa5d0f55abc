//! The program's `sys.stdin`: lines end at `\n` and nothing is translated, as CPython has it on Unix.

use std::io::{BufRead, Read};

use super::locale;
use crate::codec;
use crate::exc::{self, Exc, Result};
use crate::str::Str;

/// The next line with its line end; None at the end of input.
///
/// # Errors
/// OSError when reading fails, UnicodeDecodeError for bytes that are not UTF-8.
pub fn read_line() -> Result<Option<Str>> {
    let mut line = Vec::new();
    std::io::stdin().lock().read_until(b'\n', &mut line).map_err(failed)?;
    if line.is_empty() { Ok(None) } else { decoded(&line).map(Some) }
}

/// All that is left.
///
/// # Errors
/// As `read_line`.
pub fn read_all() -> Result<Str> {
    let mut all = Vec::new();
    std::io::stdin().lock().read_to_end(&mut all).map_err(failed)?;
    decoded(&all)
}

/// At most so many code points.
///
/// # Errors
/// As `read_line`.
pub fn read_points(most: usize) -> Result<Str> {
    let mut stdin = std::io::stdin().lock();
    let mut taken = Vec::new();
    for _ in 0..most {
        let Some(&first) = stdin.fill_buf().map_err(failed)?.first() else {
            break;
        };
        // A byte that begins no sequence is decoded, and complained about, by itself.
        let length = match first {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        (&mut stdin).take(length).read_to_end(&mut taken).map_err(failed)?;
    }
    decoded(&taken)
}

fn decoded(bytes: &[u8]) -> Result<Str> {
    codec::decode(bytes, "utf-8", if locale::escapes_bytes() { "surrogateescape" } else { "strict" })
}

#[cold]
fn failed(failure: std::io::Error) -> Exc {
    exc::os_error(failure.raw_os_error().unwrap_or(0), &failure.to_string(), None)
}
