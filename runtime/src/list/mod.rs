//! `List<T>`: Python's list as a shared handle.
//!
//! Every method takes `&self`; the vector behind the handle is borrowed only while no code of the program can run, so
//! a callback that changes the list finds it whole.

mod compare;
pub mod order;
mod slices;
mod timsort;

use std::cell::UnsafeCell;

use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::rc::Ref;

/// A shared, mutable list.
pub struct List<T>(Ref<UnsafeCell<Vec<T>>>);

impl<T> Clone for List<T> {
    #[inline(always)]
    fn clone(&self) -> List<T> {
        List(self.0.clone())
    }
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List::new()
    }
}

impl<T> List<T> {
    #[inline]
    pub fn new() -> List<T> {
        List::from_vec(Vec::new())
    }

    #[inline]
    pub fn with_capacity(room: usize) -> List<T> {
        List::from_vec(Vec::with_capacity(room))
    }

    #[inline]
    pub fn from_vec(items: Vec<T>) -> List<T> {
        List(Ref::new(UnsafeCell::new(items)))
    }

    /// True when both are one list.
    #[inline(always)]
    pub fn same(&self, other: &List<T>) -> bool {
        Ref::same(&self.0, &other.0)
    }

    /// The list's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// True when no other handle to this list exists.
    pub fn is_unique(&self) -> bool {
        Ref::count(&self.0) == 1
    }

    /// The items.
    ///
    /// # Safety
    /// Nothing may change the list while the slice lives: no code of the program may run.
    #[inline(always)]
    pub unsafe fn as_slice(&self) -> &[T] {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.get() }
    }

    /// The vector of items.
    ///
    /// # Safety
    /// Nothing else may look at the list while the reference lives: no code of the program may run.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn as_vec(&self) -> &mut Vec<T> {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.0.get() }
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: a look at the length.
        unsafe { self.as_slice().len() }
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `list.append`.
    #[inline(always)]
    pub fn append(&self, item: T) {
        // SAFETY: pushing runs no code of the program.
        unsafe { self.as_vec().push(item) }
    }

    /// `list.clear`.
    pub fn clear(&self) {
        drop(self.take());
    }

    /// All items, leaving the list empty.
    pub fn take(&self) -> Vec<T> {
        // SAFETY: the vector is moved out whole; its items are dropped by the caller.
        std::mem::take(unsafe { self.as_vec() })
    }

    /// `list.reverse`.
    pub fn reverse(&self) {
        // SAFETY: swapping runs no code of the program.
        unsafe { self.as_vec().reverse() }
    }

    /// The position a subscript means; None when out of range.
    #[inline(always)]
    fn position(&self, index: i64) -> Option<usize> {
        let len = self.len();
        let position = if index < 0 {
            (index as usize).wrapping_add(len)
        } else {
            index as usize
        };
        (position < len).then_some(position)
    }

    /// `list.insert`: a position outside the list means its nearer end.
    pub fn insert(&self, index: i64, item: T) {
        let len = self.len() as i64;
        let position = if index < 0 {
            (index + len).max(0)
        } else {
            index.min(len)
        };
        // SAFETY: inserting runs no code of the program.
        unsafe { self.as_vec().insert(position as usize, item) }
    }

    /// `list.pop(index)`.
    ///
    /// # Errors
    /// IndexError when empty or out of range.
    #[inline]
    pub fn pop_at(&self, index: i64) -> Result<T> {
        match self.position(index) {
            // SAFETY: the item is moved out, not dropped.
            Some(position) => Ok(unsafe { self.as_vec().remove(position) }),
            None if self.is_empty() => Err(exc::index_error("pop from empty list")),
            None => Err(exc::index_error("pop index out of range")),
        }
    }

    /// `list.pop()`.
    ///
    /// # Errors
    /// IndexError when empty.
    #[inline]
    pub fn pop(&self) -> Result<T> {
        // SAFETY: the item is moved out, not dropped.
        unsafe { self.as_vec().pop() }.ok_or_else(|| exc::index_error("pop from empty list"))
    }

    /// `list[index] = item`.
    ///
    /// # Errors
    /// IndexError when out of range.
    #[inline(always)]
    pub fn set(&self, index: i64, item: T) -> Result<()> {
        let Some(position) = self.position(index) else {
            return Err(exc::index_error("list assignment index out of range"));
        };
        // SAFETY: in range; the old item is dropped after the borrow.
        let old = unsafe { std::mem::replace(self.as_vec().get_unchecked_mut(position), item) };
        drop(old);
        Ok(())
    }

    /// `del list[index]`.
    ///
    /// # Errors
    /// IndexError when out of range.
    pub fn delete(&self, index: i64) -> Result<()> {
        let Some(position) = self.position(index) else {
            return Err(exc::index_error("list assignment index out of range"));
        };
        // SAFETY: the item is moved out and dropped after the borrow.
        let old = unsafe { self.as_vec().remove(position) };
        drop(old);
        Ok(())
    }
}

