//! Methods and fields of asynchronous generators, and of what their methods give to be awaited.

use super::generator::{field, thrown};
use super::mutates;
use crate::args;
use crate::exc::{self, Exc, Result};
use crate::generator::{AsyncGenerator, AsyncStep, value_or_end};
use crate::registry::{Field, Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("__aiter__", |this, _, _| Ok(this.clone())),
    mutates("__anext__", anext),
    mutates("asend", asend),
    mutates("athrow", athrow),
    mutates("aclose", aclose),
];

pub static FIELDS: &[Field] = &[
    field("__name__", |this| Ok(Value::Str(of(this)?.generator().name()))),
    field("__qualname__", |this| Ok(Value::Str(of(this)?.generator().qualname()))),
    field("ag_running", |this| Ok(Value::Bool(of(this)?.is_running()))),
    field("ag_await", |this| Ok(of(this)?.generator().delegate())),
];

pub static STEP_METHODS: &[Method] = &[
    mutates("__await__", |this, _, _| Ok(this.clone())),
    mutates("__iter__", |this, _, _| Ok(this.clone())),
    mutates("__next__", |this, _, _| {
        step(this)?.send(&Value::None).and_then(value_or_end)
    }),
    mutates("send", send),
    mutates("throw", throw),
    mutates("close", close),
];

fn of(this: &Value) -> Result<&AsyncGenerator> {
    this.downcast::<AsyncGenerator>()
        .ok_or_else(|| exc::type_error("expected an asynchronous generator"))
}

fn step(this: &Value) -> Result<&AsyncStep> {
    this.downcast::<AsyncStep>()
        .ok_or_else(|| exc::type_error("expected a step of an asynchronous generator"))
}

fn anext(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("async_generator.__anext__", args, kwargs)?;
    Ok(of(this)?.asend(this, Value::None))
}

fn asend(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("async_generator.asend", args, kwargs)?;
    Ok(of(this)?.asend(this, value.clone()))
}

fn athrow(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let thrown = exception("async_generator.athrow", args, kwargs)?;
    Ok(of(this)?.athrow(this, thrown))
}

fn aclose(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("async_generator.aclose", args, kwargs)?;
    Ok(of(this)?.aclose(this))
}

/// The exception that the arguments of a `throw` method mean.
fn exception(method: &'static str, args: &[Value], kwargs: Kwargs) -> Result<Exc> {
    let args = args::between(method, args, kwargs, 1, 3)?;
    thrown(&args[0], args.get(1).unwrap_or(&Value::None))
}

fn send(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("async_generator_asend.send", args, kwargs)?;
    step(this)?.send(value).and_then(value_or_end)
}

fn throw(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let thrown = exception("throw", args, kwargs)?;
    step(this)?.throw(thrown).and_then(value_or_end)
}

fn close(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("async_generator_asend.close", args, kwargs)?;
    step(this)?.close();
    Ok(Value::None)
}
