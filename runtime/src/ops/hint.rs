//! How many items to expect: what `operator.length_hint` tells, and what makes room for them asks first.

use super::{call_special, len_or_none};
use crate::exc::{self, Exc, Result};
use crate::value::Value;

/// The length, or what the iterator says is left; None where neither is told.
///
/// # Errors
/// What `__len__` and `__length_hint__` raise, but TypeError; TypeError where the hint is no int, ValueError where it is
/// negative.
pub fn length_hint(value: &Value) -> Result<Option<Value>> {
    if let Some(Some(length)) = but_type_errors(len_or_none(value))? {
        return Ok(Some(Value::Int(length as i64)));
    }
    if let Value::Iter(iterator) = value {
        return Ok(iterator.remaining().map(|left| Value::Int(left as i64)));
    }
    match but_type_errors(call_special(value, "__length_hint__", &[]))? {
        Some(Some(hint)) if !matches!(hint, Value::NotImplemented) => checked(&hint).map(Some),
        _ => Ok(None),
    }
}

/// An object that cannot tell is as one that does not.
fn but_type_errors<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(raised) if is_type_error(&raised) => Ok(None),
        Err(raised) => Err(raised),
    }
}

fn is_type_error(raised: &Exc) -> bool {
    raised.is(&exc::hierarchy::TYPE_ERROR)
}

fn checked(hint: &Value) -> Result<Value> {
    let Some(length) = hint.as_int() else {
        let name = hint.type_name();
        return Err(exc::type_error(&format!(
            "__length_hint__ must be an integer, not {name}"
        )));
    };
    if length.is_negative() {
        return Err(exc::value_error("__length_hint__() should return >= 0"));
    }
    Ok(Value::from(length))
}
