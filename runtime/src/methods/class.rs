//! Attributes that classes themselves have, and the read-only view of a class's `__dict__`.

use crate::class::Class;
use crate::dict::Dict;
use crate::exc::Result;
use crate::iter::{Iter, Part};
use crate::native::{Comparison, Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::{Str, StrBuf};
use crate::types;
use crate::value::Value;

/// `class.name` for the names that describe the class itself; None for any other.
pub fn attribute(class: &Class, name: &str) -> Option<Value> {
    Some(match name {
        "__name__" => Value::Str(class.name()),
        "__qualname__" => Value::Str(class.qualname()),
        "__module__" => class.module(),
        "__bases__" => Value::tuple(class.bases().iter().cloned().map(Value::Class).collect()),
        "__base__" => class.bases().first().cloned().map_or(Value::None, Value::Class),
        "__mro__" => Value::tuple(mro_of(class)),
        "__class__" => Value::Class(class.meta()),
        "__dict__" => Value::object(MappingProxy {
            dict: class.namespace().clone(),
        }),
        "__abstractmethods__" if !class.abstract_names().is_empty() => abstract_methods(class),
        "mro" => Value::object(Mro(class.clone())),
        _ => return None,
    })
}

fn mro_of(class: &Class) -> Vec<Value> {
    class.mro().cloned().map(Value::Class).collect()
}

fn abstract_methods(class: &Class) -> Value {
    let names = class.abstract_names().iter().map(|name| Value::str(name));
    match crate::set::Set::from_items(names) {
        Ok(set) => Value::FrozenSet(crate::set::FrozenSet::from_set(set)),
        Err(_) => Value::None,
    }
}

/// `class.mro`, bound.
struct Mro(Class);

impl Native for Mro {
    fn native_type(&self) -> &'static BuiltinType {
        &types::BUILTIN_FUNCTION
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let [] = crate::args::exactly("type.mro", args, kwargs)?;
        Ok(Value::list(mro_of(&self.0)))
    }
}

/// `types.MappingProxyType(dict)`.
pub struct MappingProxy {
    pub dict: Dict<Value, Value>,
}

impl Native for MappingProxy {
    fn native_type(&self) -> &'static BuiltinType {
        &types::MAPPING_PROXY
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii("mappingproxy(");
        crate::elem::Elem::py_repr(&self.dict, &mut out)?;
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn str(&self, _: &Object) -> Result<Str> {
        crate::text::str_of(&Value::Dict(self.dict.clone()))
    }

    fn len(&self) -> Option<Result<usize>> {
        Some(Ok(self.dict.len()))
    }

    fn iter(&self, _: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Dict {
            walk: self.dict.iter(),
            part: Part::Keys,
        }))
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        self.dict.get(key)
    }

    fn contains(&self, item: &Value) -> Result<Option<bool>> {
        self.dict.contains(item).map(Some)
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        ops::compare(op, &Value::Dict(self.dict.clone()), other).map(Some)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        match name {
            "get" | "keys" | "values" | "items" | "copy" => {
                ops::get_attr(&Value::Dict(self.dict.clone()), name).map(Some)
            }
            _ => Ok(None),
        }
    }
}
