//! `Set<K>` and `FrozenSet`: Python's sets, in CPython's order.

use std::cell::UnsafeCell;

use crate::rc::Ref;
use crate::value::Value;

/// A shared, mutable set.
pub struct Set<K>(Ref<UnsafeCell<Vec<K>>>);

impl<K> Clone for Set<K> {
    fn clone(&self) -> Set<K> {
        Set(self.0.clone())
    }
}

/// An immutable set of values.
#[derive(Clone)]
pub struct FrozenSet(Set<Value>);
