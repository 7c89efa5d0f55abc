//! What the constructors of builtin exceptions make of their arguments, and the attributes all exceptions have.

use super::{Exc, Result, group, hierarchy::*, type_error};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::tuple::Tuple;
use crate::value::Value;
use crate::{args, iter};

/// The class that `OSError(errno, ...)` makes an instance of.
pub(super) fn refined(builtin: &'static BuiltinType, args: &[Value]) -> &'static BuiltinType {
    match args {
        [Value::Int(errno), _, ..] if std::ptr::eq(builtin, &OS_ERROR) && args.len() <= 5 => os_error_class(*errno),
        _ if std::ptr::eq(builtin, &BASE_EXCEPTION_GROUP) => group::class_for(args),
        _ => builtin,
    }
}

/// The class for a Linux error number.
fn os_error_class(errno: i64) -> &'static BuiltinType {
    match errno {
        11 | 114 | 115 => &BLOCKING_IO_ERROR,
        32 | 108 => &BROKEN_PIPE_ERROR,
        10 => &CHILD_PROCESS_ERROR,
        103 => &CONNECTION_ABORTED_ERROR,
        111 => &CONNECTION_REFUSED_ERROR,
        104 => &CONNECTION_RESET_ERROR,
        17 => &FILE_EXISTS_ERROR,
        2 => &FILE_NOT_FOUND_ERROR,
        4 => &INTERRUPTED_ERROR,
        21 => &IS_A_DIRECTORY_ERROR,
        20 => &NOT_A_DIRECTORY_ERROR,
        1 | 13 => &PERMISSION_ERROR,
        3 => &PROCESS_LOOKUP_ERROR,
        110 => &TIMEOUT_ERROR,
        _ => &OS_ERROR,
    }
}

/// `BaseException.__init__` and its overrides: sets `args` and the fields of the builtin type.
///
/// # Errors
/// TypeError for keyword arguments the type does not take, or unfit arguments of the unicode errors.
pub fn initialise(exception: &Exc, args: &[Value], kwargs: Kwargs) -> Result<()> {
    exception.set_args(Tuple::from_slice(args));
    let allowed = keywords(exception);
    for (name, _) in kwargs {
        if allowed.is_empty() {
            return Err(type_error(&format!(
                "{}() takes no keyword arguments",
                if exception.is(&OS_ERROR) && exception.user_class().is_none() {
                    // A call of OSError that made one of its subclasses.
                    OS_ERROR.name.to_owned()
                } else {
                    exception.type_name()
                }
            )));
        }
        if !allowed.iter().any(|known| *name == **known) {
            return Err(type_error(&format!(
                "'{name}' is an invalid keyword argument for {}()",
                family(exception).name
            )));
        }
    }
    for &name in allowed {
        let given = kwargs.iter().find(|(known, _)| *known == *name);
        exception.set_field(name, given.map_or(Value::None, |(_, value)| value.clone()));
    }
    derive_fields(exception, args)
}

/// The type among the bases that fixes keywords and fields.
fn family(exception: &Exc) -> &'static BuiltinType {
    static FAMILIES: [&BuiltinType; 11] = [
        &SYNTAX_ERROR,
        &BASE_EXCEPTION_GROUP,
        &ATTRIBUTE_ERROR,
        &NAME_ERROR,
        &IMPORT_ERROR,
        &STOP_ITERATION,
        &SYSTEM_EXIT,
        &OS_ERROR,
        &UNICODE_DECODE_ERROR,
        &UNICODE_ENCODE_ERROR,
        &UNICODE_TRANSLATE_ERROR,
    ];
    FAMILIES
        .into_iter()
        .find(|family| exception.is(family))
        .unwrap_or(&BASE_EXCEPTION)
}

/// Keyword arguments the constructor takes; each is a field.
fn keywords(exception: &Exc) -> &'static [&'static str] {
    match family(exception).name {
        "AttributeError" => &["name", "obj"],
        "NameError" => &["name"],
        "ImportError" => &["name", "path"],
        _ => &[],
    }
}

