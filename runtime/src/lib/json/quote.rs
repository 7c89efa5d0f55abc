//! Strings as JSON writes them.

use crate::str::{Str, StrBuf, Text};

/// Appends `text` in quotes; with `ascii` everything beyond ASCII is escaped.
pub fn push_quoted(out: &mut StrBuf, text: &Str, ascii: bool) {
    out.push_ascii("\"");
    match text.text() {
        Text::Ascii(bytes) => push_bytes(out, bytes, ascii),
        Text::Wide(points) => points.iter().for_each(|&point| push_point(out, point, ascii)),
    }
    out.push_ascii("\"");
}

/// ASCII text: stretches without escapes are copied whole.
fn push_bytes(out: &mut StrBuf, bytes: &[u8], ascii: bool) {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| needs_escape(u32::from(byte), ascii)) {
        out.push_ascii_bytes(&rest[..at]);
        push_escape(out, u32::from(rest[at]));
        rest = &rest[at + 1..];
    }
    out.push_ascii_bytes(rest);
}

#[inline]
fn needs_escape(point: u32, ascii: bool) -> bool {
    matches!(point, 0..=31 | 34 | 92) || (ascii && point > 0x7e)
}

fn push_point(out: &mut StrBuf, point: u32, ascii: bool) {
    if needs_escape(point, ascii) {
        push_escape(out, point)
    } else {
        out.push_point(point)
    }
}

fn push_escape(out: &mut StrBuf, point: u32) {
    match point {
        34 => out.push_ascii("\\\""),
        92 => out.push_ascii("\\\\"),
        10 => out.push_ascii("\\n"),
        13 => out.push_ascii("\\r"),
        9 => out.push_ascii("\\t"),
        12 => out.push_ascii("\\f"),
        8 => out.push_ascii("\\b"),
        0..=0xffff => push_unit(out, point),
        _ => {
            let above = point - 0x10000;
            push_unit(out, 0xd800 | above >> 10);
            push_unit(out, 0xdc00 | above & 0x3ff);
        }
    }
}

fn push_unit(out: &mut StrBuf, unit: u32) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u32| DIGITS[(unit >> shift & 15) as usize];
    out.push_ascii_bytes(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}
