//! `repr` and `ascii` of text.

use super::{Str, StrBuf, Text, unicode};

const HEX: &[u8; 16] = b"0123456789abcdef";

impl Str {
    /// `repr(s)`.
    pub fn repr(&self) -> Str {
        let mut out = StrBuf::with_capacity(self.len() + 2);
        self.write_repr(&mut out);
        out.finish()
    }

    /// `ascii(s)`.
    pub fn ascii(&self) -> Str {
        let mut out = StrBuf::with_capacity(self.len() + 2);
        let quote = self.quote();
        out.push_point(quote as u32);
        for point in self.points() {
            push_escaped(&mut out, point, quote, |_| false);
        }
        out.push_point(quote as u32);
        out.finish()
    }

    /// Appends `repr(s)`.
    pub fn write_repr(&self, out: &mut StrBuf) {
        let quote = self.quote();
        out.push_point(quote as u32);
        match self.text() {
            Text::Ascii(bytes) => write_ascii(out, bytes, quote),
            Text::Wide(points) => {
                points
                    .iter()
                    .for_each(|&point| push_escaped(out, point, quote, unicode::is_printable));
            }
        }
        out.push_point(quote as u32);
    }

    /// The quote `repr` uses: a double one when that saves escaping.
    fn quote(&self) -> u8 {
        let has = |byte: u8| match self.text() {
            Text::Ascii(bytes) => bytes.contains(&byte),
            Text::Wide(points) => points.contains(&(byte as u32)),
        };
        if has(b'\'') && !has(b'"') { b'"' } else { b'\'' }
    }

    /// The text with everything outside ASCII escaped as `ascii` does, without quotes: repr made safe for ASCII.
    pub fn escape_wide(&self) -> Str {
        let Text::Wide(points) = self.text() else {
            return self.clone();
        };
        let mut out = StrBuf::with_capacity(points.len() * 2);
        for &point in points {
            if point < 128 {
                out.push_point(point)
            } else {
                push_hex_escape(&mut out, point)
            }
        }
        out.finish()
    }
}

/// Copies plain runs whole and escapes what stands between them.
fn write_ascii(out: &mut StrBuf, bytes: &[u8], quote: u8) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let plain = |byte: &u8| matches!(byte, 0x20..0x7f) && *byte != quote && *byte != b'\\';
        let run = rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len());
        out.push_ascii_bytes(&rest[..run]);
        if let Some(&byte) = rest.get(run) {
            push_escaped(out, byte as u32, quote, |_| false);
        }
        rest = rest.get(run + 1..).unwrap_or(&[]);
    }
}

fn push_escaped(out: &mut StrBuf, point: u32, quote: u8, is_printable: impl Fn(u32) -> bool) {
    match point {
        0x09 => out.push_ascii("\\t"),
        0x0a => out.push_ascii("\\n"),
        0x0d => out.push_ascii("\\r"),
        0x5c => out.push_ascii("\\\\"),
        _ if point == quote as u32 => out.push_ascii_bytes(&[b'\\', quote]),
        0x20..=0x7e => out.push_point(point),
        0x80.. if is_printable(point) => out.push_point(point),
        _ => push_hex_escape(out, point),
    }
}

/// `\xhh`, `\uhhhh` or `\Uhhhhhhhh`, whichever is the shortest.
pub(crate) fn push_hex_escape(out: &mut StrBuf, point: u32) {
    let (letter, digits) = match point {
        0..0x100 => (b'x', 2),
        0x100..0x10000 => (b'u', 4),
        _ => (b'U', 8),
    };
    out.push_ascii_bytes(&[b'\\', letter]);
    push_hex(out, point, digits);
}

/// Lower-case hexadecimal digits.
pub(crate) fn push_hex(out: &mut StrBuf, value: u32, digits: u32) {
    for place in (0..digits).rev() {
        out.push_ascii_bytes(&[HEX[(value >> (4 * place) & 15) as usize]]);
    }
}
