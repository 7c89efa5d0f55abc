//! `Value`: any Python object, in sixteen bytes.

use num_bigint::BigInt;

use crate::bytes::Bytes;
use crate::class::Class;
use crate::dict::Dict;
use crate::exc::Exc;
use crate::function::{Bound, Function};
use crate::instance::Instance;
use crate::iter::IterObject;
use crate::list::List;
use crate::native::{Native, Object};
use crate::range::Range;
use crate::rc::Ref;
use crate::registry::NativeFn;
use crate::set::{FrozenSet, Set};
use crate::slice::Slice;
use crate::str::Str;
use crate::tuple::Tuple;

/// Any Python object. Kinds without a variant of their own are `Object`s.
#[derive(Clone)]
pub enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// An int that does not fit an `i64`: never one that does.
    BigInt(Ref<BigInt>),
    Str(Str),
    Bytes(Bytes),
    List(List<Value>),
    Tuple(Tuple),
    Dict(Dict<Value, Value>),
    Set(Set<Value>),
    FrozenSet(FrozenSet),
    Range(Ref<Range>),
    Slice(Ref<Slice>),
    Function(Function),
    Builtin(&'static NativeFn),
    Method(Ref<Bound>),
    Class(Class),
    Instance(Instance),
    Exception(Exc),
    Iter(IterObject),
    Object(Object),
    Ellipsis,
    NotImplemented,
}

const _: () = assert!(size_of::<Value>() == 16);

impl Value {
    /// A str of this text.
    pub fn str(text: &str) -> Value {
        Value::Str(Str::from(text))
    }

    /// A library object.
    pub fn object(native: impl Native) -> Value {
        Value::Object(Object::new(native))
    }

    /// A list of these values.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(List::from_vec(items))
    }

    /// A tuple of these values.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Tuple::from_vec(items))
    }

    /// The library object of type `T` this value is, if it is one.
    pub fn downcast<T: Native>(&self) -> Option<&T> {
        match self {
            Value::Object(object) => object.downcast(),
            _ => None,
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<Str> for Value {
    fn from(value: Str) -> Value {
        Value::Str(value)
    }
}
