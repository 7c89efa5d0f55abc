//! callable, hash, id, isinstance, issubclass.

use crate::args;
use crate::class::Class;
use crate::class::union::Union;
use crate::elem::Key;
use crate::exc::{self, Exc, Result};
use crate::ops;
use crate::registry::Kwargs;
use crate::types;
use crate::value::Value;

pub(super) fn callable(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("callable", args, kwargs)?;
    Ok(Value::Bool(match value {
        Value::Function(_) | Value::Builtin(_) | Value::Method(_) | Value::Class(_) => true,
        Value::Object(object) => object.native().callable(),
        Value::Instance(instance) => instance.class().lookup("__call__").is_some(),
        _ => false,
    }))
}

pub(super) fn hash(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("hash", args, kwargs)?;
    value.py_hash().map(Value::Int)
}

pub(super) fn id(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("id", args, kwargs)?;
    Ok(Value::Int(ops::identity(value)))
}

pub(super) fn isinstance(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value, classes] = args::exactly("isinstance", args, kwargs)?;
    is_instance(value, classes).map(Value::Bool)
}

pub(super) fn issubclass(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [class, classes] = args::exactly("issubclass", args, kwargs)?;
    match class {
        Value::Class(class) => is_subclass(class, classes).map(Value::Bool),
        _ => Err(exc::type_error("issubclass() arg 1 must be a class")),
    }
}

/// `isinstance(value, classes)`.
///
/// # Errors
/// TypeError when `classes` is no class, tuple of classes or union.
pub fn is_instance(value: &Value, classes: &Value) -> Result<bool> {
    match classes {
        Value::Class(class) => is_of_class(value, class),
        Value::Tuple(classes) => {
            for class in classes.iter() {
                if is_instance(value, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => match classes.downcast::<Union>() {
            Some(union) => is_instance(value, &Value::Tuple(union.members.clone())),
            None => Err(not_classes(
                "isinstance() arg 2 must be a type, a tuple of types, or a union",
            )),
        },
    }
}

#[inline]
fn is_of_class(value: &Value, class: &Class) -> Result<bool> {
    match class.builtin() {
        Some(builtin) => match builtin.instance_check {
            Some(check) => check(value),
            None => Ok(value.is_of(builtin)),
        },
        None => Ok(value.user_class().is_some_and(|own| own.is_subclass(class))),
    }
}

/// `issubclass(class, classes)`.
///
/// # Errors
/// TypeError when `classes` is no class, tuple of classes or union.
pub fn is_subclass(class: &Class, classes: &Value) -> Result<bool> {
    match classes {
        Value::Class(other) => Ok(class.is_subclass(other)),
        Value::Tuple(classes) => {
            for other in classes.iter() {
                if is_subclass(class, other)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::None => Ok(Class::same(class, types::NONE_TYPE.class())),
        _ => match classes.downcast::<Union>() {
            Some(union) => is_subclass(class, &Value::Tuple(union.members.clone())),
            None => Err(not_classes(
                "issubclass() arg 2 must be a class, a tuple of classes, or a union",
            )),
        },
    }
}

#[cold]
fn not_classes(message: &str) -> Exc {
    exc::type_error(message)
}
