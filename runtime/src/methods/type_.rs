//! What every class has from `type`.

use super::protocol::alone;
use super::{mutates, reads};
use crate::args;
use crate::builtins;
use crate::class::Class;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::registry::{Kwargs, Method};
use crate::str::Str;
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("__call__", call),
    mutates("__init__", |_, _, _| Ok(Value::None)),
    alone!("__repr__", |this| Ok(Value::Str(shown(this)))),
    reads("__instancecheck__", instance_check),
    reads("__subclasscheck__", subclass_check),
    alone!("__subclasses__", |this| Ok(Value::list(
        class_of(this)?.subclasses().into_iter().map(Value::Class).collect()
    ))),
];

pub static CLASS_METHODS: &[Method] = &[reads("__prepare__", |_, _, _| Ok(Value::Dict(Dict::new())))];

fn class_of(this: &Value) -> Result<&Class> {
    match this {
        Value::Class(class) => Ok(class),
        other => Err(exc::type_error(&format!(
            "descriptor requires a 'type' object but received a '{}'",
            other.type_name()
        ))),
    }
}

fn shown(this: &Value) -> Str {
    match this {
        Value::Class(class) => Str::from(format!("<class '{}'>", class.full_name())),
        other => crate::text::plain_repr(other),
    }
}

fn call(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    class_of(this)?.instantiate(args, kwargs)
}

fn instance_check(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("type.__instancecheck__", args, kwargs)?;
    let (class, own) = (class_of(this)?, value.class());
    Ok(Value::Bool(own.is_subclass(class) || class.covers(&own)?))
}

fn subclass_check(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly("type.__subclasscheck__", args, kwargs)?;
    let class = class_of(this)?;
    match other {
        Value::Class(other) => Ok(Value::Bool(other.is_subclass(class) || class.covers(other)?)),
        _ => builtins::is_instance(other, this).map(Value::Bool),
    }
}
