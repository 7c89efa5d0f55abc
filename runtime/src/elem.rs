//! What native containers may hold: the traits that carry Python's equality, hash, order and repr to Rust types.

use crate::exc::Result;
use crate::str::StrBuf;
use crate::value::Value;

/// Anything a native container may hold.
pub trait Elem: Clone + 'static {
    /// The Python value (typed containers convert deeply).
    fn to_value(&self) -> Value;
    /// The native value of exactly this type (a bool is no int); None when the value does not fit.
    fn from_value(value: &Value) -> Option<Self>;
    /// `==`.
    fn py_eq(&self, other: &Self) -> Result<bool>;
    /// Appends `repr()`.
    fn py_repr(&self, out: &mut StrBuf) -> Result<()>;
    /// `bool()`.
    fn truthy(&self) -> Result<bool>;
    /// `is`: containers ask this before `==`.
    fn same(&self, other: &Self) -> bool;
    /// `self is other or self == other`, when that runs no code of the program; None when it would.
    fn quick_eq(&self, other: &Self) -> Option<bool>;
}

/// What may key a dict or stand in a set.
pub trait Key: Elem {
    /// CPython's hash.
    fn py_hash(&self) -> Result<i64>;
}

/// What `sort` can order.
pub trait Sortable: Elem {
    /// `<`.
    fn py_lt(&self, other: &Self) -> Result<bool>;
}
