//! The class statement.

use std::cell::UnsafeCell;

use super::descriptor::{ClassMethod, StaticMethod};
use super::linearise::linearise;
use super::lookup::Memory;
use super::metaclass::{self, Winner};
use super::{Class, ClassData, abstracts, slots};
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::ops;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::types;
use crate::value::Value;

impl Class {
    /// `class name(*bases, **kwargs)` with this body, names in the order they were bound.
    ///
    /// # Errors
    /// TypeError for bases that do not go together; what the metaclass, `__set_name__` and `__init_subclass__` raise.
    pub fn build(
        name: &str,
        qualname: &str,
        module: &str,
        bases: &[Value],
        namespace: Vec<(Str, Value)>,
        kwargs: Kwargs,
    ) -> Result<Value> {
        let resolved = metaclass::resolve_bases(bases)?;
        let mut body = vec![(Str::from("__module__"), Value::str(module))];
        body.push((Str::from("__qualname__"), Value::str(qualname)));
        body.extend(namespace);
        if let Some(original) = resolved.original {
            body.push((Str::from("__orig_bases__"), original));
        }
        if let Some(maker) = resolved.maker {
            return maker(&Str::from(name), &resolved.bases, body, kwargs);
        }
        let (given, kwargs) = metaclass::split(kwargs);
        match metaclass::winner(given.as_ref(), &resolved.bases)? {
            Winner::Class(meta) if meta.builtin().is_none() => {
                metaclass::call(&Value::Class(meta), name, &resolved.bases, body, &kwargs)
            }
            Winner::Other(callable) => metaclass::call(&callable, name, &resolved.bases, body, &kwargs),
            Winner::Class(meta) => {
                let bases = base_classes(&resolved.bases)?;
                Class::finish(meta, Str::from(name), bases, body, &kwargs)
            }
        }
    }

    /// Makes the class and tells everyone concerned of it: what `type.__new__` does.
    pub(super) fn finish(
        meta: Class,
        name: Str,
        bases: Vec<Class>,
        body: Vec<(Str, Value)>,
        kwargs: Kwargs,
    ) -> Result<Value> {
        let class = build_class(name.clone(), name, bases, body, meta)?;
        class.join_bases();
        class.name_attributes()?;
        class.tell_base(kwargs)?;
        Ok(Value::Class(class))
    }

    /// Calls `__set_name__` of the attributes that have it.
    fn name_attributes(&self) -> Result<()> {
        for (name, value) in self.namespace().items() {
            if let Value::Instance(instance) = &value
                && let Some(hook) = instance.class().lookup("__set_name__")
            {
                ops::call(&hook, &[value.clone(), Value::Class(self.clone()), name])?;
            } else if let Value::Object(object) = &value {
                object.native().set_name(self, &name)?;
            }
        }
        Ok(())
    }

    /// Calls `__init_subclass__` of the class this one derives from.
    fn tell_base(&self, kwargs: Kwargs) -> Result<()> {
        let Some(hook) = self.lookup_after(self, "__init_subclass__") else {
            return Ok(());
        };
        let receiver = Value::Class(self.clone());
        let bound = super::descriptor::bind(&hook, Some(&receiver), self)?.unwrap_or(hook);
        ops::call_kw(&bound, &[], kwargs).map(drop)
    }
}

/// The bases as classes; `object` where there is none.
pub(super) fn base_classes(bases: &[Value]) -> Result<Vec<Class>> {
    let mut classes = Vec::with_capacity(bases.len());
    for base in bases {
        match base {
            Value::Class(class) if class.builtin().is_none_or(|builtin| builtin.open) => classes.push(class.clone()),
            Value::Class(class) => {
                return Err(exc::type_error(&format!(
                    "type '{}' is not an acceptable base type",
                    class.full_name()
                )));
            }
            other => {
                let kind = other.type_name();
                return Err(exc::type_error(&format!("{kind} object cannot be a base of a class")));
            }
        }
    }
    if classes.is_empty() {
        classes.push(types::OBJECT.class().clone());
    }
    Ok(classes)
}

