//! Splitting, stripping, joining, replacing, padding.

use super::checks::{like, octets, same, with};
use crate::args::{self, Parameters};
use crate::bytes::{ByteArray, contents, ops};
use crate::exc::{self, Result, hierarchy};
use crate::iter;
use crate::methods::str::tab_size;
use crate::registry::Kwargs;
use crate::units::{self, Piece};
use crate::value::Value;

fn empty_separator() -> exc::Exc {
    exc::value_error("empty separator")
}

/// The parts, in the receiver's kind.
fn list(this: &Value, pieces: impl FnOnce(&[u8]) -> Vec<Piece>) -> Value {
    let parts: Vec<Vec<u8>> = with(this, |bytes| {
        pieces(bytes)
            .iter()
            .map(|piece| bytes[piece.0..piece.1].to_vec())
            .collect()
    });
    Value::list(parts.into_iter().map(|part| like(this, part)).collect())
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

pub(super) fn split(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (separator, limit) = split_arguments(&SPLIT, args, kwargs)?;
    Ok(list(this, |bytes| {
        let mut pieces = Vec::new();
        match &separator {
            Some(separator) => units::split(bytes, separator, limit, |piece| pieces.push(piece)),
            None => units::split_space(bytes, limit, ops::is_space, |piece| pieces.push(piece)),
        }
        pieces
    }))
}

pub(super) fn rsplit(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (separator, limit) = split_arguments(&RSPLIT, args, kwargs)?;
    Ok(list(this, |bytes| match &separator {
        Some(separator) => units::rsplit(bytes, separator, limit),
        None => units::rsplit_space(bytes, limit, ops::is_space),
    }))
}

fn split_arguments(parameters: &Parameters<2>, args: &[Value], kwargs: Kwargs) -> Result<(Option<Vec<u8>>, usize)> {
    let [separator, limit] = parameters.bind(args, kwargs)?;
    let limit = usize::try_from(limit.map_or(Ok(-1), args::index)?).unwrap_or(usize::MAX);
    let separator = match separator {
        None | Some(Value::None) => None,
        Some(value) => Some(octets(value)?),
    };
    match separator {
        Some(separator) if separator.is_empty() => Err(empty_separator()),
        separator => Ok((separator, limit)),
    }
}

const SPLITLINES: Parameters<1> = Parameters {
    function: "splitlines",
    names: ["keepends"],
    positional_only: 0,
    positional: 1,
    required: 0,
};

pub(super) fn splitlines(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [keep] = SPLITLINES.bind(args, kwargs)?;
    let keep = keep.map_or(Ok(0), args::c_int)? != 0;
    Ok(list(this, |bytes| units::lines(bytes, keep, ops::is_line_break)))
}

pub(super) fn partition(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    parts(name, this, args, kwargs, true)
}

pub(super) fn rpartition(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    parts(name, this, args, kwargs, false)
}

fn parts(name: &str, this: &Value, args: &[Value], kwargs: Kwargs, first: bool) -> Result<Value> {
    let [separator] = args::exactly(name, args, kwargs)?;
    let part = octets(separator)?;
    if part.is_empty() {
        return Err(empty_separator());
    }
    let found = with(this, |bytes| {
        let at = if first {
            units::find(bytes, &part)
        } else {
            units::rfind(bytes, &part)
        };
        at.map(|at| (bytes[..at].to_vec(), bytes[at + part.len()..].to_vec()))
    });
    let empty = || like(this, vec![]);
    Ok(Value::tuple(match found {
        Some((before, after)) => vec![like(this, before), like(this, part), like(this, after)],
        None if first => vec![same(this), empty(), empty()],
        None => vec![empty(), empty(), same(this)],
    }))
}

pub(super) fn strip(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    strip_ends(name, this, args, kwargs, (true, true))
}

pub(super) fn lstrip(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    strip_ends(name, this, args, kwargs, (true, false))
}

pub(super) fn rstrip(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    strip_ends(name, this, args, kwargs, (false, true))
}

fn strip_ends(name: &str, this: &Value, args: &[Value], kwargs: Kwargs, (left, right): (bool, bool)) -> Result<Value> {
    let chars = match args::between(name, args, kwargs, 0, 1)? {
        [] | [Value::None] => None,
        [chars, ..] => Some(octets(chars)?),
    };
    Ok(like(
        this,
        with(this, |bytes| {
            let (start, end) = match &chars {
                Some(chars) => units::strip(bytes, left, right, |byte| chars.contains(&byte)),
                None => units::strip(bytes, left, right, ops::is_space),
            };
            bytes[start..end].to_vec()
        }),
    ))
}

pub(super) fn removeprefix(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [prefix] = args::exactly(name, args, kwargs)?;
    let prefix = octets(prefix)?;
    Ok(like(
        this,
        with(this, |bytes| bytes.strip_prefix(&prefix[..]).unwrap_or(bytes).to_vec()),
    ))
}

pub(super) fn removesuffix(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [suffix] = args::exactly(name, args, kwargs)?;
    let suffix = octets(suffix)?;
    Ok(like(
        this,
        with(this, |bytes| bytes.strip_suffix(&suffix[..]).unwrap_or(bytes).to_vec()),
    ))
}

pub(super) fn replace(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between(name, args, kwargs, 2, 3)?;
    let (old, new) = (octets(&args[0])?, octets(&args[1])?);
    let limit = usize::try_from(args.get(2).map_or(Ok(-1), args::index)?).unwrap_or(usize::MAX);
    Ok(match with(this, |bytes| units::replace(bytes, &old, &new, limit)) {
        Some(bytes) => like(this, bytes),
        None => same(this),
    })
}

pub(super) fn join(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [parts] = args::exactly(name, args, kwargs)?;
    let items = match iter::iter(parts) {
        Ok(items) => items.collect()?,
        Err(fault) if fault.is(&hierarchy::TYPE_ERROR) => return Err(exc::type_error("can only join an iterable")),
        Err(fault) => return Err(fault),
    };
    let mut octets = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        octets.push(contents(item).ok_or_else(|| {
            let kind = item.type_name();
            exc::type_error(&format!(
                "sequence item {index}: expected a bytes-like object, {kind} found"
            ))
        })?);
    }
    if let ([item @ Value::Bytes(_)], Value::Bytes(_)) = (&items[..], this.payload()) {
        return Ok(item.clone());
    }
    Ok(like(this, with(this, |bytes| octets.join(bytes))))
}

