//! `itemgetter`, `attrgetter` and `methodcaller`.

use crate::attr;
use crate::exc::{self, Result};
use crate::lib::params::{between, no_keywords};
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// The one result, or the tuple of several.
fn one_or_tuple(mut results: Vec<Value>) -> Value {
    match results.len() {
        1 => results.remove(0),
        _ => Value::tuple(results),
    }
}

/// `operator.name(a, b, key=c)`.
fn show(name: &str, args: &[Value], kwargs: Kwargs) -> Result<Str> {
    let mut out = StrBuf::new();
    out.push_ascii("operator.");
    out.push_ascii(name);
    out.push_ascii("(");
    for (at, arg) in args.iter().enumerate() {
        if at > 0 {
            out.push_ascii(", ");
        }
        text::repr_into(arg, &mut out)?;
    }
    for (key, value) in kwargs {
        out.push_ascii(", ");
        out.push_str(key);
        out.push_ascii("=");
        text::repr_into(value, &mut out)?;
    }
    out.push_ascii(")");
    Ok(out.finish())
}

/// The object a getter is called with.
fn subject<'a>(name: &str, args: &'a [Value], kwargs: Kwargs) -> Result<&'a Value> {
    between(name, args, kwargs, 1, 1)?;
    Ok(&args[0])
}

struct ItemGetter(Vec<Value>);

impl Native for ItemGetter {
    fn native_type(&self) -> &'static BuiltinType {
        &ITEMGETTER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        show("itemgetter", &self.0, &[])
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let object = subject("itemgetter", args, kwargs)?;
        if let [key] = &self.0[..] {
            return ops::get_item(object, key);
        }
        let results = self
            .0
            .iter()
            .map(|key| ops::get_item(object, key))
            .collect::<Result<Vec<_>>>()?;
        Ok(one_or_tuple(results))
    }
}

pub static ITEMGETTER: BuiltinType = BuiltinType::new("itemgetter", "operator", |args, kwargs| {
    no_keywords("itemgetter", kwargs)?;
    if args.is_empty() {
        return Err(exc::type_error("itemgetter expected 1 argument, got 0"));
    }
    Ok(Value::object(ItemGetter(args.to_vec())))
})
.in_c();

struct AttrGetter(Vec<Value>);

impl Native for AttrGetter {
    fn native_type(&self) -> &'static BuiltinType {
        &ATTRGETTER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        show("attrgetter", &self.0, &[])
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let object = subject("attrgetter", args, kwargs)?;
        let results = self
            .0
            .iter()
            .map(|path| follow(object, path))
            .collect::<Result<Vec<_>>>()?;
        Ok(one_or_tuple(results))
    }
}

/// The attribute along a dotted path.
fn follow(object: &Value, path: &Value) -> Result<Value> {
    let path = path.as_str().map_or_else(String::new, Str::to_rust_string);
    path.split('.')
        .try_fold(object.clone(), |object, name| attr::get_attr(&object, name))
}

pub static ATTRGETTER: BuiltinType = BuiltinType::new("attrgetter", "operator", |args, kwargs| {
    no_keywords("attrgetter", kwargs)?;
    if args.is_empty() {
        return Err(exc::type_error("attrgetter expected 1 argument, got 0"));
    }
    if args.iter().any(|path| path.as_str().is_none()) {
        return Err(exc::type_error("attribute name must be a string"));
    }
    Ok(Value::object(AttrGetter(args.to_vec())))
})
.in_c();

struct MethodCaller {
    /// The name, then the arguments.
    parts: Vec<Value>,
    kwargs: Vec<(Str, Value)>,
}

impl Native for MethodCaller {
    fn native_type(&self) -> &'static BuiltinType {
        &METHODCALLER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        show("methodcaller", &self.parts, &self.kwargs)
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let object = subject("methodcaller", args, kwargs)?;
        let name = self.parts[0].as_str().map_or_else(String::new, Str::to_rust_string);
        ops::call_method_kw(object, &name, &self.parts[1..], &self.kwargs)
    }
}

pub static METHODCALLER: BuiltinType =
    BuiltinType::new("methodcaller", "operator", |args, kwargs| match args.first() {
        None => Err(exc::type_error(
            "methodcaller needs at least one argument, the method name",
        )),
        Some(name) if name.as_str().is_none() => Err(exc::type_error("method name must be a string")),
        Some(_) => Ok(Value::object(MethodCaller {
            parts: args.to_vec(),
            kwargs: kwargs.to_vec(),
        })),
    })
    .in_c();
