//! Dunder methods of the builtin types, as rows that call the operator: what `super().__getitem__(key)` in a class of
//! the program reaches.

use super::{mutates, reads};
use crate::args;
use crate::elem::Key;
use crate::exc::Result;
use crate::iter;
use crate::native::{Comparison, Operator};
use crate::ops;
use crate::registry::{Kwargs, Method};
use crate::text;
use crate::value::Value;

/// A method that stands for an operator of one operand.
macro_rules! alone {
    ($name:literal, |$this:ident| $answer:expr) => {
        reads($name, |$this, args, kwargs| {
            let [] = args::wrapped(args, kwargs)?;
            $answer
        })
    };
}
pub(super) use alone;

/// True when an int is asked about a float: it leaves the answer to the float.
fn is_beyond(this: &Value, other: &Value) -> bool {
    matches!(this, Value::Int(_) | Value::BigInt(_) | Value::Bool(_)) && matches!(other, Value::Float(_))
}

/// A builtin comparison's answer, or NotImplemented.
fn compared(op: Comparison, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::wrapped(args, kwargs)?;
    let answer = match this {
        Value::Object(object) => object.native().compare(op, other.payload())?,
        _ if is_beyond(this, other.payload()) => None,
        _ => ops::builtin_compare(op, this, other.payload())?.map(Value::Bool),
    };
    match (answer, op) {
        (Some(answer), _) => Ok(answer),
        (None, Comparison::Eq) if ops::is(this, other) => Ok(Value::Bool(true)),
        (None, Comparison::Ne) if ops::is(this, other) => Ok(Value::Bool(false)),
        (None, _) => Ok(Value::NotImplemented),
    }
}

macro_rules! comparison {
    ($operator:ident $name:literal) => {
        reads($name, |this, args, kwargs| {
            compared(Comparison::$operator, this, args, kwargs)
        })
    };
}

/// Of types that inherit everything else, and are shown in their own way.
pub static OWN_TEXT: &[Method] = &[alone!("__repr__", |this| text::repr(this).map(Value::Str))];

pub static EQUALITY: &[Method] = &[
    comparison!(Eq "__eq__"),
    comparison!(Ne "__ne__"),
    alone!("__hash__", |this| this.py_hash().map(Value::Int)),
    alone!("__repr__", |this| text::repr(this).map(Value::Str)),
    reads("__format__", format),
];

pub static ORDER: &[Method] = &[
    comparison!(Lt "__lt__"),
    comparison!(Le "__le__"),
    comparison!(Gt "__gt__"),
    comparison!(Ge "__ge__"),
];

pub static TRUTH: &[Method] = &[alone!("__bool__", |this| ops::truthy(this).map(Value::Bool))];

pub(crate) fn format(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [spec] = args::exactly(&format!("{}.__format__", this.type_name()), args, kwargs)?;
    text::format_builtin(this, args::text("__format__() argument", spec)?).map(Value::Str)
}

/// `this op other`, or `other op this` where reflected; NotImplemented when they do not go together.
fn operated(op: Operator, this: &Value, args: &[Value], kwargs: Kwargs, reflected: bool) -> Result<Value> {
    let [other] = args::wrapped(args, kwargs)?;
    let other = other.payload();
    let (a, b) = if reflected { (other, this) } else { (this, other) };
    let answer = match this {
        _ if is_beyond(this, other) => None,
        Value::Int(_) | Value::BigInt(_) | Value::Bool(_) | Value::Float(_) => ops::arithmetic(op, a, b)?,
        _ => ops::builtin_binary(op, a, b)?,
    };
    Ok(answer.unwrap_or(Value::NotImplemented))
}

/// `divmod(a, b)`, one of which is the receiver.
fn divided(this: &Value, a: &Value, b: &Value) -> Result<Value> {
    if is_beyond(this, a) || is_beyond(this, b) {
        return Ok(Value::NotImplemented);
    }
    Ok(ops::number_divmod(a, b)?.unwrap_or(Value::NotImplemented))
}

macro_rules! operator {
    ($operator:ident $name:literal) => {
        reads($name, |this, args, kwargs| {
            operated(Operator::$operator, this, args, kwargs, false)
        })
    };
    ($operator:ident reflected $name:literal) => {
        reads($name, |this, args, kwargs| {
            operated(Operator::$operator, this, args, kwargs, true)
        })
    };
}

pub static NUMBER: &[Method] = &[
    operator!(Add "__add__"),
    operator!(Add reflected "__radd__"),
    operator!(Sub "__sub__"),
    operator!(Sub reflected "__rsub__"),
    operator!(Mul "__mul__"),
    operator!(Mul reflected "__rmul__"),
    operator!(TrueDiv "__truediv__"),
    operator!(TrueDiv reflected "__rtruediv__"),
    operator!(FloorDiv "__floordiv__"),
    operator!(FloorDiv reflected "__rfloordiv__"),
    operator!(Rem "__mod__"),
    operator!(Rem reflected "__rmod__"),
    operator!(Pow "__pow__"),
    operator!(Pow reflected "__rpow__"),
    alone!("__neg__", |this| ops::neg(this)),
    alone!("__pos__", |this| ops::pos(this)),
    alone!("__abs__", |this| ops::abs(this)),
    reads("__divmod__", |this, args, kwargs| {
        let [other] = args::wrapped(args, kwargs)?;
        divided(this, this, other.payload())
    }),
    reads("__rdivmod__", |this, args, kwargs| {
        let [other] = args::wrapped(args, kwargs)?;
        divided(this, other.payload(), this)
    }),
];

