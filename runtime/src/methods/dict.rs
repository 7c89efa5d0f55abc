//! Methods of dict.

use super::views::DictView;
use super::{mutates, reads};
use crate::args;
use crate::dict::Dict;
use crate::elem::Key;
use crate::exc::{self, Result};
use crate::iter::{self, Iter, Part};
use crate::ops;
use crate::registry::{Kwargs, Method};
use crate::tuple::Tuple;
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("clear", clear),
    reads("copy", copy),
    reads("get", get),
    reads("items", |this, args, kwargs| {
        view("dict.items", this, args, kwargs, Part::Items)
    }),
    reads("keys", |this, args, kwargs| {
        view("dict.keys", this, args, kwargs, Part::Keys)
    }),
    mutates("pop", pop),
    mutates("popitem", popitem),
    mutates("setdefault", setdefault),
    mutates("update", update),
    reads("values", |this, args, kwargs| {
        view("dict.values", this, args, kwargs, Part::Values)
    }),
    mutates("__init__", init),
    reads("__reversed__", reversed),
];

pub static CLASS_METHODS: &[Method] = &[reads("fromkeys", fromkeys)];

fn of(this: &Value) -> Result<&Dict<Value, Value>> {
    match this.as_dict() {
        Some(dict) => Ok(dict),
        None => Err(exc::type_error(&format!("expected a dict, not '{}'", this.type_name()))),
    }
}

fn clear(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("dict.clear", args, kwargs)?;
    of(this)?.clear();
    Ok(Value::None)
}

fn copy(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("dict.copy", args, kwargs)?;
    Ok(Value::Dict(of(this)?.copy()))
}

fn get(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("dict.get", args, kwargs, 1, 2)?;
    Ok(of(this)?
        .find_value(&args[0])?
        .unwrap_or_else(|| args.get(1).cloned().unwrap_or(Value::None)))
}

fn view(name: &str, this: &Value, args: &[Value], kwargs: Kwargs, part: Part) -> Result<Value> {
    let [] = args::exactly(name, args, kwargs)?;
    Ok(Value::object(DictView {
        dict: of(this)?.clone(),
        part,
    }))
}

fn pop(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("dict.pop", args, kwargs, 1, 2)? {
        // An empty dict does not hash the key.
        [_, default] if of(this)?.is_empty() => Ok(default.clone()),
        [key, default] => of(this)?.pop_or(key, default.clone()),
        [key, ..] if of(this)?.is_empty() => Err(exc::key_error(key)),
        args => of(this)?.pop(&args[0]),
    }
}

fn popitem(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("dict.popitem", args, kwargs)?;
    let (key, value) = of(this)?.popitem()?;
    Ok(Value::Tuple(Tuple::from_array([key, value])))
}

fn setdefault(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("dict.setdefault", args, kwargs, 1, 2)?;
    of(this)?.set_default(args[0].clone(), args.get(1).cloned().unwrap_or(Value::None))
}

fn update(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    fill("update", of(this)?, args, kwargs)?;
    Ok(Value::None)
}

fn init(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    fill("dict", of(this)?, args, kwargs)?;
    Ok(Value::None)
}

/// `dict(...)`, `dict.update(...)`: an optional mapping or iterable of pairs, then keyword arguments.
///
/// # Errors
/// TypeError or ValueError for unfit arguments; what hashing and comparing keys raise.
pub fn fill(name: &str, dict: &Dict<Value, Value>, args: &[Value], kwargs: Kwargs) -> Result<()> {
    if let [source] = args::between(name, args, &[], 0, 1)? {
        update_by(dict, source)?;
    }
    for (key, value) in kwargs {
        dict.set(Value::Str(key.clone()), value.clone())?;
    }
    Ok(())
}

/// `dict.update(source)`.
///
/// # Errors
/// TypeError or ValueError for an unfit source; what hashing and comparing keys raise.
pub fn update_by(dict: &Dict<Value, Value>, source: &Value) -> Result<()> {
    if let Value::Dict(source) = source {
        return dict.update(source);
    }
    match ops::get_attr_or_none(source, "keys")? {
        Some(keys) => {
            let mut keys = iter::iter(&ops::call(&keys, &[])?)?;
            while let Some(key) = keys.next()? {
                let value = ops::get_item(source, &key)?;
                dict.set(key, value)?;
            }
            Ok(())
        }
        None => update_by_pairs(dict, source),
    }
}

fn update_by_pairs(dict: &Dict<Value, Value>, source: &Value) -> Result<()> {
    let mut pairs = iter::iter(source)?;
    let mut at = 0;
    while let Some(pair) = pairs.next()? {
        let items = iter::collect(&pair).map_err(|failure| not_a_sequence(at, failure))?;
        match <[Value; 2]>::try_from(items) {
            Ok([key, value]) => dict.set(key, value)?,
            Err(items) => {
                return Err(exc::value_error(&format!(
                    "dictionary update sequence element #{at} has length {}; 2 is required",
                    items.len()
                )));
            }
        }
        at += 1;
    }
    Ok(())
}

fn not_a_sequence(at: usize, failure: exc::Exc) -> exc::Exc {
    if failure.is(&exc::hierarchy::TYPE_ERROR) {
        exc::type_error(&format!(
            "cannot convert dictionary update sequence element #{at} to a sequence"
        ))
    } else {
        failure
    }
}

fn reversed(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("dict.__reversed__", args, kwargs)?;
    Ok(Iter::Dict {
        walk: of(this)?.iter_backwards(),
        part: Part::Keys,
    }
    .into_value())
}

fn fromkeys(class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("dict.fromkeys", args, kwargs, 1, 2)?;
    let value = args.get(1).cloned().unwrap_or(Value::None);
    let made = ops::call(class, &[])?;
    let mut keys = iter::iter(&args[0])?;
    while let Some(key) = keys.next()? {
        match &made {
            Value::Dict(dict) => dict.set_hashed(key.py_hash()?, key, value.clone())?,
            other => ops::set_item(other, &key, value.clone())?,
        }
    }
    Ok(made)
}
