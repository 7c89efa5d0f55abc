//! Constructors of builtin exceptions, by the message they carry.

use super::{Exc, hierarchy::*};
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

macro_rules! constructors {
    ($($name:ident $constant:ident;)*) => {
        $(
            #[doc = concat!("A `", stringify!($constant), "` with this message.")]
            #[cold]
            #[inline(never)]
            pub fn $name(message: &str) -> Exc {
                Exc::plain(&$constant, Tuple::from_array([Value::str(message)]))
            }
        )*
    };
}

constructors! {
    type_error TYPE_ERROR;
    value_error VALUE_ERROR;
    index_error INDEX_ERROR;
    zero_division ZERO_DIVISION_ERROR;
    overflow_error OVERFLOW_ERROR;
    unbound_local UNBOUND_LOCAL_ERROR;
    runtime_error RUNTIME_ERROR;
    recursion_error RECURSION_ERROR;
    not_implemented_error NOT_IMPLEMENTED_ERROR;
    assertion_error ASSERTION_ERROR;
    memory_error MEMORY_ERROR;
    eof_error EOF_ERROR;
    buffer_error BUFFER_ERROR;
    lookup_error LOOKUP_ERROR;
    system_error SYSTEM_ERROR;
}

/// An `AttributeError` with this message.
#[cold]
#[inline(never)]
pub fn attribute_error(message: &str) -> Exc {
    Exc::plain(&ATTRIBUTE_ERROR, Tuple::from_array([Value::str(message)]))
}

/// A `NameError` with this message.
#[cold]
#[inline(never)]
pub fn name_error(message: &str) -> Exc {
    Exc::plain(&NAME_ERROR, Tuple::from_array([Value::str(message)]))
}

/// A `KeyError` of this key.
#[cold]
#[inline(never)]
pub fn key_error(key: &Value) -> Exc {
    Exc::plain(&KEY_ERROR, Tuple::from_array([key.clone()]))
}

/// A `StopIteration` that carries this value.
#[cold]
#[inline(never)]
pub fn stop_iteration(value: Value) -> Exc {
    let args = match &value {
        Value::None => Tuple::empty(),
        value => Tuple::from_array([value.clone()]),
    };
    let exception = Exc::plain(&STOP_ITERATION, args);
    exception.set_field("value", value);
    exception
}

/// A `MemoryError` as CPython raises it: without a message.
#[cold]
#[inline(never)]
pub fn no_memory() -> Exc {
    Exc::plain(&MEMORY_ERROR, Tuple::empty())
}

/// An `OSError` (or the class that stands for `errno`) as a system call raises it.
#[cold]
#[inline(never)]
pub fn os_error(errno: i32, strerror: &str, filename: Option<Value>) -> Exc {
    let mut args = vec![Value::Int(errno as i64), Value::str(strerror)];
    args.extend(filename);
    of_type(&OS_ERROR, args)
}

/// A builtin (or library) exception of this type with these arguments, as calling the type makes it.
#[cold]
#[inline(never)]
pub fn of_type(builtin: &'static BuiltinType, args: Vec<Value>) -> Exc {
    match make(builtin, &args, &[]) {
        Ok(exception) | Err(exception) => exception,
    }
}

/// `Type(*args, **kwargs)` for a builtin or library exception type.
///
/// # Errors
/// What the type makes of unfit arguments.
pub fn make(builtin: &'static BuiltinType, args: &[Value], kwargs: Kwargs) -> super::Result<Exc> {
    let exception = Exc::plain(super::fields::refined(builtin, args), Tuple::from_slice(args));
    super::initialise(&exception, args, kwargs)?;
    Ok(exception)
}

/// A builtin exception by its class's name, with these arguments.
///
/// # Panics
/// When there is no builtin exception of that name.
#[cold]
#[inline(never)]
pub fn of_kind(kind: &'static str, args: Vec<Value>) -> Exc {
    let builtin = by_name(kind).unwrap_or_else(|| panic!("no builtin exception is named {kind}"));
    of_type(builtin, args)
}

/// As [`of_kind`], with one message.
#[cold]
#[inline(never)]
pub fn of_str(kind: &'static str, message: Str) -> Exc {
    of_kind(kind, vec![Value::Str(message)])
}

/// The internal signal that native code gave up: no handler of the program sees it.
#[cold]
#[inline(never)]
pub fn deopt() -> Exc {
    Exc::plain(&DEOPT, Tuple::empty())
}
