//! Values that stand for a float.

use crate::exc::{self, Result};
use crate::ops;
use crate::value::Value;

/// The float a value is or stands for (`__float__`, then `__index__`); None for values that stand for none.
/// OverflowError for a large int; TypeError when `__float__` answers no float.
pub fn try_real(value: &Value) -> Result<Option<f64>> {
    match value.payload() {
        Value::Float(float) => return Ok(Some(*float)),
        Value::Int(int) => return Ok(Some(*int as f64)),
        _ => {}
    }
    match ops::call_special(value, "__float__", &[])? {
        Some(Value::Float(float)) => Ok(Some(float)),
        Some(other) => {
            let (of, kind) = (value.type_name(), other.type_name());
            Err(exc::type_error(&format!(
                "{of}.__float__ returned non-float (type {kind})"
            )))
        }
        None => match ops::try_index(value)? {
            Some(int) => int.to_f64().map(Some),
            None => Ok(None),
        },
    }
}

/// As `try_real`; TypeError `must be real number, not str` where there is none.
#[inline]
pub fn real(value: &Value) -> Result<f64> {
    match value {
        Value::Float(float) => Ok(*float),
        _ => {
            try_real(value)?.ok_or_else(|| exc::type_error(&format!("must be real number, not {}", value.type_name())))
        }
    }
}
