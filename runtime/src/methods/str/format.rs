//! Formatting and encoding.

use super::checks::text;
use crate::args::{self, Parameters};
use crate::codec;
use crate::exc::Result;
use crate::format::{self, Fields};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

pub(super) fn format(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    format::template(text(this), &Fields::Given { args, kwargs }).map(Value::Str)
}

pub(super) fn format_map(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [mapping] = args::exactly("str.format_map", args, kwargs)?;
    format::template(text(this), &Fields::Mapped(mapping)).map(Value::Str)
}

pub(super) fn dunder_format(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [spec] = args::exactly("str.__format__", args, kwargs)?;
    let spec = spec_argument(spec)?;
    format::str_spec(text(this), spec).map(Value::Str)
}

/// The argument of `__format__`.
pub(crate) fn spec_argument(spec: &Value) -> Result<&Str> {
    args::text("__format__() argument", spec)
}

const ENCODE: Parameters<2> = Parameters {
    function: "encode",
    names: ["encoding", "errors"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

pub(super) fn encode(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (encoding, errors) = codec_arguments(&ENCODE, args, kwargs)?;
    codec::encode(text(this), &encoding, &errors).map(Value::Bytes)
}

/// The encoding and the error handler, by their names.
pub(crate) fn codec_arguments(parameters: &Parameters<2>, args: &[Value], kwargs: Kwargs) -> Result<(String, String)> {
    let [encoding, errors] = parameters.bind(args, kwargs)?;
    let function = parameters.function;
    let encoding = codec_name(function, "encoding", encoding, "utf-8")?;
    Ok((encoding, codec_name(function, "errors", errors, "strict")?))
}

/// An argument that names an encoding or an error handler.
pub(crate) fn codec_name(function: &str, argument: &str, value: Option<&Value>, default: &str) -> Result<String> {
    match value {
        None => Ok(default.to_owned()),
        Some(value) => Ok(args::text(&format!("{function}() argument '{argument}'"), value)?.to_rust_string()),
    }
}

pub(super) fn getnewargs(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("str.__getnewargs__", args, kwargs)?;
    Ok(Value::tuple(vec![Value::Str(text(this).clone())]))
}
