//! The rows of `binascii`.

use std::borrow::Cow;

use super::{base64, checksum, hex};
use crate::bytes::Bytes;
use crate::exc::hierarchy::{EXCEPTION, VALUE_ERROR};
use crate::exc::{self, Exc, Result};
use crate::lib::convert::{bytes_like, bytes_required, c_int, low_u32};
use crate::lib::errors::{library_error, raise};
use crate::lib::params::{Params, between, one};
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::Text;
use crate::value::Value;

library_error!(
    /// `binascii.Error`.
    ERROR, "Error", "binascii", &VALUE_ERROR
);
library_error!(
    /// `binascii.Incomplete`.
    INCOMPLETE, "Incomplete", "binascii", &EXCEPTION
);

/// A `binascii.Error`.
pub fn failed(message: &str) -> Exc {
    raise(&ERROR, message)
}

/// Text that must be ASCII, or bytes.
pub fn ascii_or_bytes(value: &Value) -> Result<Cow<'_, [u8]>> {
    if let Value::Str(text) = value {
        return match text.text() {
            Text::Ascii(bytes) => Ok(Cow::Borrowed(bytes)),
            Text::Wide(_) => Err(exc::value_error("string argument should contain only ASCII characters")),
        };
    }
    bytes_like(value).ok_or_else(|| {
        let name = value.type_name();
        exc::type_error(&format!(
            "argument should be bytes, buffer or ASCII string, not '{name}'"
        ))
    })
}

fn bytes(data: Vec<u8>) -> Value {
    Value::Bytes(Bytes::from(data))
}

fn hexlify(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("hexlify", &["data", "sep", "bytes_per_sep"], 1);
    let [data, separator, size] = PARAMS.read(args, kwargs)?;
    let data = bytes_required(data.unwrap_or(&Value::None))?;
    let size = size.map_or(Ok(1), c_int)?;
    match separator {
        None => Ok(bytes(hex::encode(&data))),
        Some(separator) => Ok(bytes(hex::encode_grouped(
            &data,
            separator_of(separator)?,
            i64::from(size),
        ))),
    }
}

fn separator_of(value: &Value) -> Result<u8> {
    let not_one = || exc::value_error("sep must be length 1.");
    match value {
        Value::Str(text) if text.len() == 1 => match u8::try_from(text.point(0)) {
            Ok(byte) => Ok(byte),
            Err(_) => Err(exc::value_error("sep must be ASCII.")),
        },
        Value::Bytes(data) if data.len() == 1 => Ok(data.as_slice()[0]),
        Value::Str(_) | Value::Bytes(_) => Err(not_one()),
        other => Err(exc::type_error(&format!(
            "object of type '{}' has no len()",
            other.type_name()
        ))),
    }
}

fn unhexlify(name: &str, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let text = ascii_or_bytes(one(name, args, kwargs)?)?;
    hex::decode(&text).map(bytes).map_err(failed)
}

fn b2a_base64(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("b2a_base64", &["data", "newline"], 1)
        .posonly(1)
        .positional(1);
    let [data, newline] = PARAMS.read(args, kwargs)?;
    let data = bytes_required(data.unwrap_or(&Value::None))?;
    let mut out = Vec::new();
    base64::encode(&data, &mut out);
    if newline.map_or(Ok(true), ops::truthy)? {
        out.push(b'\n');
    }
    Ok(bytes(out))
}

fn a2b_base64(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("a2b_base64", &["data", "strict_mode"], 1)
        .posonly(1)
        .positional(1);
    let [text, strict] = PARAMS.read(args, kwargs)?;
    let text = ascii_or_bytes(text.unwrap_or(&Value::None))?;
    let strict = strict.map_or(Ok(false), ops::truthy)?;
    base64::decode(&text, strict)
        .map(bytes)
        .map_err(|message| failed(&message))
}

fn crc32(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("binascii.crc32", args, kwargs, 1, 2)?;
    let start = args.get(1).map_or(Ok(0), low_u32)?;
    Ok(Value::Int(i64::from(checksum::crc32(
        &bytes_required(&args[0])?,
        start,
    ))))
}

fn crc_hqx(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("binascii.crc_hqx", args, kwargs, 2, 2)?;
    let start = low_u32(&args[1])?;
    Ok(Value::Int(i64::from(checksum::crc_hqx(
        &bytes_required(&args[0])?,
        start as u16,
    ))))
}

const READS: Effects = Effects::READS_ARGS;

static HEXLIFY: NativeFn = NativeFn {
    name: "hexlify",
    effects: READS,
    call: hexlify,
};
static B2A_HEX: NativeFn = NativeFn {
    name: "b2a_hex",
    effects: READS,
    call: hexlify,
};
static UNHEXLIFY: NativeFn = NativeFn {
    name: "unhexlify",
    effects: READS,
    call: |args, kwargs| unhexlify("binascii.unhexlify", args, kwargs),
};
static A2B_HEX: NativeFn = NativeFn {
    name: "a2b_hex",
    effects: READS,
    call: |args, kwargs| unhexlify("binascii.a2b_hex", args, kwargs),
};
static B2A_BASE64: NativeFn = NativeFn {
    name: "b2a_base64",
    effects: READS,
    call: b2a_base64,
};
static A2B_BASE64: NativeFn = NativeFn {
    name: "a2b_base64",
    effects: READS,
    call: a2b_base64,
};
static CRC32: NativeFn = NativeFn {
    name: "crc32",
    effects: READS,
    call: crc32,
};
static CRC_HQX: NativeFn = NativeFn {
    name: "crc_hqx",
    effects: READS,
    call: crc_hqx,
};

/// The module `binascii`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "binascii",
    items: &[
        ("hexlify", Item::Function(&HEXLIFY)),
        ("b2a_hex", Item::Function(&B2A_HEX)),
        ("unhexlify", Item::Function(&UNHEXLIFY)),
        ("a2b_hex", Item::Function(&A2B_HEX)),
        ("b2a_base64", Item::Function(&B2A_BASE64)),
        ("a2b_base64", Item::Function(&A2B_BASE64)),
        ("crc32", Item::Function(&CRC32)),
        ("crc_hqx", Item::Function(&CRC_HQX)),
        ("Error", Item::Type(&ERROR)),
        ("Incomplete", Item::Type(&INCOMPLETE)),
    ],
};
