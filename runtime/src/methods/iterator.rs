//! What every builtin iterator has.

use super::mutates;
use crate::args;
use crate::exc::{self, Result};
use crate::iter;
use crate::registry::{Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("__iter__", |this, _, _| Ok(this.clone())),
    mutates("__next__", next),
    super::reads("__length_hint__", hint),
];

fn next(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("iterator.__next__", args, kwargs)?;
    iter::next(this)?.ok_or_else(|| exc::stop_iteration(Value::None))
}

fn hint(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("iterator.__length_hint__", args, kwargs)?;
    let left = match this {
        Value::Iter(iterator) => iterator.remaining(),
        _ => None,
    };
    Ok(left.map_or(Value::NotImplemented, |left| Value::Int(left as i64)))
}
