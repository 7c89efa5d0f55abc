//! `collections.deque` without a length limit, of known item type.

use std::cell::UnsafeCell;
use std::collections::VecDeque;

use crate::elem::Elem;
use crate::exc::{self, Exc, Result};
use crate::lib::collections::Deque as Dynamic;
use crate::list::List;
use crate::rc::Ref;
use crate::str::StrBuf;
use crate::support::boundary::{Cross, Crossing};
use crate::value::Value;

struct Items<T> {
    items: VecDeque<T>,
    /// Counts changes of length, for walks.
    changes: u64,
}

/// A shared double-ended queue.
pub struct Deque<T>(Ref<UnsafeCell<Items<T>>>);

impl<T> Clone for Deque<T> {
    #[inline(always)]
    fn clone(&self) -> Deque<T> {
        Deque(self.0.clone())
    }
}

#[cold]
fn empty() -> Exc {
    exc::index_error("pop from an empty deque")
}

#[cold]
fn out_of_range() -> Exc {
    exc::index_error("deque index out of range")
}

impl<T: Elem> Default for Deque<T> {
    fn default() -> Deque<T> {
        Deque::new()
    }
}

impl<T: Elem> Deque<T> {
    #[inline]
    pub fn new() -> Deque<T> {
        Deque::from_vec(Vec::new())
    }

    /// `deque(items)`
    pub fn from_vec(items: Vec<T>) -> Deque<T> {
        Deque(Ref::new(UnsafeCell::new(Items {
            items: items.into(),
            changes: 0,
        })))
    }

    #[inline(always)]
    fn look<R>(&self, look: impl FnOnce(&VecDeque<T>) -> R) -> R {
        // SAFETY: `look` runs no code of the program.
        look(unsafe { &(&*self.0.get()).items })
    }

    #[inline(always)]
    fn change<R>(&self, change: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        // SAFETY: `change` runs no code of the program, and hands out what it takes away.
        let inner = unsafe { &mut *self.0.get() };
        inner.changes += 1;
        change(&mut inner.items)
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.look(VecDeque::len)
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.look(VecDeque::is_empty)
    }

    /// `deque.append`
    #[inline]
    pub fn append(&self, item: T) {
        self.change(|items| items.push_back(item));
    }

    /// `deque.appendleft`
    #[inline]
    pub fn append_left(&self, item: T) {
        self.change(|items| items.push_front(item));
    }

    /// `deque.pop`
    ///
    /// # Errors
    /// IndexError when empty.
    #[inline]
    pub fn pop(&self) -> Result<T> {
        self.change(VecDeque::pop_back).ok_or_else(empty)
    }

    /// `deque.popleft`
    ///
    /// # Errors
    /// IndexError when empty.
    #[inline]
    pub fn pop_left(&self) -> Result<T> {
        self.change(VecDeque::pop_front).ok_or_else(empty)
    }

    /// `deque.extend` by a list.
    pub fn extend(&self, more: &List<T>) {
        let more = more.to_vec();
        self.change(|items| items.extend(more));
    }

    /// `deque.extendleft` by a list.
    pub fn extend_left(&self, more: &List<T>) {
        more.to_vec().into_iter().for_each(|item| self.append_left(item));
    }

    /// `deque.clear`
    pub fn clear(&self) {
        drop(self.change(std::mem::take));
    }

    /// `deque.copy`
    pub fn copy(&self) -> Deque<T> {
        Deque::from_vec(self.to_vec())
    }

    /// `deque.reverse`
    pub fn reverse(&self) {
        self.change(|items| items.make_contiguous().reverse());
    }

    /// `deque.rotate(steps)`
    pub fn rotate(&self, steps: i64) {
        self.change(|items| {
            if !items.is_empty() {
                let right = steps.rem_euclid(items.len() as i64) as usize;
                items.rotate_right(right);
            }
        });
    }