pub static INTEGER: &[Method] = &[
    operator!(BitAnd "__and__"),
    operator!(BitAnd reflected "__rand__"),
    operator!(BitOr "__or__"),
    operator!(BitOr reflected "__ror__"),
    operator!(BitXor "__xor__"),
    operator!(BitXor reflected "__rxor__"),
    operator!(LShift "__lshift__"),
    operator!(LShift reflected "__rlshift__"),
    operator!(RShift "__rshift__"),
    operator!(RShift reflected "__rrshift__"),
    alone!("__invert__", |this| ops::invert(this)),
    alone!("__index__", |this| ops::pos(this)),
];

pub static CONTAINER: &[Method] = &[
    alone!("__len__", |this| ops::len(this).map(|len| Value::Int(len as i64))),
    alone!("__iter__", |this| iter::iter(this).map(iter::Iter::into_value)),
    reads("__contains__", contains),
];

fn contains(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = match this {
        Value::Dict(_) => args::exactly("dict.__contains__", args, kwargs)?,
        Value::Set(_) => args::exactly("set.__contains__", args, kwargs)?,
        Value::FrozenSet(_) => args::exactly("frozenset.__contains__", args, kwargs)?,
        _ => args::wrapped(args, kwargs)?,
    };
    ops::contains(this, item).map(Value::Bool)
}

pub static ITEMS: &[Method] = &[reads("__getitem__", get_item)];

fn get_item(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [key] = match this {
        Value::Dict(_) => args::exactly("dict.__getitem__", args, kwargs)?,
        Value::List(_) => args::exactly("list.__getitem__", args, kwargs)?,
        _ => args::wrapped(args, kwargs)?,
    };
    ops::get_item(this, key)
}

pub static SEQUENCE: &[Method] = &[
    alone!("__len__", |this| ops::len(this).map(|len| Value::Int(len as i64))),
    alone!("__iter__", |this| iter::iter(this).map(iter::Iter::into_value)),
    reads("__contains__", contains),
    reads("__getitem__", get_item),
    reads("__add__", |this, args, kwargs| {
        let [other] = args::wrapped(args, kwargs)?;
        ops::add(this, other.payload())
    }),
    operator!(Mul "__mul__"),
    operator!(Mul "__rmul__"),
];

/// An augmented operator: the receiver, when it changed.
fn changed(op: Operator, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::wrapped(args, kwargs)?;
    Ok(if ops::builtin_in_place(op, this, other)? {
        this.clone()
    } else {
        Value::NotImplemented
    })
}

pub static MUTABLE: &[Method] = &[
    mutates("__setitem__", |this, args, kwargs| {
        let [key, value] = args::wrapped(args, kwargs)?;
        ops::set_item(this, key, value.clone()).map(|()| Value::None)
    }),
    mutates("__delitem__", |this, args, kwargs| {
        let [key] = args::wrapped(args, kwargs)?;
        ops::del_item(this, key).map(|()| Value::None)
    }),
];

pub static GROWING: &[Method] = &[
    mutates("__iadd__", |this, args, kwargs| {
        changed(Operator::Add, this, args, kwargs)
    }),
    mutates("__imul__", |this, args, kwargs| {
        changed(Operator::Mul, this, args, kwargs)
    }),
];

pub static UNION: &[Method] = &[operator!(BitOr "__or__"), operator!(BitOr reflected "__ror__")];

pub static ALGEBRA: &[Method] = &[
    operator!(BitAnd "__and__"),
    operator!(BitAnd reflected "__rand__"),
    operator!(Sub "__sub__"),
    operator!(Sub reflected "__rsub__"),
    operator!(BitXor "__xor__"),
    operator!(BitXor reflected "__rxor__"),
];

pub static UNION_IN_PLACE: &[Method] = &[mutates("__ior__", |this, args, kwargs| {
    changed(Operator::BitOr, this, args, kwargs)
})];

pub static ALGEBRA_IN_PLACE: &[Method] = &[
    mutates("__iand__", |this, args, kwargs| {
        changed(Operator::BitAnd, this, args, kwargs)
    }),
    mutates("__isub__", |this, args, kwargs| {
        changed(Operator::Sub, this, args, kwargs)
    }),
    mutates("__ixor__", |this, args, kwargs| {
        changed(Operator::BitXor, this, args, kwargs)
    }),
];

pub static TEXT: &[Method] = &[
    alone!("__str__", |this| text::str_of(this).map(Value::Str)),
    operator!(Rem "__mod__"),
];

pub static CALL: &[Method] = &[reads("__call__", ops::call_kw)];
