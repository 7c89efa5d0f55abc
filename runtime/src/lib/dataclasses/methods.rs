//! The methods that a dataclass gets.

use super::FROZEN_INSTANCE_ERROR;
use super::field::Spec;
use crate::attr;
use crate::class::Class;
use crate::elem::Key;
use crate::exc::{self, Result};
use crate::function::{Function, Signature};
use crate::lib::errors::raise;
use crate::native::Comparison;
use crate::ops;
use crate::registry::{Effects, NativeFn};
use crate::str::{Str, StrBuf};
use crate::text::{self, ReprGuard};
use crate::value::Value;

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A method of the class; its signature lives as long as the program, like the class.
fn method(
    class: &Class,
    name: &'static str,
    args: Vec<&'static str>,
    kwonly: Vec<&'static str>,
    defaults: (Vec<Value>, Vec<Option<Value>>),
    body: impl Fn(&[Value]) -> Result<Value> + 'static,
) -> Value {
    let signature: &'static Signature = Box::leak(Box::new(Signature {
        name,
        qualname: leaked(format!("{}.{name}", class.qualname())),
        module: "dataclasses",
        posonly: 0,
        args: Vec::leak(args),
        kwonly: Vec::leak(kwonly),
        varargs: None,
        varkw: None,
        doc: None,
        flags: 0,
    }));
    Function::new(signature, defaults.0, defaults.1, body)
}

/// A method of fixed arguments without defaults.
fn plain(
    class: &Class,
    name: &'static str,
    args: &[&'static str],
    body: impl Fn(&[Value]) -> Result<Value> + 'static,
) -> Value {
    method(class, name, args.to_vec(), Vec::new(), (Vec::new(), Vec::new()), body)
}

/// Stands in a signature for a default that is made at each call.
static FACTORY: NativeFn = NativeFn {
    name: "<factory>",
    effects: Effects::PURE,
    call: |_, _| Ok(Value::None),
};

fn default_of(spec: &Spec) -> Option<Value> {
    spec.default
        .clone()
        .or_else(|| spec.factory.as_ref().map(|_| Value::Builtin(&FACTORY)))
}

/// `__init__`.
///
/// # Errors
/// TypeError where a field without a default follows one with a default.
pub fn init(class: &Class, specs: &[Spec], frozen: bool) -> Result<Value> {
    let of_kind = |kw_only: bool| {
        specs
            .iter()
            .filter(move |spec| spec.init && spec.kw_only == Some(kw_only))
    };
    let (mut names, mut defaults) = (vec!["self"], Vec::new());
    for spec in of_kind(false) {
        match default_of(spec) {
            Some(default) => defaults.push(default),
            None if defaults.is_empty() => {}
            None => {
                let name = spec.name.repr();
                return Err(exc::type_error(&format!(
                    "non-default argument {name} follows default argument"
                )));
            }
        }
        names.push(leaked(spec.name.to_rust_string()));
    }
    let kwonly: Vec<&'static str> = of_kind(true).map(|spec| leaked(spec.name.to_rust_string())).collect();
    let kwdefaults = of_kind(true).map(default_of).collect();
    let order: Vec<Str> = of_kind(false)
        .chain(of_kind(true))
        .map(|spec| spec.name.clone())
        .collect();
    let specs = specs.to_vec();
    Ok(method(
        class,
        "__init__",
        names,
        kwonly,
        (defaults, kwdefaults),
        move |args| initialise(&specs, &order, frozen, args),
    ))
}

fn initialise(specs: &[Spec], order: &[Str], frozen: bool, args: &[Value]) -> Result<Value> {
    let this = &args[0];
    let mut passed_on = Vec::new();
    for spec in specs {
        let given = order.iter().position(|name| *name == spec.name).map(|at| &args[at + 1]);
        let value = match (given, &spec.factory) {
            (Some(Value::Builtin(marker)), Some(factory)) if std::ptr::eq(*marker, &FACTORY) => {
                ops::call(factory, &[])?
            }
            (Some(given), _) => given.clone(),
            (None, Some(factory)) => ops::call(factory, &[])?,
            (None, None) => continue,
        };
        if spec.init_only {
            passed_on.push(value);
            continue;
        }
        let name = spec.name.to_rust_string();
        match frozen {
            true => attr::set_plain(this, &name, value)?,
            false => attr::set_attr(this, &name, value)?,
        }
    }
    if this.class().lookup("__post_init__").is_some() {
        ops::call_method(this, "__post_init__", &passed_on)?;
    }
    Ok(Value::None)
}

/// `__repr__`.
pub fn repr(class: &Class, specs: &[Spec]) -> Value {
    let names: Vec<Str> = specs
        .iter()
        .filter(|spec| spec.repr)
        .map(|spec| spec.name.clone())
        .collect();
    plain(class, "__repr__", &["self"], move |args| {
        let this = &args[0];
        let Some(_guard) = ReprGuard::enter(ops::identity(this) as usize)? else {
            return Ok(Value::str("..."));
        };
        let mut out = StrBuf::new();
        out.push_str(&this.class().qualname());
        out.push_ascii("(");
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            out.push_str(name);
            out.push_ascii("=");
            text::repr_into(&attr::get_attr(this, &name.to_rust_string())?, &mut out)?;
        }
        out.push_ascii(")");
        Ok(Value::Str(out.finish()))
    })
}

