//! `list[int]` and the like: a class with arguments.

use super::{Class, descriptor};
use crate::exc::{self, Result};
use crate::native::{Comparison, Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Field, Kwargs};
use crate::str::{Str, StrBuf};
use crate::tuple::Tuple;
use crate::value::Value;
use crate::{text, types};

/// A class with arguments: calls make instances of the class.
struct GenericAlias {
    origin: Class,
    args: Tuple,
}

impl Native for GenericAlias {
    fn native_type(&self) -> &'static BuiltinType {
        &types::GENERIC_ALIAS
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_str(&self.origin.full_name());
        out.push_ascii("[");
        for (at, arg) in self.args.iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            match arg {
                Value::Class(class) => out.push_str(&class.full_name()),
                Value::Ellipsis => out.push_ascii("..."),
                other => out.push_str(&text::repr(other)?),
            }
        }
        out.push_ascii("]");
        Ok(out.finish())
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let Some(other) = other.downcast::<GenericAlias>() else {
            return Ok(None);
        };
        let equal = Class::same(&self.origin, &other.origin) && self.args.equals(&other.args)?;
        Ok(match op {
            Comparison::Eq => Some(Value::Bool(equal)),
            Comparison::Ne => Some(Value::Bool(!equal)),
            _ => None,
        })
    }

    fn hash(&self, _: &Object) -> Result<i64> {
        self.args.hash()
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        self.origin.call(args, kwargs)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        match name {
            "__origin__" | "__args__" | "__parameters__" | "__class__" => Ok(None),
            "__mro_entries__" => Ok(Some(Value::object(BaseOf(self.origin.clone())))),
            _ => ops::get_attr(&Value::Class(self.origin.clone()), name).map(Some),
        }
    }
}

/// The fields that classes deriving from the type of aliases see.
pub(crate) static FIELDS: &[Field] = &[
    Field {
        name: "__origin__",
        get: |this| Ok(Value::Class(of(this)?.origin.clone())),
        set: None,
    },
    Field {
        name: "__args__",
        get: |this| Ok(Value::Tuple(of(this)?.args.clone())),
        set: None,
    },
    Field {
        name: "__parameters__",
        get: |this| Ok(Value::tuple(of(this)?.parameters())),
        set: None,
    },
];

fn of(this: &Value) -> Result<&GenericAlias> {
    this.payload()
        .downcast()
        .ok_or_else(|| exc::type_error("expected a types.GenericAlias"))
}

/// `types.GenericAlias(origin, args)`.
pub(crate) fn construct(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [origin, args] = crate::args::exactly("GenericAlias", args, kwargs)?;
    match origin {
        Value::Class(origin) => Ok(alias(origin, args)),
        _ => Err(exc::not_implemented_error(
            "GenericAlias() of something that is no class is not supported",
        )),
    }
}

impl GenericAlias {
    /// The type variables among the arguments, each once, those of nested aliases too.
    fn parameters(&self) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        for arg in self.args.iter() {
            let inner = match arg.payload().downcast::<GenericAlias>() {
                Some(nested) => nested.parameters(),
                None if crate::lib::typing::is_variable(arg) => vec![arg.clone()],
                None => Vec::new(),
            };
            for variable in inner {
                if !found.iter().any(|known| ops::is(known, &variable)) {
                    found.push(variable);
                }
            }
        }
        found
    }
}

/// `alias.__mro_entries__`: a class that derives from the alias derives from its class.
struct BaseOf(Class);

impl Native for BaseOf {
    fn native_type(&self) -> &'static BuiltinType {
        &types::BUILTIN_FUNCTION
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let [bases] = crate::args::exactly("__mro_entries__", args, kwargs)?;
        let entry = Value::Class(self.0.clone());
        // `Generic[T]` gives way to a later base that is generic itself.
        let is_generic = crate::lib::typing::is_generic(&self.0);
        let aliases = crate::iter::collect(bases)?;
        let mut later = aliases.iter().rev().take_while(|base| {
            base.downcast::<GenericAlias>()
                .is_none_or(|alias| !Class::same(&alias.origin, &self.0))
        });
        let entries = if is_generic && later.any(|base| base.downcast::<GenericAlias>().is_some()) {
            Vec::new()
        } else {
            vec![entry]
        };
        Ok(Value::tuple(entries))
    }
}

/// `class[args]` as an object.
pub(crate) fn alias(origin: &Class, key: &Value) -> Value {
    let args = match key {
        Value::Tuple(args) => args.clone(),
        only => Tuple::from_array([only.clone()]),
    };
    let origin = origin.clone();
    Value::object(GenericAlias { origin, args })
}

/// Builtin types that take arguments.
const GENERIC: [&str; 14] = [
    "list",
    "dict",
    "tuple",
    "set",
    "frozenset",
    "type",
    "deque",
    "defaultdict",
    "OrderedDict",
    "Counter",
    "enumerate",
    "ChainMap",
    "partial",
    "Queue",
];

/// `class[key]`.
///
/// # Errors
/// TypeError when the class takes no arguments; what `__class_getitem__` raises.
pub(crate) fn subscript(object: &Value, key: &Value) -> Result<Value> {
    let Value::Class(class) = object else {
        return Err(not_subscriptable(object));
    };
    if class.meta_lookup("__getitem__").is_some()
        && let Some(answer) = ops::call_special(object, "__getitem__", std::slice::from_ref(key))?
    {
        return Ok(answer);
    }
    if let Some(found) = class.lookup("__class_getitem__") {
        let bound = descriptor::bind(&found, Some(object), class)?.unwrap_or(found);
        return ops::call(&bound, std::slice::from_ref(key));
    }
    if !class
        .mro()
        .filter_map(Class::builtin)
        .any(|builtin| GENERIC.contains(&builtin.name))
    {
        return Err(not_subscriptable(object));
    }
    Ok(alias(class, key))
}

#[cold]
fn not_subscriptable(object: &Value) -> exc::Exc {
    match object {
        Value::Class(class) => exc::type_error(&format!("type '{}' is not subscriptable", class.name())),
        other => exc::type_error(&format!("'{}' object is not subscriptable", other.type_name())),
    }
}
