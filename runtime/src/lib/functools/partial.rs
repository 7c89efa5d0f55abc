//! `functools.partial`.

use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::lib::convert::is_callable;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Field, Kwargs};
use crate::str::{Str, StrBuf};
use crate::text::{self, ReprGuard};
use crate::value::Value;

/// A callable with some of its arguments given.
pub struct Partial {
    function: Value,
    args: Vec<Value>,
    kwargs: Vec<(Str, Value)>,
    attrs: Dict<Value, Value>,
}

/// The function that a `partial` calls.
pub fn wrapped(value: &Value) -> Option<&Value> {
    value.downcast::<Partial>().map(|partial| &partial.function)
}

impl Partial {
    /// `partial(function, *args, **kwargs)`.
    pub fn value(function: Value, args: Vec<Value>, kwargs: Vec<(Str, Value)>) -> Value {
        Value::object(Partial {
            function,
            args,
            kwargs,
            attrs: Dict::new(),
        })
    }
}

/// Keywords with later ones in the place of earlier ones of the same name.
fn merged(first: &[(Str, Value)], second: Kwargs) -> Vec<(Str, Value)> {
    let mut all = first.to_vec();
    for (key, value) in second {
        match all.iter_mut().find(|(known, _)| known == key) {
            Some(slot) => slot.1 = value.clone(),
            None => all.push((key.clone(), value.clone())),
        }
    }
    all
}

impl Native for Partial {
    fn native_type(&self) -> &'static BuiltinType {
        &PARTIAL
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        let Some(_guard) = ReprGuard::enter(this.address())? else {
            return Ok(crate::lit!("..."));
        };
        let mut out = StrBuf::new();
        out.push_ascii("functools.partial(");
        text::repr_into(&self.function, &mut out)?;
        for arg in &self.args {
            out.push_ascii(", ");
            text::repr_into(arg, &mut out)?;
        }
        for (key, value) in &self.kwargs {
            out.push_ascii(", ");
            out.push_str(key);
            out.push_ascii("=");
            text::repr_into(value, &mut out)?;
        }
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let all: Vec<Value> = self.args.iter().chain(args).cloned().collect();
        if self.kwargs.is_empty() {
            return ops::call_kw(&self.function, &all, kwargs);
        }
        ops::call_kw(&self.function, &all, &merged(&self.kwargs, kwargs))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "__dict__" => Some(Value::Dict(self.attrs.clone())),
            _ => self.attrs.find_text(name),
        })
    }

    fn set_attr(&self, name: &str, value: Value) -> Result<bool> {
        self.attrs.set_text(name, value);
        Ok(true)
    }

    fn del_attr(&self, name: &str) -> Result<bool> {
        Ok(self.attrs.take_text(name).is_some())
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let Some((function, args)) = args.split_first() else {
        return Err(exc::type_error("type 'partial' takes at least one argument"));
    };
    if !is_callable(function) {
        return Err(exc::type_error("the first argument must be callable"));
    }
    // A partial of a partial becomes one.
    match function.downcast::<Partial>() {
        Some(inner) if inner.attrs.is_empty() => {
            let args = inner.args.iter().chain(args).cloned().collect();
            Ok(Partial::value(
                inner.function.clone(),
                args,
                merged(&inner.kwargs, kwargs),
            ))
        }
        _ => Ok(Partial::value(function.clone(), args.to_vec(), kwargs.to_vec())),
    }
}

fn this(receiver: &Value) -> Result<&Partial> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 'functools.partial' object"))
}

static FIELDS: &[Field] = &[
    Field {
        name: "func",
        get: |receiver| Ok(this(receiver)?.function.clone()),
        set: None,
    },
    Field {
        name: "args",
        get: |receiver| Ok(Value::tuple(this(receiver)?.args.clone())),
        set: None,
    },
    Field {
        name: "keywords",
        get: |receiver| {
            let kwargs = this(receiver)?
                .kwargs
                .iter()
                .map(|(key, value)| (Value::Str(key.clone()), value.clone()));
            Ok(Value::Dict(Dict::from_items(kwargs)?))
        },
        set: None,
    },
];

pub static PARTIAL: BuiltinType = BuiltinType::new("partial", "functools", new).in_c().fields(FIELDS);
