//! translate and maketrans.

use super::checks::text;
use crate::args;
use crate::dict::Dict;
use crate::exc::{self, Result, hierarchy};
use crate::ops;
use crate::registry::Kwargs;
use crate::str::{Str, StrBuf};
use crate::value::Value;

pub(super) fn translate(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [table] = args::exactly("str.translate", args, kwargs)?;
    let text = text(this);
    let mut out = StrBuf::with_capacity(text.len());
    // ASCII characters are looked up once.
    let mut known: [Option<Option<Str>>; 128] = [const { None }; 128];
    for point in text.points() {
        let Some(slot) = known.get_mut(point as usize) else {
            match translation(table, point)? {
                Some(text) => out.push_str(&text),
                None => out.push_point(point),
            }
            continue;
        };
        if slot.is_none() {
            *slot = Some(translation(table, point)?);
        }
        match slot {
            Some(Some(text)) => out.push_str(text),
            _ => out.push_point(point),
        }
    }
    Ok(Value::Str(out.finish()))
}

/// What a table gives for a code point; None where it has nothing.
fn translation(table: &Value, point: u32) -> Result<Option<Str>> {
    let found = match ops::get_item(table, &Value::Int(point as i64)) {
        Ok(found) => found,
        Err(fault) if fault.is(&hierarchy::LOOKUP_ERROR) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    if let Some(text) = found.as_str() {
        return Ok(Some(text.clone()));
    }
    if matches!(found, Value::None) {
        return Ok(Some(Str::empty()));
    }
    let Some(int) = found.as_int() else {
        return Err(exc::type_error("character mapping must return integer, None or str"));
    };
    let point = int
        .as_i64()
        .and_then(|int| u32::try_from(int).ok())
        .filter(|&point| point < 0x11_0000);
    let point = point.ok_or_else(|| exc::value_error("character mapping must be in range(0x110000)"))?;
    Ok(Some(Str::from_code_point(point)))
}

pub(super) fn maketrans(_class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("str.maketrans", args, kwargs, 1, 3)?;
    let table = Dict::new();
    match args {
        [mapping] => from_dict(&table, mapping)?,
        [from, to, rest @ ..] => from_strings(&table, from, to, rest.first())?,
        [] => unreachable!("there is at least one argument"),
    }
    Ok(Value::Dict(table))
}

fn from_strings(table: &Dict<Value, Value>, from: &Value, to: &Value, delete: Option<&Value>) -> Result<()> {
    let to = args::text("maketrans() argument 2", to)?;
    let delete = delete
        .map(|value| args::text("maketrans() argument 3", value))
        .transpose()?;
    let Some(from) = from.as_str() else {
        return Err(exc::type_error(
            "first maketrans argument must be a string if there is a second argument",
        ));
    };
    if from.len() != to.len() {
        return Err(exc::value_error(
            "the first two maketrans arguments must have equal length",
        ));
    }
    for (from, to) in from.points().into_iter().zip(to.points()) {
        table.set(Value::Int(from as i64), Value::Int(to as i64))?;
    }
    for point in delete.map(Str::points).unwrap_or_default() {
        table.set(Value::Int(point as i64), Value::None)?;
    }
    Ok(())
}

fn from_dict(table: &Dict<Value, Value>, mapping: &Value) -> Result<()> {
    let Value::Dict(mapping) = mapping else {
        return Err(exc::type_error(
            "if you give only one argument to maketrans it must be a dict",
        ));
    };
    for (key, value) in mapping.items() {
        let key = match key.as_str() {
            Some(text) if text.len() == 1 => Value::Int(text.point(0) as i64),
            Some(_) => return Err(exc::value_error("string keys in translate table must be of length 1")),
            None if key.as_int().is_some() => key,
            None => return Err(exc::type_error("keys in translate table must be strings or integers")),
        };
        table.set(key, value)?;
    }
    Ok(())
}
