//! Methods of tuple.

use super::list::slice_index;
use super::reads;
use crate::args;
use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::registry::{Kwargs, Method};
use crate::tuple::Tuple;
use crate::value::Value;

pub static METHODS: &[Method] = &[reads("count", count), reads("index", index)];

fn of(this: &Value) -> Result<&Tuple> {
    match this.payload() {
        Value::Tuple(tuple) => Ok(tuple),
        other => Err(exc::type_error(&format!(
            "expected a tuple, not '{}'",
            other.type_name()
        ))),
    }
}

fn count(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("tuple.count", args, kwargs)?;
    let mut count = 0;
    for member in of(this)?.iter() {
        count += member.item_eq(item)? as i64;
    }
    Ok(Value::Int(count))
}

fn index(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("tuple.index", args, kwargs, 1, 3)?;
    let tuple = of(this)?;
    let len = tuple.len() as i64;
    let clamp = |bound: i64| if bound < 0 { (bound + len).max(0) } else { bound } as usize;
    let start = clamp(args.get(1).map_or(Ok(0), slice_index)?);
    let stop = clamp(args.get(2).map_or(Ok(i64::MAX), slice_index)?);
    for (at, member) in tuple.iter().enumerate().take(stop).skip(start) {
        if member.item_eq(&args[0])? {
            return Ok(Value::Int(at as i64));
        }
    }
    Err(exc::value_error("tuple.index(x): x not in tuple"))
}
