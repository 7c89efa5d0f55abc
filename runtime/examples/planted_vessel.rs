//! A vessel written by hand for the certifier's own tests: `tests/cases/parity/planted.py` as a compiler would
//! translate it, with some functions wrong on purpose, each in one way that certification must find.

use std::cell::RefCell;
use std::process::ExitCode;

use pivot_runtime::exc::{self, Result};
use pivot_runtime::function::Signature;
use pivot_runtime::list::List;
use pivot_runtime::registry::Kwargs;
use pivot_runtime::value::Value;
use pivot_runtime::vessel::{Entry, Vessel};
use pivot_runtime::{builtins, iter, ops, vessel};

thread_local! {
    /// The module variable `calls`.
    static CALLS: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
    /// The same for `leaking`, which is never reset.
    static LEAKED: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
}

fn main() -> ExitCode {
    vessel::main(&VESSEL)
}

static VESSEL: Vessel = Vessel {
    name: "planted",
    source_name: "planted.py",
    modules: &[],
    functions: &[
        entry("total", total),
        entry("pushed", pushed),
        entry("greet", greet),
        entry("remember", remember),
        entry("wrapping", wrapping),
        entry("forgotten_alias", forgotten_alias),
        entry("forgotten_change", forgotten_change),
        entry("other_message", other_message),
        entry("off_by_one", off_by_one),
        entry("lost_sign", lost_sign),
        entry("other_order", other_order),
        entry("silent", silent),
        entry("dying", dying),
        entry("hanging", hanging),
        entry("leaking", leaking),
        Entry {
            name: "wrong_fallback",
            call: same,
            generic: wrong_fallback,
        },
    ],
    init: || Ok(Value::None),
    reset: || CALLS.with_borrow_mut(Vec::clear),
    script: None,
    named: |_| None,
};

type Call = fn(&[Value], Kwargs) -> Result<Value>;

const fn entry(name: &'static str, call: Call) -> Entry {
    Entry {
        name,
        call,
        generic: call,
    }
}

/// Binds the arguments as Python does.
fn bound(
    name: &'static str,
    params: &'static [&'static str],
    defaults: &[Value],
    args: &[Value],
    kwargs: Kwargs,
) -> Result<Vec<Value>> {
    let signature = Signature {
        name,
        qualname: name,
        module: "planted",
        posonly: 0,
        args: params,
        kwonly: &[],
        varargs: None,
        varkw: None,
        doc: None,
        flags: 0,
    };
    signature.bind(defaults, &[], args, kwargs)
}

// ---- right ----

fn total(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("total", &["items"], &[], args, kwargs)?;
    let mut items = iter::iter(&args[0])?;
    let mut result = Value::Int(0);
    while let Some(item) = items.next()? {
        result = ops::add(&result, &item)?;
    }
    Ok(result)
}

fn pushed(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("pushed", &["items", "item"], &[], args, kwargs)?;
    ops::call_method(&args[0], "append", &args[1..])?;
    Ok(args[0].clone())
}

fn greet(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("greet", &["name", "times"], &[Value::Int(1)], args, kwargs)?;
    let range = ops::call(&builtin("range"), &args[1..])?;
    let mut turns = iter::iter(&range)?;
    while turns.next()?.is_some() {
        let text = ops::add(&Value::str("Hello "), &args[0])?;
        ops::call(&builtin("print"), &[text])?;
    }
    dict(&[("name", &args[0]), ("times", &args[1])])
}

fn remember(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("remember", &["item"], &[], args, kwargs)?;
    Ok(CALLS.with_borrow_mut(|calls| {
        calls.push(args[0].clone());
        Value::Int(calls.len() as i64)
    }))
}

fn builtin(name: &str) -> Value {
    builtins::get(name).expect("a builtin")
}

fn dict(pairs: &[(&str, &Value)]) -> Result<Value> {
    let dict = pivot_runtime::dict::Dict::new();
    for (key, value) in pairs {
        dict.set(Value::str(key), (*value).clone())?;
    }
    Ok(Value::Dict(dict))
}

// ---- wrong, each in one way ----

/// Ints that wrap at 64 bits.
fn wrapping(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("wrapping", &["a", "b"], &[], args, kwargs)?;
    match (&args[0], &args[1]) {
        (Value::Int(a), Value::Int(b)) => Ok(Value::Int(a.wrapping_add(*b))),
        (a, b) => ops::add(a, b),
    }
}

/// Two lists where Python has one.
fn forgotten_alias(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("forgotten_alias", &["items"], &[], args, kwargs)?;
    let copy = match &args[0] {
        Value::List(items) => Value::List(List::from_vec(items.to_vec())),
        other => other.clone(),
    };
    Ok(Value::list(vec![args[0].clone(), copy]))
}

/// The caller's list stays as it was.
fn forgotten_change(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("forgotten_change", &["items"], &[], args, kwargs)?;
    match &args[0] {
        Value::List(_) => Ok(Value::None),
        other => ops::call_method(other, "append", &[Value::Int(1)]),
    }
}

/// The right exception with other arguments.
fn other_message(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("other_message", &["mapping"], &[], args, kwargs)?;
    match ops::get_item(&args[0], &Value::str("key")) {
        Err(raised) if raised.type_name() == "KeyError" => Err(exc::key_error(&Value::str("another"))),
        other => other,
    }
}

/// `>=` for `>`.
fn off_by_one(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("off_by_one", &["n"], &[], args, kwargs)?;
    match &args[0] {
        Value::Int(n) => Ok(Value::Bool(*n >= 100)),
        other => ops::gt(other, &Value::Int(100)),
    }
}

/// Zero without its sign.
fn lost_sign(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("lost_sign", &["x"], &[], args, kwargs)?;
    match ops::mul(&args[0], &Value::Float(0.0))? {
        Value::Float(0.0) => Ok(Value::Float(0.0)),
        other => Ok(other),
    }
}

/// The same dict in another order.
fn other_order(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("other_order", &["a", "b"], &[], args, kwargs)?;
    dict(&[("b", &args[1]), ("a", &args[0])])
}

/// Prints nothing.
fn silent(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    bound("silent", &["x"], &[], args, kwargs)?;
    Ok(Value::None)
}

/// Ends the process for one value.
fn dying(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("dying", &["n"], &[], args, kwargs)?;
    if matches!(args[0], Value::Int(7)) {
        std::process::abort();
    }
    Ok(args[0].clone())
}

/// Never answers for one value.
fn hanging(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("hanging", &["n"], &[], args, kwargs)?;
    if matches!(args[0], Value::Int(7)) {
        loop {
            std::thread::yield_now();
        }
    }
    Ok(args[0].clone())
}

/// Remembers the cases before.
fn leaking(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = bound("leaking", &["item"], &[], args, kwargs)?;
    Ok(LEAKED.with_borrow_mut(|calls| {
        calls.push(args[0].clone());
        Value::Int(calls.len() as i64)
    }))
}

fn same(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(bound("wrong_fallback", &["n"], &[], args, kwargs)?.swap_remove(0))
}

/// Right as it is called, wrong in the version behind the native one.
fn wrong_fallback(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match same(args, kwargs)? {
        Value::Bool(_) => Ok(Value::Bool(true)),
        other => Ok(other),
    }
}
