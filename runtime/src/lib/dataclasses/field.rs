//! `field()` and `Field`.

use std::cell::RefCell;

use crate::builtins::construct;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// What a dataclass knows of one field.
#[derive(Clone)]
pub struct Spec {
    pub name: Str,
    pub annotation: Value,
    pub default: Option<Value>,
    pub factory: Option<Value>,
    pub init: bool,
    pub repr: bool,
    /// None follows `compare`.
    pub hash: Option<bool>,
    pub compare: bool,
    /// None follows the class.
    pub kw_only: Option<bool>,
    /// An `InitVar`: an argument of `__init__` that `__post_init__` gets, no attribute.
    pub init_only: bool,
    metadata: Value,
}

impl Spec {
    /// A field with nothing but a default.
    pub fn plain(default: Option<Value>) -> Spec {
        Spec {
            name: Str::empty(),
            annotation: Value::None,
            default,
            factory: None,
            init: true,
            repr: true,
            hash: None,
            compare: true,
            kw_only: None,
            init_only: false,
            metadata: Value::None,
        }
    }
}

/// `dataclasses.Field`.
pub struct FieldObject(pub RefCell<Spec>);

/// A sentinel: `MISSING`, `KW_ONLY`.
struct Sentinel(&'static BuiltinType);

impl Native for Sentinel {
    fn native_type(&self) -> &'static BuiltinType {
        self.0
    }
}

static MISSING_TYPE: BuiltinType = BuiltinType::closed("_MISSING_TYPE", "dataclasses");
static KW_ONLY_TYPE: BuiltinType = BuiltinType::closed("_KW_ONLY_TYPE", "dataclasses");

pub fn missing() -> Value {
    Value::object(Sentinel(&MISSING_TYPE))
}

pub fn kw_only() -> Value {
    Value::object(Sentinel(&KW_ONLY_TYPE))
}

/// The one `MISSING` that programs see.
fn shared_missing() -> Value {
    crate::modules::member(&super::MODULE, "MISSING").unwrap_or(Value::None)
}

/// An argument that is given and is not `MISSING`.
fn given(value: Option<&Value>) -> Option<Value> {
    value
        .filter(|value| !std::ptr::eq(value.builtin_type(), &MISSING_TYPE))
        .cloned()
}

fn flag(value: Option<&Value>, default: bool) -> Result<bool> {
    value.map_or(Ok(default), ops::truthy)
}

fn field(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    const NAMES: &[&str] = &[
        "default",
        "default_factory",
        "init",
        "repr",
        "hash",
        "compare",
        "metadata",
        "kw_only",
    ];
    static PARAMS: PyParams = PyParams::new("field", NAMES, 0).positional(0);
    let [default, factory, init, repr, hash, compare, metadata, kw_only] = PARAMS.read(args, kwargs)?;
    let (default, factory) = (given(default), given(factory));
    if default.is_some() && factory.is_some() {
        return Err(exc::value_error("cannot specify both default and default_factory"));
    }
    let hash = hash.filter(|hash| !matches!(hash, Value::None));
    Ok(Value::object(FieldObject(RefCell::new(Spec {
        name: Str::empty(),
        annotation: Value::None,
        default,
        factory,
        init: flag(init, true)?,
        repr: flag(repr, true)?,
        hash: hash.map(ops::truthy).transpose()?,
        compare: flag(compare, true)?,
        kw_only: given(kw_only).as_ref().map(ops::truthy).transpose()?,
        init_only: false,
        metadata: metadata.cloned().unwrap_or(Value::None),
    }))))
}

impl FieldObject {
    fn part(&self, name: &str) -> Result<Option<Value>> {
        let spec = self.0.borrow();
        Ok(Some(match name {
            "name" => Value::Str(spec.name.clone()),
            "type" => spec.annotation.clone(),
            "default" => spec.default.clone().unwrap_or_else(shared_missing),
            "default_factory" => spec.factory.clone().unwrap_or_else(shared_missing),
            "init" => Value::Bool(spec.init),
            "repr" => Value::Bool(spec.repr),
            "hash" => spec.hash.map_or(Value::None, Value::Bool),
            "compare" => Value::Bool(spec.compare),
            "kw_only" => Value::Bool(spec.kw_only.unwrap_or(false)),
            "metadata" => {
                let metadata = spec.metadata.clone();
                let dict = if let Value::None = metadata {
                    Value::Dict(Dict::new())
                } else {
                    metadata
                };
                construct::mapping_proxy(&[dict], &[])?
            }
            _ => return Ok(None),
        }))
    }
}

impl Native for FieldObject {
    fn native_type(&self) -> &'static BuiltinType {
        &FIELD
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii("Field(");
        for name in [
            "name",
            "type",
            "default",
            "default_factory",
            "init",
            "repr",
            "hash",
            "compare",
            "metadata",
            "kw_only",
        ] {
            out.push_ascii(name);
            out.push_ascii("=");
            text::repr_into(&self.part(name)?.unwrap_or(Value::None), &mut out)?;
            out.push_ascii(",");
        }
        out.push_ascii("_field_type=_FIELD)");
        Ok(out.finish())
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        self.part(name)
    }
}

pub static FIELD: BuiltinType = BuiltinType::closed("Field", "dataclasses");
pub static FIELD_ROW: NativeFn = NativeFn {
    name: "field",
    effects: Effects::READS_ARGS,
    call: field,
};
