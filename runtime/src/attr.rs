//! Attribute access.

use crate::class::{Class, descriptor};
use crate::exc::{self, Exc, Result, hierarchy};
use crate::instance::Instance;
use crate::native::Object;
use crate::ops;
use crate::str::Str;
use crate::value::Value;

/// `object.name`.
///
/// # Errors
/// AttributeError when there is none; what descriptors and `__getattr__` raise.
#[inline]
pub fn get_attr(object: &Value, name: &str) -> Result<Value> {
    match object {
        Value::Instance(instance) => instance_attr(object, instance, name),
        _ => match find(object, name)? {
            Some(value) => Ok(value),
            None => Err(no_attribute(object, name)),
        },
    }
}

/// `getattr(object, name, None)`, telling absence from None.
///
/// # Errors
/// What the access raises, AttributeError apart.
pub fn get_attr_or_none(object: &Value, name: &str) -> Result<Option<Value>> {
    match get_attr(object, name) {
        Ok(value) => Ok(Some(value)),
        Err(missing) if missing.is(&hierarchy::ATTRIBUTE_ERROR) => Ok(None),
        Err(failure) => Err(failure),
    }
}

#[cold]
#[inline(never)]
fn no_attribute(object: &Value, name: &str) -> Exc {
    let message = match object {
        Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name()),
        other => match object.downcast::<crate::modules::Module>() {
            Some(module) => format!("module '{}' has no attribute '{name}'", module.name()),
            None => format!("'{}' object has no attribute '{name}'", other.type_name()),
        },
    };
    let exception = exc::attribute_error(&message);
    exception.set_field("name", Value::str(name));
    exception.set_field("obj", object.clone());
    exception
}

/// An attribute of an instance of a class of the program, hooks included.
#[inline]
fn instance_attr(object: &Value, instance: &Instance, name: &str) -> Result<Value> {
    if instance.with_class(|class| class.reading().own_first)
        && let Some(own) = instance.find(name)
    {
        return Ok(own);
    }
    if let Some(position) = instance.with_class(|class| class.slot_of(name))
        && let Some(value) = instance.slot(position)
    {
        return Ok(value);
    }
    instance_attr_in_full(object, instance, name)
}

fn instance_attr_in_full(object: &Value, instance: &Instance, name: &str) -> Result<Value> {
    let class = instance.class();
    if class.reading().hooked
        && let Some(hook) = class.lookup_own("__getattribute__")
    {
        let hook = descriptor::bind(&hook, Some(object), &class)?.unwrap_or(hook);
        return match ops::call(&hook, &[Value::str(name)]) {
            Err(missing) if missing.is(&hierarchy::ATTRIBUTE_ERROR) => call_getattr(object, &class, name, missing),
            answer => answer,
        };
    }
    match plain_instance_attr(object, instance, &class, name) {
        Ok(Some(value)) => Ok(value),
        Ok(None) if class.lookup("__getattr__").is_none() => Err(no_attribute(object, name)),
        Ok(None) => call_getattr(object, &class, name, no_attribute(object, name)),
        Err(missing) if missing.is(&hierarchy::ATTRIBUTE_ERROR) => call_getattr(object, &class, name, missing),
        Err(failure) => Err(failure),
    }
}

fn call_getattr(object: &Value, class: &Class, name: &str, missing: Exc) -> Result<Value> {
    match class.lookup("__getattr__") {
        Some(hook) => {
            let hook = descriptor::bind(&hook, Some(object), class)?.unwrap_or(hook);
            ops::call(&hook, &[Value::str(name)])
        }
        None => Err(missing),
    }
}

/// `object.__getattribute__`: data descriptors, the instance's own attributes, then what the class holds.
///
/// # Errors
/// What descriptors raise.
pub fn plain_instance_attr(object: &Value, instance: &Instance, class: &Class, name: &str) -> Result<Option<Value>> {
    let found = class.lookup(name);
    if let Some(found) = &found
        && descriptor::is_data(found)
    {
        return descriptor::bind(found, Some(object), class);
    }
    if let Some(own) = instance.find(name) {
        return Ok(Some(own));
    }
    match found {
        Some(found) => Ok(Some(descriptor::bind(&found, Some(object), class)?.unwrap_or(found))),
        None if name == "__dict__" && class.has_dict() => Ok(Some(Value::Dict(instance.attrs()))),
        None => Ok(None),
    }
}

