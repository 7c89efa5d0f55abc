//! Classes and functions by name, as both sides of a proof write them: builtins bare, the program's own with a leading
//! dot, all others with their module.

use crate::bytes::Bytes;
use crate::class::Class;
use crate::str::Str;
use crate::value::Value;
use crate::{attr, builtins, modules, ops, vessel};

/// The name of a class or function.
pub fn qualified(value: &Value) -> Option<String> {
    match value {
        Value::Class(class) => Some(of_class(class)),
        Value::Function(function) => Some(format!(".{}", function.qualname().to_rust_string())),
        Value::Builtin(function) => Some(function.name.to_string()),
        _ => None,
    }
}

/// The name of a class.
pub fn of_class(class: &Class) -> String {
    match class.builtin() {
        Some(builtin) => builtin.dotted_name(),
        None => format!(".{}", class.qualname().to_rust_string()),
    }
}

/// The instances of the class are members of an enumeration.
pub fn is_enumeration(class: &Class) -> bool {
    let makes_enumerations = |meta: &Class| meta.full_name().to_rust_string() == "enum.EnumType";
    class
        .special_meta()
        .is_some_and(|meta| meta.mro().any(makes_enumerations))
}

/// The name of a member; nothing where it has none of its own.
pub fn of_member(member: &Value) -> Str {
    match attr::get_attr(member, "_name_") {
        Ok(Value::Str(name)) => name,
        _ => Str::empty(),
    }
}

/// A bytearray of these bytes.
pub fn bytearray(content: &[u8]) -> Option<Value> {
    ops::call(&builtins::get("bytearray")?, &[Value::Bytes(Bytes::from(content))]).ok()
}

/// The bytes of a bytearray; `None` for any other value.
pub fn bytearray_content(value: &Value) -> Option<Bytes> {
    let kind = value.builtin_type();
    if kind.name != "bytearray" || kind.module != "builtins" {
        return None;
    }
    match ops::call(&builtins::get("bytes")?, std::slice::from_ref(value)) {
        Ok(Value::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

/// The class or function of a name; `None` where there is none.
pub fn resolve(name: &str) -> Option<Value> {
    if let Some(own) = name.strip_prefix('.') {
        return vessel::global(own);
    }
    match name.rsplit_once('.') {
        Some((module, attribute)) => modules::attr(module, attribute),
        None => builtins::get(name),
    }
}
