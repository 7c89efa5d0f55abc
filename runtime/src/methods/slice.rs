//! Methods and fields of slice.

use super::pure;
use crate::args;
use crate::exc::{self, Result};
use crate::registry::{Field, Kwargs, Method};
use crate::slice::Slice;
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
    let length =
        usize::try_from(args::index(length)?).map_err(|_| exc::value_error("length should not be negative"))?;
    let bounds = of(this)?.bounds(length)?;
    Ok(Value::tuple(vec![
        Value::Int(bounds.start),
        Value::Int(bounds.stop),
        Value::Int(bounds.step),
    ]))
}
