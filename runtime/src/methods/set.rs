//! Methods of set and frozenset.

use super::{mutates, reads};
use crate::args;
use crate::exc::{self, Result};
use crate::iter;
use crate::registry::{Kwargs, Method};
use crate::set::{FrozenSet, Other, Set};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("add", add),
    mutates("clear", clear),
    reads("copy", copy),
    reads("difference", difference),
    mutates("difference_update", difference_update),
    mutates("discard", discard),
    reads("intersection", intersection),
    mutates("intersection_update", intersection_update),
    reads("isdisjoint", isdisjoint),
    reads("issubset", issubset),
    reads("issuperset", issuperset),
    mutates("pop", pop),
    mutates("remove", remove),
    reads("symmetric_difference", symmetric_difference),
    mutates("symmetric_difference_update", symmetric_difference_update),
    reads("union", union),
    mutates("update", update),
    mutates("__init__", init),
];

pub static FROZEN_METHODS: &[Method] = &[
    reads("copy", copy),
    reads("difference", difference),
    reads("intersection", intersection),
    reads("isdisjoint", isdisjoint),
    reads("issubset", issubset),
    reads("issuperset", issuperset),
    reads("symmetric_difference", symmetric_difference),
    reads("union", union),
];

fn of(this: &Value) -> Result<&Set<Value>> {
    match this.as_set() {
        Some(set) => Ok(set),
        None => Err(exc::type_error(&format!("expected a set, not '{}'", this.type_name()))),
    }
}

/// A new set of the receiver's kind.
fn like(this: &Value, items: Set<Value>) -> Value {
    match this.payload() {
        Value::FrozenSet(_) => Value::FrozenSet(FrozenSet::from_set(items)),
        _ => Value::Set(items),
    }
}

/// The other side of an operation: sets and dicts by their tables, anything else run through.
///
/// # Errors
/// TypeError when the value is not iterable; what the iteration raises.
pub fn other_of(value: &Value) -> Result<Other<'_, Value>> {
    match value.payload() {
        Value::Set(set) => Ok(Other::Set(set)),
        Value::FrozenSet(set) => Ok(Other::Set(set.items())),
        Value::Dict(dict) if matches!(value, Value::Dict(_)) => Ok(Other::of_dict(dict)),
        _ => iter::collect(value).map(Other::Items),
    }
}

/// `set.update(value)`: what came before a failure stays.
///
/// # Errors
/// TypeError when the value is not iterable; what hashing and comparing items raise.
pub fn update_by(set: &Set<Value>, value: &Value) -> Result<()> {
    if matches!(value.payload(), Value::Set(_) | Value::FrozenSet(_)) || matches!(value, Value::Dict(_)) {
        return set.update(other_of(value)?);
    }
    let mut items = iter::iter(value)?;
    while let Some(item) = items.next()? {
        set.add(item)?;
    }
    Ok(())
}

/// `set(value)`.
///
/// # Errors
/// TypeError when the value is not iterable; what hashing and comparing items raise.
pub fn from_iterable(value: &Value) -> Result<Set<Value>> {
    let set = Set::new();
    update_by(&set, value)?;
    Ok(set)
}

/// A set as an item stands for the frozenset of the same items.
fn as_item(item: &Value) -> Result<Value> {
    match item {
        Value::Set(items) => Ok(Value::FrozenSet(FrozenSet::from_set(items.copy()?))),
        other => Ok(other.clone()),
    }
}

fn add(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("set.add", args, kwargs)?;
    of(this)?.add(item.clone())?;
    Ok(Value::None)
}

fn clear(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("set.clear", args, kwargs)?;
    of(this)?.clear();
    Ok(Value::None)
}

fn copy(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match this {
        Value::FrozenSet(_) => {
            let [] = args::exactly("frozenset.copy", args, kwargs)?;
            Ok(this.clone())
        }
        _ => {
            let [] = args::exactly("set.copy", args, kwargs)?;
            Ok(like(this, of(this)?.copy()?))
        }
    }
}

