//! Objects that code names: builtins, members of library modules, functions of the program as objects.

use std::cell::UnsafeCell;
use std::ops::Deref;

use crate::value::Value;

/// A builtin, library member or library module, looked up once.
pub struct Named {
    module: &'static str,
    name: &'static str,
    value: UnsafeCell<Option<Value>>,
}

// SAFETY: looked up by the one thread that runs Python code, or before the workers of a parallel loop start; a lookup
// always finds the same value.
unsafe impl Sync for Named {}

impl Named {
    pub const fn builtin(name: &'static str) -> Named {
        Named::member("builtins", name)
    }

    pub const fn module(name: &'static str) -> Named {
        Named::member(name, "")
    }

    pub const fn member(module: &'static str, name: &'static str) -> Named {
        Named {
            module,
            name,
            value: UnsafeCell::new(None),
        }
    }

    pub fn get(&self) -> Value {
        Value::clone(self)
    }

    #[cold]
    fn look_up(&self) -> &Value {
        let found = match (self.module, self.name) {
            ("builtins", name) => crate::builtins::get(name),
            (module, "") => crate::modules::get(module),
            (module, name) => crate::modules::attr(module, name),
        };
        let value = found.unwrap_or_else(|| panic!("the runtime has no {}.{}", self.module, self.name));
        // SAFETY: set once, before any reference to it is given out.
        unsafe { (*self.value.get()).insert(value) }
    }
}

impl Deref for Named {
    type Target = Value;

    #[inline]
    fn deref(&self) -> &Value {
        // SAFETY: never changed once it is set.
        match unsafe { &*self.value.get() } {
            Some(value) => value,
            None => self.look_up(),
        }
    }
}

/// An object made on first use: a function of the program as a value.
pub struct Made {
    make: fn() -> Value,
    value: UnsafeCell<Option<Value>>,
}

// SAFETY: as for `Named`.
unsafe impl Sync for Made {}

impl Made {
    pub const fn new(make: fn() -> Value) -> Made {
        Made {
            make,
            value: UnsafeCell::new(None),
        }
    }

    pub fn get(&self) -> Value {
        Value::clone(self)
    }

    /// Forgets the object: the next use makes a new one.
    pub fn clear(&self) {
        // SAFETY: called between runs, when no reference is held.
        let old = unsafe { (*self.value.get()).take() };
        drop(old);
    }
}

impl Deref for Made {
    type Target = Value;

    #[inline]
    fn deref(&self) -> &Value {
        // SAFETY: references are given out only while the value stays (see `clear`).
        match unsafe { &*self.value.get() } {
            Some(value) => value,
            None => {
                let value = (self.make)();
                unsafe { (*self.value.get()).insert(value) }
            }
        }
    }
}
