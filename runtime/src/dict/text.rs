//! Dicts of attributes: access by names that are Rust strings.

use super::Dict;
use crate::hash;
use crate::str::Str;
use crate::value::Value;

/// The hash of the str of this text.
fn text_hash(name: &str) -> i64 {
    if name.is_ascii() {
        hash::bytes(name.as_bytes())
    } else {
        Str::from(name).hash()
    }
}

impl<V: Clone> Dict<Value, V> {
    /// Where the entry of the str of this text stands, until an entry is added or taken out.
    #[inline]
    pub(crate) fn position_of(&self, name: &str) -> Option<usize> {
        if let Some(probe) = Str::short(name) {
            // Equal short texts are one object.
            let is_it = |key: &Value| matches!(key, Value::Str(text) if text.same(&probe));
            // SAFETY: comparing text runs no code of the program.
            return unsafe { self.table() }.find_where(|| probe.hash(), is_it);
        }
        let is_it = |key: &Value| matches!(key, Value::Str(text) if *text == *name);
        // SAFETY: comparing text runs no code of the program.
        unsafe { self.table() }.find_where(|| text_hash(name), is_it)
    }

    /// The value at a position that holds an entry.
    #[inline]
    pub(crate) fn value_at(&self, position: usize) -> V {
        // SAFETY: cloning a value runs no code of the program.
        unsafe { self.table() }.value_at(position).clone()
    }

    /// Puts another value at a position that holds an entry.
    #[inline]
    pub(crate) fn replace_at(&self, position: usize, value: V) {
        // SAFETY: the old value is dropped after the borrow.
        drop(unsafe { std::mem::replace(self.table_mut().value_at_mut(position), value) });
    }

    /// The value under the str of this text.
    #[inline]
    pub fn find_text(&self, name: &str) -> Option<V> {
        self.position_of(name).map(|position| self.value_at(position))
    }

    /// Sets the value under the str of this text.
    pub fn set_text(&self, name: &str, value: V) {
        match self.position_of(name) {
            Some(position) => self.replace_at(position, value),
            // SAFETY: pushing runs no code of the program.
            None => {
                let key = Str::from(name);
                unsafe { self.table_mut() }.push(key.hash(), Value::Str(key), value);
            }
        }
    }

    /// Takes out what stands under the str of this text.
    pub fn take_text(&self, name: &str) -> Option<V> {
        // SAFETY: the entry is moved out, not dropped.
        self.position_of(name)
            .map(|position| unsafe { self.table_mut() }.remove(position).1)
    }
}
