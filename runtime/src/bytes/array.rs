//! `ByteArray`: Python's bytearray, mutable bytes behind a shared handle.

use crate::rc::Ref;
use std::cell::RefCell;

/// Mutable bytes behind a shared handle.
#[derive(Clone)]
pub struct ByteArray(Ref<RefCell<Vec<u8>>>);

impl ByteArray {
    pub fn new(bytes: Vec<u8>) -> ByteArray {
        ByteArray(Ref::new(RefCell::new(bytes)))
    }

    /// Reads the content; `look` must not run Python code.
    pub fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        look(&self.0.borrow())
    }

    /// Changes the content; `change` must not run Python code.
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut Vec<u8>) -> R) -> R {
        change(&mut self.0.borrow_mut())
    }

    pub fn to_vec(&self) -> Vec<u8> {
        self.0.borrow().clone()
    }

    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn same(&self, other: &ByteArray) -> bool {
        Ref::same(&self.0, &other.0)
    }

    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }
}
