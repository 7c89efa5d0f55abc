//! `-x`, `+x`, `~x` and `abs(x)`.

use super::call_special;
use super::number::{Number, number};
use crate::complex::Complex;
use crate::exc::{self, Exc, Result};
use crate::native::Unary;
use crate::value::Value;

/// `-value`.
///
/// # Errors
/// TypeError for values that cannot; what their methods raise.
#[inline]
pub fn neg(value: &Value) -> Result<Value> {
    match value {
        Value::Int(int) if *int != i64::MIN => Ok(Value::Int(-int)),
        Value::Float(float) => Ok(Value::Float(-float)),
        _ => unary(Unary::Neg, value),
    }
}

/// `+value`.
///
/// # Errors
/// TypeError for values that cannot; what their methods raise.
pub fn pos(value: &Value) -> Result<Value> {
    unary(Unary::Pos, value)
}

/// `~value`.
///
/// # Errors
/// TypeError for values that cannot; what their methods raise.
pub fn invert(value: &Value) -> Result<Value> {
    unary(Unary::Invert, value)
}

fn unary(op: Unary, value: &Value) -> Result<Value> {
    let (method, symbol) = match op {
        Unary::Neg => ("__neg__", "-"),
        Unary::Pos => ("__pos__", "+"),
        Unary::Invert => ("__invert__", "~"),
    };
    if value.user_class().is_some() {
        return call_special(value, method, &[])?.ok_or_else(|| bad_operand(&format!("unary {symbol}"), value));
    }
    let result = match (op, number(value)) {
        (Unary::Neg, Some(Number::Int(int))) => Some(Value::from(int.neg())),
        (Unary::Pos, Some(Number::Int(int))) => Some(Value::from(int)),
        (Unary::Invert, Some(Number::Int(int))) => Some(Value::from(int.invert())),
        (Unary::Neg, Some(Number::Float(float))) => Some(Value::Float(-float)),
        (Unary::Pos, Some(Number::Float(float))) => Some(Value::Float(float)),
        _ => match value {
            Value::Object(object) => object.native().unary(op)?,
            _ => None,
        },
    };
    result.ok_or_else(|| bad_operand(&format!("unary {symbol}"), value))
}

#[cold]
fn bad_operand(what: &str, value: &Value) -> Exc {
    exc::type_error(&format!("bad operand type for {what}: '{}'", value.type_name()))
}

/// `abs(value)`.
///
/// # Errors
/// TypeError for values that cannot; OverflowError for a complex number too large; what `__abs__` raises.
pub fn abs(value: &Value) -> Result<Value> {
    match number(value) {
        Some(Number::Int(int)) => Ok(Value::from(int.abs())),
        Some(Number::Float(float)) => Ok(Value::Float(float.abs())),
        None => match value.downcast::<Complex>() {
            Some(complex) => complex.abs().map(Value::Float),
            None => call_special(value, "__abs__", &[])?.ok_or_else(|| bad_operand("abs()", value)),
        },
    }
}