fn derive_fields(exception: &Exc, args: &[Value]) -> Result<()> {
    match family(exception).name {
        "ImportError" => exception.set_field(
            "msg",
            if let [message] = args {
                message.clone()
            } else {
                Value::None
            },
        ),
        "StopIteration" => exception.set_field("value", args.first().cloned().unwrap_or(Value::None)),
        "SyntaxError" => derive_syntax_fields(exception, args)?,
        "SystemExit" => exception.set_field("code", exit_code(args)),
        "OSError" => derive_os_fields(exception, args),
        "BaseExceptionGroup" => group::derive_fields(exception, args)?,
        "UnicodeDecodeError" | "UnicodeEncodeError" => derive_codec_fields(exception, args)?,
        "UnicodeTranslateError" => derive_translate_fields(exception, args)?,
        _ => {}
    }
    Ok(())
}

/// `SyntaxError(message, (filename, line, column, text))`, with where it ends as two more.
fn derive_syntax_fields(exception: &Exc, args: &[Value]) -> Result<()> {
    const PLACE: [&str; 6] = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
    exception.set_field("msg", args.first().cloned().unwrap_or(Value::None));
    let place = match args {
        [_, place] => iter::collect(place)?,
        _ => Vec::new(),
    };
    if args.len() == 2 && !matches!(place.len(), 4 | 6) {
        let given = place.len();
        let bound = if given < 4 { "at least 4" } else { "at most 6" };
        return Err(type_error(&format!("function takes {bound} arguments ({given} given)")));
    }
    for (at, name) in PLACE.into_iter().enumerate() {
        exception.set_field(name, place.get(at).cloned().unwrap_or(Value::None));
    }
    exception.set_field("print_file_and_line", Value::None);
    Ok(())
}

fn exit_code(args: &[Value]) -> Value {
    match args {
        [] => Value::None,
        [code] => code.clone(),
        many => Value::tuple(many.to_vec()),
    }
}

fn derive_os_fields(exception: &Exc, args: &[Value]) {
    let part = |index: usize| {
        if (2..=5).contains(&args.len()) {
            args.get(index).cloned()
        } else {
            None
        }
    };
    exception.set_field("errno", part(0).unwrap_or(Value::None));
    exception.set_field("strerror", part(1).unwrap_or(Value::None));
    let filename = part(2).unwrap_or(Value::None);
    if !matches!(filename, Value::None) {
        exception.set_args(Tuple::from_slice(&args[..2]));
    }
    exception.set_field("filename", filename);
    exception.set_field("filename2", part(4).unwrap_or(Value::None));
}

fn derive_codec_fields(exception: &Exc, args: &[Value]) -> Result<()> {
    let [encoding, object, start, end, reason] = args else {
        return Err(type_error(&format!(
            "function takes exactly 5 arguments ({} given)",
            args.len()
        )));
    };
    let Some(_) = encoding.as_str() else {
        return Err(wrong_argument(1, "str", encoding));
    };
    match (exception.is(&UNICODE_DECODE_ERROR), object.payload()) {
        (true, Value::Bytes(_)) | (false, Value::Str(_)) => {}
        (true, Value::Object(object)) if object.native().native_type().name == "bytearray" => {}
        (true, other) => {
            let kind = other.type_name();
            return Err(type_error(&format!("a bytes-like object is required, not '{kind}'")));
        }
        (false, other) => return Err(wrong_argument(2, "str", other)),
    }
    exception.set_field("encoding", encoding.clone());
    exception.set_field("object", object.clone());
    set_span(exception, start, end, reason)
}

fn wrong_argument(position: usize, wanted: &str, given: &Value) -> Exc {
    type_error(&format!(
        "argument {position} must be {wanted}, not {}",
        given.type_name()
    ))
}

fn derive_translate_fields(exception: &Exc, args: &[Value]) -> Result<()> {
    let [object, start, end, reason] = args else {
        return Err(type_error(&format!(
            "function takes exactly 4 arguments ({} given)",
            args.len()
        )));
    };
    exception.set_field("object", object.clone());
    set_span(exception, start, end, reason)
}

