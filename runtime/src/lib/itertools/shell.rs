//! The Python object around each iterator: its state behind a cell.

use std::cell::RefCell;

use crate::exc::{self, Result};
use crate::iter::Iter;
use crate::native::{Native, Object};
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::value::Value;

/// One kind of iterator.
pub trait Step: 'static {
    /// Its Python type.
    fn kind() -> &'static BuiltinType;

    /// The next item; None at the end.
    fn step(&mut self) -> Result<Option<Value>>;

    /// What `repr` shows, where that is more than the type and address.
    fn show(&self) -> Option<Result<Str>> {
        None
    }

    /// `__length_hint__`, where there is one.
    fn left(&self) -> Option<usize> {
        None
    }
}

/// A kind of iterator as a library object.
pub struct Shell<T>(pub RefCell<T>);

impl<T: Step> Shell<T> {
    /// The Python object of an iterator.
    pub fn value(step: T) -> Value {
        Value::object(Shell(RefCell::new(step)))
    }
}

impl<T: Step> Native for Shell<T> {
    fn native_type(&self) -> &'static BuiltinType {
        T::kind()
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        match self.0.borrow().show() {
            Some(shown) => shown,
            None => Ok(format!("<{} object at {:#x}>", T::kind().dotted_name(), this.address()).into()),
        }
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Object(this.clone())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        match self.0.try_borrow_mut() {
            Ok(mut step) => step.step(),
            // A callback asked the iterator that is calling it for its next item.
            Err(_) => Err(exc::value_error(&format!(
                "{} is already executing",
                T::kind().dotted_name()
            ))),
        }
    }
}
