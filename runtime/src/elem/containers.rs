//! Lists, dicts and sets as container items.

use super::{Elem, Key, Sortable};
use crate::dict::Dict;
use crate::exc::Result;
use crate::list::List;
use crate::set::Set;
use crate::str::StrBuf;
use crate::text::ReprGuard;
use crate::value::Value;

/// The container as one of dynamic items, where it is: its value is the container itself, wherever it stands.
#[inline(always)]
fn as_dynamic<T: 'static, D: 'static>(container: &T) -> Option<&D> {
    (container as &dyn std::any::Any).downcast_ref()
}

impl<T: Elem> Elem for List<T> {
    const PLAIN: bool = false;

    fn to_value(&self) -> Value {
        match as_dynamic::<_, List<Value>>(self) {
            Some(list) => Value::List(list.clone()),
            None => Value::List(self.to_vec().iter().map(Elem::to_value).collect()),
        }
    }
    fn from_value(value: &Value) -> Option<List<T>> {
        match value {
            Value::List(list) => list
                .to_vec()
                .iter()
                .map(T::from_value)
                .collect::<Option<Vec<T>>>()
                .map(List::from_vec),
            _ => None,
        }
    }
    fn py_eq(&self, other: &List<T>) -> Result<bool> {
        self.equals(other)
    }
    /// A list inside itself prints as `[...]`.
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        let Some(_guard) = ReprGuard::enter(self.address())? else {
            out.push_ascii("[...]");
            return Ok(());
        };
        out.push_ascii("[");
        let mut position = 0;
        while let Some(item) = self.at(position) {
            if position > 0 {
                out.push_ascii(", ");
            }
            item.py_repr(out)?;
            position += 1;
        }
        out.push_ascii("]");
        Ok(())
    }
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn same(&self, other: &List<T>) -> bool {
        List::same(self, other)
    }
    fn quick_eq(&self, other: &List<T>) -> Option<bool> {
        List::same(self, other).then_some(true)
    }
}

impl<T: Sortable> Sortable for List<T> {
    fn py_lt(&self, other: &List<T>) -> Result<bool> {
        self.less(other)
    }
    fn py_gt(&self, other: &List<T>) -> Result<bool> {
        self.greater(other)
    }
}

impl<K: Key, V: Elem> Elem for Dict<K, V> {
    const PLAIN: bool = false;

    fn to_value(&self) -> Value {
        if let Some(dict) = as_dynamic::<_, Dict<Value, Value>>(self) {
            return Value::Dict(dict.clone());
        }
        let dict = Dict::with_capacity(self.len());
        let mut position = 0;
        while let Some((hash, key, value)) = self.entry_from(&mut position) {
            dict.push_new(hash, key.to_value(), value.to_value());
        }
        Value::Dict(dict)
    }
    fn from_value(value: &Value) -> Option<Dict<K, V>> {
        let Value::Dict(source) = value else { return None };
        let dict = Dict::with_capacity(source.len());
        let mut position = 0;
        while let Some((hash, key, value)) = source.entry_from(&mut position) {
            dict.push_new(hash, K::from_value(&key)?, V::from_value(&value)?);
        }
        Some(dict)
    }
    fn py_eq(&self, other: &Dict<K, V>) -> Result<bool> {
        self.equals(other)
    }
    /// A dict inside itself prints as `{...}`.
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        let Some(_guard) = ReprGuard::enter(self.address())? else {
            out.push_ascii("{...}");
            return Ok(());
        };
        out.push_ascii("{");
        let (mut position, mut first) = (0, true);
        while let Some((_, key, value)) = self.entry_from(&mut position) {
            if !first {
                out.push_ascii(", ");
            }
            first = false;
            key.py_repr(out)?;
            out.push_ascii(": ");
            value.py_repr(out)?;
        }
        out.push_ascii("}");
        Ok(())
    }
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn same(&self, other: &Dict<K, V>) -> bool {
        Dict::same(self, other)
    }
    fn quick_eq(&self, other: &Dict<K, V>) -> Option<bool> {
        Dict::same(self, other).then_some(true)
    }
}

impl<K: Key> Elem for Set<K> {
    const PLAIN: bool = false;

    fn to_value(&self) -> Value {
        if let Some(set) = as_dynamic::<_, Set<Value>>(self) {
            return Value::Set(set.clone());
        }
        Value::Set(self.converted(|item| Some(item.to_value())).unwrap_or_default())
    }
    fn from_value(value: &Value) -> Option<Set<K>> {
        match value {
            Value::Set(set) => set.converted(K::from_value),
            _ => None,
        }
    }
    fn py_eq(&self, other: &Set<K>) -> Result<bool> {
        self.equals(other)
    }
    /// A set inside itself prints as `set(...)`; an empty one as `set()`.
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        if self.is_empty() {
            out.push_ascii("set()");
            return Ok(());
        }
        let Some(_guard) = ReprGuard::enter(self.address())? else {
            out.push_ascii("set(...)");
            return Ok(());
        };
        self.display_into(out)
    }
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn same(&self, other: &Set<K>) -> bool {
        Set::same(self, other)
    }
    fn quick_eq(&self, other: &Set<K>) -> Option<bool> {
        Set::same(self, other).then_some(true)
    }
}

impl<K: Key> Set<K> {
    /// Appends `{a, b}`.
    ///
    /// # Errors
    /// What the `repr` of an item raises.
    pub fn display_into(&self, out: &mut StrBuf) -> Result<()> {
        out.push_ascii("{");
        for (at, item) in self.items().iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            item.py_repr(out)?;
        }
        out.push_ascii("}");
        Ok(())
    }
}
