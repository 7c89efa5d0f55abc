//! The fields of a class: its bases' first, then its own in the order of their annotations.

use std::cell::RefCell;

use super::field::{FieldObject, Spec};
use crate::class::Class;
use crate::dict::Dict;
use crate::elem::Key;
use crate::exc::{self, Exc, Result};
use crate::str::Str;
use crate::value::Value;

/// Under which name a class keeps its fields.
pub const FIELDS: &str = "__dataclass_fields__";

/// The fields of a dataclass, with those that are arguments only; None for any other class.
pub fn of_class(class: &Class) -> Option<Vec<Spec>> {
    let Some(Value::Dict(fields)) = class.lookup(FIELDS) else {
        return None;
    };
    let fields = fields.values();
    let specs = fields
        .iter()
        .filter_map(|field| field.downcast::<FieldObject>())
        .map(|field| field.0.borrow().clone());
    Some(specs.collect())
}

/// Reads the fields of a class that becomes a dataclass, and leaves their plain defaults in it.
pub fn read(class: &Class, kw_only: bool) -> Result<Vec<Spec>> {
    let mut specs: Vec<Spec> = Vec::new();
    let bases: Vec<Class> = class.mro().skip(1).cloned().collect();
    for base in bases.iter().rev() {
        if let Some(Value::Dict(_)) = base.namespace().find_text(FIELDS) {
            of_class(base)
                .unwrap_or_default()
                .into_iter()
                .for_each(|spec| put(&mut specs, spec));
        }
    }
    let annotations = match class.namespace().find_text("__annotations__") {
        Some(Value::Dict(annotations)) => annotations.items(),
        _ => Vec::new(),
    };
    let mut kw_only = kw_only;
    for (name, annotation) in &annotations {
        let (Some(name), text) = (name.as_str(), annotation_text(annotation)) else {
            continue;
        };
        if is_named(&text, "ClassVar") {
            continue;
        }
        if is_named(&text, "KW_ONLY") {
            kw_only = true;
            continue;
        }
        let mut spec = own_field(class, name, annotation, kw_only)?;
        spec.init_only = is_named(&text, "InitVar");
        if spec.init_only && spec.factory.is_some() {
            let message = format!("field {name} cannot have a default factory");
            return Err(exc::type_error(&message));
        }
        put(&mut specs, spec);
    }
    check_unannotated(class, &annotations)?;
    Ok(specs)
}

fn annotation_text(annotation: &Value) -> String {
    annotation.as_str().map_or_else(String::new, Str::to_rust_string)
}

/// True for an annotation by that name, with or without a module before it and a subscript after it.
fn is_named(text: &str, name: &str) -> bool {
    let head = text.trim_matches(['\'', '"']).split('[').next().unwrap_or("");
    head.rsplit('.').next() == Some(name)
}

/// Puts a field in its place: that of an earlier one of its name, or the last.
fn put(specs: &mut Vec<Spec>, spec: Spec) {
    match specs.iter_mut().find(|known| known.name == spec.name) {
        Some(slot) => *slot = spec,
        None => specs.push(spec),
    }
}

fn own_field(class: &Class, name: &Str, annotation: &Value, kw_only: bool) -> Result<Spec> {
    let key = name.to_rust_string();
    let bound = class.namespace().find_text(&key).or_else(|| class.lookup(&key));
    let mut spec = match bound.as_ref().and_then(|bound| bound.downcast::<FieldObject>()) {
        Some(field) => {
            let spec = field.0.borrow().clone();
            match &spec.default {
                Some(default) => class.set(&key, default.clone()),
                None => drop(class.delete(&key)),
            }
            spec
        }
        None => Spec::plain(bound.filter(|bound| !is_slot(bound))),
    };
    spec.name = name.clone();
    spec.annotation = annotation.clone();
    spec.kw_only = Some(spec.kw_only.unwrap_or(kw_only));
    if let Some(default) = &spec.default
        && default.py_hash().is_err()
        && default
            .class()
            .lookup("__hash__")
            .is_none_or(|hash| !matches!(hash, Value::Function(_)))
    {
        return Err(mutable_default(default, name));
    }
    Ok(spec)
}

/// A slot's descriptor is no default.
fn is_slot(value: &Value) -> bool {
    value.builtin_type().name == "member_descriptor"
}

#[cold]
fn mutable_default(default: &Value, name: &Str) -> Exc {
    let kind = default.class().full_name();
    exc::value_error(&format!(
        "mutable default <class '{kind}'> for field {name} is not allowed: use default_factory"
    ))
}

fn check_unannotated(class: &Class, annotations: &[(Value, Value)]) -> Result<()> {
    for (name, value) in class.namespace().items() {
        let annotated = annotations.iter().any(|(known, _)| known.as_str() == name.as_str());
        if value.downcast::<FieldObject>().is_some() && !annotated {
            let shown = name.as_str().map_or_else(Str::empty, Str::repr);
            return Err(exc::type_error(&format!(
                "{shown} is a field but has no type annotation"
            )));
        }
    }
    Ok(())
}

/// The fields as `__dataclass_fields__`.
pub fn to_value(specs: &[Spec]) -> Result<Value> {
    let rows = specs.iter().map(|spec| {
        let field = Value::object(FieldObject(RefCell::new(spec.clone())));
        (Value::Str(spec.name.clone()), field)
    });
    Ok(Value::Dict(Dict::from_items(rows)?))
}
