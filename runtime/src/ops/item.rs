//! Subscripts, `len` and `in`.

use super::{call_special, saturate, try_index};
use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use crate::iter;
use crate::rc::Ref;
use crate::slice::Slice;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

/// `slice(start, stop, step)`.
pub fn slice(start: Value, stop: Value, step: Value) -> Value {
    Value::Slice(Ref::new(Slice { start, stop, step }))
}

/// `object[key]`.
///
/// # Errors
/// TypeError for objects without items or unfit keys; IndexError or KeyError for absent ones; what methods raise.
#[inline]
pub fn get_item(object: &Value, key: &Value) -> Result<Value> {
    match (object, key) {
        (Value::List(list), Value::Int(index)) => list.get(*index),
        (Value::Dict(dict), _) => dict.get(key),
        (Value::Tuple(tuple), Value::Int(index)) => tuple.get(*index),
        _ => get_item_slowly(object, key),
    }
}

fn get_item_slowly(object: &Value, key: &Value) -> Result<Value> {
    match object {
        Value::List(list) => match key {
            Value::Slice(slice) => Ok(Value::List(list.slice_by(&slice.bounds(list.len())?))),
            _ => list.get(position(key, "list")?),
        },
        Value::Tuple(tuple) => match key {
            Value::Slice(slice) => slice_tuple(tuple, slice),
            _ => tuple.get(position(key, "tuple")?),
        },
        Value::Str(text) => match key {
            Value::Slice(slice) => Ok(Value::Str(Str::from_code_points(
                &slice.bounds(text.len())?.pick(&text.points()),
            ))),
            _ => text.item(str_position(key)?).map(Value::Str),
        },
        Value::Bytes(bytes) => match key {
            Value::Slice(slice) => Ok(Value::Bytes(Bytes::from(
                &slice.bounds(bytes.len())?.pick(bytes.as_slice())[..],
            ))),
            _ => bytes.item(position(key, "byte")?).map(Value::Int),
        },
        Value::Range(range) => match key {
            Value::Slice(slice) => Ok(Value::Range(Ref::new(range.slice(slice)?))),
            _ => match try_index(key)? {
                Some(index) => range.get(&index).map(Value::from),
                None => Err(bad_index(key, "range")),
            },
        },
        Value::Object(native) => native.native().get_item(key),
        Value::Class(_) => crate::class::generic::subscript(object, key),
        _ => call_special(object, "__getitem__", std::slice::from_ref(key))?
            .ok_or_else(|| exc::type_error(&format!("'{}' object is not subscriptable", object.type_name()))),
    }
}

fn slice_tuple(tuple: &Tuple, slice: &Slice) -> Result<Value> {
    let bounds = slice.bounds(tuple.len())?;
    if bounds.step == 1 && bounds.len == tuple.len() {
        return Ok(Value::Tuple(tuple.clone()));
    }
    Ok(Value::tuple(bounds.pick(tuple)))
}

/// A subscript as a 64-bit integer.
fn position(key: &Value, kind: &str) -> Result<i64> {
    match key {
        Value::Int(index) => Ok(*index),
        _ => match try_index(key)? {
            Some(index) => index.as_i64().ok_or_else(|| too_large(key)),
            None => Err(bad_index(key, kind)),
        },
    }
}

fn str_position(key: &Value) -> Result<i64> {
    match key {
        Value::Int(index) => Ok(*index),
        _ => match try_index(key)? {
            Some(index) => index.as_i64().ok_or_else(|| too_large(key)),
            None => Err(exc::type_error(&format!(
                "string indices must be integers, not '{}'",
                key.type_name()
            ))),
        },
    }
}

#[cold]
fn too_large(key: &Value) -> Exc {
    exc::index_error(&format!("cannot fit '{}' into an index-sized integer", key.type_name()))
}

#[cold]
fn bad_index(key: &Value, kind: &str) -> Exc {
    exc::type_error(&format!(
        "{kind} indices must be integers or slices, not {}",
        key.type_name()
    ))
}

