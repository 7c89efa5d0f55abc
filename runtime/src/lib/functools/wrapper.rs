//! `update_wrapper` and `wraps`.

use super::partial::Partial;
use crate::attr;
use crate::exc::Result;
use crate::iter;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::{Effects, Kwargs, NativeFn};
use crate::str::Str;
use crate::text;
use crate::value::Value;

/// `WRAPPER_ASSIGNMENTS`.
pub fn assignments() -> Value {
    let names = ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"];
    Value::tuple(names.into_iter().map(Value::str).collect())
}

/// `WRAPPER_UPDATES`.
pub fn updates() -> Value {
    Value::tuple(vec![Value::str("__dict__")])
}

fn update_wrapper(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("update_wrapper", &["wrapper", "wrapped", "assigned", "updated"], 2);
    let [wrapper, wrapped, assigned, updated] = PARAMS.read(args, kwargs)?;
    let (wrapper, wrapped) = (wrapper.unwrap_or(&Value::None), wrapped.unwrap_or(&Value::None));
    let names = |given: Option<&Value>, default: fn() -> Value| match given {
        Some(given) => iter::collect(given),
        None => iter::collect(&default()),
    };
    for name in names(assigned, assignments)? {
        let name = text::str_of(&name)?.to_rust_string();
        if let Some(value) = attr::get_attr_or_none(wrapped, &name)? {
            attr::set_attr(wrapper, &name, value)?;
        }
    }
    for name in names(updated, updates)? {
        let name = text::str_of(&name)?.to_rust_string();
        if let Some(more) = attr::get_attr_or_none(wrapped, &name)? {
            ops::call_method(&attr::get_attr(wrapper, &name)?, "update", &[more])?;
        }
    }
    attr::set_attr(wrapper, "__wrapped__", wrapped.clone())?;
    Ok(wrapper.clone())
}

fn wraps(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("wraps", &["wrapped", "assigned", "updated"], 1);
    let [wrapped, assigned, updated] = PARAMS.read(args, kwargs)?.map(|value| value.cloned());
    let kwargs = vec![
        (Str::from("wrapped"), wrapped.unwrap_or(Value::None)),
        (Str::from("assigned"), assigned.unwrap_or_else(assignments)),
        (Str::from("updated"), updated.unwrap_or_else(updates)),
    ];
    Ok(Partial::value(Value::Builtin(&UPDATE_WRAPPER), Vec::new(), kwargs))
}

pub static UPDATE_WRAPPER: NativeFn = NativeFn {
    name: "update_wrapper",
    effects: Effects::MUTATES_ARGS,
    call: update_wrapper,
};
pub static WRAPS: NativeFn = NativeFn {
    name: "wraps",
    effects: Effects::READS_ARGS,
    call: wraps,
};
