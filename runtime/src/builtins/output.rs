//! ascii, format, input, print, repr.

use crate::args;
use crate::exc::{self, Result};
use crate::io::{stdin, stdout};
use crate::lit;
use crate::ops;
use crate::registry::Kwargs;
use crate::str::Str;
use crate::text;
use crate::value::Value;

pub(super) fn ascii(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("ascii", args, kwargs)?;
    text::ascii(value).map(Value::Str)
}

pub(super) fn repr(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("repr", args, kwargs)?;
    text::repr(value).map(Value::Str)
}

pub(super) fn format(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("format", args, kwargs, 1, 2)?;
    let spec = match args.get(1) {
        None => Str::empty(),
        Some(spec) => args::text("format() argument 2", spec)?.clone(),
    };
    text::format(&args[0], &spec).map(Value::Str)
}

/// The keyword arguments of `print`.
struct Layout {
    separator: Option<Str>,
    end: Option<Str>,
    file: Option<Value>,
    flush: bool,
}

fn layout(kwargs: Kwargs) -> Result<Layout> {
    let mut layout = Layout {
        separator: None,
        end: None,
        file: None,
        flush: false,
    };
    for (name, value) in kwargs {
        match &*name.to_rust_string() {
            "sep" => layout.separator = text_or_none("sep", value)?,
            "end" => layout.end = text_or_none("end", value)?,
            "file" => layout.file = (!matches!(value, Value::None)).then(|| value.clone()),
            "flush" => layout.flush = ops::truthy(value)?,
            _ => {
                return Err(exc::type_error(&format!(
                    "'{name}' is an invalid keyword argument for print()"
                )));
            }
        }
    }
    layout.file = layout.file.or_else(stdout::replacement);
    Ok(layout)
}

fn text_or_none(name: &str, value: &Value) -> Result<Option<Str>> {
    match value {
        Value::None => Ok(None),
        _ => match value.as_str() {
            Some(text) => Ok(Some(text.clone())),
            None => {
                let kind = value.type_name();
                Err(exc::type_error(&format!("{name} must be None or a string, not {kind}")))
            }
        },
    }
}

pub(super) fn print(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let layout = layout(kwargs)?;
    match &layout.file {
        None => print_to_stdout(args, &layout)?,
        Some(file) => print_to_file(args, &layout, file)?,
    }
    Ok(Value::None)
}

/// Each piece is written as soon as it is made: a failing `__str__` leaves what came before, and one that prints finds
/// it printed already.
fn print_to_stdout(args: &[Value], layout: &Layout) -> Result<()> {
    for (at, value) in args.iter().enumerate() {
        if at > 0 {
            write_or(layout.separator.as_ref(), b" ")?;
        }
        match value {
            Value::Str(text) => stdout::write(text)?,
            Value::Int(value) => stdout::write_i64(*value)?,
            other => stdout::write(&text::str_of(other)?)?,
        }
    }
    write_or(layout.end.as_ref(), b"\n")?;
    if layout.flush { stdout::try_flush() } else { Ok(()) }
}

fn write_or(text: Option<&Str>, otherwise: &[u8]) -> Result<()> {
    match text {
        Some(text) => stdout::write(text),
        None => stdout::write_bytes(otherwise),
    }
}

fn print_to_file(args: &[Value], layout: &Layout, file: &Value) -> Result<()> {
    let write = ops::get_attr(file, "write")?;
    let put = |text: Str| ops::call(&write, &[Value::Str(text)]).map(drop);
    for (at, value) in args.iter().enumerate() {
        if at > 0 {
            put(layout.separator.clone().unwrap_or_else(|| Str::from(" ")))?;
        }
        put(text::str_of(value)?)?;
    }
    put(layout.end.clone().unwrap_or_else(|| Str::from("\n")))?;
    if layout.flush {
        ops::call_method(file, "flush", &[])?;
    }
    Ok(())
}

pub(super) fn input(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("input", args, kwargs, 0, 1)?;
    if let [prompt] = args {
        stdout::write(&text::str_of(prompt)?)?;
    }
    stdout::try_flush()?;
    match stdin::read_line()? {
        Some(line) => Ok(Value::Str(line.remove_suffix(&lit!("\n")))),
        None => Err(exc::eof_error("EOF when reading a line")),
    }
}