/// An attribute of anything but an instance of a class of the program.
fn find(object: &Value, name: &str) -> Result<Option<Value>> {
    match object {
        Value::Instance(instance) => plain_instance_attr(object, instance, &instance.class(), name),
        Value::Class(class) => class_attr(object, class, name),
        Value::Exception(exception) => exception_attr(object, exception, name),
        Value::Function(function) => match function.find(name) {
            None => type_attr(object, name),
            found => Ok(found),
        },
        Value::Method(method) => match name {
            "__self__" => Ok(Some(method.receiver.clone())),
            "__func__" => Ok(Some(method.function.clone())),
            _ => match type_attr(object, name)? {
                Some(found) if name != "__doc__" => Ok(Some(found)),
                _ => find(&method.function, name),
            },
        },
        Value::Builtin(function) => match name {
            "__name__" | "__qualname__" => Ok(Some(Value::str(function.name))),
            "__module__" => Ok(Some(Value::str("builtins"))),
            "__self__" => Ok(Some(Value::None)),
            _ => type_attr(object, name),
        },
        Value::Object(native) => object_attr(object, native, name),
        _ => type_attr(object, name),
    }
}

/// An attribute that the type of a builtin value provides.
fn type_attr(object: &Value, name: &str) -> Result<Option<Value>> {
    let class = object.builtin_type().class();
    match class.lookup(name) {
        Some(found) => Ok(Some(descriptor::bind(&found, Some(object), class)?.unwrap_or(found))),
        None => Ok(None),
    }
}

/// A library object: its type's fields and methods, then what it answers itself.
fn object_attr(object: &Value, native: &Object, name: &str) -> Result<Option<Value>> {
    if let Some(own) = native.native().get_attr(name)? {
        return Ok(Some(own));
    }
    type_attr(object, name)
}

fn exception_attr(object: &Value, exception: &Exc, name: &str) -> Result<Option<Value>> {
    let class = exception.class();
    let found = class.lookup(name);
    if let Some(found) = &found
        && descriptor::is_data(found)
    {
        return descriptor::bind(found, Some(object), &class);
    }
    if let Some(own) = exception.attrs_if_any().and_then(|attrs| attrs.find_text(name)) {
        return Ok(Some(own));
    }
    if let Some(field) = exception.field(name) {
        return Ok(Some(field));
    }
    match found {
        Some(found) => Ok(Some(descriptor::bind(&found, Some(object), &class)?.unwrap_or(found))),
        None if name == "__dict__" => Ok(Some(Value::Dict(exception.attrs()))),
        None => match class.lookup("__getattr__") {
            Some(_) => call_getattr(object, &class, name, no_attribute(object, name)).map(Some),
            None => Ok(None),
        },
    }
}

fn class_attr(object: &Value, class: &Class, name: &str) -> Result<Option<Value>> {
    let special = class.meta_lookup(name);
    if let Some(found) = special.filter(descriptor::is_data) {
        return descriptor::bind(&found, Some(object), &class.meta());
    }
    if let Some(own) = crate::methods::class::attribute(class, name) {
        return Ok(Some(own));
    }
    if let Some(found) = class.lookup(name) {
        return Ok(Some(descriptor::bind(&found, None, class)?.unwrap_or(found)));
    }
    let meta = class.meta();
    if let Some(found) = meta.lookup(name) {
        return Ok(Some(descriptor::bind(&found, Some(object), &meta)?.unwrap_or(found)));
    }
    match class.meta_lookup("__getattr__") {
        Some(_) => call_getattr(object, &meta, name, no_attribute(object, name)).map(Some),
        None => Ok(None),
    }
}