fn set_span(exception: &Exc, start: &Value, end: &Value, reason: &Value) -> Result<()> {
    exception.set_field("start", Value::Int(args::index(start)?));
    exception.set_field("end", Value::Int(args::index(end)?));
    let Some(_) = reason.as_str() else {
        let position = exception.args().len();
        return Err(wrong_argument(position, "str", reason));
    };
    exception.set_field("reason", reason.clone());
    Ok(())
}

/// The exception behind a receiver.
fn of(value: &Value) -> Result<&Exc> {
    match value {
        Value::Exception(exception) => Ok(exception),
        other => Err(type_error(&format!(
            "'{}' object is not an exception",
            other.type_name()
        ))),
    }
}

fn optional(exception: Option<Exc>) -> Value {
    exception.map_or(Value::None, |exception| exception.value())
}

/// The value of `__cause__` or `__context__` as given.
fn exception_or_none(value: Value, what: &str) -> Result<Option<Exc>> {
    match value {
        Value::None => Ok(None),
        Value::Exception(exception) => Ok(Some(exception)),
        _ => Err(type_error(&format!(
            "exception {what} must be None or derive from BaseException"
        ))),
    }
}

pub(super) static FIELDS: &[Field] = &[
    Field {
        name: "args",
        get: |this| Ok(Value::Tuple(of(this)?.args())),
        set: Some(set_args),
    },
    Field {
        name: "__cause__",
        get: |this| Ok(optional(of(this)?.cause())),
        set: Some(|this, value| {
            of(this)?.set_cause(exception_or_none(value, "cause")?);
            Ok(())
        }),
    },
    Field {
        name: "__context__",
        get: |this| Ok(optional(of(this)?.context())),
        set: Some(|this, value| {
            of(this)?.set_context(exception_or_none(value, "context")?);
            Ok(())
        }),
    },
    Field {
        name: "__suppress_context__",
        get: |this| Ok(Value::Bool(of(this)?.suppresses_context())),
        set: Some(|this, value| {
            of(this)?.set_suppress_context(crate::ops::truthy(&value)?);
            Ok(())
        }),
    },
    Field {
        name: "__traceback__",
        get: |_| Ok(Value::None),
        set: Some(|_, _| Ok(())),
    },
];

fn set_args(this: &Value, value: Value) -> Result<()> {
    of(this)?.set_args(Tuple::from_vec(iter::collect(&value)?));
    Ok(())
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "__init__",
        effects: Effects::MUTATES_ARGS,
        call: init,
    },
    Method {
        name: "__str__",
        effects: Effects::READS_ARGS,
        call: |this, _, _| Ok(Value::Str(of(this)?.builtin_str()?)),
    },
    Method {
        name: "__repr__",
        effects: Effects::READS_ARGS,
        call: |this, _, _| Ok(Value::Str(of(this)?.builtin_repr()?)),
    },
    Method {
        name: "add_note",
        effects: Effects::MUTATES_ARGS,
        call: add_note,
    },
    Method {
        name: "with_traceback",
        effects: Effects::PURE,
        call: with_traceback,
    },
];

fn init(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    initialise(of(this)?, args, kwargs)?;
    Ok(Value::None)
}

fn add_note(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [note] = args::exactly("BaseException.add_note", args, kwargs)?;
    let Value::Str(_) = note else {
        return Err(type_error(&format!("note must be a str, not '{}'", note.type_name())));
    };
    let attrs = of(this)?.attrs();
    let key = Value::str("__notes__");
    let notes = attrs.set_default(key, Value::list(Vec::new()))?;
    match notes {
        Value::List(notes) => notes.append(note.clone()),
        _ => return Err(type_error("Cannot add note: __notes__ is not a list")),
    }
    Ok(Value::None)
}

fn with_traceback(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [_] = args::exactly("BaseException.with_traceback", args, kwargs)?;
    Ok(this.clone())
}
