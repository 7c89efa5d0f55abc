//! find and its kind, startswith and endswith.

use super::checks::{needle, octets, with};
use crate::bytes::{contents, ops};
use crate::exc::{self, Result};
use crate::methods::str::search as arguments;
use crate::registry::Kwargs;
use crate::units;
use crate::value::Value;

fn position(at: i64) -> Result<Value> {
    if at < 0 {
        Err(exc::value_error("subsection not found"))
    } else {
        Ok(Value::Int(at))
    }
}

macro_rules! searches {
    ($($name:ident $function:expr;)*) => {$(
        pub(super) fn $name(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
            let (part, start, end) = arguments(name, args, kwargs)?;
            let part = needle(part)?;
            let function: fn(&[u8], &[u8], i64, i64) -> Result<Value> = $function;
            with(this, |bytes| function(bytes, &part, start, end))
        }
    )*};
}

searches! {
    find |bytes, part, start, end| Ok(Value::Int(ops::find(bytes, part, start, end)));
    rfind |bytes, part, start, end| Ok(Value::Int(ops::rfind(bytes, part, start, end)));
    index |bytes, part, start, end| position(ops::find(bytes, part, start, end));
    rindex |bytes, part, start, end| position(ops::rfind(bytes, part, start, end));
    count |bytes, part, start, end| Ok(Value::Int(ops::count(bytes, part, start, end)));
}

pub(super) fn startswith(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    any_end(name, this, args, kwargs, |bytes, part| bytes.starts_with(part))
}

pub(super) fn endswith(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    any_end(name, this, args, kwargs, |bytes, part| bytes.ends_with(part))
}

/// Tries bytes, or the members of a tuple in order.
fn any_end(
    name: &str,
    this: &Value,
    args: &[Value],
    kwargs: Kwargs,
    matches: fn(&[u8], &[u8]) -> bool,
) -> Result<Value> {
    let (part, start, end) = arguments(name, args, kwargs)?;
    let holds = |part: &[u8]| {
        with(this, |bytes| {
            units::clip(bytes.len(), start, end).is_some_and(|(start, end)| matches(&bytes[start..end], part))
        })
    };
    if let Value::Tuple(parts) = part.payload() {
        for part in parts.iter() {
            if holds(&octets(part)?) {
                return Ok(Value::Bool(true));
            }
        }
        return Ok(Value::Bool(false));
    }
    match contents(part) {
        Some(part) => Ok(Value::Bool(holds(&part))),
        None => {
            let (plain, kind) = (name.rsplit('.').next().unwrap_or(name), part.type_name());
            Err(exc::type_error(&format!(
                "{plain} first arg must be bytes or a tuple of bytes, not {kind}"
            )))
        }
    }
}
