//! Displays, f-strings, unpacking, classes: the small steps that generated code takes.

use crate::dict::Dict;
use crate::exc::{self, Exc, Result};
use crate::iter;
use crate::ops;
use crate::set::Set;
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// `[...]` of values at hand.
pub fn list(items: Vec<Value>) -> Value {
    Value::list(items)
}

/// `(...)` of values at hand.
pub fn tuple(items: Vec<Value>) -> Value {
    Value::tuple(items)
}

/// `{a, b}`.
///
/// # Errors
/// TypeError for unhashable items.
pub fn set(items: Vec<Value>) -> Result<Value> {
    let set = Set::new();
    for item in items {
        set.add(item)?;
    }
    Ok(Value::Set(set))
}

/// `{k: v}`.
///
/// # Errors
/// TypeError for unhashable keys.
pub fn dict(items: Vec<(Value, Value)>) -> Result<Value> {
    let dict = Dict::new();
    for (key, value) in items {
        dict.set(key, value)?;
    }
    Ok(Value::Dict(dict))
}

pub fn empty_dict() -> Value {
    Value::Dict(Dict::new())
}

/// `{**mapping}`.
///
/// # Errors
/// TypeError where it is no mapping.
pub fn dict_merge(dict: &Value, mapping: &Value) -> Result<()> {
    if !is_mapping(mapping) {
        let kind = mapping.type_name();
        return Err(exc::type_error(&format!("'{kind}' object is not a mapping")));
    }
    ops::call_method(dict, "update", std::slice::from_ref(mapping))?;
    Ok(())
}

pub(super) fn is_mapping(value: &Value) -> bool {
    matches!(value, Value::Dict(_)) || has_method(value, "keys")
}

/// `*value` among the arguments of a call or the items of a list or tuple.
///
/// # Errors
/// TypeError when the value is not iterable; what the iteration raises.
pub fn unpacked(value: &Value) -> Result<Vec<Value>> {
    if !matches!(value, Value::List(_) | Value::Tuple(_)) && !ops::is_iterable(value) {
        let kind = value.type_name();
        return Err(exc::type_error(&format!(
            "Value after * must be an iterable, not {kind}"
        )));
    }
    iter::collect_sized(value)
}

/// `f(**mapping)`: adds the mapping's items to the keywords.
///
/// # Errors
/// TypeError where it is no mapping or a key is no string.
pub fn extend_keywords(keywords: &mut Vec<(Str, Value)>, mapping: &Value) -> Result<()> {
    if !is_mapping(mapping) {
        let kind = mapping.type_name();
        return Err(exc::type_error(&format!(
            "argument after ** must be a mapping, not {kind}"
        )));
    }
    for key in iter::collect(&ops::call_method(mapping, "keys", &[])?)? {
        let value = ops::get_item(mapping, &key)?;
        let Value::Str(name) = key else {
            return Err(exc::type_error("keywords must be strings"));
        };
        if keywords.iter().any(|(known, _)| *known == name) {
            let name = name.to_rust_string();
            return Err(exc::type_error(&format!(
                "got multiple values for keyword argument '{name}'"
            )));
        }
        keywords.push((name, value));
    }
    Ok(())
}

/// `{value:spec}`
///
/// # Errors
/// What `format()` raises.
pub fn format_value(out: &mut StrBuf, value: &Value, spec: &Str) -> Result<()> {
    match value {
        Value::Str(s) if spec.is_empty() => out.push_str(s),
        Value::Int(i) if spec.is_empty() => out.push_i64(*i),
        _ => out.push_str(&text::format(value, spec)?),
    }
    Ok(())
}

/// `{value!s:spec}`
///
/// # Errors
/// What `str()` and `format()` raise.
pub fn format_str(out: &mut StrBuf, value: &Value, spec: &Str) -> Result<()> {
    format_value(out, &Value::Str(text::str_of(value)?), spec)
}

/// `{value!r:spec}`
///
/// # Errors
/// What `repr()` and `format()` raise.
pub fn format_repr(out: &mut StrBuf, value: &Value, spec: &Str) -> Result<()> {
    format_value(out, &Value::Str(text::repr(value)?), spec)
}

/// `{value!a:spec}`
///
/// # Errors
/// What `ascii()` and `format()` raise.
pub fn format_ascii(out: &mut StrBuf, value: &Value, spec: &Str) -> Result<()> {
    format_value(out, &Value::Str(text::ascii(value)?), spec)
}

/// `a, *b, c = value`.
///
/// # Errors
/// ValueError where there are too few values; what iterating raises.
pub fn unpack_star<const BEFORE: usize, const AFTER: usize>(
    value: &Value,
) -> Result<([Value; BEFORE], Value, [Value; AFTER])> {
    let (before, rest, after) = iter::unpack_star(value, BEFORE, AFTER)?;
    let before = before
        .try_into()
        .unwrap_or_else(|_| unreachable!("as many as asked for"));
    let after = after
        .try_into()
        .unwrap_or_else(|_| unreachable!("as many as asked for"));
    Ok((before, Value::List(rest), after))
}

/// `item in container`, the item evaluated first.
///
/// # Errors
/// What the container's test raises.
#[inline]
pub fn is_in(item: &Value, container: &Value) -> Result<bool> {
    ops::contains(container, item)
}

