//! Searching and comparing lists: `==` and `<` of items may run code of the program, which may change the lists.

use super::List;
use crate::elem::{Elem, Sortable};
use crate::exc::{self, Result};

impl<T: Elem> List<T> {
    /// The first position from `start` on, below `stop`, of an item equal to `item`.
    fn find(&self, item: &T, start: usize, stop: usize) -> Result<Option<usize>> {
        let mut position = start;
        loop {
            // The quick scan ends at a match, at the end, or at an item whose `==` is the program's.
            // SAFETY: `quick_eq` runs no code of the program.
            let slice = unsafe { self.as_slice() };
            let end = slice.len().min(stop);
            while position < end {
                match slice[position].quick_eq(item) {
                    Some(true) => return Ok(Some(position)),
                    Some(false) => position += 1,
                    None => break,
                }
            }
            if position >= end {
                return Ok(None);
            }
            let candidate = slice[position].clone();
            if candidate.py_eq(item)? {
                return Ok(Some(position));
            }
            position += 1;
        }
    }

    /// `item in list`.
    ///
    /// # Errors
    /// What `==` raises.
    #[inline]
    pub fn contains(&self, item: &T) -> Result<bool> {
        Ok(self.find(item, 0, usize::MAX)?.is_some())
    }

    /// `list.index(item, start, stop)`.
    ///
    /// # Errors
    /// ValueError when absent; what `==` raises.
    pub fn index(&self, item: &T, start: i64, stop: i64) -> Result<i64> {
        let clamp = |bound: i64| if bound < 0 { bound.saturating_add(self.len() as i64).max(0) } else { bound } as usize;
        match self.find(item, clamp(start), clamp(stop))? {
            Some(position) => Ok(position as i64),
            None => Err(absent(item)?),
        }
    }

    /// `list.count`.
    ///
    /// # Errors
    /// What `==` raises.
    pub fn count(&self, item: &T) -> Result<i64> {
        let (mut count, mut from) = (0, 0);
        while let Some(position) = self.find(item, from, usize::MAX)? {
            count += 1;
            from = position + 1;
        }
        Ok(count)
    }

    /// `list.remove`.
    ///
    /// # Errors
    /// ValueError when absent; what `==` raises.
    pub fn remove(&self, item: &T) -> Result<()> {
        match self.find(item, 0, usize::MAX)? {
            // The comparison may have shortened the list; CPython then clears an empty slice.
            Some(position) if position >= self.len() => Ok(()),
            Some(position) => self.delete(position as i64),
            None => Err(exc::value_error("list.remove(x): x not in list")),
        }
    }

    /// `self == other`.
    ///
    /// # Errors
    /// What `==` of items raises.
    pub fn equals(&self, other: &List<T>) -> Result<bool> {
        Ok(self.len() == other.len()
            && self
                .first_difference(other)?
                .is_none_or(|at| at >= self.len() && at >= other.len()))
    }

    /// The first position whose items differ; None when one list ends before that.
    pub(crate) fn first_difference(&self, other: &List<T>) -> Result<Option<usize>> {
        let mut position = 0;
        while let (Some(a), Some(b)) = (self.at(position), other.at(position)) {
            if !a.item_eq(&b)? {
                return Ok(Some(position));
            }
            position += 1;
        }
        Ok(None)
    }
}

/// "x is not in list", with its repr.
#[cold]
fn absent<T: Elem>(item: &T) -> Result<exc::Exc> {
    let mut text = crate::str::StrBuf::new();
    item.py_repr(&mut text)?;
    text.push_ascii(" is not in list");
    Ok(exc::of_str("ValueError", text.finish()))
}

impl<T: Sortable> List<T> {
    /// `self < other`: the first items that differ decide, then the lengths.
    ///
    /// # Errors
    /// What `==` and `<` of items raise.
    pub fn less(&self, other: &List<T>) -> Result<bool> {
        match self.first_difference(other)? {
            None => Ok(self.len() < other.len()),
            Some(position) => match (self.at(position), other.at(position)) {
                (Some(a), Some(b)) => a.py_lt(&b),
                _ => Ok(self.len() < other.len()),
            },
        }
    }

    /// `self > other`.
    ///
    /// # Errors
    /// What `==` and `>` of items raise.
    pub fn greater(&self, other: &List<T>) -> Result<bool> {
        match self.first_difference(other)? {
            None => Ok(self.len() > other.len()),
            Some(position) => match (self.at(position), other.at(position)) {
                (Some(a), Some(b)) => a.py_gt(&b),
                _ => Ok(self.len() > other.len()),
            },
        }
    }
}
