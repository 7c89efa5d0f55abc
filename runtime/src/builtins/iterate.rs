//! all, any, iter, len, max, min, next, sorted, sum.

use crate::args::{self, Parameters};
use crate::exc::{self, Result};
use crate::generator::Generator;
use crate::iter::{self, Iter};
use crate::list::List;
use crate::native::Comparison;
use crate::ops;
use crate::registry::Kwargs;
use crate::value::Value;

pub(super) fn all(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [items] = args::exactly("all", args, kwargs)?;
    let mut items = iter::iter(items)?;
    while let Some(item) = items.next()? {
        if !ops::truthy(&item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

pub(super) fn any(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [items] = args::exactly("any", args, kwargs)?;
    let mut items = iter::iter(items)?;
    while let Some(item) = items.next()? {
        if ops::truthy(&item)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

pub(super) fn len(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("len", args, kwargs)?;
    ops::len(value).map(|len| Value::Int(len as i64))
}

pub(super) fn iter(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("iter", args, kwargs, 1, 2)? {
        [function, sentinel] => {
            let callable = super::objects::callable(std::slice::from_ref(function), &[])?;
            if !ops::truthy(&callable)? {
                return Err(exc::type_error("iter(v, w): v must be callable"));
            }
            Ok(Iter::Call {
                function: function.clone(),
                sentinel: sentinel.clone(),
            }
            .into_value())
        }
        args => iter::iter(&args[0]).map(Iter::into_value),
    }
}

pub(super) fn next(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("next", args, kwargs, 1, 2)?;
    match (&args[0], args.get(1)) {
        // The exception may carry a value; keep it.
        (Value::Object(object), None) if object.downcast::<Generator>().is_some_and(|it| !it.is_coroutine()) => {
            ops::call_method(&args[0], "__next__", &[])
        }
        (Value::Instance(_), None) if args[0].class().lookup("__next__").is_some() => {
            ops::call_method(&args[0], "__next__", &[])
        }
        (iterator, default) => match (iter::next(iterator)?, default) {
            (Some(item), _) => Ok(item),
            (None, Some(default)) => Ok(default.clone()),
            (None, None) => Err(exc::stop_iteration(Value::None)),
        },
    }
}

pub(super) fn sorted(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [items] = args::between("sorted", args, &[], 1, 1)? else {
        return Ok(Value::None);
    };
    let list = List::from_vec(iter::collect_sized(items)?);
    ops::call_method_kw(&Value::List(list.clone()), "sort", &[], kwargs)?;
    Ok(Value::List(list))
}

const SUM: Parameters<2> = Parameters {
    function: "sum",
    names: ["iterable", "start"],
    positional_only: 1,
    positional: 2,
    required: 1,
};

pub(super) fn sum(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [items, start] = SUM.bind(args, kwargs)?;
    let mut items = iter::iter(items.unwrap_or(&Value::None))?;
    let mut total = match start {
        None => Value::Int(0),
        Some(start) => start.clone(),
    };
    check_summable(&total)?;
    while let Some(item) = items.next()? {
        total = ops::add(&total, &item)?;
    }
    Ok(total)
}

fn check_summable(start: &Value) -> Result<()> {
    let what = match start.payload() {
        Value::Str(_) => "strings [use ''.join(seq) instead]",
        Value::Bytes(_) => "bytes [use b''.join(seq) instead]",
        Value::Object(object) if object.native().native_type().name == "bytearray" => {
            "bytearray [use b''.join(seq) instead]"
        }
        _ => return Ok(()),
    };
    Err(exc::type_error(&format!("sum() can't sum {what}")))
}

pub(super) fn max(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    extreme("max", Comparison::Gt, args, kwargs)
}

pub(super) fn min(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    extreme("min", Comparison::Lt, args, kwargs)
}

/// The first item that no other one beats.
fn extreme(name: &'static str, better: Comparison, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::between(name, args, &[], 1, usize::MAX)?;
    let (key, default) = extreme_options(name, args, kwargs)?;
    let mut items = match args {
        [items] => iter::iter(items)?,
        several => iter::iter(&Value::tuple(several.to_vec()))?,
    };
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = items.next()? {
        let rank = match &key {
            Some(key) => ops::call(key, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        let wins = match &best {
            None => true,
            Some((_, best)) if better == Comparison::Gt => ops::gt_bool(&rank, best)?,
            Some((_, best)) => ops::lt_bool(&rank, best)?,
        };
        if wins {
            best = Some((item, rank));
        }
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(exc::value_error(&format!("{name}() arg is an empty sequence"))),
    }
}

/// `key` and `default`, where given.
fn extreme_options(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<(Option<Value>, Option<Value>)> {
    if kwargs.is_empty() {
        return Ok((None, None));
    }
    let options = Parameters {
        function: name,
        names: ["key", "default"],
        positional_only: 0,
        positional: 0,
        required: 0,
    };
    let [key, default] = options.bind(&[], kwargs)?;
    if args.len() > 1 && default.is_some() {
        return Err(exc::type_error(&format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    Ok((key.filter(|key| !matches!(key, Value::None)).cloned(), default.cloned()))
}
