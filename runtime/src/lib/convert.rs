//! Arguments to Rust types, with the complaints of CPython's conversions.

use std::borrow::Cow;

use crate::args;
use crate::bytes::ByteArray;
use crate::exc::{self, Result};
use crate::int::Int;
use crate::ops;
use crate::value::Value;

/// The argument as a float: `must be real number, not str`.
#[inline]
pub fn float(value: &Value) -> Result<f64> {
    match value {
        Value::Float(float) => Ok(*float),
        Value::Int(int) => Ok(*int as f64),
        _ => float_slow(value),
    }
}

#[cold]
fn float_slow(value: &Value) -> Result<f64> {
    match value.payload() {
        Value::Float(float) => return Ok(*float),
        Value::Bool(flag) => return Ok(f64::from(u8::from(*flag))),
        Value::BigInt(big) => return Int::Big(big.clone()).to_f64(),
        _ => {}
    }
    if let Some(method) = special(value, "__float__") {
        let result = ops::call(&method, std::slice::from_ref(value))?;
        let Value::Float(float) = result.payload() else {
            let (name, given) = (value.type_name(), result.type_name());
            return Err(exc::type_error(&format!(
                "{name}.__float__ returned non-float (type {given})"
            )));
        };
        return Ok(*float);
    }
    match ops::try_index(value)? {
        Some(int) => int.to_f64(),
        None => Err(exc::type_error(&format!(
            "must be real number, not {}",
            value.type_name()
        ))),
    }
}

/// The special method of an object of the program.
pub fn special(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Instance(_) => value.class().lookup(name),
        _ => None,
    }
}

/// The argument as an int: `'str' object cannot be interpreted as an integer`.
#[inline]
pub fn index(value: &Value) -> Result<Int> {
    match value {
        Value::Int(int) => Ok(Int::Small(*int)),
        _ => args::integer(value),
    }
}

/// `callable(value)`.
pub fn is_callable(value: &Value) -> bool {
    match value {
        Value::Function(_) | Value::Builtin(_) | Value::Method(_) | Value::Class(_) => true,
        Value::Object(object) => object.native().callable(),
        Value::Instance(instance) => instance.class().lookup("__call__").is_some(),
        _ => false,
    }
}

/// An int as a value.
pub fn int(value: Int) -> Value {
    match value {
        Int::Small(small) => Value::Int(small),
        Int::Big(big) => Value::BigInt(big),
    }
}

/// The bytes of a bytes-like object; None when it is not one.
pub fn bytes_like(value: &Value) -> Option<Cow<'_, [u8]>> {
    match value.payload() {
        Value::Bytes(bytes) => Some(Cow::Borrowed(bytes.as_slice())),
        Value::Object(object) => object.downcast::<ByteArray>().map(|bytes| Cow::Owned(bytes.to_vec())),
        _ => None,
    }
}

/// The bytes of a bytes-like object; else `a bytes-like object is required, not 'str'`.
pub fn bytes_required(value: &Value) -> Result<Cow<'_, [u8]>> {
    bytes_like(value).ok_or_else(|| {
        let name = value.type_name();
        exc::type_error(&format!("a bytes-like object is required, not '{name}'"))
    })
}

/// An index argument cut to an i64: too large ones are an OverflowError.
pub fn size(value: &Value) -> Result<i64> {
    match index(value)?.as_i64() {
        Some(size) => Ok(size),
        None => Err(exc::overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// A C `int` argument.
pub fn c_int(value: &Value) -> Result<i32> {
    match index(value)?.as_i64() {
        None => Err(exc::overflow_error("Python int too large to convert to C long")),
        Some(wide) => i32::try_from(wide).map_err(|_| {
            let side = if wide < 0 {
                "less than minimum"
            } else {
                "greater than maximum"
            };
            exc::overflow_error(&format!("signed integer is {side}"))
        }),
    }
}

/// The low 32 bits of an int argument, as a mask takes them.
pub fn low_u32(value: &Value) -> Result<u32> {
    Ok(match &index(value)? {
        Int::Small(small) => *small as u32,
        Int::Big(big) => {
            let digit = big.iter_u32_digits().next().unwrap_or(0);
            if big.sign() == num_bigint::Sign::Minus {
                digit.wrapping_neg()
            } else {
                digit
            }
        }
    })
}
