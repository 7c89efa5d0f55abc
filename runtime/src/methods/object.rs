//! What every object has.

use super::protocol::alone;
use super::{mutates, reads};
use crate::args;
use crate::attr;
use crate::class::Class;
use crate::exc::{self, Result};
use crate::native::Comparison;
use crate::ops;
use crate::registry::{Field, Kwargs, Method};
use crate::text;
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("__init__", init),
    alone!("__repr__", |this| Ok(Value::Str(text::plain_repr(this)))),
    alone!("__str__", |this| text::repr(this).map(Value::Str)),
    reads("__eq__", equal),
    reads("__ne__", not_equal),
    reads("__lt__", |_, _, _| Ok(Value::NotImplemented)),
    reads("__le__", |_, _, _| Ok(Value::NotImplemented)),
    reads("__gt__", |_, _, _| Ok(Value::NotImplemented)),
    reads("__ge__", |_, _, _| Ok(Value::NotImplemented)),
    alone!("__hash__", |this| {
        Ok(Value::Int((ops::identity(this) as u64).rotate_right(4) as i64))
    }),
    reads("__format__", format),
    reads("__getattribute__", get_attribute),
    mutates("__setattr__", set_attribute),
    mutates("__delattr__", delete_attribute),
    reads("__dir__", directory),
];

pub static CLASS_METHODS: &[Method] = &[
    mutates("__init_subclass__", init_subclass),
    reads("__subclasshook__", |_, _, _| Ok(Value::NotImplemented)),
];

/// `object.__init_subclass__`: takes nothing.
fn init_subclass(class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let name = match class {
        Value::Class(class) => class.name().to_rust_string(),
        other => other.type_name(),
    };
    if !args.is_empty() {
        let given = args.len();
        return Err(exc::type_error(&format!(
            "{name}.__init_subclass__() takes no arguments ({given} given)"
        )));
    }
    if !kwargs.is_empty() {
        return Err(exc::type_error(&format!(
            "{name}.__init_subclass__() takes no keyword arguments"
        )));
    }
    Ok(Value::None)
}

pub static FIELDS: &[Field] = &[Field {
    name: "__class__",
    get: |this| Ok(Value::Class(this.class())),
    set: Some(set_class),
}];

fn init(_: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if args.is_empty() && kwargs.is_empty() {
        return Ok(Value::None);
    }
    Err(exc::type_error(
        "object.__init__() takes exactly one argument (the instance to initialize)",
    ))
}

fn equal(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly("object.__eq__", args, kwargs)?;
    Ok(if ops::is(this, other) {
        Value::Bool(true)
    } else {
        Value::NotImplemented
    })
}

fn not_equal(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [other] = args::exactly("object.__ne__", args, kwargs)?;
    match ops::call_special(this, Comparison::Eq.method(), std::slice::from_ref(other))? {
        None | Some(Value::NotImplemented) => Ok(Value::NotImplemented),
        Some(equal) => Ok(Value::Bool(!ops::truthy(&equal)?)),
    }
}

pub(crate) fn format(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [spec] = args::exactly("object.__format__", args, kwargs)?;
    text::plain_format(this, args::text("__format__() argument", spec)?).map(Value::Str)
}

/// An attribute's name as given to a method.
pub(crate) fn attribute_name(name: &Value) -> Result<String> {
    match name.as_str() {
        Some(name) => Ok(name.to_rust_string()),
        None => {
            let kind = name.type_name();
            Err(exc::type_error(&format!("attribute name must be string, not '{kind}'")))
        }
    }
}

fn get_attribute(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [name] = args::exactly("object.__getattribute__", args, kwargs)?;
    let name = attribute_name(name)?;
    match this {
        Value::Instance(instance) => match attr::plain_instance_attr(this, instance, &instance.class(), &name)? {
            Some(value) => Ok(value),
            None => Err(exc::attribute_error(&format!(
                "'{}' object has no attribute '{name}'",
                this.type_name()
            ))),
        },
        _ => ops::get_attr(this, &name),
    }
}

fn set_attribute(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [name, value] = args::exactly("object.__setattr__", args, kwargs)?;
    attr::set_plain(this, &attribute_name(name)?, value.clone())?;
    Ok(Value::None)
}

fn delete_attribute(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [name] = args::exactly("object.__delattr__", args, kwargs)?;
    attr::del_plain(this, &attribute_name(name)?)?;
    Ok(Value::None)
}

fn directory(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("object.__dir__", args, kwargs)?;
    Ok(Value::list(attr::names(this).into_iter().map(Value::Str).collect()))
}

fn set_class(this: &Value, class: Value) -> Result<()> {
    match (this, class) {
        (Value::Instance(instance), Value::Class(class)) if same_layout(&instance.class(), &class) => {
            instance.set_class(class);
            Ok(())
        }
        (_, Value::Class(_)) => Err(exc::type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        )),
        (_, other) => Err(exc::type_error(&format!(
            "__class__ must be set to a class, not '{}' object",
            other.type_name()
        ))),
    }
}

fn same_layout(a: &Class, b: &Class) -> bool {
    b.builtin().is_none()
        && std::ptr::eq(a.solid(), b.solid())
        && a.slot_count() == b.slot_count()
        && a.has_dict() == b.has_dict()
}