/// `object.name = value`.
///
/// # Errors
/// AttributeError where that is not possible; what descriptors and `__setattr__` raise.
#[inline]
pub fn set_attr(object: &Value, name: &str, value: Value) -> Result<()> {
    match object {
        Value::Instance(instance) if settable(instance, name) => {
            instance.set(name, value);
            Ok(())
        }
        Value::Instance(instance) if let Some(position) = instance.with_class(|class| class.slot_of(name)) => {
            drop(instance.replace_slot(position, Some(value)));
            Ok(())
        }
        Value::Instance(instance) => {
            let class = instance.class();
            match class.lookup_own("__setattr__") {
                None => set_plain(object, name, value),
                Some(hook) => {
                    let hook = descriptor::bind(&hook, Some(object), &class)?.unwrap_or(hook);
                    ops::call(&hook, &[Value::str(name), value]).map(drop)
                }
            }
        }
        Value::Class(class) if class.special_meta().is_some() => match class.meta_lookup("__setattr__") {
            None => set_plain(object, name, value),
            Some(hook) => {
                let hook = descriptor::bind(&hook, Some(object), &class.meta())?.unwrap_or(hook);
                ops::call(&hook, &[Value::str(name), value]).map(drop)
            }
        },
        _ => set_plain(object, name, value),
    }
}

/// Setting the attribute is no more than an entry in the instance's own dict. `__dict__` and `__class__` never are.
#[inline]
fn settable(instance: &Instance, name: &str) -> bool {
    !name.starts_with("__") && instance.payload().is_none() && instance.with_class(|class| class.reading().sets_own)
}

/// `object.__setattr__`.
///
/// # Errors
/// AttributeError where that is not possible; what descriptors raise.
pub fn set_plain(object: &Value, name: &str, value: Value) -> Result<()> {
    match object {
        Value::Instance(instance) => set_instance(object, instance, name, value),
        Value::Exception(exception) => set_exception(object, exception, name, value),
        Value::Class(class) => set_class(class, name, value),
        Value::Function(function) => {
            function.set(name, value);
            Ok(())
        }
        Value::Object(native) => match set_field(object, name, &value) {
            Some(result) => result,
            None if native.native().set_attr(name, value)? => Ok(()),
            None => Err(not_settable(object, name)),
        },
        _ => match set_field(object, name, &value) {
            Some(result) => result,
            None => Err(not_settable(object, name)),
        },
    }
}

/// Sets a field of the builtin type; None when it has none of that name.
fn set_field(object: &Value, name: &str, value: &Value) -> Option<Result<()>> {
    let field = object.builtin_type().find_field(name)?;
    Some(match field.set {
        Some(set) => set(object, value.clone()),
        None => {
            let kind = object.type_name();
            Err(exc::attribute_error(&format!(
                "attribute '{name}' of '{kind}' objects is not writable"
            )))
        }
    })
}

#[cold]
fn not_settable(object: &Value, name: &str) -> Exc {
    let kind = object.type_name();
    if object.class().lookup(name).is_some() {
        return exc::attribute_error(&format!("'{kind}' object attribute '{name}' is read-only"));
    }
    no_attribute(object, name)
}

fn set_instance(object: &Value, instance: &Instance, name: &str, value: Value) -> Result<()> {
    let class = instance.class();
    match class.lookup(name) {
        Some(Value::Object(found)) => {
            if let Some(descriptor) = found.native().descriptor().filter(|descriptor| descriptor.is_data()) {
                return descriptor.set(object, value);
            }
        }
        Some(found @ Value::Instance(_)) => {
            if found.class().lookup("__set__").is_some() {
                return ops::call_method(&found, "__set__", &[object.clone(), value]).map(drop);
            }
        }
        _ => {}
    }
    match name {
        "__dict__" => set_dict(instance, value),
        _ if class.has_dict() => {
            instance.set(name, value);
            Ok(())
        }
        _ => Err(not_settable(object, name)),
    }
}

fn set_dict(instance: &Instance, value: Value) -> Result<()> {
    match value {
        Value::Dict(attrs) => {
            instance.set_attrs(attrs);
            Ok(())
        }
        other => {
            let kind = other.type_name();
            Err(exc::type_error(&format!(
                "__dict__ must be set to a dictionary, not a '{kind}'"
            )))
        }
    }
}

