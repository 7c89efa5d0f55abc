//! What `bytes(...)` and `bytearray(...)` hold, by their arguments.

use super::{ByteArray, Bytes};
use crate::args::{self, Parameters};
use crate::codec;
use crate::exc::{self, Exc, Result, hierarchy};
use crate::iter;
use crate::lib::array::Array;
use crate::methods::str::codec_name;
use crate::ops;
use crate::registry::Kwargs;
use crate::units;
use crate::value::Value;

/// The bytes of a bytes-like object; None for anything else.
pub fn contents(value: &Value) -> Option<Vec<u8>> {
    match value.payload() {
        Value::Bytes(bytes) => Some(bytes.as_slice().to_vec()),
        Value::Object(object) => {
            let array = || object.downcast::<Array>().map(Array::to_bytes);
            object.downcast::<ByteArray>().map(ByteArray::to_vec).or_else(array)
        }
        _ => None,
    }
}

/// `bytes(source, encoding, errors)`; bytes themselves are handed back.
pub fn make(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match (args, kwargs) {
        ([Value::Bytes(bytes)], []) => Ok(Value::Bytes(bytes.clone())),
        _ => from_arguments("bytes", args, kwargs).map(|bytes| Value::Bytes(Bytes::from(bytes))),
    }
}

/// The bytes that `bytes(source, encoding, errors)` makes; `function` is the type's name.
/// TypeError, ValueError, and what encoding or iterating raises.
pub fn from_arguments(function: &'static str, args: &[Value], kwargs: Kwargs) -> Result<Vec<u8>> {
    let parameters = Parameters {
        function,
        names: ["source", "encoding", "errors"],
        positional_only: 0,
        positional: 3,
        required: 0,
    };
    let [source, encoding, errors] = parameters.bind(args, kwargs)?;
    let encoding_name = codec_name(function, "encoding", encoding, "utf-8")?;
    let errors_name = codec_name(function, "errors", errors, "strict")?;
    let Some(source) = source else {
        return match (encoding, errors) {
            (None, None) => Ok(vec![]),
            (Some(_), _) => Err(exc::type_error("encoding without a string argument")),
            (None, Some(_)) => Err(exc::type_error("errors without a string argument")),
        };
    };
    let Some(text) = source.as_str() else {
        return match (encoding, errors) {
            (None, None) => from_source(function, source),
            (Some(_), _) => Err(exc::type_error("encoding without a string argument")),
            (None, Some(_)) => Err(exc::type_error("errors without a string argument")),
        };
    };
    if encoding.is_none() {
        return Err(exc::type_error("string argument without an encoding"));
    }
    codec::encode(text, &encoding_name, &errors_name).map(|bytes| bytes.as_slice().to_vec())
}

fn from_source(function: &str, source: &Value) -> Result<Vec<u8>> {
    if let Some(bytes) = contents(source) {
        return Ok(bytes);
    }
    let own = if function == "bytes" {
        ops::call_special(source, "__bytes__", &[])?
    } else {
        None
    };
    match own {
        Some(Value::Bytes(bytes)) => return Ok(bytes.as_slice().to_vec()),
        Some(other) => {
            let kind = other.type_name();
            return Err(exc::type_error(&format!("__bytes__ returned non-bytes (type {kind})")));
        }
        None => {}
    }
    match ops::try_index(source) {
        Ok(Some(count)) => zeros(count.as_i64()),
        Ok(None) => from_numbers(function, source),
        Err(fault) if fault.is(&hierarchy::TYPE_ERROR) => from_numbers(function, source),
        Err(fault) => Err(fault),
    }
}

fn zeros(count: Option<i64>) -> Result<Vec<u8>> {
    match count {
        None => Err(exc::overflow_error("cannot fit 'int' into an index-sized integer")),
        Some(..0) => Err(exc::value_error("negative count")),
        Some(count) if count > units::MOST_BYTES => Err(exc::no_memory()),
        Some(count) => Ok(vec![0; count as usize]),
    }
}

fn from_numbers(function: &str, source: &Value) -> Result<Vec<u8>> {
    let refused =
        || -> Exc { exc::type_error(&format!("cannot convert '{}' object to {function}", source.type_name())) };
    let mut items = match iter::iter(source) {
        Ok(items) => items,
        Err(fault) if fault.is(&hierarchy::TYPE_ERROR) => return Err(refused()),
        Err(fault) => return Err(fault),
    };
    let mut bytes = Vec::new();
    while let Some(item) = items.next()? {
        let int = args::integer(&item)?;
        let byte = int.as_i64().and_then(|int| u8::try_from(int).ok());
        let what = if function == "bytes" { "bytes" } else { "byte" };
        bytes.push(byte.ok_or_else(|| exc::value_error(&format!("{what} must be in range(0, 256)")))?);
    }
    Ok(bytes)
}
