//! Methods and fields of generators.

use super::mutates;
use crate::args;
use crate::exc::{self, Exc, Result};
use crate::generator::Generator;
use crate::registry::{Field, Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    mutates("__iter__", |this, _, _| Ok(this.clone())),
    mutates("__next__", next),
    mutates("send", send),
    mutates("throw", throw),
    mutates("close", close),
];

pub static FIELDS: &[Field] = &[
    Field {
        name: "__name__",
        get: |this| Ok(Value::Str(of(this)?.name())),
        set: None,
    },
    Field {
        name: "__qualname__",
        get: |this| Ok(Value::Str(of(this)?.name())),
        set: None,
    },
    Field {
        name: "gi_running",
        get: |this| Ok(Value::Bool(of(this)?.is_running())),
        set: None,
    },
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
    let [value] = args::exactly("generator.send", args, kwargs)?;
    of(this)?.send(value)
}

/// `throw(exception)`, or the older `throw(type, value, traceback)`.
fn throw(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("generator.throw", args, kwargs, 1, 3)?;
    let exception = match args {
        [Value::Class(_), value @ Value::Exception(_), ..] => Exc::raise(value),
        [class @ Value::Class(_), Value::None, ..] | [class] => Exc::raise(class),
        [class @ Value::Class(_), Value::Tuple(args), ..] => Exc::raise(&crate::ops::call(class, args)?),
        [class @ Value::Class(_), value, ..] => Exc::raise(&crate::ops::call(class, std::slice::from_ref(value))?),
        _ => exc::type_error("instance exception may not have a separate value"),
    };
    of(this)?.resume(Err(exception))
}

fn close(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("generator.close", args, kwargs)?;
    of(this)?.close()?;
    Ok(Value::None)
}
