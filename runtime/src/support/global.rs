//! Module variables.

use std::cell::UnsafeCell;

use crate::exc::{self, Exc, Result};
use crate::value::Value;

/// A module variable; unbound until its module's statements bind it.
pub struct Global<T> {
    name: &'static str,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: one thread runs Python code; the workers of a parallel loop only read module variables (see `rc`).
unsafe impl<T> Sync for Global<T> {}

impl<T: Clone> Global<T> {
    pub const fn new(name: &'static str) -> Global<T> {
        Global {
            name,
            value: UnsafeCell::new(None),
        }
    }

    /// # Errors
    /// NameError where it is not bound.
    #[inline]
    pub fn get(&self) -> Result<T> {
        // SAFETY: the borrow ends with this expression; cloning runs no code of the program.
        match unsafe { &*self.value.get() } {
            Some(value) => Ok(value.clone()),
            None => Err(undefined(self.name)),
        }
    }

    #[inline]
    pub fn set(&self, value: T) {
        // SAFETY: no borrow of the content outlives an expression; the old value is dropped after the exchange.
        let old = unsafe { (*self.value.get()).replace(value) };
        drop(old);
    }

    /// `del name`.
    ///
    /// # Errors
    /// NameError where it is not bound.
    pub fn delete(&self) -> Result<()> {
        self.get()?;
        self.clear();
        Ok(())
    }

    pub fn clear(&self) {
        // SAFETY: as in `set`.
        let old = unsafe { (*self.value.get()).take() };
        drop(old);
    }
}

/// The error of reading a module variable that is not bound.
#[cold]
pub(super) fn undefined(name: &str) -> Exc {
    let exception = exc::name_error(&format!("name '{name}' is not defined"));
    exception.set_field("name", Value::str(name));
    exception
}

impl Global<Value> {
    /// The value, None where it is not bound.
    pub fn peek(&self) -> Value {
        self.get().unwrap_or(Value::None)
    }
}