impl<T: Clone> List<T> {
    /// `list[index]`.
    ///
    /// # Errors
    /// IndexError when out of range.
    #[inline(always)]
    pub fn get(&self, index: i64) -> Result<T> {
        match self.position(index) {
            // SAFETY: in range; cloning an item runs no code of the program.
            Some(position) => Ok(unsafe { self.as_slice().get_unchecked(position).clone() }),
            None => Err(exc::index_error("list index out of range")),
        }
    }

    /// The item at a position counted from the start, for iteration.
    #[inline(always)]
    pub fn at(&self, position: usize) -> Option<T> {
        // SAFETY: cloning an item runs no code of the program.
        unsafe { self.as_slice().get(position).cloned() }
    }

    /// The items, copied.
    pub fn to_vec(&self) -> Vec<T> {
        // SAFETY: cloning items runs no code of the program.
        unsafe { self.as_slice().to_vec() }
    }

    /// `list.copy`.
    pub fn copy(&self) -> List<T> {
        List::from_vec(self.to_vec())
    }

    /// `list.extend` by a list (which may be this one).
    pub fn extend_list(&self, other: &List<T>) {
        self.extend_vec(other.to_vec());
    }

    /// Appends these items.
    pub fn extend_vec(&self, items: Vec<T>) {
        // SAFETY: appending runs no code of the program.
        let own = unsafe { self.as_vec() };
        if own.capacity() == 0 {
            *own = items;
        } else {
            own.extend(items);
        }
    }

    /// `self + other`.
    pub fn concat(&self, other: &List<T>) -> List<T> {
        let mut items = Vec::with_capacity(self.len() + other.len());
        // SAFETY: cloning items runs no code of the program.
        unsafe {
            items.extend_from_slice(self.as_slice());
            items.extend_from_slice(other.as_slice());
        }
        List::from_vec(items)
    }

    /// `self * times`.
    ///
    /// # Errors
    /// MemoryError when the result could not be addressed.
    pub fn repeat(&self, times: i64) -> Result<List<T>> {
        // SAFETY: cloning items runs no code of the program.
        repeated(unsafe { self.as_slice() }, times).map(List::from_vec)
    }

    /// `self *= times`.
    ///
    /// # Errors
    /// MemoryError when the result could not be addressed.
    pub fn repeat_in_place(&self, times: i64) -> Result<()> {
        // SAFETY: cloning items runs no code of the program.
        let items = repeated(unsafe { self.as_slice() }, times)?;
        // SAFETY: the old items are dropped after the borrow.
        let old = unsafe { std::mem::replace(self.as_vec(), items) };
        drop(old);
        Ok(())
    }
}

/// The items, `times` times over (none for a negative count).
pub(crate) fn repeated<T: Clone>(items: &[T], times: i64) -> Result<Vec<T>> {
    let times = times.max(0) as usize;
    let total = items
        .len()
        .checked_mul(times)
        .and_then(|total| total.checked_mul(size_of::<T>().max(1)));
    if total.is_none_or(|bytes| bytes > isize::MAX as usize) {
        return Err(exc::no_memory());
    }
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let mut repeated = Vec::new();
    repeated
        .try_reserve_exact(items.len() * times)
        .map_err(|_| exc::no_memory())?;
    for _ in 0..times {
        repeated.extend_from_slice(items);
    }
    Ok(repeated)
}

impl<T: Elem> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> List<T> {
        List::from_vec(items.into_iter().collect())
    }
}