fn discard(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("set.discard", args, kwargs)?;
    of(this)?.discard(&as_item(item)?)?;
    Ok(Value::None)
}

fn remove(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("set.remove", args, kwargs)?;
    if of(this)?.discard(&as_item(item)?)? {
        Ok(Value::None)
    } else {
        Err(exc::key_error(item))
    }
}

fn pop(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("set.pop", args, kwargs)?;
    of(this)?.pop()
}

fn no_keywords(this: &Value, name: &str, kwargs: Kwargs) -> Result<()> {
    args::no_keywords(&format!("{}.{name}", this.builtin_type().name), kwargs)
}

fn union(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords(this, "union", kwargs)?;
    let result = of(this)?.copy()?;
    args.iter().try_for_each(|other| update_by(&result, other))?;
    Ok(like(this, result))
}

fn update(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords(this, "update", kwargs)?;
    args.iter().try_for_each(|other| update_by(of(this)?, other))?;
    Ok(Value::None)
}

/// The intersection with each argument in turn.
fn intersect_all(set: &Set<Value>, args: &[Value]) -> Result<Set<Value>> {
    let [first, rest @ ..] = args else { return set.copy() };
    let first = set.intersection(other_of(first)?)?;
    rest.iter()
        .try_fold(first, |result, other| result.intersection(other_of(other)?))
}

fn intersection(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords(this, "intersection", kwargs)?;
    Ok(like(this, intersect_all(of(this)?, args)?))
}

fn intersection_update(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords(this, "intersection_update", kwargs)?;
    let set = of(this)?;
    set.become_set(intersect_all(set, args)?);
    Ok(Value::None)
}

fn difference(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords(this, "difference", kwargs)?;
    let set = of(this)?;
    let result = match args {
        [] => set.copy()?,
        [first, rest @ ..] => {
            let result = set.difference(other_of(first)?)?;
            rest.iter()
                .try_for_each(|other| result.difference_update(other_of(other)?))?;
            result
        }
    };
    Ok(like(this, result))
}

fn difference_update(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords(this, "difference_update", kwargs)?;
    args.iter()
        .try_for_each(|other| of(this)?.difference_update(other_of(other)?))?;
    Ok(Value::None)
}

fn symmetric_difference(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let name = format!("{}.symmetric_difference", this.builtin_type().name);
    let [other] = args::exactly(&name, args, kwargs)?;
    Ok(like(this, of(this)?.symmetric_difference(other_of(other)?)?))
}

fn symmetric_difference_update(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly("set.symmetric_difference_update", args, kwargs)?;
    of(this)?.symmetric_difference_update(other_of(other)?)?;
    Ok(Value::None)
}

fn isdisjoint(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly(&format!("{}.isdisjoint", this.builtin_type().name), args, kwargs)?;
    if other.as_set().is_some() {
        return of(this)?.is_disjoint(other_of(other)?).map(Value::Bool);
    }
    let mut items = iter::iter(other)?;
    while let Some(item) = items.next()? {
        if of(this)?.contains(&item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

fn issubset(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly(&format!("{}.issubset", this.builtin_type().name), args, kwargs)?;
    let set = of(this)?;
    let answer = match other.as_set() {
        Some(other) => set.is_subset(other)?,
        None => set.intersection(other_of(other)?)?.len() == set.len(),
    };
    Ok(Value::Bool(answer))
}

fn issuperset(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly(&format!("{}.issuperset", this.builtin_type().name), args, kwargs)?;
    if let Some(other) = other.as_set() {
        return other.is_subset(of(this)?).map(Value::Bool);
    }
    let mut items = iter::iter(other)?;
    while let Some(item) = items.next()? {
        if !of(this)?.contains(&item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

/// `set.__init__`: refills the set.
fn init(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("set", args, kwargs, 0, 1)?;
    let set = of(this)?;
    set.clear();
    if let [items] = args {
        update_by(set, items)?;
    }
    Ok(Value::None)
}
