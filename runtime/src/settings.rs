//! How a vessel runs: what its own options choose and parallel loops read.

use std::ffi::OsString;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

/// When parallel loops use several threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    /// From the size on at which threads pay.
    Auto = 0,
    /// Never.
    Sequential = 1,
    /// Always, however short the loop is.
    Parallel = 2,
}

static MODE: AtomicU8 = AtomicU8::new(Mode::Auto as u8);
static WORKERS: AtomicUsize = AtomicUsize::new(0);
static ARGV: Mutex<Vec<OsString>> = Mutex::new(Vec::new());
static SCRIPT: OnceLock<&'static str> = OnceLock::new();
static BATCH_SIZE: AtomicUsize = AtomicUsize::new(0);

/// `--mode`.
pub fn mode() -> Mode {
    match MODE.load(Ordering::Relaxed) {
        1 => Mode::Sequential,
        2 => Mode::Parallel,
        _ => Mode::Auto,
    }
}

pub fn set_mode(mode: Mode) {
    MODE.store(mode as u8, Ordering::Relaxed);
}

/// `--workers`: how many threads a parallel loop uses; `None` for as many as there are cores.
pub fn workers() -> Option<usize> {
    Some(WORKERS.load(Ordering::Relaxed)).filter(|count| *count > 0)
}

pub fn set_workers(count: usize) {
    WORKERS.store(count, Ordering::Relaxed);
}

/// `--batch-size`: items that one task takes; `None` where the loop may choose.
pub fn batch_size() -> Option<usize> {
    Some(BATCH_SIZE.load(Ordering::Relaxed)).filter(|count| *count > 0)
}

pub fn set_batch_size(count: usize) {
    BATCH_SIZE.store(count, Ordering::Relaxed);
}

/// The module of this name is being run as a script.
pub fn set_script(module: &'static str) {
    // A process runs one script.
    let _ = SCRIPT.set(module);
}

/// The `__name__` of a module: `__main__` for the script that is being run.
pub fn module_name(module: &str) -> &str {
    match SCRIPT.get() {
        Some(script) if *script == module => "__main__",
        _ => module,
    }
}

/// What the script finds as `sys.argv`: its own name, then its arguments.
pub fn argv() -> Vec<OsString> {
    ARGV.lock().map(|argv| argv.clone()).unwrap_or_default()
}

pub fn set_argv(words: impl IntoIterator<Item = OsString>) {
    if let Ok(mut argv) = ARGV.lock() {
        *argv = words.into_iter().collect();
    }
}
