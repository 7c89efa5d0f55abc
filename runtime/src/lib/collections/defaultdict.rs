//! `collections.defaultdict`.

use std::cell::RefCell;

use super::extended::dict_protocols;
use crate::builtins::construct;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::iter::{Iter, Part};
use crate::lib::convert::is_callable;
use crate::lib::params::none;
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text::{self, ReprGuard};
use crate::types::DICT;
use crate::value::Value;

/// A dict that makes the values it lacks.
pub struct DefaultDict {
    dict: Dict<Value, Value>,
    payload: Value,
    factory: RefCell<Value>,
}

impl DefaultDict {
    /// Extends `dict`; `factory` is a callable or None.
    pub fn value(factory: Value, dict: Dict<Value, Value>) -> Value {
        let payload = Value::Dict(dict.clone());
        Value::object(DefaultDict {
            dict,
            payload,
            factory: RefCell::new(factory),
        })
    }

    /// What makes missing values: a callable or None.
    pub fn factory(&self) -> Value {
        self.factory.borrow().clone()
    }

    fn missing(&self, key: &Value) -> Result<Value> {
        let factory = self.factory();
        if let Value::None = factory {
            return Err(exc::key_error(key));
        }
        let made = ops::call(&factory, &[])?;
        self.dict.set(key.clone(), made.clone())?;
        Ok(made)
    }
}

impl Native for DefaultDict {
    fn native_type(&self) -> &'static BuiltinType {
        &DEFAULT_DICT
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii("defaultdict(");
        // A factory that refers to the dict itself is shown as an ellipsis.
        match ReprGuard::enter(this.address())? {
            Some(_guard) => out.push_str(&text::repr(&self.factory())?),
            None => out.push_ascii("..."),
        }
        out.push_ascii(", ");
        text::repr_into(&self.payload, &mut out)?;
        out.push_ascii(")");
        Ok(out.finish())
    }

    dict_protocols!();

    fn get_item(&self, key: &Value) -> Result<Value> {
        match self.dict.find_value(key)? {
            Some(value) => Ok(value),
            None => self.missing(key),
        }
    }

    fn del_item(&self, key: &Value) -> Result<()> {
        self.dict.delete(key)
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        compare_dicts(&self.dict, op, other)
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        let (Operator::BitOr, Some(other)) = (op, other.as_dict()) else {
            return Ok(None);
        };
        let merged = match side {
            Side::Left => self.dict.merged(other)?,
            Side::Right => other.merged(&self.dict)?,
        };
        Ok(Some(DefaultDict::value(self.factory(), merged)))
    }
}

/// `==` and `!=` of dicts; None for anything else.
pub fn compare_dicts(dict: &Dict<Value, Value>, op: Comparison, other: &Value) -> Result<Option<Value>> {
    let Some(other) = other.as_dict() else { return Ok(None) };
    Ok(match op {
        Comparison::Eq => Some(Value::Bool(dict.equals(other)?)),
        Comparison::Ne => Some(Value::Bool(!dict.equals(other)?)),
        _ => None,
    })
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let factory = args.first().cloned().unwrap_or(Value::None);
    if !matches!(factory, Value::None) && !is_callable(&factory) {
        return Err(exc::type_error("first argument must be callable or None"));
    }
    let rest = args.get(1..).unwrap_or(&[]);
    match construct::dict(rest, kwargs)? {
        Value::Dict(dict) => Ok(DefaultDict::value(factory, dict)),
        other => Ok(other),
    }
}

fn this(receiver: &Value) -> Result<&DefaultDict> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 'collections.defaultdict' object"))
}

fn missing(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    this(receiver)?.missing(crate::lib::params::one("defaultdict.__missing__", args, kwargs)?)
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("defaultdict.copy", args, kwargs)?;
    let this = this(receiver)?;
    Ok(DefaultDict::value(this.factory(), this.dict.copy()))
}

static METHODS: &[Method] = &[
    Method {
        name: "__missing__",
        effects: Effects::MUTATES_ARGS.union(Effects::CALLS_BACK),
        call: missing,
    },
    Method {
        name: "copy",
        effects: Effects::READS_ARGS,
        call: copy,
    },
    Method {
        name: "__copy__",
        effects: Effects::READS_ARGS,
        call: copy,
    },
];

static FIELDS: &[Field] = &[Field {
    name: "default_factory",
    get: |receiver| Ok(this(receiver)?.factory()),
    set: Some(|receiver, value| {
        *this(receiver)?.factory.borrow_mut() = value;
        Ok(())
    }),
}];

pub static DEFAULT_DICT: BuiltinType = BuiltinType::new("defaultdict", "collections", new)
    .in_c()
    .base(&DICT)
    .protocols(&[crate::methods::protocol::OWN_TEXT])
    .methods(METHODS)
    .fields(FIELDS);
