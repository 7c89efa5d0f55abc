//! What native containers may hold: the traits that carry Python's equality, hash, order and repr to Rust types.

mod containers;
mod row;
mod scalars;
mod value;

use crate::exc::Result;
use crate::str::StrBuf;
use crate::value::Value;

/// Anything a native container may hold.
pub trait Elem: Clone + 'static {
    /// True when comparing two of them runs no code of the program and cannot fail.
    const PLAIN: bool;

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

    /// How containers compare: `self is other or self == other`.
    #[inline]
    fn item_eq(&self, other: &Self) -> Result<bool> {
        match self.quick_eq(other) {
            Some(answer) => Ok(answer),
            None => self.py_eq(other),
        }
    }
}

/// What may key a dict or stand in a set.
pub trait Key: Elem {
    /// What a dict keeps of an item's hash.
    type Kept: Kept;

    /// CPython's hash.
    fn py_hash(&self) -> Result<i64>;

    /// An int itself; of what is no int, what no int near zero is. Sets know small ones without a search.
    #[inline(always)]
    fn near(&self) -> i64 {
        crate::set::near::FAR
    }
}

/// A hash that is kept beside its item; or nothing, where hashing again costs no more than keeping.
pub trait Kept: Copy {
    fn keep(hash: i64) -> Self;
    /// False when the item's hash is surely another one.
    fn may_be(self, hash: i64) -> bool;
    /// The hash of the item beside which this was kept.
    fn hash_of<K: Key>(self, item: &K) -> i64;
}

impl Kept for i64 {
    #[inline(always)]
    fn keep(hash: i64) -> i64 {
        hash
    }
    #[inline(always)]
    fn may_be(self, hash: i64) -> bool {
        self == hash
    }
    #[inline(always)]
    fn hash_of<K: Key>(self, _: &K) -> i64 {
        self
    }
}

impl Kept for () {
    #[inline(always)]
    fn keep(_: i64) {}
    #[inline(always)]
    fn may_be(self, _: i64) -> bool {
        true
    }
    #[inline(always)]
    fn hash_of<K: Key>(self, item: &K) -> i64 {
        item.py_hash()
            .unwrap_or_else(|_| unreachable!("an item of a table has been hashed before"))
    }
}

/// What `sort` can order.
pub trait Sortable: Elem {
    /// `<`.
    fn py_lt(&self, other: &Self) -> Result<bool>;

    /// `>`, which only its words and what it asks first tell from `<` the other way round.
    #[inline]
    fn py_gt(&self, other: &Self) -> Result<bool> {
        other.py_lt(self)
    }

    /// The order of two items where `<` is a total order on all of `items`: such a slice may be sorted by any stable
    /// algorithm. None where only CPython's own sequence of comparisons gives CPython's result.
    fn total_order(_items: &[Self]) -> Option<fn(&Self, &Self) -> std::cmp::Ordering> {
        None
    }
}
