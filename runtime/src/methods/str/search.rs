//! find and its kind, startswith and endswith.

use super::checks::{search, text, wanted};
use crate::exc::{self, Exc, Result};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

macro_rules! searches {
    ($($name:ident $full:literal $function:expr;)*) => {$(
        pub(super) fn $name(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
            let (part, start, end) = search($full, args, kwargs)?;
            let part = wanted(part, "must be str")?;
            let function: fn(&Str, &Str, i64, i64) -> Result<i64> = $function;
            Ok(Value::Int(function(text(this), part, start, end)?))
        }
    )*};
}

searches! {
    find "str.find" |text, part, start, end| Ok(text.find(part, start, end));
    rfind "str.rfind" |text, part, start, end| Ok(text.rfind(part, start, end));
    index "str.index" Str::index;
    rindex "str.rindex" Str::rindex;
    count "str.count" |text, part, start, end| Ok(text.count(part, start, end));
}

pub(super) fn startswith(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (part, start, end) = search("str.startswith", args, kwargs)?;
    any_end("startswith", part, |part| text(this).starts_with_in(part, start, end))
}

pub(super) fn endswith(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (part, start, end) = search("str.endswith", args, kwargs)?;
    any_end("endswith", part, |part| text(this).ends_with_in(part, start, end))
}

/// Tries a str, or the members of a tuple in order.
fn any_end(name: &str, part: &Value, matches: impl Fn(&Str) -> bool) -> Result<Value> {
    if let Some(part) = part.as_str() {
        return Ok(Value::Bool(matches(part)));
    }
    let Value::Tuple(parts) = part.payload() else {
        return Err(misfit(&format!("{name} first arg must be str or a tuple of str"), part));
    };
    for part in parts.iter() {
        match part.as_str() {
            Some(part) if matches(part) => return Ok(Value::Bool(true)),
            Some(_) => {}
            None => return Err(misfit(&format!("tuple for {name} must only contain str"), part)),
        }
    }
    Ok(Value::Bool(false))
}

#[cold]
fn misfit(message: &str, value: &Value) -> Exc {
    exc::type_error(&format!("{message}, not {}", value.type_name()))
}
