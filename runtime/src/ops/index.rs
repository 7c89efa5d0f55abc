//! `__index__`: values that stand for an integer.

use crate::exc::{self, Result};
use crate::int::Int;
use crate::ops;
use crate::value::Value;

/// The integer a value is or stands for; None for values that stand for none.
///
/// # Errors
/// TypeError when `__index__` answers no int; what it raises.
pub fn try_index(value: &Value) -> Result<Option<Int>> {
    if let Some(int) = value.as_int() {
        return Ok(Some(int));
    }
    let has_index = match value {
        Value::Instance(instance) => instance.class().lookup("__index__").is_some(),
        Value::Object(object) => object.native().native_type().find_method("__index__").is_some(),
        _ => false,
    };
    if !has_index {
        return Ok(None);
    }
    let answer = ops::call_method(value, "__index__", &[])?;
    match answer.as_int() {
        Some(int) => Ok(Some(int)),
        None => Err(exc::type_error(&format!(
            "__index__ returned non-int (type {})",
            answer.type_name()
        ))),
    }
}

/// The integer within 64 bits, or the nearer bound.
pub fn saturate(value: &Int) -> i64 {
    match value.as_i64() {
        Some(small) => small,
        None if value.is_negative() => i64::MIN,
        None => i64::MAX,
    }
}
