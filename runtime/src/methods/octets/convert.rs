//! decode, hex, translate and their makers.

use super::checks::{octets, with};
use crate::args::{self, Parameters};
use crate::bytes::{ByteArray, Bytes, contents, ops};
use crate::codec;
use crate::exc::{self, Result};
use crate::methods::str::codec_arguments;
use crate::ops as operators;
use crate::registry::Kwargs;
use crate::value::Value;

const DECODE: Parameters<2> = Parameters {
    function: "decode",
    names: ["encoding", "errors"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

pub(super) fn decode(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (encoding, errors) = codec_arguments(&DECODE, args, kwargs)?;
    with(this, |bytes| codec::decode(bytes, &encoding, &errors)).map(Value::Str)
}

const HEX: Parameters<2> = Parameters {
    function: "hex",
    names: ["sep", "bytes_per_sep"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

pub(super) fn hex(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [separator, group] = HEX.bind(args, kwargs)?;
    let group = group.map_or(Ok(1), args::c_int)?;
    let Some(separator) = separator else {
        return Ok(Value::Str(with(this, ops::hex)));
    };
    let separator = hex_separator(separator)?;
    Ok(Value::Str(with(this, |bytes| {
        ops::hex_grouped(bytes, separator, group.into())
    })))
}

fn hex_separator(value: &Value) -> Result<u8> {
    let points = match (value.as_str(), contents(value)) {
        (Some(text), _) => text.points(),
        (None, Some(bytes)) => bytes.into_iter().map(u32::from).collect(),
        (None, None) => {
            if operators::len(value)? != 1 {
                return Err(exc::value_error("sep must be length 1."));
            }
            return Err(exc::type_error("sep must be str or bytes."));
        }
    };
    match points[..] {
        [point @ 0..128] => Ok(point as u8),
        [_] => Err(exc::value_error("sep must be ASCII.")),
        _ => Err(exc::value_error("sep must be length 1.")),
    }
}

const TRANSLATE: Parameters<2> = Parameters {
    function: "translate",
    names: ["", "delete"],
    positional_only: 1,
    positional: 2,
    required: 1,
};

pub(super) fn translate(_name: &str, this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [table, delete] = TRANSLATE.bind(args, kwargs)?;
    let table = match table {
        None | Some(Value::None) => None,
        Some(value) => Some(octets(value)?),
    };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(exc::value_error("translation table must be 256 characters long"));
    }
    let delete = delete.map(octets).transpose()?.unwrap_or_default();
    let bytes = with(this, |bytes| ops::translate(bytes, table.as_deref(), &delete))?;
    Ok(super::checks::like(this, bytes))
}

pub(super) fn maketrans(_class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let args = args::between("maketrans", args, kwargs, 2, 2)?;
    let (from, to) = (octets(&args[0])?, octets(&args[1])?);
    Ok(Value::Bytes(Bytes::from(ops::maketrans(&from, &to)?)))
}

pub(super) fn fromhex(name: &str, class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [text] = args::exactly(name, args, kwargs)?;
    let text = args::text("fromhex() argument", text)?;
    let bytes = ops::from_hex(text)?;
    let made = match name {
        "bytes.fromhex" => Value::Bytes(Bytes::from(bytes)),
        _ => Value::object(ByteArray::new(bytes)),
    };
    as_class(class, made)
}

pub(super) fn dunder_bytes(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("bytes.__bytes__", args, kwargs)?;
    Ok(this.payload().clone())
}

/// The value as an instance of the class it was asked of: a class of the program is called with it.
fn as_class(class: &Value, made: Value) -> Result<Value> {
    match class {
        Value::Class(known) if known.builtin().is_none() => operators::call(class, &[made]),
        _ => Ok(made),
    }
}
