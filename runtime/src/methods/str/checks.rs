//! The receiver and the arguments of str's methods.

use crate::args;
use crate::exc::{self, Exc, Result};
use crate::ops;
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

/// The receiver.
pub(super) fn text(this: &Value) -> &Str {
    match this.payload() {
        Value::Str(text) => text,
        _ => unreachable!("the receiver of a method of str is a str"),
    }
}

/// An argument that must be a str; the message shows what it is instead.
pub(super) fn wanted<'a>(value: &'a Value, message: &str) -> Result<&'a Str> {
    value.as_str().ok_or_else(|| refused(value, message))
}

#[cold]
fn refused(value: &Value, message: &str) -> Exc {
    exc::type_error(&format!("{message}, not {}", value.type_name()))
}

/// The only argument, a str: `must be str, not int`.
pub(super) fn only_text<'a>(name: &str, args: &'a [Value], kwargs: Kwargs) -> Result<&'a Str> {
    let [part] = args::exactly(name, args, kwargs)?;
    wanted(part, "must be str")
}

/// The arguments of a search: what for, and the bounds, as CPython words their faults.
pub(crate) fn search<'a>(name: &str, args: &'a [Value], kwargs: Kwargs) -> Result<(&'a Value, i64, i64)> {
    args::no_keywords(name, kwargs)?;
    let plain = name.rsplit('.').next().unwrap_or(name);
    match args {
        [] => Err(exc::type_error(&format!(
            "{plain}() takes at least 1 argument (0 given)"
        ))),
        [part] => Ok((part, 0, i64::MAX)),
        [part, start] => Ok((part, bound(start, 0)?, i64::MAX)),
        [part, start, end] => Ok((part, bound(start, 0)?, bound(end, i64::MAX)?)),
        _ => Err(exc::type_error(&format!(
            "{plain}() takes at most 3 arguments ({} given)",
            args.len()
        ))),
    }
}

/// A bound of a slice: None is open, integers beyond 64 bits are clipped.
fn bound(value: &Value, open: i64) -> Result<i64> {
    match value {
        Value::None => Ok(open),
        Value::Int(int) => Ok(*int),
        _ => match ops::try_index(value)? {
            Some(int) => Ok(ops::saturate(&int)),
            None => Err(exc::type_error(
                "slice indices must be integers or None or have an __index__ method",
            )),
        },
    }
}
