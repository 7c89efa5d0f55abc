//! `repr` of bytes.

use super::{ByteArray, Bytes};
use crate::str::{Str, StrBuf, push_hex};

/// `repr(b)` of these bytes.
pub fn repr(bytes: &[u8]) -> Str {
    let mut out = StrBuf::with_capacity(bytes.len() + 3);
    write_repr(&mut out, bytes);
    out.finish()
}

/// Appends `repr(b)`.
pub fn write_repr(out: &mut StrBuf, bytes: &[u8]) {
    let quote = quote(bytes);
    out.push_ascii_bytes(&[b'b', quote]);
    bytes.iter().for_each(|&byte| push_escaped(out, byte, quote));
    out.push_ascii_bytes(&[quote]);
}

/// A double quote when that saves escaping.
fn quote(bytes: &[u8]) -> u8 {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        b'"'
    } else {
        b'\''
    }
}

fn push_escaped(out: &mut StrBuf, byte: u8, quote: u8) {
    match byte {
        b'\t' => out.push_ascii("\\t"),
        b'\n' => out.push_ascii("\\n"),
        b'\r' => out.push_ascii("\\r"),
        b'\\' => out.push_ascii("\\\\"),
        _ if byte == quote => out.push_ascii_bytes(&[b'\\', quote]),
        0x20..0x7f => out.push_ascii_bytes(&[byte]),
        _ => {
            out.push_ascii("\\x");
            push_hex(out, byte as u32, 2);
        }
    }
}

impl Bytes {
    /// `repr(b)`.
    pub fn repr(&self) -> Str {
        repr(self.as_slice())
    }
}

impl ByteArray {
    /// `repr(b)`.
    pub fn repr(&self) -> Str {
        let mut out = StrBuf::new();
        out.push_ascii("bytearray(");
        self.with(|bytes| {
            // Unlike bytes, a bytearray escapes the single quote in double quotes as well.
            let quote = quote(bytes);
            out.push_ascii_bytes(&[b'b', quote]);
            bytes.iter().for_each(|&byte| push_escaped(&mut out, byte, b'\''));
            out.push_ascii_bytes(&[quote]);
        });
        out.push_ascii(")");
        out.finish()
    }
}