/// `object[key] = value`.
///
/// # Errors
/// TypeError for objects that take no items or unfit keys; IndexError out of range; what methods raise.
#[inline]
pub fn set_item(object: &Value, key: &Value, value: Value) -> Result<()> {
    match (object, key) {
        (Value::List(list), Value::Int(index)) => list.set(*index, value),
        (Value::Dict(dict), _) => dict.set(key.clone(), value),
        _ => set_item_slowly(object, key, value),
    }
}

fn set_item_slowly(object: &Value, key: &Value, value: Value) -> Result<()> {
    match object {
        Value::List(list) => match key {
            Value::Slice(slice) => {
                let bounds = slice.bounds(list.len())?;
                list.set_slice_by(&bounds, slice_items(&value, bounds.step)?)
            }
            _ => list.set(position(key, "list")?, value),
        },
        Value::Object(native) => native.native().set_item(key, value),
        _ => match call_special(object, "__setitem__", &[key.clone(), value])? {
            Some(_) => Ok(()),
            None => Err(no_item_change(
                object,
                key,
                "does not support item assignment",
                "does not support item assignment",
            )),
        },
    }
}

/// The refusal to change an item: kinds with the sequence protocol look at the subscript first.
#[cold]
fn no_item_change(object: &Value, key: &Value, by_position: &str, otherwise: &str) -> Exc {
    let is_sequence = matches!(
        object.builtin_type().name,
        "str"
            | "bytes"
            | "tuple"
            | "range"
            | "set"
            | "frozenset"
            | "object"
            | "dict_keys"
            | "dict_values"
            | "dict_items"
    );
    let index = if is_sequence { try_index(key) } else { Ok(None) };
    let kind = object.type_name();
    match index {
        Ok(Some(index)) if index.as_i64().is_none() => too_large(key),
        Ok(Some(_)) => exc::type_error(&format!("'{kind}' object {by_position}")),
        Ok(None) => exc::type_error(&format!("'{kind}' object {otherwise}")),
        Err(failure) => failure,
    }
}

/// What is assigned to a slice.
fn slice_items(value: &Value, step: i64) -> Result<Vec<Value>> {
    iter::collect(value).map_err(|failure| {
        if !failure.is(&exc::hierarchy::TYPE_ERROR) || is_iterable(value) {
            return failure;
        }
        exc::type_error(match step {
            1 => "can only assign an iterable",
            _ => "must assign iterable to extended slice",
        })
    })
}

/// Asking for its iterator is answered.
pub(crate) fn is_iterable(value: &Value) -> bool {
    match value.user_class() {
        Some(class) => class.lookup("__iter__").is_some() || class.lookup("__getitem__").is_some(),
        None => iter::iter(value).is_ok(),
    }
}

/// `del object[key]`.
///
/// # Errors
/// TypeError for objects that give up no items or unfit keys; IndexError or KeyError for absent ones.
pub fn del_item(object: &Value, key: &Value) -> Result<()> {
    match object {
        Value::List(list) => match key {
            Value::Slice(slice) => {
                list.delete_slice_by(&slice.bounds(list.len())?);
                Ok(())
            }
            _ => list.delete(position(key, "list")?),
        },
        Value::Dict(dict) => dict.delete(key),
        Value::Object(native) => native.native().del_item(key),
        _ => match call_special(object, "__delitem__", std::slice::from_ref(key))? {
            Some(_) => Ok(()),
            None => Err(no_item_change(
                object,
                key,
                "doesn't support item deletion",
                "does not support item deletion",
            )),
        },
    }
}

/// `len(value)`.
///
/// # Errors
/// TypeError for values without a length; what `__len__` raises.
#[inline]
pub fn len(value: &Value) -> Result<usize> {
    match value {
        Value::List(list) => Ok(list.len()),
        Value::Str(text) => Ok(text.len()),
        Value::Dict(dict) => Ok(dict.len()),
        _ => match len_or_none(value)? {
            Some(len) => Ok(len),
            None => Err(exc::type_error(&format!(
                "object of type '{}' has no len()",
                value.type_name()
            ))),
        },
    }
}

