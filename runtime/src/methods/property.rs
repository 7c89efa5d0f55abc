//! Methods of property: a copy with one function replaced.

use super::pure;
use crate::args;
use crate::class::descriptor::Property;
use crate::exc::{self, Result};
use crate::registry::{Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    pure("getter", |this, args, kwargs| {
        replaced("property.getter", this, args, kwargs, |made, get| made.get = get)
    }),
    pure("setter", |this, args, kwargs| {
        replaced("property.setter", this, args, kwargs, |made, set| made.set = set)
    }),
    pure("deleter", |this, args, kwargs| {
        replaced("property.deleter", this, args, kwargs, |made, delete| {
            made.delete = delete
        })
    }),
];

fn replaced(name: &str, this: &Value, args: &[Value], kwargs: Kwargs, put: fn(&mut Property, Value)) -> Result<Value> {
    let [function] = args::exactly(name, args, kwargs)?;
    let mut made = this
        .downcast::<Property>()
        .ok_or_else(|| exc::type_error("expected a property"))?
        .clone();
    put(&mut made, function.clone());
    Ok(Value::object(made))
}
