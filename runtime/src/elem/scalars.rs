//! None, bool, int, float, str and bytes as container items.

use std::cmp::Ordering;

use super::{Elem, Key, Sortable};
use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::hash;
use crate::int::Int;
use crate::str::{Str, StrBuf};
use crate::value::Value;

impl Elem for () {
    const PLAIN: bool = true;

    fn to_value(&self) -> Value {
        Value::None
    }
    fn from_value(value: &Value) -> Option<()> {
        matches!(value, Value::None).then_some(())
    }
    fn py_eq(&self, _: &()) -> Result<bool> {
        Ok(true)
    }
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        out.push_ascii("None");
        Ok(())
    }
    fn truthy(&self) -> Result<bool> {
        Ok(false)
    }
    fn same(&self, _: &()) -> bool {
        true
    }
    fn quick_eq(&self, _: &()) -> Option<bool> {
        Some(true)
    }
}

impl Key for () {
    type Kept = ();

    fn py_hash(&self) -> Result<i64> {
        Value::None.py_hash()
    }
}

impl Sortable for () {
    fn py_lt(&self, _: &()) -> Result<bool> {
        Err(exc::type_error(
            "'<' not supported between instances of 'NoneType' and 'NoneType'",
        ))
    }
}

/// The parts of `Elem` that every plain scalar has in common.
macro_rules! plain_scalar {
    ($variant:ident) => {
        const PLAIN: bool = true;

        #[inline]
        fn to_value(&self) -> Value {
            Value::$variant(self.clone())
        }
        #[inline]
        fn from_value(value: &Value) -> Option<Self> {
            match value {
                Value::$variant(inner) => Some(inner.clone()),
                _ => None,
            }
        }
        #[inline]
        fn py_eq(&self, other: &Self) -> Result<bool> {
            Ok(self == other)
        }
    };
}

impl Elem for bool {
    plain_scalar!(Bool);

    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        out.push_ascii(if *self { "True" } else { "False" });
        Ok(())
    }
    #[inline(always)]
    fn truthy(&self) -> Result<bool> {
        Ok(*self)
    }
    #[inline(always)]
    fn same(&self, other: &bool) -> bool {
        self == other
    }
    #[inline(always)]
    fn quick_eq(&self, other: &bool) -> Option<bool> {
        Some(self == other)
    }
}

impl Key for bool {
    type Kept = ();

    #[inline(always)]
    fn py_hash(&self) -> Result<i64> {
        Ok(*self as i64)
    }
}

impl Sortable for bool {
    #[inline(always)]
    fn py_lt(&self, other: &bool) -> Result<bool> {
        Ok(self < other)
    }
    fn total_order(_: &[bool]) -> Option<fn(&bool, &bool) -> Ordering> {
        Some(bool::cmp)
    }
}

impl Elem for i64 {
    plain_scalar!(Int);

    #[inline]
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        out.push_i64(*self);
        Ok(())
    }
    #[inline(always)]
    fn truthy(&self) -> Result<bool> {
        Ok(*self != 0)
    }
    #[inline(always)]
    fn same(&self, other: &i64) -> bool {
        self == other
    }
    #[inline(always)]
    fn quick_eq(&self, other: &i64) -> Option<bool> {
        Some(self == other)
    }
}

impl Key for i64 {
    type Kept = ();

    #[inline(always)]
    fn py_hash(&self) -> Result<i64> {
        Ok(hash::int(*self))
    }
    #[inline(always)]
    fn near(&self) -> i64 {
        *self
    }
}

impl Sortable for i64 {
    #[inline(always)]
    fn py_lt(&self, other: &i64) -> Result<bool> {
        Ok(self < other)
    }
    fn total_order(_: &[i64]) -> Option<fn(&i64, &i64) -> Ordering> {
        Some(i64::cmp)
    }
}

/// An int that may lie beyond 64 bits.
impl Elem for i128 {
    const PLAIN: bool = true;

    #[inline]
    fn to_value(&self) -> Value {
        Value::from(Int::from(*self))
    }
    #[inline]
    fn from_value(value: &Value) -> Option<i128> {
        match value {
            Value::Int(small) => Some(i128::from(*small)),
            Value::BigInt(big) => i128::try_from(&**big).ok(),
            _ => None,
        }
    }
    #[inline]
    fn py_eq(&self, other: &i128) -> Result<bool> {
        Ok(self == other)
    }
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        out.push_ascii(&self.to_string());
        Ok(())
    }
    #[inline]
    fn truthy(&self) -> Result<bool> {
        Ok(*self != 0)
    }
    #[inline]
    fn same(&self, other: &i128) -> bool {
        self == other
    }
    #[inline]
    fn quick_eq(&self, other: &i128) -> Option<bool> {
        Some(self == other)
    }
}

