//! The primitives of `match`.

use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::ops;
use crate::value::Value;

/// A sequence pattern can match it: a list, tuple, range or other sequence, but no str or bytes.
///
/// # Errors
/// None; the form is that of all primitives.
pub fn match_sequence(value: &Value) -> Result<Value> {
    Ok(Value::Bool(is_sequence(value)))
}

/// A mapping pattern can match it.
///
/// # Errors
/// None; the form is that of all primitives.
pub fn match_mapping(value: &Value) -> Result<Value> {
    Ok(Value::Bool(super::make::is_mapping(value)))
}

/// The value's positional part number `index` for a class pattern with `count` of them.
///
/// # Errors
/// TypeError where the class takes fewer.
pub fn match_positional(value: &Value, class: &Value, index: &Value, count: &Value) -> Result<Value> {
    let (Value::Int(index), Value::Int(count)) = (index, count) else {
        unreachable!("made by the compiler")
    };
    if matches_itself(class) {
        if *count > 1 {
            return Err(too_many(class, 1, *count));
        }
        return Ok(value.clone());
    }
    let names = match ops::get_attr(class, "__match_args__") {
        Ok(names) => crate::iter::collect(&names)?,
        Err(_) => Vec::new(),
    };
    if names.len() < *count as usize {
        return Err(too_many(class, names.len() as i64, *count));
    }
    match &names[*index as usize] {
        Value::Str(name) => ops::get_attr(value, &name.to_rust_string()),
        other => {
            let kind = other.type_name();
            Err(exc::type_error(&format!(
                "__match_args__ elements must be strings (got {kind})"
            )))
        }
    }
}

fn too_many(class: &Value, takes: i64, given: i64) -> exc::Exc {
    let name = match class {
        Value::Class(class) => class.name().to_rust_string(),
        other => other.type_name(),
    };
    let plural = if takes == 1 { "" } else { "s" };
    exc::type_error(&format!(
        "{name}() accepts {takes} positional sub-pattern{plural} ({given} given)"
    ))
}

/// `**rest` of a mapping pattern: a new dict without the keys named.
///
/// # Errors
/// What iterating the mapping raises.
pub fn match_rest(mapping: &Value, keys: &Value) -> Result<Value> {
    let rest = Dict::new();
    let keys = crate::iter::collect(keys)?;
    for key in crate::iter::collect(&ops::call_method(mapping, "keys", &[])?)? {
        let mut named = false;
        for taken in &keys {
            named |= ops::eq_bool(taken, &key)?;
        }
        if !named {
            let value = ops::get_item(mapping, &key)?;
            rest.set(key, value)?;
        }
    }
    Ok(Value::Dict(rest))
}

fn is_sequence(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Tuple(_) | Value::Range(_))
        || matches!(
            value.builtin_type().name,
            "deque" | "array" | "list" | "tuple" | "range"
        )
}

/// Builtin classes that a single positional sub-pattern matches whole.
fn matches_itself(class: &Value) -> bool {
    let Value::Class(class) = class else { return false };
    class.builtin().is_some_and(|builtin| {
        matches!(
            builtin.name,
            "bool" | "bytearray" | "bytes" | "dict" | "float" | "frozenset" | "int" | "list" | "set" | "str" | "tuple"
        )
    })
}