macro_rules! justifies {
    ($($name:ident $function:expr;)*) => {$(
        pub(super) fn $name(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
            let args = args::between(name, args, kwargs, 1, 2)?;
            let width = args::index(&args[0])?;
            let fill = args.get(1).map_or(Ok(b' '), |value| fill(stringify!($name), value))?;
            let function: fn(&[u8], i64, u8) -> Vec<u8> = $function;
            Ok(like(this, with(this, |bytes| function(bytes, width, fill))))
        }
    )*};
}

justifies! {
    center ops::center;
    ljust |bytes, width, fill| ops::padded(bytes, 0, ops::missing(bytes, width), fill);
    rjust |bytes, width, fill| ops::padded(bytes, ops::missing(bytes, width), 0, fill);
}

fn fill(name: &str, value: &Value) -> Result<u8> {
    let own = matches!(value.payload(), Value::Bytes(_)) || value.payload().downcast::<ByteArray>().is_some();
    match contents(value).filter(|_| own).as_deref() {
        Some([byte]) => Ok(*byte),
        _ => Err(args::misfit(
            &format!("{name}() argument 2"),
            "a byte string of length 1",
            value,
        )),
    }
}

pub(super) fn zfill(name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [width] = args::exactly(name, args, kwargs)?;
    let width = args::index(width)?;
    Ok(like(this, with(this, |bytes| ops::zfill(bytes, width))))
}

pub(super) fn expandtabs(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let size = tab_size(args, kwargs)?;
    Ok(like(this, with(this, |bytes| units::expand_tabs(bytes, size))))
}
