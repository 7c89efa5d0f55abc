//! `base64`: bases 64, 32 and 16.

mod base32;

use std::borrow::Cow;

use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::lib::binascii::{self, base64, failed, hex};
use crate::lib::convert::{bytes_like, bytes_required};
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::{Str, Text};
use crate::value::Value;

/// `b64encode(data)` as text, for `.decode()` right after it.
pub fn b64encode_str(data: &[u8]) -> Str {
    let mut out = Vec::new();
    base64::encode(data, &mut out);
    Str::from_ascii(&out)
}

fn bytes(data: Vec<u8>) -> Result<Value> {
    Ok(Value::Bytes(Bytes::from(data)))
}

/// What the decoders take: ASCII text or bytes.
fn encoded(value: &Value) -> Result<Cow<'_, [u8]>> {
    if let Value::Str(text) = value {
        return match text.text() {
            Text::Ascii(bytes) => Ok(Cow::Borrowed(bytes)),
            Text::Wide(_) => Err(exc::value_error("string argument should contain only ASCII characters")),
        };
    }
    bytes_like(value).ok_or_else(|| {
        let name = Str::from(value.type_name()).repr();
        exc::type_error(&format!(
            "argument should be a bytes-like object or ASCII string, not {name}"
        ))
    })
}

/// Puts two letters in the place of two others.
fn translate(data: &mut [u8], from: [u8; 2], to: [u8; 2]) {
    for byte in data {
        if *byte == from[0] {
            *byte = to[0];
        } else if *byte == from[1] {
            *byte = to[1];
        }
    }
}

/// The two letters that stand for `+` and `/`.
fn alternatives(value: &Value, data: &[u8]) -> Result<[u8; 2]> {
    data.try_into().map_err(|_| match crate::text::repr(value) {
        Ok(shown) => exc::assertion_error(&shown.to_rust_string()),
        Err(raised) => raised,
    })
}

fn not_none(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !matches!(value, Value::None))
}

fn b64encode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b64encode", &["s", "altchars"], 1);
    let [data, altchars] = PARAMS.read(args, kwargs)?;
    let mut out = Vec::new();
    base64::encode(&bytes_required(data.unwrap_or(&Value::None))?, &mut out);
    if let Some(value) = not_none(altchars) {
        let letters = bytes_required(value)?;
        translate(&mut out, *b"+/", alternatives(value, &letters)?);
    }
    bytes(out)
}

fn decode(text: &[u8], strict: bool) -> Result<Value> {
    base64::decode(text, strict)
        .map_err(|message| failed(&message))
        .and_then(bytes)
}

fn b64decode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b64decode", &["s", "altchars", "validate"], 1);
    let [text, altchars, validate] = PARAMS.read(args, kwargs)?;
    let mut text = encoded(text.unwrap_or(&Value::None))?;
    if let Some(value) = not_none(altchars) {
        let letters = encoded(value)?;
        translate(text.to_mut(), alternatives(value, &letters)?, *b"+/");
    }
    decode(&text, validate.map_or(Ok(false), ops::truthy)?)
}

fn standard_b64encode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("standard_b64encode", &["s"], 1);
    let [data] = PARAMS.read(args, kwargs)?;
    b64encode(&[data.cloned().unwrap_or(Value::None)], &[])
}

fn standard_b64decode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("standard_b64decode", &["s"], 1);
    let [text] = PARAMS.read(args, kwargs)?;
    decode(&encoded(text.unwrap_or(&Value::None))?, false)
}

fn urlsafe_b64encode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("urlsafe_b64encode", &["s"], 1);
    let [data] = PARAMS.read(args, kwargs)?;
    let mut out = Vec::new();
    base64::encode(&bytes_required(data.unwrap_or(&Value::None))?, &mut out);
    translate(&mut out, *b"+/", *b"-_");
    bytes(out)
}

