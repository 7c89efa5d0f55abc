//! Iterating over a dict that the loop's body may change.

use super::Dict;
use crate::elem::Key;
use crate::exc::{self, Result};

/// A walk over a dict's entries, forwards or backwards.
pub struct DictIter<K: Key, V> {
    /// None once the walk is over.
    dict: Option<Dict<K, V>>,
    position: usize,
    /// The dict's length at the start; `usize::MAX` after an error, which then repeats.
    len: usize,
    remaining: usize,
    backwards: bool,
}

impl<K: Key, V: Clone> Dict<K, V> {
    /// The entries in order.
    #[inline]
    pub fn iter(&self) -> DictIter<K, V> {
        let len = self.len();
        DictIter {
            dict: Some(self.clone()),
            position: 0,
            len,
            remaining: len,
            backwards: false,
        }
    }

    /// The entries, last to first.
    pub fn iter_backwards(&self) -> DictIter<K, V> {
        let position = self.end_position();
        DictIter {
            position,
            backwards: true,
            ..self.iter()
        }
    }
}

impl<K: Key, V: Clone> DictIter<K, V> {
    /// The next entry.
    ///
    /// # Errors
    /// RuntimeError when the dict changed its size, or its keys, since the walk began.
    #[inline]
    pub fn next_entry(&mut self) -> Result<Option<(K, V)>> {
        let Some(dict) = &self.dict else { return Ok(None) };
        if dict.len() != self.len {
            self.len = usize::MAX;
            return Err(exc::runtime_error("dictionary changed size during iteration"));
        }
        let entry = if self.backwards {
            dict.entry_before(&mut self.position)
        } else {
            dict.entry_from(&mut self.position).map(|(_, key, value)| (key, value))
        };
        match entry {
            Some(_) if self.remaining == 0 => {
                self.dict = None;
                Err(exc::runtime_error("dictionary keys changed during iteration"))
            }
            Some(entry) => {
                self.remaining -= 1;
                Ok(Some(entry))
            }
            None => {
                self.dict = None;
                Ok(None)
            }
        }
    }

    pub fn is_backwards(&self) -> bool {
        self.backwards
    }

    /// `operator.length_hint`.
    pub fn remaining(&self) -> usize {
        match &self.dict {
            Some(dict) if dict.len() == self.len => self.remaining,
            _ => 0,
        }
    }
}
