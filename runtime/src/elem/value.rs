//! Any value as a container item.

use std::cmp::Ordering;

use super::{Elem, Key, Sortable};
use crate::exc::{self, Result};
use crate::instance::Instance;
use crate::int::Int;
use crate::str::StrBuf;
use crate::value::Value;
use crate::{hash, ops, text};

impl Elem for Value {
    const PLAIN: bool = false;

    #[inline]
    fn to_value(&self) -> Value {
        self.clone()
    }
    #[inline]
    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
    fn py_eq(&self, other: &Value) -> Result<bool> {
        ops::eq_bool(self, other)
    }
    fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
        text::repr_into(self, out)
    }
    #[inline]
    fn truthy(&self) -> Result<bool> {
        ops::truthy(self)
    }
    #[inline]
    fn same(&self, other: &Value) -> bool {
        ops::is(self, other)
    }
    #[inline]
    fn quick_eq(&self, other: &Value) -> Option<bool> {
        match (self, other) {
            (Value::Int(a), Value::Int(b)) => Some(a == b),
            (Value::Str(a), Value::Str(b)) => Some(a.same(b) || a == b),
            _ => quick_eq_mixed(self, other),
        }
    }
}

/// Equality of the less common pairs of plain kinds.
fn quick_eq_mixed(a: &Value, b: &Value) -> Option<bool> {
    if ops::is(a, b) {
        return Some(true);
    }
    match (a, b) {
        (Value::Tuple(a), Value::Tuple(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            for (a, b) in a.iter().zip(b.iter()) {
                if !a.quick_eq(b)? {
                    return Some(false);
                }
            }
            Some(true)
        }
        _ if is_plain(a) && is_plain(b) => plain_eq(a, b),
        _ => None,
    }
}

/// Kinds whose `==` is the runtime's, and looks into nothing else.
fn is_plain(value: &Value) -> bool {
    matches!(
        value,
        Value::None
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Class(_)
            | Value::Function(_)
            | Value::Builtin(_)
    )
}

fn plain_eq(a: &Value, b: &Value) -> Option<bool> {
    Some(match (a, b) {
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Float(a), other) | (other, Value::Float(a)) => other.as_int().is_some_and(|int| int.eq_f64(*a)),
        (a, b) => match (a.as_int(), b.as_int()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
    })
}

impl Key for Value {
    type Kept = i64;

    #[inline]
    fn py_hash(&self) -> Result<i64> {
        match self {
            Value::Int(value) => Ok(hash::int(*value)),
            Value::Str(value) => Ok(value.hash()),
            _ => hash_slowly(self),
        }
    }
}

fn hash_slowly(value: &Value) -> Result<i64> {
    match value {
        Value::Int(value) => Ok(hash::int(*value)),
        Value::Str(value) => Ok(value.hash()),
        Value::Bool(value) => Ok(*value as i64),
        Value::BigInt(big) => Ok(hash::of_int(&Int::Big(big.clone()))),
        Value::Float(value) => Ok(hash::float(*value)),
        Value::Bytes(value) => Ok(value.hash()),
        Value::Tuple(items) => items.hash(),
        Value::FrozenSet(set) => Ok(set.hash()),
        Value::Range(range) => hash_items(&range.hash_key()),
        // CPython takes these from addresses that change from run to run.
        Value::None => Ok(hash::NONE),
        Value::Ellipsis => Ok(0xfca_86421),
        Value::NotImplemented => Ok(0xfca_86422),
        Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) => Err(unhashable(value)),
        Value::Function(function) => Ok(hash::pointer(function.address())),
        Value::Builtin(function) => Ok(hash::pointer(std::ptr::from_ref(*function) as usize)),
        Value::Method(method) => Ok(hash::settle(
            (ops::identity(&method.receiver) as u64).rotate_right(4) ^ method.function.py_hash()? as u64,
        )),
        Value::Class(class) if class.meta_lookup("__hash__").is_some() => call_hash(value),
        Value::Class(class) => Ok(hash::pointer(class.address())),
        Value::Iter(iter) => Ok(hash::pointer(iter.address())),
        Value::Instance(instance) => hash_instance(value, instance),
        Value::Exception(exception) => hash_exception(value, exception),
        Value::Object(object) => object.native().hash(object),
    }
}

fn hash_items(items: &[Value]) -> Result<i64> {
    let mut hasher = hash::TupleHasher::new();
    for item in items {
        hasher.add(item.py_hash()?);
    }
    Ok(hasher.finish())
}

#[cold]
fn unhashable(value: &Value) -> exc::Exc {
    exc::type_error(&format!("unhashable type: '{}'", value.type_name()))
}

fn hash_instance(value: &Value, instance: &Instance) -> Result<i64> {
    match instance.class().lookup_own("__hash__") {
        None => Ok(hash::pointer(instance.address())),
        Some(Value::None) => Err(unhashable(value)),
        Some(_) => call_hash(value),
    }
}

fn hash_exception(value: &Value, exception: &exc::Exc) -> Result<i64> {
    match exception.user_class().and_then(|class| class.lookup_own("__hash__")) {
        None => Ok(hash::pointer(exception.address())),
        Some(Value::None) => Err(unhashable(value)),
        Some(_) => call_hash(value),
    }
}

/// `__hash__` of the program: any int, brought to 64 bits.
fn call_hash(value: &Value) -> Result<i64> {
    match ops::call_special(value, "__hash__", &[])?.and_then(|hash| hash.as_int()) {
        Some(Int::Small(hash)) => Ok(hash::settle(hash as u64)),
        Some(big) => Ok(hash::of_int(&big)),
        None => Err(exc::type_error("__hash__ method should return an integer")),
    }
}

impl Sortable for Value {
    #[inline]
    fn py_lt(&self, other: &Value) -> Result<bool> {
        ops::lt_bool(self, other)
    }
    #[inline]
    fn py_gt(&self, other: &Value) -> Result<bool> {
        ops::gt_bool(self, other)
    }

    fn total_order(items: &[Value]) -> Option<fn(&Value, &Value) -> Ordering> {
        match items.first()? {
            Value::Int(_) if items.iter().all(|item| matches!(item, Value::Int(_))) => Some(|a, b| match (a, b) {
                (Value::Int(a), Value::Int(b)) => a.cmp(b),
                _ => Ordering::Equal,
            }),
            Value::Str(_) if items.iter().all(|item| matches!(item, Value::Str(_))) => Some(|a, b| match (a, b) {
                (Value::Str(a), Value::Str(b)) => a.cmp(b),
                _ => Ordering::Equal,
            }),
            Value::Float(_) if items.iter().all(|item| matches!(item, Value::Float(x) if !x.is_nan())) => {
                Some(|a, b| match (a, b) {
                    (Value::Float(a), Value::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
                    _ => Ordering::Equal,
                })
            }
            _ => None,
        }
    }
}
