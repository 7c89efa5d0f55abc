//! `float(text)`.

use crate::exc::{self, Exc, Result};
use crate::int::trim;
use crate::str::{Str, Text, plain_digits};

/// `float(s)`; ValueError with CPython's text.
#[inline]
pub fn parse(text: &Str) -> Result<f64> {
    let read = match text.text() {
        Text::Ascii(bytes) => parse_ascii(bytes),
        Text::Wide(points) => parse_ascii(&plain_digits(points)),
    };
    read.ok_or_else(|| refused(&text.repr()))
}

/// `float(b)` of bytes; ValueError.
pub fn parse_bytes(data: &[u8]) -> Result<f64> {
    parse_shown(data, || Ok(crate::bytes::repr(data)))
}

/// `float(b)` of bytes that the ValueError shows in a form of their own.
pub fn parse_shown(data: &[u8], shown: impl FnOnce() -> Result<Str>) -> Result<f64> {
    match parse_ascii(data) {
        Some(value) => Ok(value),
        None => Err(refused(&shown()?)),
    }
}

#[cold]
fn refused(shown: &Str) -> Exc {
    exc::value_error(&format!("could not convert string to float: {shown}"))
}

fn parse_ascii(text: &[u8]) -> Option<f64> {
    let text = trim(text);
    if text.contains(&b'_') {
        return parse_number(&without_underscores(text)?);
    }
    parse_number(text)
}

/// The text without underscores, which may stand only between digits.
pub(crate) fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    for (index, _) in text.iter().enumerate().filter(|(_, byte)| **byte == b'_') {
        if index == 0 || !is_digit(text.get(index - 1)) || !is_digit(text.get(index + 1)) {
            return None;
        }
    }
    Some(text.iter().copied().filter(|&byte| byte != b'_').collect())
}

fn parse_number(text: &[u8]) -> Option<f64> {
    let (value, length) = number_prefix(text)?;
    (length == text.len()).then_some(value)
}

/// The longest beginning of `text` that is a number, with its value: C's strtod without hexadecimal and whitespace.
pub(crate) fn number_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let (negative, size) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (value, length) = match decimal_length(size) {
        0 => named(size)?,
        length => {
            // SAFETY: only digits, signs, points and exponents, so ASCII.
            let decimal = unsafe { std::str::from_utf8_unchecked(&size[..length]) };
            (decimal.parse().ok()?, length)
        }
    };
    Some((if negative { -value } else { value }, length + text.len() - size.len()))
}

/// The length of `digits[.digits][e[sign]digits]` at the beginning; 0 when there is no digit.
fn decimal_length(text: &[u8]) -> usize {
    let run = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = run(0);
    let mut at = whole;
    let mut digits = whole;
    if text.get(at) == Some(&b'.') {
        let fraction = run(at + 1);
        digits += fraction;
        at += 1 + fraction;
    }
    if digits == 0 {
        return 0;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let signed = matches!(text.get(at + 1), Some(b'+' | b'-')) as usize;
        let exponent = run(at + 1 + signed);
        if exponent > 0 {
            at += 1 + signed + exponent;
        }
    }
    at
}

fn named(text: &[u8]) -> Option<(f64, usize)> {
    let begins = |name: &[u8]| text.len() >= name.len() && text[..name.len()].eq_ignore_ascii_case(name);
    if begins(b"infinity") {
        Some((f64::INFINITY, 8))
    } else if begins(b"inf") {
        Some((f64::INFINITY, 3))
    } else {
        begins(b"nan").then_some((f64::NAN, 3))
    }
}