    /// `deque[index]`
    ///
    /// # Errors
    /// IndexError.
    #[inline]
    pub fn get(&self, index: i64) -> Result<T> {
        self.look(|items| position(index, items.len()).and_then(|at| items.get(at).cloned()))
            .ok_or_else(out_of_range)
    }

    /// `deque[index] = item`
    ///
    /// # Errors
    /// IndexError.
    pub fn set(&self, index: i64, item: T) -> Result<()> {
        // Not `change`: the length stays.
        // SAFETY: the old item is dropped after the borrow.
        let items = unsafe { &mut (&mut *self.0.get()).items };
        let place = position(index, items.len()).and_then(|at| items.get_mut(at));
        let place = place.ok_or_else(out_of_range)?;
        drop(std::mem::replace(place, item));
        Ok(())
    }

    /// `item in deque`
    ///
    /// # Errors
    /// RuntimeError when comparing changes the deque; what comparing raises.
    pub fn contains(&self, item: &T) -> Result<bool> {
        let mut walk = self.iter();
        while let Some(candidate) = walk.next_item()? {
            if candidate.item_eq(item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn to_vec(&self) -> Vec<T> {
        self.look(|items| items.iter().cloned().collect())
    }

    /// The items, watching for changes of the length.
    #[inline]
    pub fn iter(&self) -> DequeIter<T> {
        DequeIter {
            deque: self.clone(),
            at: 0,
            changes: self.changes(),
        }
    }

    #[inline(always)]
    fn changes(&self) -> u64 {
        // SAFETY: a look at a number.
        unsafe { (&*self.0.get()).changes }
    }

    fn same_deque(&self, other: &Deque<T>) -> bool {
        Ref::same(&self.0, &other.0)
    }

    fn equals(&self, other: &Deque<T>) -> Result<bool> {
        let (ours, theirs) = (self.to_vec(), other.to_vec());
        if ours.len() != theirs.len() {
            return Ok(false);
        }
        for (a, b) in ours.iter().zip(&theirs) {
            if !a.item_eq(b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Where an index that may count from the end points.
#[inline]
fn position(index: i64, len: usize) -> Option<usize> {
    let at = if index < 0 { index + len as i64 } else { index };
    usize::try_from(at).ok()
}

/// A walk over a deque.
pub struct DequeIter<T> {
    deque: Deque<T>,
    at: usize,
    changes: u64,
}

impl<T: Elem> DequeIter<T> {
    /// The next item.
    ///
    /// # Errors
    /// RuntimeError when the deque changed its length since the walk began.
    #[inline]
    pub fn next_item(&mut self) -> Result<Option<T>> {
        if self.deque.changes() != self.changes {
            return Err(exc::runtime_error("deque mutated during iteration"));
        }
        let item = self.deque.look(|items| items.get(self.at).cloned());
        self.at += 1;
        Ok(item)
    }
}

impl<T: Elem> Elem for Deque<T> {
    const PLAIN: bool = false;

    fn to_value(&self) -> Value {
        Value::object(Dynamic::new(self.to_vec().iter().map(Elem::to_value), None))
    }
    fn from_value(_: &Value) -> Option<Deque<T>> {
        None
    }
    fn py_eq(&self, other: &Deque<T>) -> Result<bool> {
        self.equals(other)
    }
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        self.to_value().py_repr(out)
    }
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn same(&self, other: &Deque<T>) -> bool {
        self.same_deque(other)
    }
    fn quick_eq(&self, other: &Deque<T>) -> Option<bool> {
        self.same_deque(other).then_some(true)
    }
}

impl<T: Cross> Cross for Deque<T> {
    /// Deques stay behind: nobody has looked into one of the caller's.
    fn enter(_: &Value, _: &mut Crossing) -> Option<Self> {
        None
    }

    fn leave(&self, crossing: &mut Crossing) -> Value {
        crossing.once(Ref::address(&self.0), |crossing| {
            let items: Vec<Value> = self.to_vec().iter().map(|item| item.leave(crossing)).collect();
            Value::object(Dynamic::new(items, None))
        })
    }
}
