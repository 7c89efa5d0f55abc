//! The inner side of `yield from` and `await` (PEP 380): sending, throwing and closing through to another iterator.

use super::asynchronous::AsyncStep;
use super::{Generator, Step};
use crate::exc::hierarchy::{GENERATOR_EXIT, STOP_ITERATION};
use crate::exc::{self, Exc, Result};
use crate::iter;
use crate::ops;
use crate::value::Value;

/// What `yield from` goes through: a generator as it is, the iterator of anything else.
pub(super) fn iterator(iterable: &Value) -> Result<Value> {
    match iterable.downcast::<Generator>() {
        Some(inner) if inner.is_coroutine() => Err(exc::type_error(
            "cannot 'yield from' a coroutine object in a non-coroutine generator",
        )),
        Some(_) => Ok(iterable.clone()),
        None => Ok(iter::iter(iterable)?.into_value()),
    }
}

/// What `await` goes through: a coroutine as it is, what `__await__` gives of anything else.
pub(super) fn awaited(awaitable: &Value) -> Result<Value> {
    match awaitable.downcast::<Generator>() {
        Some(inner) if inner.is_coroutine() => return inner.check_unused().map(|()| awaitable.clone()),
        Some(_) => return Err(not_awaitable(awaitable)),
        None => {}
    }
    if awaitable.downcast::<AsyncStep>().is_some() {
        return Ok(awaitable.clone());
    }
    let Some(inner) = ops::call_special(awaitable, "__await__", &[])? else {
        return Err(not_awaitable(awaitable));
    };
    if inner.downcast::<Generator>().is_some_and(Generator::is_coroutine) {
        return Err(exc::type_error("__await__() returned a coroutine"));
    }
    if !is_iterator(&inner) {
        let kind = inner.type_name();
        return Err(exc::type_error(&format!(
            "__await__() returned non-iterator of type '{kind}'"
        )));
    }
    Ok(inner)
}

#[cold]
fn not_awaitable(value: &Value) -> Exc {
    exc::type_error(&format!(
        "object {} can't be used in 'await' expression",
        value.type_name()
    ))
}

fn is_iterator(value: &Value) -> bool {
    match value {
        Value::Iter(_) => true,
        Value::Object(object) => object.native().is_iterator(),
        Value::Instance(instance) => instance.class().lookup("__next__").is_some(),
        _ => false,
    }
}

/// Resumes the inner iterator with what was sent or thrown.
pub(super) fn step(inner: &Value, input: Result<Value>) -> Result<Step> {
    if let Some(inner) = inner.downcast::<AsyncStep>() {
        return step_of_async_generator(inner, input);
    }
    match (inner.downcast::<Generator>(), input) {
        (Some(generator), Err(thrown)) if thrown.is(&GENERATOR_EXIT) => {
            generator.close()?;
            Err(thrown)
        }
        (Some(generator), input) => generator.advance(input),
        (None, Ok(Value::None)) => next(inner),
        (None, Ok(sent)) => ended(ops::call_method(inner, "send", &[sent])),
        (None, Err(thrown)) => throw(inner, thrown),
    }
}

fn step_of_async_generator(inner: &AsyncStep, input: Result<Value>) -> Result<Step> {
    match input {
        Err(thrown) if thrown.is(&GENERATOR_EXIT) => {
            inner.close();
            Err(thrown)
        }
        Err(thrown) => inner.throw(thrown),
        Ok(sent) => inner.send(&sent),
    }
}

fn next(inner: &Value) -> Result<Step> {
    match inner {
        Value::Instance(_) => ended(ops::call_method(inner, "__next__", &[])),
        _ => Ok(iter::next(inner)?.map_or(Step::Return(Value::None), Step::Yield)),
    }
}

/// A step's answer, where StopIteration carries the value of the whole.
fn ended(answer: Result<Value>) -> Result<Step> {
    match answer {
        Ok(value) => Ok(Step::Yield(value)),
        Err(end) if end.is(&STOP_ITERATION) => Ok(Step::Return(end.field("value").unwrap_or(Value::None))),
        Err(failure) => Err(failure),
    }
}

fn throw(inner: &Value, thrown: Exc) -> Result<Step> {
    if thrown.is_deopt() {
        return Err(thrown);
    }
    if thrown.is(&GENERATOR_EXIT) {
        if let Some(close) = ops::get_attr_or_none(inner, "close")? {
            ops::call(&close, &[])?;
        }
        return Err(thrown);
    }
    match ops::get_attr_or_none(inner, "throw")? {
        Some(method) => ended(ops::call(&method, &[thrown.value()])),
        None => Err(thrown),
    }
}