fn urlsafe_b64decode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("urlsafe_b64decode", &["s"], 1);
    let [text] = PARAMS.read(args, kwargs)?;
    let mut text = encoded(text.unwrap_or(&Value::None))?;
    translate(text.to_mut(), *b"-_", *b"+/");
    decode(&text, false)
}

fn b16encode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b16encode", &["s"], 1);
    let [data] = PARAMS.read(args, kwargs)?;
    bytes(hex::encode(&bytes_required(data.unwrap_or(&Value::None))?).to_ascii_uppercase())
}

fn b16decode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b16decode", &["s", "casefold"], 1);
    let [text, casefold] = PARAMS.read(args, kwargs)?;
    let mut text = encoded(text.unwrap_or(&Value::None))?;
    if casefold.map_or(Ok(false), ops::truthy)? {
        text.to_mut().make_ascii_uppercase();
    }
    if !text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F')) {
        return Err(failed("Non-base16 digit found"));
    }
    hex::decode(&text).map_err(binascii::failed).and_then(bytes)
}

/// What `memoryview` says of something that is not bytes.
fn memory(value: Option<&Value>) -> Result<Cow<'_, [u8]>> {
    let value = value.unwrap_or(&Value::None);
    bytes_like(value).ok_or_else(|| {
        let name = value.type_name();
        exc::type_error(&format!("memoryview: a bytes-like object is required, not '{name}'"))
    })
}

fn b32encode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b32encode", &["s"], 1);
    let [data] = PARAMS.read(args, kwargs)?;
    bytes(base32::encode(&memory(data)?, base32::STANDARD))
}

fn b32hexencode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b32hexencode", &["s"], 1);
    let [data] = PARAMS.read(args, kwargs)?;
    bytes(base32::encode(&memory(data)?, base32::HEX))
}

fn b32decode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b32decode", &["s", "casefold", "map01"], 1);
    let [text, casefold, map01] = PARAMS.read(args, kwargs)?;
    let mut text = encoded(text.unwrap_or(&Value::None))?;
    if text.len() % 8 != 0 {
        return Err(failed("Incorrect padding"));
    }
    if let Some(value) = not_none(map01) {
        let letter = encoded(value)?;
        let [letter] = letter[..] else {
            return Err(exc::assertion_error(&crate::text::repr(value)?.to_rust_string()));
        };
        translate(text.to_mut(), *b"01", [b'O', letter]);
    }
    base32_decode(text, casefold, base32::STANDARD)
}

fn b32hexdecode(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("b32hexdecode", &["s", "casefold"], 1);
    let [text, casefold] = PARAMS.read(args, kwargs)?;
    base32_decode(encoded(text.unwrap_or(&Value::None))?, casefold, base32::HEX)
}

fn base32_decode(mut text: Cow<[u8]>, casefold: Option<&Value>, alphabet: &[u8; 32]) -> Result<Value> {
    if casefold.map_or(Ok(false), ops::truthy)? {
        text.to_mut().make_ascii_uppercase();
    }
    base32::decode(&text, alphabet).map_err(failed).and_then(bytes)
}

macro_rules! rows {
    ($($static:ident $function:ident)*) => {
        $(static $static: NativeFn =
            NativeFn { name: stringify!($function), effects: Effects::READS_ARGS, call: $function };)*

        /// The module `base64`.
        pub static MODULE: ModuleDef =
            ModuleDef { name: "base64", items: &[$((stringify!($function), Item::Function(&$static))),*] };
    };
}

rows! {
    B64ENCODE b64encode B64DECODE b64decode STANDARD_B64ENCODE standard_b64encode
    STANDARD_B64DECODE standard_b64decode URLSAFE_B64ENCODE urlsafe_b64encode URLSAFE_B64DECODE urlsafe_b64decode
    B16ENCODE b16encode B16DECODE b16decode B32ENCODE b32encode B32DECODE b32decode B32HEXENCODE b32hexencode
    B32HEXDECODE b32hexdecode
}
