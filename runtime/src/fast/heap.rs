//! `heapq` on lists of known element type. The steps are those of CPython's `heapq` (Knuth, TAOCP 3, 5.2.3, with the
//! hole sifted to a leaf first), so that the list is laid out as CPython leaves it.

use crate::elem::Sortable;
use crate::exc::{self, Result};
use crate::list::List;

/// `heappush(heap, item)`
///
/// # Errors
/// What comparing raises.
pub fn push<T: Sortable>(heap: &List<T>, item: T) -> Result<()> {
    heap.append(item);
    changed(heap, |items| {
        let last = items.len() - 1;
        rise(items, 0, last)
    })
}

/// `heappop(heap)`
///
/// # Errors
/// IndexError on an empty heap; what comparing raises.
pub fn pop<T: Sortable>(heap: &List<T>) -> Result<T> {
    let Some(last) = heap.len().checked_sub(1).and_then(|at| heap.at(at)) else {
        return Err(exc::index_error("index out of range"));
    };
    heap.pop()?;
    if heap.is_empty() {
        return Ok(last);
    }
    replace(heap, last)
}

/// `heapreplace(heap, item)`
///
/// # Errors
/// IndexError on an empty heap; what comparing raises.
pub fn replace<T: Sortable>(heap: &List<T>, item: T) -> Result<T> {
    let Some(first) = heap.at(0) else {
        return Err(exc::index_error("index out of range"));
    };
    heap.set(0, item)?;
    changed(heap, |items| sink(items, 0))?;
    Ok(first)
}

/// `heappushpop(heap, item)`
///
/// # Errors
/// What comparing raises.
pub fn push_pop<T: Sortable>(heap: &List<T>, item: T) -> Result<T> {
    match heap.at(0) {
        Some(first) if first.py_lt(&item)? => replace(heap, item),
        _ => Ok(item),
    }
}

/// `heapify(heap)`
///
/// # Errors
/// What comparing raises.
pub fn heapify<T: Sortable>(heap: &List<T>) -> Result<()> {
    changed(heap, |items| {
        (0..items.len() / 2).rev().try_for_each(|at| sink(items, at))
    })
}

/// Works on the items while nobody else sees the list: comparing values of known types runs no code of the program.
fn changed<T: Sortable>(heap: &List<T>, change: impl FnOnce(&mut Vec<T>) -> Result<()>) -> Result<()> {
    let mut items = heap.take();
    let outcome = change(&mut items);
    heap.extend_vec(items);
    outcome
}

/// Moves the item at `at` up towards `start` until its parent is not greater.
fn rise<T: Sortable>(items: &mut [T], start: usize, mut at: usize) -> Result<()> {
    while at > start {
        let parent = (at - 1) / 2;
        if !items[at].py_lt(&items[parent])? {
            break;
        }
        items.swap(at, parent);
        at = parent;
    }
    Ok(())
}

/// Moves the item at `start` down to a leaf along the smaller children, then up to where it belongs.
fn sink<T: Sortable>(items: &mut [T], start: usize) -> Result<()> {
    let mut at = start;
    let mut child = 2 * at + 1;
    while child < items.len() {
        let right = child + 1;
        if right < items.len() && !items[child].py_lt(&items[right])? {
            child = right;
        }
        items.swap(at, child);
        at = child;
        child = 2 * at + 1;
    }
    rise(items, start, at)
}