impl Key for i128 {
    type Kept = i64;

    fn py_hash(&self) -> Result<i64> {
        Ok(hash::of_int(&Int::from(*self)))
    }
}

impl Sortable for i128 {
    #[inline]
    fn py_lt(&self, other: &i128) -> Result<bool> {
        Ok(self < other)
    }
    fn total_order(_: &[i128]) -> Option<fn(&i128, &i128) -> Ordering> {
        Some(i128::cmp)
    }
}

impl Elem for f64 {
    plain_scalar!(Float);

    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        out.push_f64(*self);
        Ok(())
    }
    #[inline(always)]
    fn truthy(&self) -> Result<bool> {
        Ok(*self != 0.0)
    }
    /// Two floats of the same bits count as one object: a NaN found in a list is the NaN that was put there.
    #[inline(always)]
    fn same(&self, other: &f64) -> bool {
        self.to_bits() == other.to_bits()
    }
    #[inline(always)]
    fn quick_eq(&self, other: &f64) -> Option<bool> {
        Some(self == other || self.same(other))
    }
}

impl Key for f64 {
    type Kept = i64;

    #[inline]
    fn py_hash(&self) -> Result<i64> {
        Ok(hash::float(*self))
    }
}

impl Sortable for f64 {
    #[inline(always)]
    fn py_lt(&self, other: &f64) -> Result<bool> {
        Ok(self < other)
    }
    /// With a NaN among them the result hangs on which pairs are compared.
    fn total_order(items: &[f64]) -> Option<fn(&f64, &f64) -> Ordering> {
        if items.iter().any(|item| item.is_nan()) {
            return None;
        }
        Some(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal))
    }
}

impl Elem for Int {
    const PLAIN: bool = true;

    fn to_value(&self) -> Value {
        Value::from(self.clone())
    }
    fn from_value(value: &Value) -> Option<Int> {
        match value {
            Value::Int(small) => Some(Int::Small(*small)),
            Value::BigInt(big) => Some(Int::Big(big.clone())),
            _ => None,
        }
    }
    fn py_eq(&self, other: &Int) -> Result<bool> {
        Ok(self == other)
    }
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        self.to_value().py_repr(out)
    }
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_zero())
    }
    fn same(&self, other: &Int) -> bool {
        self == other
    }
    fn quick_eq(&self, other: &Int) -> Option<bool> {
        Some(self == other)
    }
}

impl Key for Int {
    type Kept = i64;

    fn py_hash(&self) -> Result<i64> {
        Ok(hash::of_int(self))
    }
}

impl Sortable for Int {
    fn py_lt(&self, other: &Int) -> Result<bool> {
        Ok(self < other)
    }
    fn total_order(_: &[Int]) -> Option<fn(&Int, &Int) -> Ordering> {
        Some(Int::cmp)
    }
}

impl Elem for Str {
    plain_scalar!(Str);

    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        self.to_value().py_repr(out)
    }
    #[inline(always)]
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    #[inline(always)]
    fn same(&self, other: &Str) -> bool {
        Str::same(self, other)
    }
    #[inline(always)]
    fn quick_eq(&self, other: &Str) -> Option<bool> {
        Some(Str::same(self, other) || self == other)
    }
}

impl Key for Str {
    type Kept = ();

    #[inline(always)]
    fn py_hash(&self) -> Result<i64> {
        Ok(self.hash())
    }
}

impl Sortable for Str {
    #[inline]
    fn py_lt(&self, other: &Str) -> Result<bool> {
        Ok(self < other)
    }
    fn total_order(_: &[Str]) -> Option<fn(&Str, &Str) -> Ordering> {
        Some(Str::cmp)
    }
}

impl Elem for Bytes {
    plain_scalar!(Bytes);

    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        self.to_value().py_repr(out)
    }
    fn truthy(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
    fn same(&self, other: &Bytes) -> bool {
        Bytes::same(self, other)
    }
    fn quick_eq(&self, other: &Bytes) -> Option<bool> {
        Some(self == other)
    }
}

impl Key for Bytes {
    type Kept = i64;

    fn py_hash(&self) -> Result<i64> {
        Ok(self.hash())
    }
}

impl Sortable for Bytes {
    fn py_lt(&self, other: &Bytes) -> Result<bool> {
        Ok(self < other)
    }
    fn total_order(_: &[Bytes]) -> Option<fn(&Bytes, &Bytes) -> Ordering> {
        Some(Bytes::cmp)
    }
}
