//! `is` and `id()`.

use crate::bytes::Bytes;
use crate::class::Class;
use crate::dict::Dict;
use crate::exc::Exc;
use crate::function::Function;
use crate::instance::Instance;
use crate::iter::IterObject;
use crate::list::List;
use crate::native::Object;
use crate::rc::Ref;
use crate::set::{FrozenSet, Set};
use crate::value::Value;

/// `a is b`. Equal small numbers count as one object: they carry no identity of their own.
#[inline]
pub fn is(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::None, Value::None) => true,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (Value::Str(a), Value::Str(b)) => a.same(b),
        (Value::None, _) | (_, Value::None) => false,
        _ => is_object(a, b),
    }
}

fn is_object(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::BigInt(a), Value::BigInt(b)) => Ref::same(a, b),
        (Value::Bytes(a), Value::Bytes(b)) => Bytes::same(a, b),
        (Value::List(a), Value::List(b)) => List::same(a, b),
        (Value::Tuple(a), Value::Tuple(b)) => a.same(b),
        (Value::Dict(a), Value::Dict(b)) => Dict::same(a, b),
        (Value::Set(a), Value::Set(b)) => Set::same(a, b),
        (Value::FrozenSet(a), Value::FrozenSet(b)) => FrozenSet::same(a, b),
        (Value::Range(a), Value::Range(b)) => Ref::same(a, b),
        (Value::Slice(a), Value::Slice(b)) => Ref::same(a, b),
        (Value::Function(a), Value::Function(b)) => Function::same(a, b),
        (Value::Builtin(a), Value::Builtin(b)) => std::ptr::eq(*a, *b),
        (Value::Method(a), Value::Method(b)) => Ref::same(a, b),
        (Value::Class(a), Value::Class(b)) => Class::same(a, b),
        (Value::Instance(a), Value::Instance(b)) => Instance::same(a, b),
        (Value::Exception(a), Value::Exception(b)) => Exc::same(a, b),
        (Value::Iter(a), Value::Iter(b)) => IterObject::same(a, b),
        (Value::Object(a), Value::Object(b)) => Object::same(a, b),
        (Value::Ellipsis, Value::Ellipsis) | (Value::NotImplemented, Value::NotImplemented) => true,
        _ => false,
    }
}

/// `id(value)`: an address for objects that have one, a number made from the value for the others.
pub fn identity(value: &Value) -> i64 {
    /// Where the numbers for values without an address begin: beyond any address in use.
    const PLAIN: i64 = 1 << 60;
    match value {
        Value::None => PLAIN,
        Value::Bool(value) => PLAIN + 1 + *value as i64,
        Value::Ellipsis => PLAIN + 3,
        Value::NotImplemented => PLAIN + 4,
        Value::Int(value) => (value.wrapping_mul(32) & (PLAIN - 1)) | PLAIN << 1,
        Value::Float(value) => (value.to_bits() >> 4) as i64 | PLAIN << 2,
        _ => address(value) as i64,
    }
}

fn address(value: &Value) -> usize {
    match value {
        Value::BigInt(big) => Ref::address(big),
        Value::Str(text) => text.address(),
        Value::Bytes(bytes) => bytes.address(),
        Value::List(list) => list.address(),
        Value::Tuple(tuple) => tuple.address(),
        Value::Dict(dict) => dict.address(),
        Value::Set(set) => set.address(),
        Value::FrozenSet(set) => set.address(),
        Value::Range(range) => Ref::address(range),
        Value::Slice(slice) => Ref::address(slice),
        Value::Function(function) => function.address(),
        Value::Builtin(function) => std::ptr::from_ref(*function) as usize,
        Value::Method(method) => Ref::address(method),
        Value::Class(class) => class.address(),
        Value::Instance(instance) => instance.address(),
        Value::Exception(exception) => exception.address(),
        Value::Iter(iter) => iter.address(),
        Value::Object(object) => object.address(),
        _ => 0,
    }
}
