//! `bytes % arguments`.

use super::arguments::{Arguments, is_mapping};
use super::directive::{Directive, Reader};
use super::layout::{Sink, push_number, push_padded};
use super::number;
use crate::bytes::{ByteArray, Bytes};
use crate::exc::{self, Result};
use crate::float;
use crate::ops;
use crate::value::Value;

impl Sink for Vec<u8> {
    fn repeat(&mut self, byte: u8, count: usize) {
        self.resize(self.len() + count, byte);
    }

    fn ascii(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

/// `template % operand`; TypeError, ValueError, OverflowError, and what the arguments raise.
pub fn percent_bytes(template: &Bytes, operand: &Value) -> Result<Bytes> {
    let bytes = template.as_slice();
    let points: Vec<u32> = bytes.iter().map(|&byte| byte as u32).collect();
    let mut reader = Reader { points: &points, at: 0 };
    let key = |start: usize, end: usize| Value::Bytes(template.cut(start, end));
    let mapping = is_mapping(operand) && !matches!(operand.payload(), Value::Bytes(_));
    let mut arguments = Arguments::new(operand, mapping, &key);
    let mut out = Vec::with_capacity(bytes.len() + 16);
    while reader.at < bytes.len() {
        let rest = &bytes[reader.at..];
        let run = rest.iter().position(|&byte| byte == b'%').unwrap_or(rest.len());
        out.extend_from_slice(&rest[..run]);
        reader.at += run;
        if reader.at < bytes.len() {
            reader.at += 1;
            if reader.eat(b'%') {
                out.push(b'%');
                continue;
            }
            let directive = reader.directive(&mut arguments)?;
            let letter = reader.at - 1;
            let counts = directive.width > 0 || directive.precision.is_some();
            let after_count = counts && bytes[letter - 1].is_ascii_digit();
            push(&mut out, directive, &mut arguments, letter, after_count)?;
        }
    }
    arguments.finish("bytes")?;
    Ok(Bytes::from(out))
}

/// `at` is where the letter stands; `after_count` says that the digits of a width or a precision come before it.
fn push(
    out: &mut Vec<u8>,
    mut directive: Directive,
    arguments: &mut Arguments,
    at: usize,
    after_count: bool,
) -> Result<()> {
    let value = arguments.next()?;
    if directive.letter == b'i' as u32 {
        // Messages name the letter this one stands for.
        directive.letter = b'd' as u32;
    }
    match directive.letter as u8 {
        b'r' | b'a' => push_bytes(
            out,
            &directive,
            crate::text::ascii(&value)?.as_ascii().unwrap_or_default().as_bytes(),
        ),
        b's' | b'b' => push_bytes(out, &directive, &octets(&value)?),
        b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => {
            push_number(out, &directive, &number::integer(&directive, &value)?);
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            push_number(out, &directive, &number::real(&directive, real(&value)?));
        }
        b'c' => {
            let byte = byte(&value)?;
            push_padded(out, &directive, 1, |out| out.push(byte));
        }
        // CPython takes the byte for a negative character, and cannot say which, unless it was looking for a digit.
        0x80.. if !after_count => {
            return Err(exc::overflow_error("character argument not in range(0x110000)"));
        }
        letter => {
            let shown = letter as char;
            return Err(exc::value_error(&format!(
                "unsupported format character '{shown}' ({letter:#x}) at index {at}"
            )));
        }
    }
    Ok(())
}

fn push_bytes(out: &mut Vec<u8>, directive: &Directive, bytes: &[u8]) {
    let len = directive
        .precision
        .map_or(bytes.len(), |precision| bytes.len().min(precision));
    push_padded(out, directive, len, |out| out.extend_from_slice(&bytes[..len]));
}

/// Whatever keeps the value from being a float, CPython says the same.
fn real(value: &Value) -> Result<f64> {
    match float::try_real(value) {
        Ok(Some(float)) => Ok(float),
        _ => Err(exc::type_error(&format!(
            "float argument required, not {}",
            value.type_name()
        ))),
    }
}

/// Bytes, or what `__bytes__` makes of the value.
fn octets(value: &Value) -> Result<Vec<u8>> {
    if let Some(bytes) = crate::bytes::contents(value) {
        return Ok(bytes);
    }
    match ops::call_special(value, "__bytes__", &[])? {
        Some(Value::Bytes(bytes)) => Ok(bytes.as_slice().to_vec()),
        _ => Err(exc::type_error(&format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
            value.type_name()
        ))),
    }
}

fn byte(value: &Value) -> Result<u8> {
    let wrong = || exc::type_error("%c requires an integer in range(256) or a single byte");
    if let Value::Bytes(_) = value.payload()
        && let Some([byte]) = crate::bytes::contents(value).as_deref()
    {
        return Ok(*byte);
    }
    if let Some(array) = value.downcast::<ByteArray>() {
        return if array.len() == 1 {
            Ok(array.to_vec()[0])
        } else {
            Err(wrong())
        };
    }
    let int = ops::try_index(value)?.ok_or_else(wrong)?;
    let byte = int.as_i64().and_then(|int| u8::try_from(int).ok());
    byte.ok_or_else(|| exc::overflow_error("%c arg not in range(256)"))
}
