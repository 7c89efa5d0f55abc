//! The program's `sys.stdout`.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::stream::{Stream, Target};
use crate::exc::Result;
use crate::int;
use crate::str::Str;
use crate::value::Value;

static STREAM: Mutex<Stream> = Mutex::new(Stream::new(Target::Stdout));

#[inline]
fn stream() -> MutexGuard<'static, Stream> {
    STREAM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes text.
///
/// # Errors
/// UnicodeEncodeError for lone surrogates; OSError when writing out fails.
pub fn write(text: &Str) -> Result<()> {
    stream().write(text)
}

/// Writes ASCII text, or bytes as they are.
///
/// # Errors
/// OSError when writing out fails.
#[inline]
pub fn write_bytes(bytes: &[u8]) -> Result<()> {
    stream().write_bytes(bytes)
}

/// Writes a decimal integer.
///
/// # Errors
/// OSError when writing out fails.
#[inline]
pub fn write_i64(value: i64) -> Result<()> {
    let mut digits = [0; 20];
    let start = int::write_decimal(value, &mut digits);
    write_bytes(&digits[start..])
}

/// Writes out what is buffered; a failure is not told, as at the end of a program whose reader is gone.
pub fn flush() {
    let _lost = stream().flush();
}

/// `sys.stdout.flush()`.
///
/// # Errors
/// OSError when writing fails.
pub fn try_flush() -> Result<()> {
    stream().flush()
}

/// Starts keeping what is written, for certification.
pub fn capture() {
    stream().capture();
}

/// Stops keeping what is written and answers it.
pub fn take() -> Vec<u8> {
    stream().take()
}

thread_local! {
    static REPLACEMENT: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// What the program put in the place of `sys.stdout`, if anything: `print` writes there.
pub fn replacement() -> Option<Value> {
    REPLACEMENT.with_borrow(Option::clone)
}

/// Assigns `sys.stdout`; None is the stream itself.
pub fn replace(file: Option<Value>) {
    drop(REPLACEMENT.replace(file));
}

/// From here on output is remembered, so that a run that gives up can start again.
pub fn begin_trial() {
    stream().begin_trial();
}

/// The run gave up: what it wrote is not written again by the run that follows.
pub fn restart_trial() {
    stream().restart_trial();
}

/// The run came to its end.
pub fn end_trial() {
    stream().end_trial();
}
