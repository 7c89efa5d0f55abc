//! Rust tuples as container items: Python tuples of known length and types. Also `Option<T>`: a `T` or None.

use super::{Elem, Key, Sortable};
use crate::exc::{self, Result};
use crate::hash::TupleHasher;
use crate::str::StrBuf;
use crate::value::Value;

impl<T: Elem> Elem for Option<T> {
    const PLAIN: bool = T::PLAIN;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::None, T::to_value)
    }
    fn from_value(value: &Value) -> Option<Option<T>> {
        match value {
            Value::None => Some(None),
            _ => T::from_value(value).map(Some),
        }
    }
    fn py_eq(&self, other: &Option<T>) -> Result<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_eq(b),
            (a, b) => Ok(a.is_none() && b.is_none()),
        }
    }
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        match self {
            Some(item) => item.py_repr(out),
            None => ().py_repr(out),
        }
    }
    fn truthy(&self) -> Result<bool> {
        self.as_ref().map_or(Ok(false), T::truthy)
    }
    fn same(&self, other: &Option<T>) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.same(b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }
    fn quick_eq(&self, other: &Option<T>) -> Option<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.quick_eq(b),
            (a, b) => Some(a.is_none() && b.is_none()),
        }
    }
}

impl<T: Key> Key for Option<T> {
    type Kept = i64;

    fn py_hash(&self) -> Result<i64> {
        match self {
            Some(item) => item.py_hash(),
            None => ().py_hash(),
        }
    }
}

impl<T: Sortable> Sortable for Option<T> {
    fn py_lt(&self, other: &Option<T>) -> Result<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_lt(b),
            (a, b) => Err(no_order("<", &a.to_value(), &b.to_value())),
        }
    }
    fn py_gt(&self, other: &Option<T>) -> Result<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_gt(b),
            (a, b) => Err(no_order(">", &a.to_value(), &b.to_value())),
        }
    }
}

/// What Python says where None is among what is ordered.
fn no_order(op: &str, a: &Value, b: &Value) -> exc::Exc {
    let (a, b) = (a.type_name(), b.type_name());
    exc::type_error(&format!("'{op}' not supported between instances of '{a}' and '{b}'"))
}

/// Implements the traits for the tuple of these types; a tuple of one prints with a comma.
macro_rules! row {
    ($count:literal: $($kind:ident $index:tt),+) => {
        impl<$($kind: Elem),+> Elem for ($($kind,)+) {
            const PLAIN: bool = true $(&& $kind::PLAIN)+;

            fn to_value(&self) -> Value {
                Value::tuple(vec![$(self.$index.to_value()),+])
            }
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Tuple(items) if items.len() == $count => Some(($($kind::from_value(&items[$index])?,)+)),
                    _ => None,
                }
            }
            #[inline]
            fn py_eq(&self, other: &Self) -> Result<bool> {
                Ok(true $(&& self.$index.item_eq(&other.$index)?)+)
            }
            fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
                out.push_ascii("(");
                $(
                    if $index > 0 {
                        out.push_ascii(", ");
                    }
                    self.$index.py_repr(out)?;
                )+
                out.push_ascii(if $count == 1 { ",)" } else { ")" });
                Ok(())
            }
            fn truthy(&self) -> Result<bool> {
                Ok(true)
            }
            #[inline]
            fn same(&self, other: &Self) -> bool {
                true $(&& self.$index.same(&other.$index))+
            }
            #[inline]
            fn quick_eq(&self, other: &Self) -> Option<bool> {
                $(
                    if !self.$index.quick_eq(&other.$index)? {
                        return Some(false);
                    }
                )+
                Some(true)
            }
        }

        impl<$($kind: Key),+> Key for ($($kind,)+) {
    type Kept = i64;

            #[inline]
            fn py_hash(&self) -> Result<i64> {
                let mut hasher = TupleHasher::new();
                $(hasher.add(self.$index.py_hash()?);)+
                Ok(hasher.finish())
            }
        }

        impl<$($kind: Sortable),+> Sortable for ($($kind,)+) {
            /// The first items that differ decide.
            #[inline]
            fn py_lt(&self, other: &Self) -> Result<bool> {
                $(
                    if !self.$index.item_eq(&other.$index)? {
                        return self.$index.py_lt(&other.$index);
                    }
                )+
                Ok(false)
            }
            #[inline]
            fn py_gt(&self, other: &Self) -> Result<bool> {
                $(
                    if !self.$index.item_eq(&other.$index)? {
                        return self.$index.py_gt(&other.$index);
                    }
                )+
                Ok(false)
            }
        }
    };
}

row!(1: A 0);
row!(2: A 0, B 1);
row!(3: A 0, B 1, C 2);
row!(4: A 0, B 1, C 2, D 3);
row!(5: A 0, B 1, C 2, D 3, E 4);
row!(6: A 0, B 1, C 2, D 3, E 4, F 5);
