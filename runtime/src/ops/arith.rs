//! Binary operators: pairs of small ints and floats inline, the rest in `binary`.

use super::binary::binary;
use crate::exc::Result;
use crate::native::Operator;
use crate::value::Value;

/// Operators whose result on two floats needs no check, with the checked operation on two ints.
macro_rules! simple {
    ($($(#[$doc:meta])* $name:ident $operator:ident $checked:ident $symbol:tt;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// TypeError when the operands do not go together; what their methods raise.
            #[inline]
            pub fn $name(a: &Value, b: &Value) -> Result<Value> {
                match (a, b) {
                    (Value::Int(x), Value::Int(y)) => match x.$checked(*y) {
                        Some(result) => Ok(Value::Int(result)),
                        None => binary(Operator::$operator, a, b),
                    },
                    (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x $symbol y)),
                    (Value::Float(x), Value::Int(y)) if is_exact(*y) => Ok(Value::Float(x $symbol *y as f64)),
                    (Value::Int(x), Value::Float(y)) if is_exact(*x) => Ok(Value::Float(*x as f64 $symbol y)),
                    _ => binary(Operator::$operator, a, b),
                }
            }
        )*
    };
}

/// True when the int is a float as it is.
#[inline(always)]
fn is_exact(value: i64) -> bool {
    value.unsigned_abs() <= 1 << 53
}

simple! {
    /// `a + b`.
    add Add checked_add +;
    /// `a - b`.
    sub Sub checked_sub -;
    /// `a * b`.
    mul Mul checked_mul *;
}

/// `a // b`.
///
/// # Errors
/// ZeroDivisionError; TypeError when the operands do not go together; what their methods raise.
#[inline]
pub fn floordiv(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) if *y > 0 => Ok(Value::Int(x.div_euclid(*y))),
        _ => binary(Operator::FloorDiv, a, b),
    }
}

/// `a % b`.
///
/// # Errors
/// ZeroDivisionError; TypeError when the operands do not go together; what their methods raise.
#[inline]
pub fn rem(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) if *y > 0 => Ok(Value::Int(x.rem_euclid(*y))),
        _ => binary(Operator::Rem, a, b),
    }
}

/// `a / b`.
///
/// # Errors
/// ZeroDivisionError; TypeError when the operands do not go together; what their methods raise.
#[inline]
pub fn truediv(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) if *y != 0.0 => Ok(Value::Float(x / y)),
        (Value::Int(x), Value::Int(y)) if *y != 0 && is_exact(*x) && is_exact(*y) => {
            Ok(Value::Float(*x as f64 / *y as f64))
        }
        _ => binary(Operator::TrueDiv, a, b),
    }
}

/// Operators on the bits of ints.
macro_rules! bitwise {
    ($($(#[$doc:meta])* $name:ident $operator:ident $symbol:tt;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// TypeError when the operands do not go together; what their methods raise.
            #[inline]
            pub fn $name(a: &Value, b: &Value) -> Result<Value> {
                match (a, b) {
                    (Value::Int(x), Value::Int(y)) => Ok(Value::Int(x $symbol y)),
                    _ => binary(Operator::$operator, a, b),
                }
            }
        )*
    };
}

bitwise! {
    /// `a & b`.
    bit_and BitAnd &;
    /// `a | b`.
    bit_or BitOr |;
    /// `a ^ b`.
    bit_xor BitXor ^;
}

/// Operators without an inline path.
macro_rules! general {
    ($($(#[$doc:meta])* $name:ident $operator:ident;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// TypeError when the operands do not go together; what their methods raise.
            pub fn $name(a: &Value, b: &Value) -> Result<Value> {
                binary(Operator::$operator, a, b)
            }
        )*
    };
}

general! {
    /// `a ** b`.
    pow Pow;
    /// `a @ b`.
    matmul MatMul;
    /// `a << b`.
    lshift LShift;
    /// `a >> b`.
    rshift RShift;
}
