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
        None => {
            if let Some(answer) = ask_meta(class, "__instancecheck__", value)? {
                return Ok(answer);
            }
            let own = value.class();
            Ok(own.is_subclass(class) || class.covers(&own)?)
        }
    }
}

/// `issubclass(class, classes)`.
///
/// # Errors
/// TypeError when `classes` is no class, tuple of classes or union.
pub fn is_subclass(class: &Class, classes: &Value) -> Result<bool> {
    match classes {
        Value::Class(other) => match ask_meta(other, "__subclasscheck__", &Value::Class(class.clone()))? {
            Some(answer) => Ok(answer),
            None => Ok(class.is_subclass(other) || covers(other, class)?),
        },
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

/// What a metaclass of the program says; None where it leaves the question to `type`.
fn ask_meta(class: &Class, question: &str, value: &Value) -> Result<Option<bool>> {
    let Some(hook) = class.meta_lookup(question) else {
        return Ok(None);
    };
    let this = Value::Class(class.clone());
    let bound = crate::class::descriptor::bind(&hook, Some(&this), &class.meta())?.unwrap_or(hook);
    ops::truthy(&ops::call(&bound, std::slice::from_ref(value))?).map(Some)
}

/// A class counts as a subclass without deriving: a builtin type decides by the class's methods, others by `covers`.
fn covers(class: &Class, other: &Class) -> Result<bool> {
    match class.builtin() {
        Some(builtin) => Ok(builtin.subclass_check.is_some_and(|check| check(other))),
        None => class.covers(other),
    }
}

#[cold]
fn not_classes(message: &str) -> Exc {
    exc::type_error(message)
}
