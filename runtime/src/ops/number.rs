//! Arithmetic of ints and floats: the wider kind decides. (Complex numbers are library objects.)

use crate::complex::Complex;
use crate::exc::{self, Exc, Result};
use crate::float;
use crate::int::Int;
use crate::native::Operator;
use crate::tuple::Tuple;
use crate::value::Value;

/// A real number.
pub(super) enum Number {
    Int(Int),
    Float(f64),
}

/// The number a value is, if it is one.
pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Float(value) => Some(Number::Float(*value)),
        Value::Int(_) | Value::Bool(_) | Value::BigInt(_) => value.as_int().map(Number::Int),
        _ => None,
    }
}

impl Number {
    fn to_f64(&self) -> Result<f64> {
        match self {
            Number::Int(value) => value.to_f64(),
            Number::Float(value) => Ok(*value),
        }
    }
}

/// `a op b` of two numbers; None when one is none, or the kind lacks the operator.
pub(crate) fn arithmetic(op: Operator, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return Ok(None);
    };
    match (&x, &y) {
        (Number::Int(x), Number::Int(y)) => {
            let bools = matches!((a, b), (Value::Bool(_), Value::Bool(_)));
            int_arithmetic(op, x, y).map(|result| result.map(|result| keep_bool(op, bools, result)))
        }
        _ => float_arithmetic(op, &x, &y),
    }
}

/// `&`, `|` and `^` of two bools give a bool.
fn keep_bool(op: Operator, bools: bool, result: Value) -> Value {
    match (op, result) {
        (Operator::BitAnd | Operator::BitOr | Operator::BitXor, Value::Int(value)) if bools => Value::Bool(value != 0),
        (_, result) => result,
    }
}

fn int_arithmetic(op: Operator, x: &Int, y: &Int) -> Result<Option<Value>> {
    let result = match op {
        Operator::Add => x.add(y),
        Operator::Sub => x.sub(y),
        Operator::Mul => x.mul(y),
        Operator::TrueDiv => return x.truediv(y).map(|quotient| Some(Value::Float(quotient))),
        Operator::FloorDiv => x.floordiv(y)?,
        Operator::Rem => x.rem(y)?,
        Operator::Pow if y.is_negative() => {
            return float::pow(x.to_f64()?, y.to_f64()?).map(|power| Some(Value::Float(power)));
        }
        Operator::Pow => x.pow(y)?,
        Operator::LShift => x.lshift(y)?,
        Operator::RShift => x.rshift(y)?,
        Operator::BitAnd => x.bit_and(y),
        Operator::BitOr => x.bit_or(y),
        Operator::BitXor => x.bit_xor(y),
        Operator::MatMul => return Ok(None),
    };
    Ok(Some(Value::from(result)))
}

fn float_arithmetic(op: Operator, x: &Number, y: &Number) -> Result<Option<Value>> {
    use Operator::*;
    if !matches!(op, Add | Sub | Mul | TrueDiv | FloorDiv | Rem | Pow) {
        return Ok(None);
    }
    let (x, y) = (x.to_f64()?, y.to_f64()?);
    let result = match op {
        Add => x + y,
        Sub => x - y,
        Mul => x * y,
        TrueDiv => float::truediv(x, y)?,
        FloorDiv => float::floordiv(x, y)?,
        Rem => float::rem(x, y)?,
        // A negative base to a broken power is complex.
        _ => match float::pow_real(x, y)? {
            Some(power) => power,
            None => {
                return Complex::real(x)
                    .pow(Complex::real(y))
                    .map(|power| Some(Value::object(power)));
            }
        },
    };
    Ok(Some(Value::Float(result)))
}

/// `divmod(a, b)` of two real numbers; None for anything else.
///
/// # Errors
/// ZeroDivisionError.
pub fn number_divmod(a: &Value, b: &Value) -> Result<Option<Value>> {
    let pair = match (number(a), number(b)) {
        (Some(Number::Int(x)), Some(Number::Int(y))) => {
            let (quotient, rest) = x.divmod(&y)?;
            [Value::from(quotient), Value::from(rest)]
        }
        (None, _) | (_, None) => return Ok(None),
        (Some(x), Some(y)) => {
            let (quotient, rest) = float::divmod(x.to_f64()?, y.to_f64()?)?;
            [Value::Float(quotient), Value::Float(rest)]
        }
    };
    Ok(Some(Value::Tuple(Tuple::from_array(pair))))
}

/// `divmod(a, b)`.
///
/// # Errors
/// ZeroDivisionError; TypeError when the operands do not go together; what their methods raise.
pub fn divmod(a: &Value, b: &Value) -> Result<Value> {
    if a.user_class().is_none()
        && b.user_class().is_none()
        && let Some(pair) = number_divmod(a, b)?
    {
        return Ok(pair);
    }
    let implemented = |answer: Option<Value>| answer.filter(|value| !matches!(value, Value::NotImplemented));
    if let Some(pair) = implemented(super::call_special(a, "__divmod__", std::slice::from_ref(b))?) {
        return Ok(pair);
    }
    if let Some(pair) = implemented(super::call_special(b, "__rdivmod__", std::slice::from_ref(a))?) {
        return Ok(pair);
    }
    let (a, b) = (a.type_name(), b.type_name());
    Err(exc::type_error(&format!(
        "unsupported operand type(s) for divmod(): '{a}' and '{b}'"
    )))
}

/// `pow(base, exponent, modulus)`.
///
/// # Errors
/// ValueError for a modulus of zero or a base that is not invertible; TypeError for anything but ints.
pub fn pow_mod(base: &Value, exponent: &Value, modulus: &Value) -> Result<Value> {
    if let Value::None = modulus {
        return super::pow(base, exponent);
    }
    if base.user_class().is_some()
        && let Some(answer) = super::call_special(base, "__pow__", &[exponent.clone(), modulus.clone()])?
        && !matches!(answer, Value::NotImplemented)
    {
        return Ok(answer);
    }
    match (base.as_int(), exponent.as_int(), modulus.as_int()) {
        (Some(base), Some(exponent), Some(modulus)) => base.modpow(&exponent, &modulus).map(Value::from),
        _ => Err(no_modular_power(base, exponent, modulus)),
    }
}

/// Each operand's type is asked in order, and the first that knows the others words the failure.
#[cold]
fn no_modular_power(base: &Value, exponent: &Value, modulus: &Value) -> Exc {
    let is_complex = |value: &Value| value.payload().downcast::<Complex>().is_some();
    let is_number = |value: &Value| number(value).is_some() || is_complex(value);
    for value in [base, exponent, modulus] {
        if let Value::Float(_) = value.payload() {
            return exc::type_error("pow() 3rd argument not allowed unless all arguments are integers");
        }
        if is_complex(value) && is_number(base) && is_number(exponent) {
            return exc::value_error("complex modulo");
        }
    }
    exc::type_error(&format!(
        "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
        base.type_name(),
        exponent.type_name(),
        modulus.type_name()
    ))
}