fn set_exception(object: &Value, exception: &Exc, name: &str, value: Value) -> Result<()> {
    if let Some(found) = exception.class().lookup(name)
        && let Value::Object(found) = &found
        && let Some(descriptor) = found.native().descriptor().filter(|descriptor| descriptor.is_data())
    {
        return descriptor.set(object, value);
    }
    if !exception.replace_field(name, value.clone()) {
        exception.attrs().set_text(name, value);
    }
    Ok(())
}

fn set_class(class: &Class, name: &str, value: Value) -> Result<()> {
    if class.builtin().is_some() {
        let class = class.full_name();
        return Err(exc::type_error(&format!(
            "cannot set '{name}' attribute of immutable type '{class}'"
        )));
    }
    if let Some(Value::Object(found)) = class.meta_lookup(name)
        && let Some(descriptor) = found.native().descriptor().filter(|descriptor| descriptor.is_data())
    {
        return descriptor.set(&Value::Class(class.clone()), value);
    }
    match (name, value) {
        ("__name__", Value::Str(text)) => class.set_name(text),
        ("__qualname__", Value::Str(text)) => class.set_qualname(text),
        (_, value) => class.set(name, value),
    }
    Ok(())
}

/// `del object.name`.
///
/// # Errors
/// AttributeError where there is none or it cannot be deleted; what descriptors and `__delattr__` raise.
pub fn del_attr(object: &Value, name: &str) -> Result<()> {
    if let Some(class) = object.user_class()
        && let Some(hook) = class.lookup_own("__delattr__")
    {
        let hook = descriptor::bind(&hook, Some(object), &class)?.unwrap_or(hook);
        return ops::call(&hook, &[Value::str(name)]).map(drop);
    }
    del_plain(object, name)
}

/// `object.__delattr__`.
///
/// # Errors
/// AttributeError where there is none or it cannot be deleted; what descriptors raise.
pub fn del_plain(object: &Value, name: &str) -> Result<()> {
    if let Some(result) = delete_through_descriptor(object, name) {
        return result;
    }
    let deleted = match object {
        Value::Instance(instance) => instance.take(name).is_some(),
        Value::Exception(exception) => exception.attrs().take_text(name).is_some(),
        Value::Class(class) if class.builtin().is_none() => class.delete(name),
        Value::Function(function) => function.attrs().take_text(name).is_some(),
        Value::Object(native) => native.native().del_attr(name)?,
        _ => false,
    };
    match object {
        _ if deleted => Ok(()),
        Value::Class(class) if class.builtin().is_none() => Err(no_attribute(object, name)),
        Value::Class(class) => {
            let class = class.full_name();
            Err(exc::type_error(&format!(
                "cannot set '{name}' attribute of immutable type '{class}'"
            )))
        }
        Value::Instance(instance) if !instance.class().has_dict() => Err(not_settable(object, name)),
        _ => Err(no_attribute(object, name)),
    }
}

fn delete_through_descriptor(object: &Value, name: &str) -> Option<Result<()>> {
    match object.user_class()?.lookup(name)? {
        Value::Object(found) => {
            let descriptor = found.native().descriptor().filter(|descriptor| descriptor.is_data())?;
            Some(descriptor.delete(object))
        }
        found @ Value::Instance(_) if found.class().lookup("__delete__").is_some() => {
            Some(ops::call_method(&found, "__delete__", std::slice::from_ref(object)).map(drop))
        }
        _ => None,
    }
}

/// The names of an object's attributes: `dir()` without an override.
pub fn names(object: &Value) -> Vec<Str> {
    let mut names: Vec<Str> = Vec::new();
    let mut add = |dict: &crate::dict::Dict<Value, Value>| {
        names.extend(dict.keys().into_iter().filter_map(|key| match key {
            Value::Str(name) => Some(name),
            _ => None,
        }));
    };
    match object {
        Value::Exception(exception) => exception.attrs_if_any().into_iter().for_each(&mut add),
        Value::Function(function) => add(&function.attrs()),
        _ => {}
    }
    let class = match object {
        Value::Class(class) => class.clone(),
        other => other.class(),
    };
    class.mro().for_each(|ancestor| add(ancestor.namespace()));
    if let Value::Instance(instance) = object {
        names.extend(instance.named_attributes().into_iter().map(|(name, _)| name));
    }
    names.sort();
    names.dedup();
    names
}
