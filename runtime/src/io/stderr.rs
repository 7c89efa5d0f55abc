//! The program's `sys.stderr`: each line goes out at once, and nothing written there can fail.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::stream::{Stream, Target};
use crate::str::Str;
use crate::value::Value;

static STREAM: Mutex<Stream> = Mutex::new(Stream::new(Target::Stderr));

fn stream() -> MutexGuard<'static, Stream> {
    STREAM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes text; lone surrogates as backslash escapes.
pub fn write(text: &Str) {
    stream().write_escaped(text);
}

/// Writes out what is buffered.
pub fn flush() {
    let _lost = stream().flush();
}

/// Starts keeping what is written, for certification.
pub fn capture() {
    stream().capture();
}

/// Stops keeping what is written and answers it.
pub fn take() -> Vec<u8> {
    stream().take()
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

thread_local! {
    static REPLACEMENT: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// What the program put in the place of `sys.stderr`, if anything.
pub fn replacement() -> Option<Value> {
    REPLACEMENT.with_borrow(Option::clone)
}

/// Assigns `sys.stderr`; None is the stream itself.
pub fn replace(file: Option<Value>) {
    drop(REPLACEMENT.replace(file));
}