/// Makes the class object; hooks are the caller's.
pub(super) fn build_class(
    name: Str,
    qualname: Str,
    bases: Vec<Class>,
    body: Vec<(Str, Value)>,
    meta: Class,
) -> Result<Class> {
    let rest = linearise(&bases)?;
    let solid = solid_base(&bases)?;
    let namespace = Dict::from_items(body.into_iter().map(|(name, value)| (Value::Str(name), value)))?;
    let qualname = match namespace.take_text("__qualname__") {
        Some(Value::Str(given)) => given,
        _ => qualname,
    };
    settle(&namespace);
    let inherited_dict = bases.iter().any(Class::has_dict);
    let base_slots = bases.iter().map(Class::slot_count).max().unwrap_or(0);
    let (has_dict, slot_count) = add_slots(&namespace, &name, inherited_dict, base_slots)?;
    let abstract_names = if meta.solid().derives_from(&abstracts::ABC_META) {
        abstracts::names(&namespace, &bases, &rest)?
    } else {
        Vec::new()
    };
    Ok(Class(Ref::new(ClassData {
        name: UnsafeCell::new(name),
        qualname: UnsafeCell::new(qualname),
        bases,
        rest,
        namespace,
        builtin: None,
        solid,
        slot_count,
        has_dict,
        meta: (!Class::same(&meta, types::TYPE.class())).then_some(meta),
        registered: UnsafeCell::default(),
        abstract_names,
        memory: Memory::default(),
    })))
}

/// The builtin type that fixes the layout of instances.
fn solid_base(bases: &[Class]) -> Result<&'static BuiltinType> {
    let mut solid: &'static BuiltinType = &types::OBJECT;
    for base in bases {
        let candidate = base.solid();
        let exceptions = |kind: &'static BuiltinType| kind.derives_from(&exc::hierarchy::BASE_EXCEPTION);
        if candidate.derives_from(solid) {
            solid = candidate;
        } else if !(solid.derives_from(candidate) || exceptions(solid) && exceptions(candidate)) {
            return Err(exc::type_error("multiple bases have instance lay-out conflict"));
        }
    }
    Ok(solid)
}

/// What the class statement does to some names: implicit static and class methods, `__hash__` beside `__eq__`.
fn settle(namespace: &Dict<Value, Value>) {
    if let Some(function @ Value::Function(_)) = namespace.find_text("__new__") {
        namespace.set_text("__new__", Value::object(StaticMethod { function }));
    }
    for name in ["__init_subclass__", "__class_getitem__"] {
        if let Some(function @ Value::Function(_)) = namespace.find_text(name) {
            namespace.set_text(name, Value::object(ClassMethod { function }));
        }
    }
    if namespace.find_text("__eq__").is_some() && namespace.find_text("__hash__").is_none() {
        namespace.set_text("__hash__", Value::None);
    }
    if namespace.find_text("__doc__").is_none() {
        namespace.set_text("__doc__", Value::None);
    }
}

/// Adds the slots a class declares; tells whether instances have a `__dict__`, and how many slots.
fn add_slots(
    namespace: &Dict<Value, Value>,
    class_name: &Str,
    inherited_dict: bool,
    base_slots: usize,
) -> Result<(bool, usize)> {
    let Some(declared) = namespace.find_text("__slots__") else {
        return Ok((true, base_slots));
    };
    let (mut has_dict, mut count) = (inherited_dict, base_slots);
    let mut added: Vec<String> = Vec::new();
    for name in slots::names(&declared)? {
        match &*name.to_rust_string() {
            "__dict__" => has_dict = true,
            "__weakref__" => {}
            // The same name twice is one slot.
            text if added.iter().any(|known| known == text) => {}
            text if namespace.find_text(text).is_some() => {
                return Err(exc::value_error(&format!(
                    "'{text}' in __slots__ conflicts with class variable"
                )));
            }
            _ => {
                let (name, slot) = slots::slot(&name, class_name, count);
                namespace.set_text(&name.to_rust_string(), slot);
                added.push(name.to_rust_string());
                count += 1;
            }
        }
    }
    Ok((has_dict, count))
}
