//! How deep calls are nested: RecursionError before the stack ends.

use std::cell::Cell;

use crate::exc::{self, Result};

/// CPython's limit until `sys.setrecursionlimit` changes it.
const DEFAULT_LIMIT: usize = 1000;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static LIMIT: Cell<usize> = const { Cell::new(DEFAULT_LIMIT) };
}

/// One level of nesting; leaving it ends the level.
pub struct Guard(());

/// Enters a call.
///
/// # Errors
/// RecursionError at the limit.
#[inline(always)]
pub fn enter() -> Result<Guard> {
    let depth = DEPTH.get() + 1;
    if depth >= LIMIT.get() {
        return Err(too_deep(""));
    }
    DEPTH.set(depth);
    Ok(Guard(()))
}

/// Enters a call that CPython makes in C: its message says during what.
///
/// # Errors
/// RecursionError at the limit.
pub fn enter_while(what: &str) -> Result<Guard> {
    let depth = DEPTH.get() + 1;
    if depth >= LIMIT.get() {
        return Err(too_deep(what));
    }
    DEPTH.set(depth);
    Ok(Guard(()))
}

#[cold]
#[inline(never)]
fn too_deep(what: &str) -> exc::Exc {
    exc::recursion_error(&format!("maximum recursion depth exceeded{what}"))
}

impl Drop for Guard {
    #[inline(always)]
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// The nesting and the limit of this thread, for a thread that works for it.
pub fn current() -> (usize, usize) {
    (DEPTH.get(), LIMIT.get())
}

/// Goes on at the nesting of another thread.
pub fn adopt((depth, limit): (usize, usize)) {
    DEPTH.set(depth);
    LIMIT.set(limit);
}

/// `sys.getrecursionlimit()`.
pub fn limit() -> usize {
    LIMIT.get()
}

/// `sys.setrecursionlimit(limit)`.
///
/// # Errors
/// ValueError below one; RecursionError when calls are nested deeper than that already.
pub fn set_limit(limit: i64) -> Result<()> {
    match usize::try_from(limit) {
        Err(_) | Ok(0) => Err(exc::value_error("recursion limit must be greater or equal than 1")),
        Ok(limit) if DEPTH.get() >= limit => Err(exc::recursion_error(&format!(
            "cannot set the recursion limit to {limit} at the recursion depth {}: the limit is too low",
            DEPTH.get()
        ))),
        Ok(limit) => {
            LIMIT.set(limit);
            Ok(())
        }
    }
}
