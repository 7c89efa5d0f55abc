//! `compress`, `dropwhile`, `filterfalse`, `starmap` and `takewhile`.

use super::shell::{Shell, Step};
use crate::exc::Result;
use crate::iter::{self, Iter};
use crate::lib::params::{Params, between};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::value::Value;

/// `compress(data, selectors)`.
struct Compress {
    data: Iter,
    selectors: Iter,
}

impl Step for Compress {
    fn kind() -> &'static BuiltinType {
        &COMPRESS
    }

    fn step(&mut self) -> Result<Option<Value>> {
        loop {
            let Some(item) = self.data.next()? else { return Ok(None) };
            let Some(selector) = self.selectors.next()? else {
                return Ok(None);
            };
            if ops::truthy(&selector)? {
                return Ok(Some(item));
            }
        }
    }
}

fn compress(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("compress", &["data", "selectors"], 2);
    let [data, selectors] = PARAMS.read(args, kwargs)?.map(|value| value.unwrap_or(&Value::None));
    Ok(Shell::value(Compress {
        data: iter::iter(data)?,
        selectors: iter::iter(selectors)?,
    }))
}

pub static COMPRESS: BuiltinType = BuiltinType::new("compress", "itertools", compress).in_c();

/// A function and the iterable it is applied to.
fn two(name: &str, args: &[Value], kwargs: Kwargs) -> Result<(Value, Iter)> {
    between(name, args, kwargs, 2, 2)?;
    Ok((args[0].clone(), iter::iter(&args[1])?))
}

/// `dropwhile(predicate, iterable)`.
struct DropWhile {
    predicate: Value,
    source: Iter,
    started: bool,
}

impl Step for DropWhile {
    fn kind() -> &'static BuiltinType {
        &DROPWHILE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        loop {
            let Some(item) = self.source.next()? else {
                return Ok(None);
            };
            if self.started {
                return Ok(Some(item));
            }
            let verdict = ops::call(&self.predicate, std::slice::from_ref(&item))?;
            if !ops::truthy(&verdict)? {
                self.started = true;
                return Ok(Some(item));
            }
        }
    }
}

pub static DROPWHILE: BuiltinType = BuiltinType::new("dropwhile", "itertools", |args, kwargs| {
    let (predicate, source) = two("dropwhile", args, kwargs)?;
    Ok(Shell::value(DropWhile {
        predicate,
        source,
        started: false,
    }))
})
.in_c();

/// `takewhile(predicate, iterable)`.
struct TakeWhile {
    predicate: Value,
    source: Iter,
    stopped: bool,
}

impl Step for TakeWhile {
    fn kind() -> &'static BuiltinType {
        &TAKEWHILE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        if self.stopped {
            return Ok(None);
        }
        let Some(item) = self.source.next()? else {
            return Ok(None);
        };
        let verdict = ops::call(&self.predicate, std::slice::from_ref(&item))?;
        if ops::truthy(&verdict)? {
            return Ok(Some(item));
        }
        self.stopped = true;
        Ok(None)
    }
}

pub static TAKEWHILE: BuiltinType = BuiltinType::new("takewhile", "itertools", |args, kwargs| {
    let (predicate, source) = two("takewhile", args, kwargs)?;
    Ok(Shell::value(TakeWhile {
        predicate,
        source,
        stopped: false,
    }))
})
.in_c();

/// `filterfalse(function, iterable)`.
struct FilterFalse {
    /// None tests the items themselves.
    function: Option<Value>,
    source: Iter,
}

impl Step for FilterFalse {
    fn kind() -> &'static BuiltinType {
        &FILTERFALSE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        loop {
            let Some(item) = self.source.next()? else {
                return Ok(None);
            };
            let passes = match &self.function {
                None => ops::truthy(&item)?,
                Some(function) => ops::truthy(&ops::call(function, std::slice::from_ref(&item))?)?,
            };
            if !passes {
                return Ok(Some(item));
            }
        }
    }
}

pub static FILTERFALSE: BuiltinType = BuiltinType::new("filterfalse", "itertools", |args, kwargs| {
    let (function, source) = two("filterfalse", args, kwargs)?;
    let function = Some(function).filter(|function| !matches!(function, Value::None));
    Ok(Shell::value(FilterFalse { function, source }))
})
.in_c();

/// `starmap(function, iterable)`.
struct StarMap {
    function: Value,
    source: Iter,
}

impl Step for StarMap {
    fn kind() -> &'static BuiltinType {
        &STARMAP
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let Some(row) = self.source.next()? else {
            return Ok(None);
        };
        let args = iter::collect(&row)?;
        ops::call(&self.function, &args).map(Some)
    }
}

/// `starmap(function, rows)`.
pub fn starmap(function: Value, source: Iter) -> Value {
    Shell::value(StarMap { function, source })
}

pub static STARMAP: BuiltinType = BuiltinType::new("starmap", "itertools", |args, kwargs| {
    let (function, source) = two("starmap", args, kwargs)?;
    Ok(starmap(function, source))
})
.in_c();
