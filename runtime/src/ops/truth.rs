//! `bool(value)`.

use crate::exc::{self, Result};
use crate::ops;
use crate::value::Value;

/// `bool(value)`.
///
/// # Errors
/// What `__bool__` and `__len__` raise.
#[inline]
pub fn truthy(value: &Value) -> Result<bool> {
    match value {
        Value::Bool(value) => Ok(*value),
        Value::None => Ok(false),
        Value::Int(value) => Ok(*value != 0),
        Value::Str(text) => Ok(!text.is_empty()),
        Value::List(list) => Ok(!list.is_empty()),
        _ => truthy_slowly(value),
    }
}

fn truthy_slowly(value: &Value) -> Result<bool> {
    match value {
        Value::Float(value) => Ok(*value != 0.0),
        Value::Bytes(bytes) => Ok(!bytes.is_empty()),
        Value::Tuple(tuple) => Ok(!tuple.is_empty()),
        Value::Dict(dict) => Ok(!dict.is_empty()),
        Value::Set(set) => Ok(!set.is_empty()),
        Value::FrozenSet(set) => Ok(!set.items().is_empty()),
        Value::Range(range) => Ok(!range.len.is_zero()),
        Value::Object(object) => object.native().truthy(),
        Value::Instance(_) | Value::Exception(_) | Value::Class(_) => truthy_user(value),
        Value::None => Ok(false),
        _ => Ok(true),
    }
}

/// An object of a class of the program: `__bool__`, else `__len__`, else true.
fn truthy_user(value: &Value) -> Result<bool> {
    let Some(class) = value.user_class() else {
        return Ok(true);
    };
    if class.lookup("__bool__").is_some() {
        return match ops::call_special(value, "__bool__", &[])?.unwrap_or(Value::None) {
            Value::Bool(answer) => Ok(answer),
            other => Err(exc::type_error(&format!(
                "__bool__ should return bool, returned {}",
                other.type_name()
            ))),
        };
    }
    if class.lookup("__len__").is_some() {
        return Ok(ops::len(value)? != 0);
    }
    Ok(true)
}
