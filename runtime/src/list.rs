//! `List<T>`: Python's list as a shared handle.

use std::cell::UnsafeCell;

use crate::rc::Ref;

/// A shared, mutable list.
pub struct List<T>(Ref<UnsafeCell<Vec<T>>>);

impl<T> Clone for List<T> {
    fn clone(&self) -> List<T> {
        List(self.0.clone())
    }
}

impl<T> List<T> {
    pub fn from_vec(items: Vec<T>) -> List<T> {
        List(Ref::new(UnsafeCell::new(items)))
    }
}
