//! Freeing long chains of objects without deep recursion: a list of a million linked nodes must not end the stack.
//!
//! Freeing an object frees what it holds. Beyond a certain nesting the inner object waits until the outermost one is
//! done, as CPython's trashcan has it.

use std::cell::{Cell, RefCell};

/// Nested frees beyond this wait.
const NESTED: usize = 64;

/// A block to free, and how.
type Waiting = (*mut (), unsafe fn(*mut ()));

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// Frees a block, now or when the outermost free is done.
///
/// # Safety
/// `free(block)` must be sound, once, at any later time on this thread.
pub(crate) unsafe fn release(block: *mut (), free: unsafe fn(*mut ())) {
    let depth = DEPTH.get();
    // While the thread itself ends, nothing can wait any more.
    if depth >= NESTED
        && WAITING
            .try_with(|waiting| waiting.borrow_mut().push((block, free)))
            .is_ok()
    {
        return;
    }
    DEPTH.set(depth + 1);
    // SAFETY: the caller's promise.
    unsafe { free(block) };
    DEPTH.set(depth);
    if depth == 0 {
        release_waiting();
    }
}

/// Frees what waits; freeing it may make more wait.
fn release_waiting() {
    let next = || WAITING.try_with(|waiting| waiting.borrow_mut().pop()).ok().flatten();
    while let Some((block, free)) = next() {
        DEPTH.set(1);
        // SAFETY: promised when the block came to wait.
        unsafe { free(block) };
        DEPTH.set(0);
    }
}
