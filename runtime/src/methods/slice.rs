//! Methods and fields of slice.

use super::pure;
use crate::args;
use crate::exc::{self, Result};
use crate::registry::{Field, Kwargs, Method};
use crate::slice::Slice;
use crate::tuple::Tuple;
use crate::value::Value;

pub static METHODS: &[Method] = &[pure("indices", indices)];

pub static FIELDS: &[Field] = &[
    Field {
        name: "start",
        get: |this| Ok(of(this)?.start.clone()),
        set: None,
    },
    Field {
        name: "stop",
        get: |this| Ok(of(this)?.stop.clone()),
        set: None,
    },
    Field {
        name: "step",
        get: |this| Ok(of(this)?.step.clone()),
        set: None,
    },
];

fn of(this: &Value) -> Result<&Slice> {
    match this {
        Value::Slice(slice) => Ok(slice),
        other => Err(exc::type_error(&format!(
            "expected a slice, not '{}'",
            other.type_name()
        ))),
    }
}

fn indices(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [length] = args::exactly("slice.indices", args, kwargs)?;
    let length = args::integer(length)?;
    if length.is_negative() {
        return Err(exc::value_error("length should not be negative"));
    }
    let [start, stop, step] = of(this)?.indices(&length)?.map(Value::from);
    Ok(Value::Tuple(Tuple::from_array([start, stop, step])))
}
