//! `repr` of floats: the shortest digits that read back as the same float, in CPython's layout.

use crate::str::{Str, StrBuf};

/// Decimal digits of a finite float: `0.d1d2d3... * 10**point`.
#[derive(Clone, Copy)]
pub struct Digits {
    bytes: [u8; 17],
    len: usize,
    /// Where the decimal point stands relative to the first digit.
    pub point: i32,
}

impl Digits {
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// The shortest digits of a finite float's absolute value; "0" for zero.
pub fn shortest(value: f64) -> Digits {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(value.abs()).as_bytes();
    let (mantissa, exponent) = match text.iter().position(|&byte| byte == b'e') {
        Some(at) => (&text[..at], small_int(&text[at + 1..])),
        None => (text, 0),
    };
    let mut digits = Digits {
        bytes: [b'0'; 17],
        len: 0,
        point: exponent,
    };
    let mut after_point = false;
    let mut zeros = 0;
    for &byte in mantissa {
        match byte {
            b'.' => after_point = true,
            b'0' if digits.len == 0 => digits.point -= after_point as i32,
            _ => {
                digits.point += !after_point as i32;
                // Zeros count only once another digit follows them.
                if byte == b'0' {
                    zeros += 1;
                } else {
                    digits.len += zeros + 1;
                    digits.bytes[digits.len - 1] = byte;
                    zeros = 0;
                }
            }
        }
    }
    if digits.len == 0 {
        return Digits {
            bytes: [b'0'; 17],
            len: 1,
            point: 1,
        };
    }
    digits
}

fn small_int(text: &[u8]) -> i32 {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let size = digits.iter().fold(0, |value, byte| value * 10 + (byte - b'0') as i32);
    if negative { -size } else { size }
}

/// `repr(x)`, which is also `str(x)`.
pub fn repr(value: f64) -> Str {
    let mut out = StrBuf::new();
    write_repr(&mut out, value);
    out.finish()
}

/// Appends `repr(x)`.
pub fn write_repr(out: &mut StrBuf, value: f64) {
    if !value.is_finite() {
        return out.push_ascii(name(value));
    }
    // Most floats look the same in both layouts; the exceptions have an exponent or are below 1e-4.
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(value);
    if (1e-4..1e16).contains(&value.abs()) && !text.contains('e') {
        return out.push_ascii(text);
    }
    write_layout(out, value, true);
}

/// Appends the digits of `repr(x)` as a complex number shows them: a whole number without `.0`.
pub(crate) fn write_bare(out: &mut StrBuf, value: f64) {
    if value.is_finite() {
        write_layout(out, value, false)
    } else {
        out.push_ascii(name(value))
    }
}

/// `inf`, `-inf` or `nan`.
pub(crate) fn name(value: f64) -> &'static str {
    match value {
        f64::INFINITY => "inf",
        f64::NEG_INFINITY => "-inf",
        _ => "nan",
    }
}

fn write_layout(out: &mut StrBuf, value: f64, pointed: bool) {
    if value.is_sign_negative() {
        out.push_ascii("-");
    }
    let digits = shortest(value);
    if digits.point > 16 || digits.point <= -4 {
        push_scientific(out, digits.as_bytes(), digits.point - 1, b'e', false);
    } else {
        push_plain(out, digits.as_bytes(), digits.point);
        if pointed && digits.point >= digits.as_bytes().len() as i32 {
            out.push_ascii(".0");
        }
    }
}

/// Digits with the point at its place, and nothing after the last digit.
pub(crate) fn push_plain(out: &mut StrBuf, digits: &[u8], point: i32) {
    if point <= 0 {
        out.push_ascii("0.");
        out.push_repeated(b'0' as u32, -point as usize);
        return out.push_ascii_bytes(digits);
    }
    let whole = (point as usize).min(digits.len());
    out.push_ascii_bytes(&digits[..whole]);
    out.push_repeated(b'0' as u32, point as usize - whole);
    if whole < digits.len() {
        out.push_ascii(".");
        out.push_ascii_bytes(&digits[whole..]);
    }
}

/// `d.ddde+xx`: at least two digits in the exponent; a point after a lone digit only if `pointed`.
pub(crate) fn push_scientific(out: &mut StrBuf, digits: &[u8], exponent: i32, letter: u8, pointed: bool) {
    out.push_ascii_bytes(&digits[..1]);
    if digits.len() > 1 || pointed {
        out.push_ascii(".");
        out.push_ascii_bytes(&digits[1..]);
    }
    out.push_ascii_bytes(&[letter, if exponent < 0 { b'-' } else { b'+' }]);
    if exponent.abs() < 10 {
        out.push_ascii("0");
    }
    out.push_i64(exponent.unsigned_abs() as i64);
}