/// `len(value)`; None for values without a length.
///
/// # Errors
/// What `__len__` raises.
pub fn len_or_none(value: &Value) -> Result<Option<usize>> {
    Ok(match value {
        Value::List(list) => Some(list.len()),
        Value::Str(text) => Some(text.len()),
        Value::Dict(dict) => Some(dict.len()),
        Value::Tuple(tuple) => Some(tuple.len()),
        Value::Bytes(bytes) => Some(bytes.len()),
        Value::Set(set) => Some(set.len()),
        Value::FrozenSet(set) => Some(set.items().len()),
        Value::Range(range) => Some(range.length()?),
        Value::Object(object) => match object.native().len() {
            Some(len) => Some(len?),
            None => match object.native().payload() {
                Some(inner) => len_or_none(inner)?,
                None => None,
            },
        },
        Value::Instance(_) | Value::Exception(_) | Value::Class(_) => match call_special(value, "__len__", &[])? {
            Some(answer) => Some(checked_len(&answer)?),
            None => None,
        },
        _ => None,
    })
}

fn checked_len(answer: &Value) -> Result<usize> {
    let Some(len) = try_index(answer)? else {
        let kind = answer.type_name();
        return Err(exc::type_error(&format!(
            "'{kind}' object cannot be interpreted as an integer"
        )));
    };
    if len.is_negative() {
        return Err(exc::value_error("__len__() should return >= 0"));
    }
    let len = len
        .as_i64()
        .ok_or_else(|| exc::overflow_error("cannot fit 'int' into an index-sized integer"))?;
    Ok(saturate(&len.into()) as usize)
}

/// `item in container`.
///
/// # Errors
/// TypeError for values that hold nothing; what comparing items raises.
pub fn contains(container: &Value, item: &Value) -> Result<bool> {
    match container {
        Value::Dict(dict) => dict.contains(item),
        Value::Set(set) => set_contains(set, item),
        Value::FrozenSet(set) => set_contains(set.items(), item),
        Value::List(list) => list.contains(item),
        Value::Tuple(tuple) => {
            for member in tuple.iter() {
                if crate::elem::Elem::item_eq(member, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Str(text) => match item.as_str() {
            Some(part) => Ok(text.contains(part)),
            None => Err(exc::type_error(&format!(
                "'in <string>' requires string as left operand, not {}",
                item.type_name()
            ))),
        },
        Value::Bytes(bytes) => bytes.contains_item(item),
        Value::Range(range) => match item {
            Value::Int(_) | Value::Bool(_) | Value::BigInt(_) => {
                Ok(item.as_int().is_some_and(|number| range.position(&number).is_some()))
            }
            _ => contains_by_iteration(container, item),
        },
        Value::Object(object) => match object.native().contains(item)? {
            Some(answer) => Ok(answer),
            None => match object.native().payload() {
                Some(inner) => contains(inner, item),
                None => contains_by_iteration(container, item),
            },
        },
        Value::Instance(_) | Value::Exception(_) | Value::Class(_) => contains_user(container, item),
        _ => contains_by_iteration(container, item),
    }
}

/// A set looked for in a set is looked for as a frozenset.
pub(crate) fn set_contains(set: &crate::set::Set<Value>, item: &Value) -> Result<bool> {
    match item {
        Value::Set(items) => set.contains(&Value::FrozenSet(crate::set::FrozenSet::from_set(items.copy()?))),
        _ => set.contains(item),
    }
}

fn contains_user(container: &Value, item: &Value) -> Result<bool> {
    if let Some(Value::None) = container.user_class().and_then(|class| class.lookup("__contains__")) {
        let kind = container.type_name();
        return Err(exc::type_error(&format!("'{kind}' object is not a container")));
    }
    match call_special(container, "__contains__", std::slice::from_ref(item))? {
        Some(answer) => super::truthy(&answer),
        None => contains_by_iteration(container, item),
    }
}

fn contains_by_iteration(container: &Value, item: &Value) -> Result<bool> {
    let mut items = iter::iter(container).map_err(|failure| {
        if failure.is(&exc::hierarchy::TYPE_ERROR) && !is_iterable(container) {
            exc::type_error(&format!("argument of type '{}' is not iterable", container.type_name()))
        } else {
            failure
        }
    })?;
    while let Some(member) = items.next()? {
        if crate::elem::Elem::item_eq(&member, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}