/// The tuple of some fields.
fn row(this: &Value, names: &[String]) -> Result<Value> {
    Ok(Value::tuple(
        names
            .iter()
            .map(|name| attr::get_attr(this, name))
            .collect::<Result<_>>()?,
    ))
}

fn compared(specs: &[Spec]) -> Vec<String> {
    specs
        .iter()
        .filter(|spec| spec.compare)
        .map(|spec| spec.name.to_rust_string())
        .collect()
}

/// `__eq__` and the orders: instances of one class compare by their fields.
pub fn comparison(class: &Class, specs: &[Spec], op: Comparison) -> Value {
    let names = compared(specs);
    plain(class, op.method(), &["self", "other"], move |args| {
        if !Class::same(&args[0].class(), &args[1].class()) {
            return Ok(Value::NotImplemented);
        }
        ops::compare(op, &row(&args[0], &names)?, &row(&args[1], &names)?)
    })
}

/// `__hash__`.
pub fn hash(class: &Class, specs: &[Spec]) -> Value {
    let hashed = specs.iter().filter(|spec| spec.hash.unwrap_or(spec.compare));
    let names: Vec<String> = hashed.map(|spec| spec.name.to_rust_string()).collect();
    plain(class, "__hash__", &["self"], move |args| {
        Ok(Value::Int(row(&args[0], &names)?.py_hash()?))
    })
}

/// `__setattr__` or `__delattr__` of a frozen class.
pub fn frozen(class: &Class, specs: &[Spec], deletes: bool) -> Value {
    let names: Vec<Str> = specs.iter().map(|spec| spec.name.clone()).collect();
    let (method_name, parameters): (_, &[&'static str]) = if deletes {
        ("__delattr__", &["self", "name"])
    } else {
        ("__setattr__", &["self", "name", "value"])
    };
    let owner = class.clone();
    plain(class, method_name, parameters, move |args| {
        let Value::Str(name) = &args[1] else {
            return Ok(Value::None);
        };
        if Class::same(&args[0].class(), &owner) || names.contains(name) {
            let act = if deletes { "delete" } else { "assign to" };
            return Err(raise(
                &FROZEN_INSTANCE_ERROR,
                &format!("cannot {act} field {}", name.repr()),
            ));
        }
        let parent = crate::class::super_of(&Value::Class(owner.clone()), &args[0])?;
        ops::call_method(&parent, method_name, &args[1..])
    })
}
