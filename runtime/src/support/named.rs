//! Objects that code names: builtins, members of library modules, functions of the program as objects.

use std::cell::UnsafeCell;
use std::ops::Deref;
use std::sync::OnceLock;

use crate::value::Value;

/// A builtin, library member or library module, looked up once.
pub struct Named {
    module: &'static str,
    name: &'static str,
    value: OnceLock<Value>,
}

// SAFETY: the value is set once; what threads may share of it is the compiler's business (see `rc`).
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
            value: OnceLock::new(),
        }
    }

    pub fn get(&self) -> Value {
        Value::clone(self)
    }

    #[cold]
    fn look_up(&self) -> Value {
        let found = match (self.module, self.name) {
            ("builtins", name) => crate::builtins::get(name),
            (module, "") => crate::modules::get(module),
            (module, name) => crate::modules::attr(module, name),
        };
        found.unwrap_or_else(|| panic!("the runtime has no {}.{}", self.module, self.name))
    }
}

impl Deref for Named {
    type Target = Value;

    #[inline]
    fn deref(&self) -> &Value {
        self.value.get_or_init(|| self.look_up())
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
