//! aiter, anext.

use crate::args;
use crate::exc::hierarchy::STOP_ASYNC_ITERATION;
use crate::exc::{self, Result};
use crate::generator;
use crate::ops;
use crate::registry::Kwargs;
use crate::support::make::has_method;
use crate::value::Value;

pub(super) fn aiter(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [iterable] = args::exactly("aiter", args, kwargs)?;
    let Some(found) = ops::call_special(iterable, "__aiter__", &[])? else {
        let kind = iterable.type_name();
        return Err(exc::type_error(&format!("'{kind}' object is not an async iterable")));
    };
    if !has_method(&found, "__anext__") {
        let kind = found.type_name();
        return Err(exc::type_error(&format!(
            "aiter() returned not an async iterator of type '{kind}'"
        )));
    }
    Ok(found)
}

pub(super) fn anext(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("anext", args, kwargs, 1, 2)?;
    let Some(awaitable) = ops::call_special(&args[0], "__anext__", &[])? else {
        let kind = args[0].type_name();
        return Err(exc::type_error(&format!("'{kind}' object is not an async iterator")));
    };
    let Some(default) = args.get(1).cloned() else {
        return Ok(awaitable);
    };
    Ok(generator::coroutine(
        "anext_awaitable",
        "anext_awaitable",
        |co| async move {
            match co.await_(&awaitable).await {
                Err(end) if end.is(&STOP_ASYNC_ITERATION) => Ok(default),
                answer => answer,
            }
        },
    ))
}
