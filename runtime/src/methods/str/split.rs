//! Splitting, stripping, joining, replacing.

use super::checks::{only_text, text, wanted};
use crate::args::{self, Parameters};
use crate::exc::{self, Exc, Result, hierarchy};
use crate::iter;
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

fn list(parts: Vec<Str>) -> Value {
    Value::list(parts.into_iter().map(Value::Str).collect())
}

fn triple((a, b, c): (Str, Str, Str)) -> Value {
    Value::tuple(vec![Value::Str(a), Value::Str(b), Value::Str(c)])
}

const SPLIT: Parameters<2> = Parameters {
    function: "split",
    names: ["sep", "maxsplit"],
    positional_only: 0,
    positional: 2,
    required: 0,
};
const RSPLIT: Parameters<2> = Parameters {
    function: "rsplit",
    ..SPLIT
};

pub(super) fn split(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (separator, limit) = split_arguments(&SPLIT, args, kwargs)?;
    Ok(list(match separator {
        Some(separator) => text(this).split(separator, limit)?,
        None => text(this).split_whitespace(limit),
    }))
}

pub(super) fn rsplit(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (separator, limit) = split_arguments(&RSPLIT, args, kwargs)?;
    Ok(list(match separator {
        Some(separator) => text(this).rsplit(separator, limit)?,
        None => text(this).rsplit_whitespace(limit),
    }))
}

fn split_arguments<'a>(
    parameters: &Parameters<2>,
    args: &'a [Value],
    kwargs: Kwargs<'a>,
) -> Result<(Option<&'a Str>, i64)> {
    let [separator, limit] = parameters.bind(args, kwargs)?;
    let limit = limit.map_or(Ok(-1), args::index)?;
    match separator {
        None | Some(Value::None) => Ok((None, limit)),
        Some(value) => Ok((Some(wanted(value, "must be str or None")?), limit)),
    }
}

const SPLITLINES: Parameters<1> = Parameters {
    function: "splitlines",
    names: ["keepends"],
    positional_only: 0,
    positional: 1,
    required: 0,
};

pub(super) fn splitlines(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [keep] = SPLITLINES.bind(args, kwargs)?;
    let keep = keep.map_or(Ok(0), args::c_int)?;
    Ok(list(text(this).split_lines(keep != 0)))
}

pub(super) fn partition(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(triple(text(this).partition(only_text(
        "str.partition",
        args,
        kwargs,
    )?)?))
}

pub(super) fn rpartition(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(triple(text(this).rpartition(only_text(
        "str.rpartition",
        args,
        kwargs,
    )?)?))
}

pub(super) fn strip(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    strip_ends("str.strip", this, args, kwargs, (true, true))
}

pub(super) fn lstrip(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    strip_ends("str.lstrip", this, args, kwargs, (true, false))
}

pub(super) fn rstrip(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    strip_ends("str.rstrip", this, args, kwargs, (false, true))
}

fn strip_ends(name: &str, this: &Value, args: &[Value], kwargs: Kwargs, (left, right): (bool, bool)) -> Result<Value> {
    let chars = args::between(name, args, kwargs, 0, 1)?;
    Ok(Value::Str(match chars {
        [] | [Value::None] => text(this).strip_space(left, right),
        [chars, ..] => match chars.as_str() {
            Some(chars) => text(this).strip_chars(chars, left, right),
            None => {
                let plain = name.rsplit('.').next().unwrap_or(name);
                return Err(exc::type_error(&format!("{plain} arg must be None or str")));
            }
        },
    }))
}

pub(super) fn removeprefix(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [prefix] = args::exactly("str.removeprefix", args, kwargs)?;
    let prefix = args::text("removeprefix() argument", prefix)?;
    Ok(Value::Str(text(this).remove_prefix(prefix)))
}

pub(super) fn removesuffix(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [suffix] = args::exactly("str.removesuffix", args, kwargs)?;
    let suffix = args::text("removesuffix() argument", suffix)?;
    Ok(Value::Str(text(this).remove_suffix(suffix)))
}

pub(super) fn replace(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("str.replace", args, kwargs, 2, 3)?;
    let old = args::text("replace() argument 1", &args[0])?;
    let new = args::text("replace() argument 2", &args[1])?;
    let count = args.get(2).map_or(Ok(-1), args::index)?;
    Ok(Value::Str(text(this).replace(old, new, count)))
}

pub(super) fn join(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [parts] = args::exactly("str.join", args, kwargs)?;
    let values = join_items(parts)?;
    if let [Value::Str(part)] = &values[..] {
        return Ok(Value::Str(part.clone()));
    }
    let mut texts = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        texts.push(value.as_str().cloned().ok_or_else(|| not_text(index, value))?);
    }
    Ok(Value::Str(text(this).join(&texts)))
}

/// The items to join; TypeError of its own for what cannot be iterated over.
fn join_items(parts: &Value) -> Result<Vec<Value>> {
    match iter::iter(parts) {
        Ok(items) => items.collect(),
        Err(fault) if fault.is(&hierarchy::TYPE_ERROR) => Err(exc::type_error("can only join an iterable")),
        Err(fault) => Err(fault),
    }
}

#[cold]
fn not_text(index: usize, value: &Value) -> Exc {
    exc::type_error(&format!(
        "sequence item {index}: expected str instance, {} found",
        value.type_name()
    ))
}
