//! What generated code does at a place.

use super::{Found, Kind, Site};
use crate::attr;
use crate::class::is_data;
use crate::exc::Result;
use crate::ops;
use crate::registry::Kwargs;
use crate::support::make;
use crate::value::Value;

/// `object.name`.
///
/// # Errors
/// As `ops::get_attr`.
#[inline]
pub fn get_attr(object: &Value, site: &'static Site) -> Result<Value> {
    if let Value::Instance(instance) = object
        && let Found::Own(position) = site.recall_first(instance)
        && let Some(value) = instance.slot(position)
    {
        return Ok(value);
    }
    site.get(object)
}

/// `object.name = value`.
///
/// # Errors
/// As `ops::set_attr`.
#[inline]
pub fn set_attr(object: &Value, site: &'static Site, value: Value) -> Result<()> {
    if let Value::Instance(instance) = object {
        match site.recall_first(instance) {
            Found::Own(position) => {
                drop(instance.replace_slot(position, Some(value)));
                return Ok(());
            }
            Found::Added(layout) => {
                instance.append(layout, value);
                return Ok(());
            }
            _ => {}
        }
    }
    site.set(object, value)
}

/// `object.name(*args)` of the object and the arguments in one row.
///
/// # Errors
/// As `ops::call_method`.
#[inline]
pub fn call_method(site: &'static Site, all: &[Value]) -> Result<Value> {
    call_method_kw(site, all, &[])
}

/// `object.name(*args, **kwargs)` of the object and the positional arguments in one row.
///
/// # Errors
/// As `ops::call_method_kw`.
pub fn call_method_kw(site: &'static Site, all: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (object, args) = (&all[0], &all[1..]);
    match site.recall(Kind::of(object)) {
        // SAFETY: the object is of the kind this was found for.
        Found::Method(callee) => unsafe { callee.function() }.call(all, kwargs),
        Found::Builtin(row) => (row.call)(object, args, kwargs),
        // SAFETY: as above.
        Found::Static(callee) => unsafe { callee.function() }.call(args, kwargs),
        _ => {
            site.learn_method(object);
            ops::call_method_kw(object, site.name, args, kwargs)
        }
    }
}

/// The method exists: Python looks it up before it evaluates the arguments.
///
/// # Errors
/// AttributeError.
#[inline]
pub fn require_method(object: &Value, site: &'static Site) -> Result<()> {
    match site.recall(Kind::of(object)) {
        Found::Method(_) | Found::Builtin(_) | Found::Static(_) => Ok(()),
        _ => {
            site.learn_method(object);
            make::require_method(object, site.name)
        }
    }
}

/// As `require_method`, for `super(class, object)`.
///
/// # Errors
/// AttributeError; what `super` raises.
pub fn require_super(class: &Value, object: &Value, site: &'static Site) -> Result<()> {
    match site.recall(Kind::of_super(class, object)) {
        Found::Method(_) => Ok(()),
        _ => {
            let parent = make::super_of(class, object)?;
            site.learn_super(class, object);
            make::require_method(&parent, site.name)
        }
    }
}

/// `super(class, object).name(*args)` of the object and the arguments in one row.
///
/// # Errors
/// As the call of the method of what `super` answers.
pub fn call_super(class: &Value, site: &'static Site, all: &[Value]) -> Result<Value> {
    let object = &all[0];
    let kind = Kind::of_super(class, object);
    if let Found::Method(callee) = site.recall(kind) {
        // SAFETY: the object is of the kind this was found for.
        return unsafe { callee.function() }.call(all, &[]);
    }
    let parent = make::super_of(class, object)?;
    site.learn_super(class, object);
    ops::call_method(&parent, site.name, &all[1..])
}

impl Site {
    fn get(&'static self, object: &Value) -> Result<Value> {
        match (self.recall(Kind::of(object)), object) {
            (Found::Own(position), Value::Instance(instance)) if let Some(value) = instance.slot(position) => {
                return Ok(value);
            }
            // SAFETY: the object is of the kind this was found for.
            (Found::Data(place), _) => return Ok(unsafe { place.value() }),
            // SAFETY: as above.
            (Found::Getter(callee), _) => return unsafe { callee.function() }.call(std::slice::from_ref(object), &[]),
            (Found::Nothing, _) => self.learn_get(object),
            _ => {}
        }
        attr::get_attr(object, self.name)
    }

    fn set(&'static self, object: &Value, value: Value) -> Result<()> {
        match (self.recall(Kind::of(object)), object) {
            (Found::Own(position), Value::Instance(instance)) => {
                drop(instance.replace_slot(position, Some(value)));
                return Ok(());
            }
            (Found::Added(layout), Value::Instance(instance)) => {
                instance.append(layout, value);
                return Ok(());
            }
            (Found::Data(place), _) if is_data(&value) => {
                // SAFETY: the object is of the kind this was found for.
                unsafe { place.replace(value) };
                return Ok(());
            }
            (Found::Nothing, _) => self.learn_set(object),
            _ => {}
        }
        attr::set_attr(object, self.name, value)
    }
}
