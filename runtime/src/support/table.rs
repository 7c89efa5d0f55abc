//! Long displays of constants: a table in the binary, and the values made of it. Code for each item would take rustc
//! minutes where a program has thousands of them.

use crate::str::Str;
use crate::value::Value;

/// A constant that a table can hold.
#[derive(Clone, Copy, Debug)]
pub enum Plain {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(&'static str),
}

/// What a table's constants become.
pub trait Held {
    /// The value of a constant; code is only made for constants of the type.
    fn held(plain: Plain) -> Self;
}

impl Held for Value {
    fn held(plain: Plain) -> Value {
        match plain {
            Plain::None => Value::None,
            Plain::Bool(b) => Value::Bool(b),
            Plain::Int(i) => Value::Int(i),
            Plain::Float(f) => Value::Float(f),
            Plain::Str(s) => Value::Str(Str::from(s)),
        }
    }
}

impl Held for Str {
    fn held(plain: Plain) -> Str {
        match plain {
            Plain::Str(s) => Str::from(s),
            other => unreachable!("a table of texts has {other:?}"),
        }
    }
}

impl Held for i64 {
    fn held(plain: Plain) -> i64 {
        match plain {
            Plain::Int(i) => i,
            other => unreachable!("a table of ints has {other:?}"),
        }
    }
}

impl Held for f64 {
    fn held(plain: Plain) -> f64 {
        match plain {
            Plain::Float(f) => f,
            other => unreachable!("a table of floats has {other:?}"),
        }
    }
}

/// The items of a list.
pub fn items<T: Held>(table: &'static [Plain]) -> Vec<T> {
    table.iter().map(|plain| T::held(*plain)).collect()
}

/// The keys and values of a dict.
pub fn pairs<K: Held, V: Held>(table: &'static [(Plain, Plain)]) -> Vec<(K, V)> {
    table
        .iter()
        .map(|(key, value)| (K::held(*key), V::held(*value)))
        .collect()
}

/// A table of constants.
#[macro_export]
macro_rules! plain_items {
    ($($item:expr),* $(,)?) => {{
        static TABLE: &[$crate::support::table::Plain] = &[$($item),*];
        TABLE
    }};
}

/// A table of pairs of constants.
#[macro_export]
macro_rules! plain_pairs {
    ($($item:expr),* $(,)?) => {{
        static TABLE: &[($crate::support::table::Plain, $crate::support::table::Plain)] = &[$($item),*];
        TABLE
    }};
}
