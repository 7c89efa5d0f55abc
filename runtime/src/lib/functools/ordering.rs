//! `functools.total_ordering`: the missing comparisons of a class from one it has.

use crate::attr;
use crate::class::Class;
use crate::class::descriptor::is_of;
use crate::exc::{self, Result};
use crate::function::{Function, Signature};
use crate::ops;
use crate::registry::{Effects, Kwargs, NativeFn};
use crate::types::OBJECT;
use crate::value::Value;

/// How a comparison follows from the one that exists.
#[derive(Clone, Copy)]
enum Rule {
    Not,
    NotAndDiffers,
    OrEqual,
    NotOrEqual,
    AndDiffers,
}

type Derived = [(&'static str, Rule); 3];

/// What each root gives, roots in order of preference.
static ROOTS: &[(&str, Derived)] = &[
    (
        "__lt__",
        [
            ("__gt__", Rule::NotAndDiffers),
            ("__le__", Rule::OrEqual),
            ("__ge__", Rule::Not),
        ],
    ),
    (
        "__le__",
        [
            ("__ge__", Rule::NotOrEqual),
            ("__lt__", Rule::AndDiffers),
            ("__gt__", Rule::Not),
        ],
    ),
    (
        "__gt__",
        [
            ("__lt__", Rule::NotAndDiffers),
            ("__ge__", Rule::OrEqual),
            ("__le__", Rule::Not),
        ],
    ),
    (
        "__ge__",
        [
            ("__le__", Rule::NotOrEqual),
            ("__gt__", Rule::AndDiffers),
            ("__lt__", Rule::Not),
        ],
    ),
];

fn total_ordering(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: crate::lib::signature::PyParams =
        crate::lib::signature::PyParams::new("total_ordering", &["cls"], 1);
    let [class] = PARAMS.read(args, kwargs)?;
    let Some(this @ Value::Class(class)) = class else {
        return Err(exc::type_error("total_ordering() takes a class"));
    };
    let Some((root, derived)) = ROOTS.iter().find(|(name, _)| has(class, name)) else {
        return Err(exc::value_error(
            "must define at least one ordering operation: < > <= >=",
        ));
    };
    for (name, rule) in derived.iter().filter(|(name, _)| !has(class, name)) {
        attr::set_attr(this, name, method(name, root, *rule))?;
    }
    Ok(this.clone())
}

/// True when the class has a comparison other than `object`'s.
fn has(class: &Class, name: &str) -> bool {
    class.lookup(name).is_some_and(|found| !is_of(&found, &OBJECT))
}

fn method(name: &'static str, root: &'static str, rule: Rule) -> Value {
    let signature = Box::leak(Box::new(Signature {
        name,
        qualname: name,
        module: "functools",
        posonly: 0,
        args: &["self", "other"],
        kwonly: &[],
        varargs: None,
        varkw: None,
        doc: None,
        flags: 0,
    }));
    Function::new(signature, Vec::new(), Vec::new(), move |args| {
        derive(root, rule, &args[0], &args[1])
    })
}

fn derive(root: &str, rule: Rule, this: &Value, other: &Value) -> Result<Value> {
    let class = Value::Class(this.class());
    let verdict = ops::call_method(&class, root, &[this.clone(), other.clone()])?;
    if let Value::NotImplemented = verdict {
        return Ok(verdict);
    }
    let truth = ops::truthy(&verdict)?;
    match rule {
        Rule::Not => Ok(Value::Bool(!truth)),
        Rule::NotAndDiffers if truth => Ok(Value::Bool(false)),
        Rule::NotAndDiffers => ops::ne(this, other),
        Rule::OrEqual if truth => Ok(verdict),
        Rule::OrEqual => ops::eq(this, other),
        Rule::NotOrEqual if !truth => Ok(Value::Bool(true)),
        Rule::NotOrEqual => ops::eq(this, other),
        Rule::AndDiffers if !truth => Ok(verdict),
        Rule::AndDiffers => ops::ne(this, other),
    }
}

pub static TOTAL_ORDERING: NativeFn = NativeFn {
    name: "total_ordering",
    effects: Effects::MUTATES_ARGS,
    call: total_ordering,
};
