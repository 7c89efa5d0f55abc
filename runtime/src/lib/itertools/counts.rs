//! `count`, `repeat` and `islice`.

use super::shell::{Shell, Step};
use crate::exc::{self, Exc, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::params::{Params, between};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// `count(start, step)`.
struct Count {
    next: Value,
    step: Value,
}

impl Step for Count {
    fn kind() -> &'static BuiltinType {
        &COUNT
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let following = ops::add(&self.next, &self.step)?;
        Ok(Some(std::mem::replace(&mut self.next, following)))
    }

    fn show(&self) -> Option<Result<Str>> {
        let plain = matches!(self.step, Value::Int(1));
        Some(show_call("count", &self.next, (!plain).then_some(&self.step)))
    }
}

/// `name(first, second)`.
fn show_call(name: &str, first: &Value, second: Option<&Value>) -> Result<Str> {
    let mut out = StrBuf::new();
    out.push_ascii(name);
    out.push_ascii("(");
    out.push_str(&text::repr(first)?);
    if let Some(second) = second {
        out.push_ascii(", ");
        out.push_str(&text::repr(second)?);
    }
    out.push_ascii(")");
    Ok(out.finish())
}

fn is_number(value: &Value) -> bool {
    let class = value.class();
    matches!(
        value.payload(),
        Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_)
    ) || ["__index__", "__float__", "__int__"]
        .iter()
        .any(|name| class.lookup(name).is_some())
        || value.is_of(&crate::types::COMPLEX)
}

fn count(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("count", &["start", "step"], 0);
    let [start, step] = PARAMS.read(args, kwargs)?.map(|value| value.cloned());
    let (next, step) = (start.unwrap_or(Value::Int(0)), step.unwrap_or(Value::Int(1)));
    if !is_number(&next) || !is_number(&step) {
        return Err(exc::type_error("a number is required"));
    }
    Ok(Shell::value(Count { next, step }))
}

pub static COUNT: BuiltinType = BuiltinType::new("count", "itertools", count).in_c();

/// `repeat(object, times)`.
struct Repeat {
    object: Value,
    /// How many are left; None is for ever.
    left: Option<u64>,
}

impl Step for Repeat {
    fn kind() -> &'static BuiltinType {
        &REPEAT
    }

    fn step(&mut self) -> Result<Option<Value>> {
        match &mut self.left {
            Some(0) => return Ok(None),
            Some(left) => *left -= 1,
            None => {}
        }
        Ok(Some(self.object.clone()))
    }

    fn show(&self) -> Option<Result<Str>> {
        let left = self.left.map(|left| Value::Int(left as i64));
        Some(show_call("repeat", &self.object, left.as_ref()))
    }

    fn left(&self) -> Option<usize> {
        self.left.map(|left| left as usize)
    }
}

fn repeat(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("repeat", &["object", "times"], 1);
    let [object, times] = PARAMS.read(args, kwargs)?;
    let left = match times {
        None => None,
        Some(times) => Some(size(times)?.max(0) as u64),
    };
    Ok(Shell::value(Repeat {
        object: object.cloned().unwrap_or(Value::None),
        left,
    }))
}

fn repeat_hint(this: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    match this
        .downcast::<Shell<Repeat>>()
        .and_then(|shell| shell.0.borrow().left())
    {
        Some(left) => Ok(Value::Int(left as i64)),
        None => Err(exc::type_error("len() of unsized object")),
    }
}

pub static REPEAT: BuiltinType = BuiltinType::new("repeat", "itertools", repeat)
    .in_c()
    .methods(&[Method {
        name: "__length_hint__",
        effects: Effects::READS_ARGS,
        call: repeat_hint,
    }]);

/// `islice(iterable, start, stop, step)`.
struct Islice {
    source: Option<Iter>,
    /// The position of the next item to give.
    next: u64,
    /// How many items have been taken from the source.
    taken: u64,
    stop: Option<u64>,
    step: u64,
}

impl Step for Islice {
    fn kind() -> &'static BuiltinType {
        &ISLICE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let item = self.advance()?;
        if item.is_none() {
            self.source = None;
        }
        Ok(item)
    }
}

impl Islice {
    fn advance(&mut self) -> Result<Option<Value>> {
        let Some(source) = &mut self.source else {
            return Ok(None);
        };
        while self.taken < self.next {
            if source.next()?.is_none() {
                return Ok(None);
            }
            self.taken += 1;
        }
        if self.stop.is_some_and(|stop| self.taken >= stop) {
            return Ok(None);
        }
        let Some(item) = source.next()? else { return Ok(None) };
        self.taken += 1;
        let following = self.next.saturating_add(self.step);
        self.next = self.stop.map_or(following, |stop| following.min(stop));
        Ok(Some(item))
    }
}

/// An index as C reads it: None where that fails.
fn c_index(value: &Value) -> Option<i64> {
    ops::try_index(value).ok().flatten()?.as_i64()
}

/// The end of a slice: an int from 0, or None for no end.
fn stop_of(value: &Value) -> Result<Option<u64>> {
    match value {
        Value::None => Ok(None),
        value => match c_index(value) {
            None | Some(-1) => Err(exc::value_error(
                "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
            )),
            Some(stop) => u64::try_from(stop).map(Some).map_err(|_| bad_indices()),
        },
    }
}

fn start_of(value: &Value) -> Result<u64> {
    match value {
        Value::None => Ok(0),
        value => c_index(value)
            .and_then(|start| u64::try_from(start).ok())
            .ok_or_else(bad_indices),
    }
}

fn step_of(value: &Value) -> Result<u64> {
    match value {
        Value::None => Ok(1),
        value => match c_index(value) {
            Some(step) if step > 0 => Ok(step as u64),
            _ => Err(exc::value_error(
                "Step for islice() must be a positive integer or None.",
            )),
        },
    }
}

fn bad_indices() -> Exc {
    exc::value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
}

fn islice(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("islice", args, kwargs, 2, 4)?;
    let (start, stop) = match args {
        [_, stop] => (0, stop_of(stop)?),
        [_, start, stop, ..] => {
            let stop = stop_of(stop)?;
            (start_of(start)?, stop)
        }
        _ => (0, None),
    };
    let step = args.get(3).map_or(Ok(1), step_of)?;
    let source = Some(iter::iter(&args[0])?);
    Ok(Shell::value(Islice {
        source,
        next: start,
        taken: 0,
        stop,
        step,
    }))
}

pub static ISLICE: BuiltinType = BuiltinType::new("islice", "itertools", islice).in_c();
