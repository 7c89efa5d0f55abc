//! Exception groups (PEP 654): several exceptions as one, and taking them apart.

use super::hierarchy::{BASE_EXCEPTION_GROUP, EXCEPTION, EXCEPTION_GROUP};
use super::{Exc, Result, type_error, value_error};
use crate::args;
use crate::registry::{BuiltinType, Effects, Kwargs, Method};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;
use crate::{iter, ops};

/// The class that `BaseExceptionGroup(...)` makes an instance of.
pub(super) fn class_for(args: &[Value]) -> &'static BuiltinType {
    let parts = args.get(1).and_then(sequence);
    let ordinary = |part: &Value| matches!(part, Value::Exception(part) if part.is(&EXCEPTION));
    match parts {
        Some(parts) if !parts.is_empty() && parts.iter().all(ordinary) => &EXCEPTION_GROUP,
        _ => &BASE_EXCEPTION_GROUP,
    }
}

fn sequence(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) => None,
        value => ops::len(value).and_then(|_| iter::collect(value)).ok(),
    }
}

/// `message` and `exceptions`.
///
/// # Errors
/// TypeError and ValueError for what is no message, no sequence or no exception.
pub(super) fn derive_fields(group: &Exc, args: &[Value]) -> Result<()> {
    let [message, parts] = args else {
        return Err(type_error(&format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.len()
        )));
    };
    let Some(_) = message.as_str() else {
        return Err(type_error(&format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            message.type_name()
        )));
    };
    let Some(parts) = sequence(parts) else {
        return Err(type_error("second argument (exceptions) must be a sequence"));
    };
    if parts.is_empty() {
        return Err(value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    for (at, part) in parts.iter().enumerate() {
        let Value::Exception(part) = part else {
            return Err(value_error(&format!(
                "Item {at} of second argument (exceptions) is not an exception"
            )));
        };
        if group.is(&EXCEPTION_GROUP) && !part.is(&EXCEPTION) {
            return Err(type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
        }
    }
    group.set_field("message", message.clone());
    group.set_field("exceptions", Value::tuple(parts));
    Ok(())
}

fn message(group: &Exc) -> Value {
    group.field("message").unwrap_or(Value::None)
}

fn parts(group: &Exc) -> Tuple {
    match group.field("exceptions") {
        Some(Value::Tuple(parts)) => parts,
        _ => Tuple::empty(),
    }
}

/// `str(group)`.
pub(super) fn text(group: &Exc) -> Str {
    let count = parts(group).len();
    let plural = if count == 1 { "" } else { "s" };
    let message = message(group).as_str().map(Str::to_rust_string).unwrap_or_default();
    Str::from(format!("{message} ({count} sub-exception{plural})"))
}

pub(super) static METHODS: &[Method] = &[
    method("derive", |this, args, kwargs| {
        let [parts] = args::exactly("BaseExceptionGroup.derive", args, kwargs)?;
        derived(of(this)?, parts.clone())
    }),
    method("split", |this, args, kwargs| {
        let (matching, rest) = split(of(this)?, &condition("BaseExceptionGroup.split", args, kwargs)?)?;
        Ok(Value::tuple(vec![matching, rest]))
    }),
    method("subgroup", |this, args, kwargs| {
        let (matching, _) = split(of(this)?, &condition("BaseExceptionGroup.subgroup", args, kwargs)?)?;
        Ok(matching)
    }),
];

const fn method(name: &'static str, call: fn(&Value, &[Value], Kwargs) -> Result<Value>) -> Method {
    Method {
        name,
        effects: Effects::READS_ARGS.union(Effects::CALLS_BACK),
        call,
    }
}

fn of(this: &Value) -> Result<&Exc> {
    match this {
        Value::Exception(group) => Ok(group),
        _ => Err(type_error("expected an exception group")),
    }
}

fn derived(group: &Exc, parts: Value) -> Result<Value> {
    ops::call(
        &Value::Class(BASE_EXCEPTION_GROUP.class().clone()),
        &[message(group), parts],
    )
}

/// What picks exceptions: classes, or a function.
enum Condition {
    Classes(Value),
    Function(Value),
}

fn condition(method: &'static str, args: &[Value], kwargs: Kwargs) -> Result<Condition> {
    let [given] = args::exactly(method, args, kwargs)?;
    let is_exception = |value: &Value| {
        let base = super::hierarchy::BASE_EXCEPTION.class();
        matches!(value, Value::Class(class) if class.is_subclass(base))
    };
    match given {
        Value::Tuple(classes) if classes.iter().all(is_exception) => Ok(Condition::Classes(given.clone())),
        class if is_exception(class) => Ok(Condition::Classes(given.clone())),
        Value::Function(_) => Ok(Condition::Function(given.clone())),
        _ => Err(type_error(
            "expected a function, exception type or tuple of exception types",
        )),
    }
}

impl Condition {
    fn holds(&self, exception: &Exc) -> Result<bool> {
        match self {
            Condition::Classes(classes) => exception.matches(classes),
            Condition::Function(function) => ops::truthy(&ops::call(function, &[exception.value()])?),
        }
    }
}

/// The part of a group (or of a single exception) that fits, and the part that does not; None for nothing.
fn split(group: &Exc, condition: &Condition) -> Result<(Value, Value)> {
    if condition.holds(group)? {
        return Ok((group.value(), Value::None));
    }
    if !group.is(&BASE_EXCEPTION_GROUP) {
        return Ok((Value::None, group.value()));
    }
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    for part in parts(group).iter() {
        let (fits, left) = split(of(part)?, condition)?;
        matching.extend(Some(fits).filter(|part| !matches!(part, Value::None)));
        rest.extend(Some(left).filter(|part| !matches!(part, Value::None)));
    }
    Ok((subset(group, matching)?, subset(group, rest)?))
}

/// A group like this one with only these parts.
fn subset(group: &Exc, parts: Vec<Value>) -> Result<Value> {
    if parts.is_empty() {
        return Ok(Value::None);
    }
    let made = derived(group, Value::list(parts))?;
    let part = of(&made)?;
    part.set_cause(group.cause());
    part.set_context(group.context());
    part.set_suppress_context(group.suppresses_context());
    let notes = group
        .attrs_if_any()
        .and_then(|attrs| attrs.get(&Value::str("__notes__")).ok());
    if let Some(notes) = notes.as_ref().and_then(sequence) {
        part.attrs().set(Value::str("__notes__"), Value::list(notes))?;
    }
    Ok(made)
}
