//! `typing.NamedTuple`: a named tuple whose fields are the annotated names of a class body; and `TypedDict`.

use crate::class::Class;
use crate::class::descriptor::StaticMethod;
use crate::exc::{self, Result};
use crate::lib::collections::namedtuple;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::str::Str;
use crate::text;
use crate::types;
use crate::value::Value;

/// `typing.NamedTuple`.
struct NamedTuple;

pub(super) fn named_tuple() -> Value {
    Value::object(NamedTuple)
}

impl Native for NamedTuple {
    fn native_type(&self) -> &'static BuiltinType {
        &types::FUNCTION
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        Ok(Str::from(format!("<function NamedTuple at {:#x}>", this.address())))
    }

    fn callable(&self) -> bool {
        true
    }

    /// `NamedTuple("P", [("x", int)])`
    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let ([name, fields], []) = (args, kwargs) else {
            return Err(exc::not_implemented_error("this form of NamedTuple() is not supported"));
        };
        let mut names = Vec::new();
        for pair in crate::iter::collect(fields)? {
            let [field, _]: [Value; 2] = crate::iter::unpack(&pair)?;
            names.push(text::str_of(&field)?);
        }
        namedtuple::build(&text::str_of(name)?, names, Vec::new(), "__main__")
    }

    fn class_maker(&self) -> Option<crate::class::Maker> {
        Some(make)
    }
}

/// What a class body may not bind.
const PROHIBITED: [&str; 10] = [
    "__new__",
    "__init__",
    "__slots__",
    "__getnewargs__",
    "_fields",
    "_field_defaults",
    "_field_types",
    "_make",
    "_replace",
    "_asdict",
];

fn make(name: &Str, _bases: &[Value], body: Vec<(Str, Value)>, _kwargs: Kwargs) -> Result<Value> {
    let value_of = |wanted: &str| body.iter().find(|(name, _)| *name == *wanted).map(|(_, value)| value);
    let annotated = match value_of("__annotations__") {
        Some(Value::Dict(annotations)) => annotations.keys(),
        _ => Vec::new(),
    };
    let fields: Vec<Str> = annotated.iter().filter_map(Value::as_str).cloned().collect();
    let mut defaults: Vec<(Str, Value)> = Vec::new();
    for field in &fields {
        match (value_of(&field.to_rust_string()), defaults.first()) {
            (Some(default), _) => defaults.push((field.clone(), default.clone())),
            (None, None) => {}
            (None, Some(_)) => return Err(misplaced(field, &defaults)),
        }
    }
    let module = value_of("__module__").map_or(Ok(Str::from("__main__")), text::str_of)?;
    let values = defaults.into_iter().map(|(_, value)| value).collect();
    let class = namedtuple::build(name, fields.clone(), values, &module.to_rust_string())?;
    for (key, value) in body {
        let text = key.to_rust_string();
        if PROHIBITED.contains(&text.as_str()) {
            return Err(exc::attribute_error(&format!(
                "Cannot overwrite NamedTuple attribute {text}"
            )));
        }
        if !matches!(text.as_str(), "__module__" | "__name__") && !fields.contains(&key) {
            ops::set_attr(&class, &text, value)?;
        }
    }
    Ok(class)
}

#[cold]
fn misplaced(field: &Str, defaults: &[(Str, Value)]) -> exc::Exc {
    let names: Vec<String> = defaults.iter().map(|(name, _)| name.to_rust_string()).collect();
    let plural = if names.len() > 1 { "s" } else { "" };
    exc::type_error(&format!(
        "non-default namedtuple field {field} cannot follow default field{plural} {}",
        names.join(", ")
    ))
}

/// `typing.TypedDict`.
struct TypedDict;

pub(super) fn typed_dict() -> Value {
    Value::object(TypedDict)
}

impl Native for TypedDict {
    fn native_type(&self) -> &'static BuiltinType {
        &types::FUNCTION
    }

    fn callable(&self) -> bool {
        true
    }

    /// `TypedDict("T", {"x": int})`
    fn call(&self, args: &[Value], _kwargs: Kwargs) -> Result<Value> {
        match args.first().and_then(Value::as_str) {
            Some(name) => make_dict(name, &[], Vec::new(), &[]),
            None => Err(exc::type_error("TypedDict() takes a name")),
        }
    }

    fn class_maker(&self) -> Option<crate::class::Maker> {
        Some(make_dict)
    }
}

/// A class whose calls make plain dicts.
fn make_dict(name: &Str, _bases: &[Value], mut body: Vec<(Str, Value)>, _kwargs: Kwargs) -> Result<Value> {
    static NEW: NativeFn = NativeFn {
        name: "__new__",
        effects: Effects::READS_ARGS,
        call: |args, kwargs| types::DICT.call(args.get(1..).unwrap_or_default(), kwargs),
    };
    let new = StaticMethod {
        function: Value::Builtin(&NEW),
    };
    body.push((Str::from("__new__"), Value::object(new)));
    let module = body
        .iter()
        .find(|(key, _)| *key == *"__module__")
        .map(|(_, value)| value.clone());
    let module = module.map_or(Ok(Str::from("__main__")), |module| text::str_of(&module))?;
    let (name, module) = (name.to_rust_string(), module.to_rust_string());
    let bases = [Value::Class(types::DICT.class().clone())];
    Class::build(&name, &name, &module, &bases, body, &[])
}
