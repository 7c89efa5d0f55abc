//! `async for` and `async with`.

use super::flow::Flow;
use super::make::has_method;
use crate::exc::{self, Exc, Result};
use crate::generator::{AsyncGenerator, AsyncStep, Co, Generator};
use crate::ops;
use crate::value::Value;

/// What an `async for` goes through.
///
/// # Errors
/// TypeError for a value that is not asynchronously iterable; what `__aiter__` raises.
pub fn iter(iterable: &Value) -> Result<Value> {
    let Some(found) = ops::call_special(iterable, "__aiter__", &[])? else {
        let kind = iterable.type_name();
        return Err(exc::type_error(&format!(
            "'async for' requires an object with __aiter__ method, got {kind}"
        )));
    };
    if !has_method(&found, "__anext__") {
        let kind = found.type_name();
        return Err(exc::type_error(&format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {kind}"
        )));
    }
    Ok(found)
}

/// What is awaited for the next item.
///
/// # Errors
/// TypeError where that cannot be awaited; what `__anext__` raises.
pub fn next(iterator: &Value) -> Result<Value> {
    if let Some(generator) = iterator.downcast::<AsyncGenerator>() {
        return Ok(generator.asend(iterator, Value::None));
    }
    let Some(awaitable) = ops::call_special(iterator, "__anext__", &[])? else {
        let kind = iterator.type_name();
        return Err(exc::type_error(&format!(
            "'async for' requires an iterator with __anext__ method, got {kind}"
        )));
    };
    if can_be_awaited(&awaitable) {
        return Ok(awaitable);
    }
    let kind = awaitable.type_name();
    let error = exc::type_error(&format!(
        "'async for' received an invalid object from __anext__: {kind}"
    ));
    let cause = exc::type_error(&format!("object {kind} can't be used in 'await' expression"));
    error.set_cause(Some(cause.clone()));
    error.set_context(Some(cause));
    Err(error)
}

fn can_be_awaited(value: &Value) -> bool {
    value.downcast::<Generator>().is_some_and(Generator::is_coroutine)
        || value.downcast::<AsyncStep>().is_some()
        || has_method(value, "__await__")
}

/// An asynchronous context manager that was entered.
pub struct AsyncManager(Value);

/// Enters an asynchronous context manager; gives it and what `__aenter__` came to.
///
/// # Errors
/// TypeError for an object that is no asynchronous context manager; what `__aenter__` raises.
pub async fn enter(co: &Co, manager: Value) -> Result<(AsyncManager, Value)> {
    for name in ["__aenter__", "__aexit__"] {
        if !has_method(&manager, name) {
            return Err(no_manager(&manager, name));
        }
    }
    let awaitable = ops::call_method(&manager, "__aenter__", &[])?;
    check(&awaitable, "__aenter__")?;
    let entered = co.await_(&awaitable).await?;
    Ok((AsyncManager(manager), entered))
}

fn no_manager(manager: &Value, missing: &str) -> Exc {
    let hint = if missing == "__aexit__" {
        " (missed __aexit__ method)"
    } else {
        ""
    };
    let kind = manager.type_name();
    exc::type_error(&format!(
        "'{kind}' object does not support the asynchronous context manager protocol{hint}"
    ))
}

fn check(awaitable: &Value, method: &str) -> Result<()> {
    if can_be_awaited(awaitable) {
        return Ok(());
    }
    let kind = awaitable.type_name();
    Err(exc::type_error(&format!(
        "'async with' received an object from {method} that does not implement __await__: {kind}"
    )))
}

impl AsyncManager {
    async fn exit(&self, co: &Co, args: &[Value]) -> Result<Value> {
        let awaitable = ops::call_method(&self.0, "__aexit__", args)?;
        check(&awaitable, "__aexit__")?;
        co.await_(&awaitable).await
    }

    /// The body reached its end.
    ///
    /// # Errors
    /// What `__aexit__` raises.
    pub async fn leave(&self, co: &Co) -> Result<()> {
        self.exit(co, &[Value::None, Value::None, Value::None]).await?;
        Ok(())
    }

    /// The body was left otherwise; an exception may be swallowed.
    ///
    /// # Errors
    /// What `__aexit__` raises.
    pub async fn leave_with<T>(&self, co: &Co, flow: Flow<T>) -> Result<Flow<T>> {
        let Flow::Raise(raised) = flow else {
            self.leave(co).await?;
            return Ok(flow);
        };
        if raised.is_deopt() {
            return Ok(Flow::Raise(raised));
        }
        let value = raised.value();
        let class = Value::Class(value.class());
        let swallowed = self
            .exit(co, &[class, value, Value::None])
            .await
            .map_err(|e| e.with_context(&raised))?;
        Ok(if ops::truthy(&swallowed)? {
            Flow::Next
        } else {
            Flow::Raise(raised)
        })
    }
}
