//! Metaclasses: which one makes a class, and how it is asked to.

use super::build::base_classes;
use super::{Class, descriptor};
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::ops;
use crate::registry::Kwargs;
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// What makes a class.
pub(super) enum Winner {
    Class(Class),
    /// A callable that is no class.
    Other(Value),
}

/// What makes a class of special bases: `typing.NamedTuple` and its kind.
pub type Maker = fn(&Str, &[Value], Vec<(Str, Value)>, Kwargs) -> Result<Value>;

/// The bases as they count.
pub(super) struct Resolved {
    pub bases: Vec<Value>,
    /// `__orig_bases__`, where it differs.
    pub original: Option<Value>,
    pub maker: Option<Maker>,
}

/// Replaces bases that are no classes by what their `__mro_entries__` answers: `Generic[T]` by `Generic`.
pub(super) fn resolve_bases(bases: &[Value]) -> Result<Resolved> {
    let mut resolved = Resolved {
        bases: Vec::with_capacity(bases.len()),
        original: None,
        maker: None,
    };
    for base in bases {
        if let Value::Object(object) = base {
            resolved.maker = resolved.maker.or(object.native().class_maker());
        }
        let hook = match base {
            Value::Class(_) => None,
            other => ops::get_attr_or_none(other, "__mro_entries__")?,
        };
        match hook {
            None => resolved.bases.push(base.clone()),
            Some(hook) => {
                let original = Value::tuple(bases.to_vec());
                let entries = ops::call(&hook, std::slice::from_ref(&original))?;
                resolved.bases.extend(crate::iter::collect(&entries)?);
                resolved.original = Some(original);
            }
        }
    }
    Ok(resolved)
}

/// The `metaclass=` argument, and the others.
pub(super) fn split(kwargs: Kwargs) -> (Option<Value>, Vec<(Str, Value)>) {
    let is_meta = |name: &Str| *name == *"metaclass";
    let given = kwargs
        .iter()
        .find(|(name, _)| is_meta(name))
        .map(|(_, value)| value.clone());
    (
        given,
        kwargs.iter().filter(|(name, _)| !is_meta(name)).cloned().collect(),
    )
}

/// The most derived of the metaclass given and those of the bases.
pub(super) fn winner(given: Option<&Value>, bases: &[Value]) -> Result<Winner> {
    let mut winner = match given {
        None => types::TYPE.class().clone(),
        Some(Value::Class(meta)) => meta.clone(),
        Some(other) => return Ok(Winner::Other(other.clone())),
    };
    for base in bases {
        let Value::Class(base) = base else { continue };
        let meta = base.meta();
        if winner.is_subclass(&meta) {
            continue;
        }
        if !meta.is_subclass(&winner) {
            return Err(exc::type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses \
                 of all its bases",
            ));
        }
        winner = meta;
    }
    Ok(Winner::Class(winner))
}

/// `meta(name, bases, namespace, **kwargs)`, the namespace being what `__prepare__` gives, filled with the body.
pub(super) fn call(
    meta: &Value,
    name: &str,
    bases: &[Value],
    body: Vec<(Str, Value)>,
    kwargs: Kwargs,
) -> Result<Value> {
    let (name, bases) = (Value::str(name), Value::tuple(bases.to_vec()));
    let namespace = match ops::get_attr_or_none(meta, "__prepare__")? {
        Some(prepare) => ops::call_kw(&prepare, &[name.clone(), bases.clone()], kwargs)?,
        None => Value::Dict(Dict::new()),
    };
    for (key, value) in body {
        ops::set_item(&namespace, &Value::Str(key), value)?;
    }
    ops::call_kw(meta, &[name, bases, namespace], kwargs)
}

/// `type.__new__(meta, name, bases, namespace, **kwargs)`.
///
/// # Errors
/// TypeError for arguments that do not describe a class.
pub fn type_new(meta: &Class, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [name, bases, namespace] = args else {
        return Err(exc::type_error(&format!(
            "type.__new__() takes exactly 3 arguments ({} given)",
            args.len()
        )));
    };
    let (Some(text), Value::Tuple(bases), Some(names)) = (name.as_str(), bases, namespace.as_dict()) else {
        return Err(not_a_class_description(name, bases, namespace));
    };
    let names = names
        .items()
        .into_iter()
        .filter_map(|(key, value)| Some((key.as_str()?.clone(), value)));
    let mut body: Vec<(Str, Value)> = names.collect();
    if !body.iter().any(|(name, _)| *name == *"__module__") {
        body.insert(0, (Str::from("__module__"), Value::str("__main__")));
    }
    let bases: Vec<Value> = bases.iter().cloned().collect();
    match winner(Some(&Value::Class(meta.clone())), &bases)? {
        Winner::Class(meta) => Class::finish(meta, text.clone(), base_classes(&bases)?, body, kwargs),
        Winner::Other(_) => unreachable!("a class was given"),
    }
}

#[cold]
fn not_a_class_description(name: &Value, bases: &Value, namespace: &Value) -> exc::Exc {
    let (position, wanted, given) = match (name.as_str(), bases) {
        (Some(_), Value::Tuple(_)) => (3, "dict", namespace),
        (Some(_), _) => (2, "tuple", bases),
        _ => (1, "str", name),
    };
    let kind = given.type_name();
    exc::type_error(&format!(
        "type.__new__() argument {position} must be {wanted}, not {kind}"
    ))
}

impl Class {
    /// What the metaclass makes of a call of the class; None where it is what `type` makes of it.
    ///
    /// # Errors
    /// What the metaclass's `__call__` raises.
    pub(super) fn call_through_meta(&self, args: &[Value], kwargs: Kwargs) -> Option<Result<Value>> {
        let hook = self.meta_lookup("__call__")?;
        let this = Value::Class(self.clone());
        let meta = self.meta();
        Some(match descriptor::bind(&hook, Some(&this), &meta) {
            Ok(bound) => ops::call_kw(&bound.unwrap_or(hook), args, kwargs),
            Err(failure) => Err(failure),
        })
    }
}
