//! Methods of list.

use super::{mutates, reads};
use crate::args::{self, Parameters};
use crate::exc::{self, Result};
use crate::iter::{self, Iter};
use crate::list::List;
use crate::ops;
use crate::registry::{Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("append", append),
    mutates("clear", clear),
    reads("copy", copy),
    reads("count", count),
    mutates("extend", extend),
    reads("index", index),
    mutates("insert", insert),
    mutates("pop", pop),
    mutates("remove", remove),
    mutates("reverse", reverse),
    mutates("sort", sort),
    mutates("__init__", init),
    reads("__reversed__", reversed),
];

fn of(this: &Value) -> Result<&List<Value>> {
    match this.payload() {
        Value::List(list) => Ok(list),
        other => Err(exc::type_error(&format!(
            "expected a list, not '{}'",
            other.type_name()
        ))),
    }
}

fn append(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("list.append", args, kwargs)?;
    of(this)?.append(item.clone());
    Ok(Value::None)
}

fn clear(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("list.clear", args, kwargs)?;
    of(this)?.clear();
    Ok(Value::None)
}

fn copy(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("list.copy", args, kwargs)?;
    Ok(Value::List(of(this)?.copy()))
}

fn count(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("list.count", args, kwargs)?;
    of(this)?.count(item).map(Value::Int)
}

fn extend(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [items] = args::exactly("list.extend", args, kwargs)?;
    extend_by(of(this)?, items)?;
    Ok(Value::None)
}

/// Appends the items of an iterable; what came before a failure stays.
///
/// # Errors
/// TypeError when the value is not iterable; what the iteration raises.
pub fn extend_by(list: &List<Value>, items: &Value) -> Result<()> {
    match items {
        Value::List(_) | Value::Tuple(_) => list.extend_vec(iter::collect(items)?),
        _ => {
            let mut items = iter::sized(items)?;
            while let Some(item) = items.next()? {
                list.append(item);
            }
        }
    }
    Ok(())
}

fn index(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("list.index", args, kwargs, 1, 3)?;
    let start = args.get(1).map_or(Ok(0), slice_index)?;
    let stop = args.get(2).map_or(Ok(i64::MAX), slice_index)?;
    of(this)?.index(&args[0], start, stop).map(Value::Int)
}

/// A bound of `index`: beyond 64 bits it means the far end.
pub(super) fn slice_index(value: &Value) -> Result<i64> {
    match ops::try_index(value)? {
        Some(index) => Ok(ops::saturate(&index)),
        None => Err(exc::type_error(
            "slice indices must be integers or have an __index__ method",
        )),
    }
}

fn insert(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [index, item] = args::exactly("list.insert", args, kwargs)?;
    of(this)?.insert(args::index(index)?, item.clone());
    Ok(Value::None)
}

fn pop(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("list.pop", args, kwargs, 0, 1)? {
        [index] => of(this)?.pop_at(args::index(index)?),
        _ => of(this)?.pop(),
    }
}

fn remove(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("list.remove", args, kwargs)?;
    of(this)?.remove(item)?;
    Ok(Value::None)
}

fn reverse(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("list.reverse", args, kwargs)?;
    of(this)?.reverse();
    Ok(Value::None)
}

const SORT: Parameters<2> = Parameters {
    function: "sort",
    names: ["key", "reverse"],
    positional_only: 0,
    positional: 0,
    required: 0,
};

fn sort(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [key, reverse] = SORT.bind(args, kwargs)?;
    let reverse = reverse.map_or(Ok(0), args::c_int)? != 0;
    match key {
        None | Some(Value::None) => of(this)?.sort(reverse)?,
        Some(key) => of(this)?.sort_by_key(|item| ops::call(key, std::slice::from_ref(item)), reverse)?,
    }
    Ok(Value::None)
}

/// `list.__init__`: refills the list.
fn init(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("list", args, kwargs, 0, 1)?;
    let list = of(this)?;
    list.clear();
    if let [items] = args {
        extend_by(list, items)?;
    }
    Ok(Value::None)
}

fn reversed(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("list.__reversed__", args, kwargs)?;
    let list = of(this)?.clone();
    let left = list.len();
    Ok(Iter::ListBack { list, left }.into_value())
}
