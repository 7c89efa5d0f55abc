//! Methods and fields of float.

use super::pure;
use crate::args;
use crate::exc::{self, Result};
use crate::float;
use crate::ops;
use crate::registry::{Field, Kwargs, Method};
use crate::tuple::Tuple;
use crate::value::Value;

pub static METHODS: &[Method] = &[
    pure("as_integer_ratio", |this, args, kwargs| {
        let [] = args::exactly("float.as_integer_ratio", args, kwargs)?;
        let (numerator, denominator) = float::as_integer_ratio(of(this)?)?;
        Ok(Value::Tuple(Tuple::from_array([
            Value::from(numerator),
            Value::from(denominator),
        ])))
    }),
    pure("conjugate", |this, args, kwargs| {
        let [] = args::exactly("float.conjugate", args, kwargs)?;
        of(this).map(Value::Float)
    }),
    pure("hex", |this, args, kwargs| {
        let [] = args::exactly("float.hex", args, kwargs)?;
        Ok(Value::Str(float::to_hex(of(this)?)))
    }),
    pure("is_integer", |this, args, kwargs| {
        let [] = args::exactly("float.is_integer", args, kwargs)?;
        Ok(Value::Bool(float::is_integer(of(this)?)))
    }),
    pure("__float__", |this, _, _| of(this).map(Value::Float)),
    pure("__int__", |this, _, _| float::trunc(of(this)?).map(Value::from)),
    pure("__trunc__", |this, _, _| float::trunc(of(this)?).map(Value::from)),
    pure("__floor__", |this, _, _| float::floor(of(this)?).map(Value::from)),
    pure("__ceil__", |this, _, _| float::ceil(of(this)?).map(Value::from)),
    pure("__round__", |this, args, kwargs| {
        let args = args::between("float.__round__", args, kwargs, 0, 1)?;
        crate::builtins::round_float(of(this)?, args.first())
    }),
];

pub static CLASS_METHODS: &[Method] = &[pure("fromhex", fromhex)];

pub static FIELDS: &[Field] = &[
    Field {
        name: "real",
        get: |this| of(this).map(Value::Float),
        set: None,
    },
    Field {
        name: "imag",
        get: |_| Ok(Value::Float(0.0)),
        set: None,
    },
];

fn of(this: &Value) -> Result<f64> {
    match this.payload() {
        Value::Float(value) => Ok(*value),
        other => Err(exc::type_error(&format!(
            "expected a float, not '{}'",
            other.type_name()
        ))),
    }
}

fn fromhex(class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [text] = args::exactly("float.fromhex", args, kwargs)?;
    let Some(text) = text.as_str() else {
        return Err(exc::type_error("bad argument type for built-in operation"));
    };
    let value = Value::Float(float::from_hex(text)?);
    match class {
        Value::Class(class) if class.builtin().is_some_and(|kind| kind.name == "float") => Ok(value),
        subclass => ops::call(subclass, &[value]),
    }
}
