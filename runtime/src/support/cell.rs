//! Variables that a function shares with the functions inside it.

use std::cell::UnsafeCell;

use crate::exc::{self, Exc, Result};
use crate::rc::Ref;

/// A variable shared by closures; unbound until it is set.
pub struct Cell<T>(Ref<UnsafeCell<Option<T>>>);

impl<T> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        Cell(self.0.clone())
    }
}

impl<T: Clone> Cell<T> {
    pub fn new(value: T) -> Cell<T> {
        Cell(Ref::new(UnsafeCell::new(Some(value))))
    }

    pub fn unbound() -> Cell<T> {
        Cell(Ref::new(UnsafeCell::new(None)))
    }

    /// The value where the variable belongs to the function at hand.
    ///
    /// # Errors
    /// UnboundLocalError.
    #[inline]
    pub fn get(&self, name: &str) -> Result<T> {
        self.peek().ok_or_else(|| super::make::unbound_local(name))
    }

    /// The value where the variable belongs to an enclosing function.
    ///
    /// # Errors
    /// NameError.
    #[inline]
    pub fn get_free(&self, name: &str) -> Result<T> {
        self.peek().ok_or_else(|| unbound_free(name))
    }

    #[inline]
    pub fn peek(&self) -> Option<T> {
        // SAFETY: the borrow ends with this expression, and cloning runs no code of the program.
        unsafe { (*self.0.get()).clone() }
    }

    #[inline]
    pub fn set(&self, value: T) {
        // SAFETY: no borrow of the content outlives an expression; the old value is dropped after the exchange.
        let old = unsafe { (*self.0.get()).replace(value) };
        drop(old);
    }

    pub fn clear(&self) {
        // SAFETY: as in `set`.
        let old = unsafe { (*self.0.get()).take() };
        drop(old);
    }

    /// `del name`.
    ///
    /// # Errors
    /// UnboundLocalError where it is not bound.
    pub fn delete(&self, name: &str) -> Result<()> {
        // SAFETY: as in `set`.
        match unsafe { (*self.0.get()).take() } {
            Some(_) => Ok(()),
            None => Err(super::make::unbound_local(name)),
        }
    }
}

#[cold]
pub(super) fn unbound_free(name: &str) -> Exc {
    exc::name_error(&format!(
        "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
    ))
}
