//! The iteration protocol.

use std::cell::UnsafeCell;

use crate::native::Object;
use crate::rc::Ref;

/// An iteration in progress.
pub enum Iter {
    /// An iterator among the library objects.
    Object(Object),
}

/// An iterator as a Python object.
#[derive(Clone)]
pub struct IterObject(Ref<UnsafeCell<Iter>>);
