//! The program's `sys.stderr`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::stream::Stream;
use crate::str::Str;

static STREAM: Mutex<Stream> = Mutex::new(Stream::new(|| Box::new(std::io::stderr())));

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
