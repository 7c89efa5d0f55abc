//! Methods and fields of generators and coroutines.

use super::mutates;
use crate::args;
use crate::exc::hierarchy::BASE_EXCEPTION;
use crate::exc::{self, Exc, Result};
use crate::generator::{self, Generator};
use crate::ops;
use crate::registry::{Field, Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("__iter__", |this, _, _| Ok(this.clone())),
    mutates("__next__", next),
    mutates("send", send),
    mutates("throw", throw),
    mutates("close", close),
];

pub static COROUTINE_METHODS: &[Method] = &[
    mutates("__await__", wrapper),
    mutates("send", send),
    mutates("throw", throw),
    mutates("close", close),
];

/// A field that is only read.
pub(super) const fn field(name: &'static str, get: fn(&Value) -> Result<Value>) -> Field {
    Field { name, get, set: None }
}

const NAME: Field = field("__name__", |this| Ok(Value::Str(of(this)?.name())));
const QUALNAME: Field = field("__qualname__", |this| Ok(Value::Str(of(this)?.qualname())));

pub static FIELDS: &[Field] = &[
    NAME,
    QUALNAME,
    field("gi_running", |this| Ok(Value::Bool(of(this)?.is_running()))),
    field("gi_suspended", |this| Ok(Value::Bool(of(this)?.is_suspended()))),
    field("gi_yieldfrom", |this| Ok(of(this)?.delegate())),
];

pub static COROUTINE_FIELDS: &[Field] = &[
    NAME,
    QUALNAME,
    field("cr_running", |this| Ok(Value::Bool(of(this)?.is_running()))),
    field("cr_suspended", |this| Ok(Value::Bool(of(this)?.is_suspended()))),
    field("cr_await", |this| Ok(of(this)?.delegate())),
];

fn of(this: &Value) -> Result<&Generator> {
    this.downcast::<Generator>()
        .ok_or_else(|| exc::type_error("expected a generator"))
}

fn next(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("generator.__next__", args, kwargs)?;
    of(this)?.resume(Ok(Value::None))
}

fn send(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let generator = of(this)?;
    let [value] = args::exactly(generator.full_name("send"), args, kwargs)?;
    generator.send(value)
}

/// `throw(exception)`, or the older `throw(type, value, traceback)`.
fn throw(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let generator = of(this)?;
    let args = args::between(generator.full_name("throw"), args, kwargs, 1, 3)?;
    if args.get(2).is_some_and(|traceback| !matches!(traceback, Value::None)) {
        return Err(exc::type_error("throw() third argument must be a traceback object"));
    }
    let exception = thrown(&args[0], args.get(1).unwrap_or(&Value::None))?;
    generator.resume(Err(exception))
}

/// The exception that `throw(kind, value)` means.
pub(super) fn thrown(kind: &Value, value: &Value) -> Result<Exc> {
    match (kind, value) {
        (Value::Exception(exception), Value::None) => Ok(exception.clone()),
        (Value::Exception(_), _) => Err(exc::type_error("instance exception may not have a separate value")),
        (Value::Class(class), value) if class.solid().derives_from(&BASE_EXCEPTION) => Ok(match value {
            Value::Exception(given) if given.is_instance(class) => given.clone(),
            Value::None => Exc::raise(kind),
            Value::Tuple(args) => ops::call(kind, args).map_or_else(|failure| failure, |made| Exc::raise(&made)),
            one => ops::call(kind, std::slice::from_ref(one)).map_or_else(|failure| failure, |made| Exc::raise(&made)),
        }),
        _ => Err(exc::type_error(&format!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            kind.type_name()
        ))),
    }
}

fn close(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let generator = of(this)?;
    let [] = args::exactly(generator.full_name("close"), args, kwargs)?;
    generator.close()?;
    Ok(Value::None)
}

/// `coroutine.__await__()`: an iterator over what the coroutine yields to its loop.
fn wrapper(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("coroutine.__await__", args, kwargs)?;
    let coroutine = this.clone();
    Ok(generator::new(
        "coroutine_wrapper",
        "coroutine_wrapper",
        |co| async move { co.await_(&coroutine).await },
    ))
}