/// `isinstance(value, class)`.
///
/// # Errors
/// TypeError where the second is no class or tuple of classes.
#[inline]
pub fn is_instance(value: &Value, class: &Value) -> Result<bool> {
    crate::builtins::is_instance(value, class)
}

/// A variable that some path leaves unbound.
///
/// # Errors
/// UnboundLocalError.
#[inline]
pub fn bound<'a, T>(local: &'a Option<T>, name: &str) -> Result<&'a T> {
    local.as_ref().ok_or_else(|| unbound_local(name))
}

/// The local variable of the function around the comprehension at hand, to which it is a free one.
///
/// # Errors
/// NameError.
#[inline]
pub fn bound_free<'a, T>(local: &'a Option<T>, name: &str) -> Result<&'a T> {
    local.as_ref().ok_or_else(|| super::cell::unbound_free(name))
}

/// `del name` of a local variable.
///
/// # Errors
/// UnboundLocalError where it is not bound.
pub fn delete_local<T>(local: &mut Option<T>, name: &str) -> Result<()> {
    match local.take() {
        Some(_) => Ok(()),
        None => Err(unbound_local(name)),
    }
}

/// A name that nothing in the module binds.
///
/// # Errors
/// Always NameError.
#[cold]
pub fn undefined(name: &Value) -> Result<Value> {
    let name = text::str_of(name)?;
    Err(super::global::undefined(&name.to_rust_string()))
}

/// A method that was left in Python was come to by a name put together at run time: nothing exact can follow, so the
/// process says so and ends.
///
/// # Errors
/// Never.
#[cold]
pub fn stays_in_python(name: &Value) -> Result<Value> {
    let name = text::str_of(name)?.to_rust_string();
    crate::io::stdout::flush();
    crate::io::stderr::flush();
    eprintln!("`{name}` could not be translated, and there is no other way to go on");
    std::process::exit(i32::from(crate::vessel::NO_SCRIPT))
}

#[cold]
pub fn unbound_local(name: &str) -> Exc {
    exc::unbound_local(&format!(
        "cannot access local variable '{name}' where it is not associated with a value"
    ))
}

/// The value of an expression that is never evaluated to its end.
#[cold]
pub fn never<T>() -> T {
    unreachable!("nothing reaches here")
}

/// The object's type has such a method (or its attributes such a name).
pub(crate) fn has_method(object: &Value, name: &str) -> bool {
    object.builtin_type().find_method(name).is_some()
        || matches!(crate::attr::get_attr_or_none(object, name), Ok(Some(_)))
}

/// The method exists: Python looks it up before it evaluates the arguments.
///
/// # Errors
/// AttributeError.
pub fn require_method(object: &Value, name: &str) -> Result<()> {
    if has_method(object, name) {
        return Ok(());
    }
    ops::get_attr(object, name).map(drop)
}

/// `super().name` in a method.
///
/// # Errors
/// TypeError where the object is no instance of the class.
pub fn super_of(class: &Value, object: &Value) -> Result<Value> {
    crate::class::super_of(class, object)
}

/// A class statement: what its body bound, in order (None: never reached).
///
/// # Errors
/// What making the class raises.
pub fn class(
    name: &str,
    qualname: &str,
    module: &str,
    bases: Vec<Value>,
    namespace: Vec<(&str, Option<Value>)>,
    keywords: &[(Str, Value)],
) -> Result<Value> {
    let members = namespace
        .into_iter()
        .filter_map(|(name, value)| Some((Str::from(name), value?)))
        .collect();
    let module = crate::settings::module_name(module);
    crate::class::Class::build(name, qualname, module, &bases, members, keywords)
}

/// One step of `min` over values as they come: the first of equals stays.
///
/// # Errors
/// What comparing raises.
pub fn keep_min(best: &mut Option<Value>, value: Value) -> Result<()> {
    let better = match best {
        None => true,
        Some(old) => ops::lt_bool(&value, old)?,
    };
    if better {
        *best = Some(value);
    }
    Ok(())
}

/// One step of `max` over values as they come: the first of equals stays.
///
/// # Errors
/// What comparing raises.
pub fn keep_max(best: &mut Option<Value>, value: Value) -> Result<()> {
    let better = match best {
        None => true,
        Some(old) => ops::gt_bool(&value, old)?,
    };
    if better {
        *best = Some(value);
    }
    Ok(())
}

/// The result of `min` or `max`.
///
/// # Errors
/// ValueError where there was no value.
pub fn found(best: Option<Value>, function: &str) -> Result<Value> {
    best.ok_or_else(|| exc::value_error(&format!("{function}() arg is an empty sequence")))
}

impl Value {
    /// A literal such as `2j`.
    pub fn imaginary(imag: f64) -> Value {
        Value::object(crate::complex::Complex::new(0.0, imag))
    }

    /// An int literal beyond 64 bits.
    pub fn big_int(digits: &str) -> Value {
        crate::int::Int::from_big(digits.parse().expect("the compiler writes digits")).into()
    }

    /// The value of an expression that gives None.
    pub fn from_none((): ()) -> Value {
        Value::None
    }
}

pub use super::matching::{match_mapping, match_positional, match_rest, match_sequence};
