//! What `bytes` and `bytearray` share: functions of plain bytes.

use crate::exc::{self, Result};
use crate::str::{Str, swapped};
use crate::units;
use crate::value::Value;

/// Whitespace, as `bytes.isspace` sees it.
#[inline(always)]
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13)
}

/// What ends a line, for `bytes.splitlines`.
pub fn is_line_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// `b.capitalize()`.
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

/// `b.swapcase()`.
pub fn swapcase(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|&byte| swapped(byte)).collect()
}

/// `b.title()`.
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut after_letter = false;
    let cased = |&byte: &u8| {
        let out = if after_letter {
            byte.to_ascii_lowercase()
        } else {
            byte.to_ascii_uppercase()
        };
        after_letter = byte.is_ascii_alphabetic();
        out
    };
    bytes.iter().map(cased).collect()
}

fn every(bytes: &[u8], test: impl Fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(test)
}

/// `b.isalnum()`.
pub fn is_alnum(bytes: &[u8]) -> bool {
    every(bytes, u8::is_ascii_alphanumeric)
}

/// `b.isalpha()`.
pub fn is_alpha(bytes: &[u8]) -> bool {
    every(bytes, u8::is_ascii_alphabetic)
}

/// `b.isdigit()`.
pub fn is_digit(bytes: &[u8]) -> bool {
    every(bytes, u8::is_ascii_digit)
}

/// `b.isspace()`.
pub fn is_all_space(bytes: &[u8]) -> bool {
    every(bytes, |&byte| is_space(byte))
}

/// `b.islower()`.
pub fn is_lower(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
}

/// `b.isupper()`.
pub fn is_upper(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// `b.istitle()`.
pub fn is_title(bytes: &[u8]) -> bool {
    let (mut seen, mut after_letter) = (false, false);
    for byte in bytes {
        if byte.is_ascii_alphabetic() {
            if byte.is_ascii_uppercase() == after_letter {
                return false;
            }
            seen = true;
        }
        after_letter = byte.is_ascii_alphabetic();
    }
    seen
}

/// `b.find(part, start, end)`: -1 when it is not there.
pub fn find(bytes: &[u8], part: &[u8], start: i64, end: i64) -> i64 {
    let Some((start, end)) = units::clip(bytes.len(), start, end) else {
        return -1;
    };
    units::find(&bytes[start..end], part).map_or(-1, |at| (start + at) as i64)
}

/// `b.rfind(part, start, end)`: -1 when it is not there.
pub fn rfind(bytes: &[u8], part: &[u8], start: i64, end: i64) -> i64 {
    let Some((start, end)) = units::clip(bytes.len(), start, end) else {
        return -1;
    };
    units::rfind(&bytes[start..end], part).map_or(-1, |at| (start + at) as i64)
}

/// `item in b`: bytes, or one byte as an integer; TypeError, ValueError.
pub fn contains(bytes: &[u8], item: &Value) -> Result<bool> {
    if let Some(part) = super::contents(item) {
        return Ok(units::find(bytes, &part).is_some());
    }
    if crate::ops::try_index(item)?.is_none() {
        let kind = item.type_name();
        return Err(exc::type_error(&format!(
            "a bytes-like object is required, not '{kind}'"
        )));
    }
    Ok(bytes.contains(&crate::methods::octets::byte(item)?))
}

/// `b.count(part, start, end)`.
pub fn count(bytes: &[u8], part: &[u8], start: i64, end: i64) -> i64 {
    units::clip(bytes.len(), start, end).map_or(0, |(start, end)| units::count(&bytes[start..end], part) as i64)
}

/// The bytes with so many fill bytes on either side.
pub fn padded(bytes: &[u8], left: usize, right: usize, fill: u8) -> Vec<u8> {
    let mut out = vec![fill; left];
    out.extend_from_slice(bytes);
    out.resize(left + bytes.len() + right, fill);
    out
}

/// `b.center(width, fill)`.
pub fn center(bytes: &[u8], width: i64, fill: u8) -> Vec<u8> {
    let missing = missing(bytes, width);
    let left = if missing == 0 {
        0
    } else {
        units::centre_left(bytes.len(), width as usize)
    };
    padded(bytes, left, missing - left, fill)
}

/// How many bytes are missing to the width.
pub fn missing(bytes: &[u8], width: i64) -> usize {
    usize::try_from(width).unwrap_or(0).saturating_sub(bytes.len())
}

/// `b.zfill(width)`: zeros after any sign.
pub fn zfill(bytes: &[u8], width: i64) -> Vec<u8> {
    let signed = matches!(bytes.first(), Some(b'+' | b'-')) as usize;
    let mut out = bytes[..signed].to_vec();
    out.resize(signed + missing(bytes, width), b'0');
    out.extend_from_slice(&bytes[signed..]);
    out
}

/// `b.translate(table, delete=chars)`; `None` leaves the bytes that are kept as they are.
pub fn translate(bytes: &[u8], table: Option<&[u8]>, delete: &[u8]) -> Result<Vec<u8>> {
    if table.is_some_and(|table| table.len() != 256) {
        return Err(exc::value_error("translation table must be 256 characters long"));
    }
    let kept = bytes.iter().filter(|byte| !delete.contains(byte));
    Ok(match table {
        Some(table) => kept.map(|&byte| table[byte as usize]).collect(),
        None => kept.copied().collect(),
    })
}

/// `bytes.maketrans(from, to)`; ValueError.
pub fn maketrans(from: &[u8], to: &[u8]) -> Result<Vec<u8>> {
    if from.len() != to.len() {
        return Err(exc::value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (&from, &to) in from.iter().zip(to) {
        table[from as usize] = to;
    }
    Ok(table)
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// `b.hex()`.
pub fn hex(bytes: &[u8]) -> Str {
    Str::from_ascii(&hex_digits(bytes))
}

fn hex_digits(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.extend_from_slice(&[HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]);
    }
    out
}

/// `b.hex(sep, bytes_per_sep)`: groups count from the right, or from the left for a negative number; the separator
/// is one ASCII character.
pub fn hex_grouped(bytes: &[u8], separator: u8, group: i64) -> Str {
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    if size == 0 {
        return hex(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        let counted = if group > 0 { bytes.len() - index } else { index };
        if index > 0 && counted.is_multiple_of(size) {
            out.push(separator);
        }
        out.extend_from_slice(&hex_digits(&[*byte]));
    }
    Str::from_ascii(&out)
}

/// `bytes.fromhex(text)`: pairs of digits, ASCII whitespace between them; ValueError.
pub fn from_hex(text: &Str) -> Result<Vec<u8>> {
    let fault = |at: usize| {
        exc::value_error(&format!(
            "non-hexadecimal number found in fromhex() arg at position {at}"
        ))
    };
    let points = text.points();
    let digit = |at: usize| match points.get(at) {
        Some(&point) => u8::try_from(point)
            .ok()
            .and_then(|byte| (byte as char).to_digit(16))
            .ok_or_else(|| fault(at)),
        None => Err(fault(at)),
    };
    let mut out = Vec::with_capacity(points.len() / 2);
    let mut at = 0;
    while at < points.len() {
        if u8::try_from(points[at]).is_ok_and(is_space) {
            at += 1;
            continue;
        }
        out.push((digit(at)? << 4 | digit(at + 1)?) as u8);
        at += 2;
    }
    Ok(out)
}
