//! The program's `sys.stdout`.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::stream::Stream;
use crate::str::Str;
use crate::value::Value;

static STREAM: Mutex<Stream> = Mutex::new(Stream::new(|| Box::new(std::io::stdout())));

fn stream() -> MutexGuard<'static, Stream> {
    STREAM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes text.
pub fn write(text: &Str) {
    stream().write(text);
}

/// Writes bytes as they are.
pub fn write_bytes(bytes: &[u8]) {
    stream().write_bytes(bytes);
}

/// Writes out what is buffered.
pub fn flush() {
    stream().flush();
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
