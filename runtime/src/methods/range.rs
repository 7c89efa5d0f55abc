//! Methods and fields of range.

use super::pure;
use crate::args;
use crate::exc::{self, Result};
use crate::iter::Iter;
use crate::range::Range;
use crate::registry::{Field, Kwargs, Method};
use crate::text;
use crate::value::Value;

pub static METHODS: &[Method] = &[
    pure("count", count),
    pure("index", index),
    pure("__reversed__", reversed),
];

pub static FIELDS: &[Field] = &[
    Field {
        name: "start",
        get: |this| Ok(Value::from(of(this)?.start.clone())),
        set: None,
    },
    Field {
        name: "stop",
        get: |this| Ok(Value::from(of(this)?.stop.clone())),
        set: None,
    },
    Field {
        name: "step",
        get: |this| Ok(Value::from(of(this)?.step.clone())),
        set: None,
    },
];

fn of(this: &Value) -> Result<&Range> {
    match this {
        Value::Range(range) => Ok(range),
        other => Err(exc::type_error(&format!(
            "expected a range, not '{}'",
            other.type_name()
        ))),
    }
}

fn count(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("range.count", args, kwargs)?;
    if let Some(number) = item.as_int() {
        return Ok(Value::Int(of(this)?.position(&number).is_some() as i64));
    }
    let mut numbers = Iter::range(of(this)?);
    let mut count = 0;
    while let Some(number) = numbers.next()? {
        count += crate::ops::eq_bool(&number, item)? as i64;
    }
    Ok(Value::Int(count))
}

fn index(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("range.index", args, kwargs)?;
    let Some(number) = item.as_int() else {
        return index_by_equality(this, item);
    };
    match of(this)?.position(&number) {
        Some(position) => Ok(Value::from(position)),
        None => Err(exc::value_error(&format!("{} is not in range", text::repr(item)?))),
    }
}

fn index_by_equality(this: &Value, item: &Value) -> Result<Value> {
    let mut numbers = Iter::range(of(this)?);
    let mut at = 0;
    while let Some(number) = numbers.next()? {
        if crate::ops::eq_bool(&number, item)? {
            return Ok(Value::Int(at));
        }
        at += 1;
    }
    Err(exc::value_error("sequence.index(x): x not in sequence"))
}

fn reversed(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("range.__reversed__", args, kwargs)?;
    Ok(Iter::range(&of(this)?.reversed()).into_value())
}
