//! Operations of native code on values of known type. Where an int would leave 64 bits, or a value is met that native
//! code cannot carry exactly, they give up: the call then starts again in its generic version.

pub mod deque;
pub mod dict;
pub mod float;
pub mod heap;
pub mod int;
pub mod iter;
pub mod list;
pub mod mapping;
pub mod parallel;
pub mod pieces;
pub mod set;
pub mod spec;
pub mod stream;
pub mod text;
pub mod wide;

use crate::elem::{Elem, Sortable};
use crate::exc::{self, Exc, Result};
use crate::value::Value;

pub use crate::lib::hashlib as digest;

/// `a == b` of two values of one type.
///
/// # Errors
/// What comparing raises.
#[inline]
pub fn eq<T: Elem>(a: &T, b: &T) -> Result<bool> {
    a.py_eq(b)
}

/// `a < b` of two values of one type.
///
/// # Errors
/// What comparing raises.
#[inline]
pub fn lt<T: Sortable>(a: &T, b: &T) -> Result<bool> {
    a.py_lt(b)
}

/// `bool(value)`.
///
/// # Errors
/// What the value's test raises.
#[inline]
pub fn truthy<T: Elem>(value: &T) -> Result<bool> {
    value.truthy()
}

/// The bool in a value that is known to be one.
#[inline]
pub fn as_bool(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

/// What native code raises to give up.
#[cold]
pub fn given_up() -> Exc {
    exc::deopt()
}

/// The value where it is exactly of this type.
///
/// # Errors
/// Gives up where it is not.
#[inline]
pub fn exactly<T: Elem>(value: &Value) -> Result<T> {
    T::from_value(value).ok_or_else(exc::deopt)
}

/// The value that is there.
///
/// # Errors
/// Gives up on None.
#[inline]
pub fn some<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(exc::deopt)
}

/// The value that is there, shared.
///
/// # Errors
/// Gives up on None.
#[inline]
pub fn some_of<T: Clone>(value: &Option<T>) -> Result<T> {
    value.clone().ok_or_else(exc::deopt)
}

/// `set.discard` tells nothing.
///
/// # Errors
/// TypeError for an unhashable item.
#[inline]
pub fn discard(result: Result<bool>) -> Result<()> {
    result.map(drop)
}

/// One step of `min` over values as they come.
///
/// # Errors
/// What comparing raises.
#[inline]
pub fn keep_min<T: Sortable>(best: &mut Option<T>, value: T) -> Result<()> {
    let better = match best {
        None => true,
        Some(old) => value.py_lt(old)?,
    };
    if better {
        *best = Some(value);
    }
    Ok(())
}

/// One step of `max` over values as they come.
///
/// # Errors
/// What comparing raises.
#[inline]
pub fn keep_max<T: Sortable>(best: &mut Option<T>, value: T) -> Result<()> {
    let better = match best {
        None => true,
        Some(old) => value.py_gt(old)?,
    };
    if better {
        *best = Some(value);
    }
    Ok(())
}

/// The result of `min` or `max` over a generator expression.
///
/// # Errors
/// ValueError where there was no value.
pub fn found<T>(best: Option<T>, function: &str) -> Result<T> {
    best.ok_or_else(|| exc::value_error(&format!("{function}() arg is an empty sequence")))
}
