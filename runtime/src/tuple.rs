//! `Tuple`: an immutable row of values.

use std::ops::Deref;

use crate::rc::Ref;
use crate::value::Value;

/// An immutable row of values; dereferences to a slice.
#[derive(Clone)]
pub struct Tuple(Ref<Box<[Value]>>);

impl Tuple {
    pub fn from_vec(items: Vec<Value>) -> Tuple {
        Tuple(Ref::new(items.into_boxed_slice()))
    }
}

impl Deref for Tuple {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0
    }
}
