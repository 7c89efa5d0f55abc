//! `Dict<K, V>`: Python's dict as a shared handle, in insertion order.

use std::cell::UnsafeCell;

use crate::rc::Ref;

/// A shared, mutable dict.
pub struct Dict<K, V>(Ref<UnsafeCell<Vec<(K, V)>>>);

impl<K, V> Clone for Dict<K, V> {
    fn clone(&self) -> Dict<K, V> {
        Dict(self.0.clone())
    }
}
