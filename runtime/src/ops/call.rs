//! Calls.

use crate::attr;
use crate::class::descriptor::{self, MethodDescriptor};
use crate::class::{Class, Super};
use crate::exc::{self, Exc, Result};
use crate::function::with_first;
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

/// `callable(*args)`.
///
/// # Errors
/// TypeError when the value cannot be called; what the call raises.
#[inline]
pub fn call(callable: &Value, args: &[Value]) -> Result<Value> {
    call_kw(callable, args, &[])
}

/// `callable(*args, **kwargs)`.
///
/// # Errors
/// TypeError when the value cannot be called; what the call raises.
#[inline]
pub fn call_kw(callable: &Value, args: &[Value], kwargs: &[(Str, Value)]) -> Result<Value> {
    match callable {
        Value::Function(function) => function.call(args, kwargs),
        Value::Builtin(function) => (function.call)(args, kwargs),
        Value::Class(class) => class.call(args, kwargs),
        _ => call_other(callable, args, kwargs),
    }
}

fn call_other(callable: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match callable {
        Value::Method(method) => {
            if let Some(builtin) = method.function.downcast::<MethodDescriptor>() {
                return builtin.call_on(&method.receiver, args, kwargs);
            }
            with_first(&method.receiver, args, |all| call_kw(&method.function, all, kwargs))
        }
        Value::Object(object) => object.native().call(args, kwargs),
        Value::Instance(instance) if instance.class().lookup("__call__").is_some() => {
            call_method_kw(callable, "__call__", args, kwargs)
        }
        _ => Err(exc::type_error(&format!(
            "'{}' object is not callable",
            callable.type_name()
        ))),
    }
}

/// `object.name(*args)`.
///
/// # Errors
/// AttributeError when there is no such attribute; what the call raises.
#[inline]
pub fn call_method(object: &Value, name: &str, args: &[Value]) -> Result<Value> {
    call_method_kw(object, name, args, &[])
}

/// `object.name(*args, **kwargs)`, without making a bound method where the attribute is a plain method.
///
/// # Errors
/// AttributeError when there is no such attribute; what the call raises.
pub fn call_method_kw(object: &Value, name: &str, args: &[Value], kwargs: &[(Str, Value)]) -> Result<Value> {
    match object {
        Value::Instance(instance) => {
            let lookup = |class: &Class| {
                if class.reading().hooked {
                    None
                } else {
                    class.lookup(name)
                }
            };
            let Some(found) = instance.with_class(lookup) else {
                return call_attribute(object, name, args, kwargs);
            };
            match &found {
                Value::Function(function) if instance.find(name).is_none() => {
                    with_first(object, args, |all| function.call(all, kwargs))
                }
                Value::Object(method) if instance.find(name).is_none() => match method.downcast::<MethodDescriptor>() {
                    Some(method) => method.call_on(object, args, kwargs),
                    None => call_attribute(object, name, args, kwargs),
                },
                _ => call_attribute(object, name, args, kwargs),
            }
        }
        Value::Class(_) | Value::Exception(_) | Value::Function(_) => call_attribute(object, name, args, kwargs),
        Value::Object(native) => {
            // What `super()` answers has the methods of `object`, but is asked for those of the class.
            if let Some(parent) = object.downcast::<Super>() {
                return parent.call_method(object, name, args, kwargs);
            }
            match native.native().native_type().find_method(name) {
                Some(row) => (row.call)(object, args, kwargs),
                None => call_attribute(object, name, args, kwargs),
            }
        }
        builtin => match builtin.builtin_type().find_method(name) {
            Some(row) => (row.call)(builtin, args, kwargs),
            None => call_attribute(object, name, args, kwargs),
        },
    }
}

fn call_attribute(object: &Value, name: &str, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    call_kw(&attr::get_attr(object, name)?, args, kwargs)
}

/// A special method looked up on the type, as operators do; None when the type has none.
///
/// # Errors
/// What the method raises; TypeError where it is set to None.
pub fn call_special(object: &Value, name: &str, args: &[Value]) -> Result<Option<Value>> {
    let Some(class) = object.user_class() else {
        return match object.builtin_type().find_method(name) {
            Some(row) => (row.call)(object, args, &[]).map(Some),
            None => Ok(None),
        };
    };
    match class.lookup(name) {
        None => Ok(None),
        Some(Value::Function(function)) => with_first(object, args, |all| function.call(all, &[])).map(Some),
        Some(Value::None) => Err(not_callable()),
        Some(found) => match found.downcast::<MethodDescriptor>() {
            Some(method) => method.call_on(object, args, &[]).map(Some),
            None => {
                let bound = descriptor::bind(&found, Some(object), &class)?.unwrap_or(found);
                call(&bound, args).map(Some)
            }
        },
    }
}

#[cold]
fn not_callable() -> Exc {
    exc::type_error("'NoneType' object is not callable")
}
