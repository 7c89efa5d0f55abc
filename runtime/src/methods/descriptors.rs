//! `__get__` and its kind, of what binds when it is looked up in a class.

use super::{mutates, reads};
use crate::args;
use crate::class::descriptor;
use crate::exc::{self, Result};
use crate::registry::{Kwargs, Method};
use crate::value::Value;

/// Functions and method wrappers.
pub static GET: &[Method] = &[reads("__get__", get)];

/// Properties.
pub static DATA: &[Method] = &[
    reads("__get__", get),
    mutates("__set__", set),
    mutates("__delete__", delete),
];

fn get(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (receiver, class) = match args::between("__get__", args, kwargs, 1, 2)? {
        [Value::None] | [Value::None, Value::None] => {
            return Err(exc::type_error("__get__(None, None) is invalid"));
        }
        [Value::None, Value::Class(class)] => (None, class.clone()),
        [receiver, Value::Class(class)] => (Some(receiver), class.clone()),
        [receiver, ..] => (Some(receiver), receiver.class()),
        [] => unreachable!("counted above"),
    };
    Ok(descriptor::bind(this, receiver, &class)?.unwrap_or_else(|| this.clone()))
}

fn data(this: &Value) -> Result<&dyn descriptor::Descriptor> {
    let found = match this {
        Value::Object(object) => object.native().descriptor(),
        _ => None,
    };
    found.ok_or_else(|| exc::type_error("a property is needed"))
}

fn set(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [receiver, value] = args::wrapped(args, kwargs)?;
    data(this)?.set(receiver, value.clone())?;
    Ok(Value::None)
}

fn delete(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [receiver] = args::wrapped(args, kwargs)?;
    data(this)?.delete(receiver)?;
    Ok(Value::None)
}
