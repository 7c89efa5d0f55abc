//! `str.encode` and `bytes.decode`.
//!
//! Encodings: UTF-8 (also with a signature), ASCII, Latin-1, UTF-16 and UTF-32 in either byte order, and
//! all of one byte a character.
//! Every error handler but `namereplace` and those a program registers.

mod ascii;
mod charmap;
mod errors;
mod names;
mod utf16;
mod utf32;
mod utf8;

use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use crate::str::{Str, Text};
use errors::Handler;
use names::{Encoding, Order};

/// `text.encode(encoding, errors)`; UnicodeEncodeError, LookupError.
pub fn encode(text: &Str, encoding: &str, errors: &str) -> Result<Bytes> {
    let known = names::find(encoding).ok_or_else(|| unknown(encoding))?;
    encode_known(text, known, Handler(errors)).map_err(|fault| explain(fault, "encoding", encoding))
}

fn encode_known(text: &Str, known: Encoding, handler: Handler) -> Result<Bytes> {
    if let Text::Ascii(_) = text.text()
        && matches!(known, Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1)
    {
        return Ok(Bytes::from_block(text.block().clone()));
    }
    match known {
        Encoding::Utf8 => utf8::encode(text, handler),
        Encoding::Utf8Sig => {
            let mut signed = Bytes::from(utf8::SIGNATURE);
            signed.push(utf8::encode(text, handler)?.as_slice());
            Ok(signed)
        }
        Encoding::Ascii => ascii::encode(text, ascii::ASCII, handler),
        Encoding::Latin1 => ascii::encode(text, ascii::LATIN_1, handler),
        Encoding::Charmap(number) => charmap::encode(text, number, handler),
        Encoding::Utf16(order) => utf16::encode(text, order, handler),
        Encoding::Utf32(order) => utf32::encode(text, order, handler),
    }
}

/// `text.encode()`: UTF-8, shared where the text is ASCII; UnicodeEncodeError for lone surrogates.
#[inline]
pub fn encode_utf8(text: &Str) -> Result<Bytes> {
    match text.text() {
        Text::Ascii(_) => Ok(Bytes::from_block(text.block().clone())),
        Text::Wide(_) => utf8::encode(text, Handler("strict")),
    }
}

/// `data.decode(encoding, errors)`; UnicodeDecodeError, LookupError.
pub fn decode(data: &[u8], encoding: &str, errors: &str) -> Result<Str> {
    if data.is_empty() {
        // CPython does not even look for the encoding.
        return Ok(Str::empty());
    }
    let known = names::find(encoding).ok_or_else(|| unknown(encoding))?;
    decode_known(data, known, Handler(errors)).map_err(|fault| explain(fault, "decoding", encoding))
}

fn decode_known(data: &[u8], known: Encoding, handler: Handler) -> Result<Str> {
    match known {
        Encoding::Utf8 => utf8::decode(data, handler),
        Encoding::Utf8Sig => utf8::decode(data.strip_prefix(utf8::SIGNATURE).unwrap_or(data), handler),
        Encoding::Ascii => ascii::decode(data, handler),
        Encoding::Latin1 => Ok(ascii::decode_latin_1(data)),
        Encoding::Charmap(number) => charmap::decode(data, number, handler),
        Encoding::Utf16(order) => utf16::decode(data, order, handler),
        Encoding::Utf32(order) => utf32::decode(data, order, handler),
    }
}

/// `data.decode()`: UTF-8; UnicodeDecodeError.
#[inline]
pub fn decode_utf8(data: &Bytes) -> Result<Str> {
    match Str::from_block(data.block().clone()) {
        Some(text) => Ok(text),
        None => utf8::decode(data.as_slice(), Handler("strict")),
    }
}

/// What fails inside an encoding that CPython reaches through its registry says so; the common ones are built in.
#[cold]
fn explain(fault: Exc, doing: &str, encoding: &str) -> Exc {
    let kind = fault.type_name();
    if names::is_built_in(encoding) || !matches!(kind.as_str(), "LookupError" | "TypeError") {
        return fault;
    }
    let text = format!("{doing} with '{encoding}' codec failed ({kind}: {})", fault.message());
    if kind == "TypeError" {
        exc::type_error(&text)
    } else {
        exc::lookup_error(&text)
    }
}

#[cold]
fn unknown(encoding: &str) -> Exc {
    if names::is_unsupported(encoding) {
        return exc::not_implemented_error(&format!("the encoding '{encoding}' is not supported"));
    }
    exc::lookup_error(&format!("unknown encoding: {encoding}"))
}

impl Order {
    fn bytes16(self, unit: u16) -> [u8; 2] {
        if self == Order::Big {
            unit.to_be_bytes()
        } else {
            unit.to_le_bytes()
        }
    }

    fn bytes32(self, unit: u32) -> [u8; 4] {
        if self == Order::Big {
            unit.to_be_bytes()
        } else {
            unit.to_le_bytes()
        }
    }

    fn read16(self, bytes: [u8; 2]) -> u32 {
        (if self == Order::Big {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        }) as u32
    }

    fn read32(self, bytes: [u8; 4]) -> u32 {
        if self == Order::Big {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        }
    }
}
