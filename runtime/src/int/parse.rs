//! `int(text, base)`.

use super::{Int, limit};
use crate::exc::{self, Exc, Result};
use crate::str::{Str, Text};
use num_bigint::BigInt;

impl Int {
    /// `int(text, base)` with a base of 0 or 2 to 36; ValueError with CPython's text.
    pub fn parse(text: &Str, base: i64) -> Result<Int> {
        check_base(base)?;
        let plain;
        let bytes = match text.text() {
            Text::Ascii(bytes) => bytes,
            Text::Wide(points) => {
                plain = crate::str::plain_digits(points);
                &plain
            }
        };
        match parse_ascii(bytes, base as u32) {
            Ok(value) => Ok(value),
            Err(Fault::Malformed) => Err(invalid(base, &text.repr())),
            Err(Fault::TooLong(fault)) => Err(fault),
        }
    }

    /// `int(data, base)` of bytes.
    pub fn parse_bytes(data: &[u8], base: i64) -> Result<Int> {
        check_base(base)?;
        match parse_ascii(data, base as u32) {
            Ok(value) => Ok(value),
            Err(Fault::Malformed) => Err(invalid(base, &crate::bytes::repr(data))),
            Err(Fault::TooLong(fault)) => Err(fault),
        }
    }
}

fn check_base(base: i64) -> Result<()> {
    match base {
        0 | 2..=36 => Ok(()),
        _ => Err(exc::value_error("int() base must be >= 2 and <= 36, or 0")),
    }
}

#[cold]
fn invalid(base: i64, shown: &Str) -> Exc {
    let shown: String = shown.to_rust_string().chars().take(200).collect();
    exc::value_error(&format!("invalid literal for int() with base {base}: {shown}"))
}

enum Fault {
    Malformed,
    TooLong(Exc),
}

fn parse_ascii(text: &[u8], base: u32) -> std::result::Result<Int, Fault> {
    let text = trim(text);
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (base, digits) = split_prefix(text, base).ok_or(Fault::Malformed)?;
    let size = parse_digits(digits, base)?;
    Ok(if negative { size.neg() } else { size })
}

/// Cuts ASCII whitespace, which here is what `str.strip` cuts from ASCII text.
pub(crate) fn trim(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_space(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_space(*last)
    {
        text = rest;
    }
    text
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13)
}

/// The base and the digits after any `0x`; `None` for base 0 with an old-style octal number.
fn split_prefix(text: &[u8], base: u32) -> Option<(u32, &[u8])> {
    let marked = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if marked != 0 && (base == 0 || base == marked) {
        let digits = &text[2..];
        return Some((marked, digits.strip_prefix(b"_").unwrap_or(digits)));
    }
    if base != 0 {
        return Some((base, text));
    }
    let only_zeros = text.iter().all(|byte| matches!(byte, b'0' | b'_'));
    (text.first() != Some(&b'0') || only_zeros).then_some((10, text))
}

fn parse_digits(text: &[u8], base: u32) -> std::result::Result<Int, Fault> {
    if let Some(value) = parse_short(text, base) {
        return Ok(value);
    }
    if text.is_empty() || text[0] == b'_' || text.ends_with(b"_") || text.windows(2).any(|pair| pair == b"__") {
        return Err(Fault::Malformed);
    }
    let digits: Vec<u8> = text.iter().copied().filter(|&byte| byte != b'_').collect();
    if !digits.iter().all(|&byte| digit(byte) < base) {
        return Err(Fault::Malformed);
    }
    if !base.is_power_of_two() && limit::exceeded(digits.len()) {
        return Err(Fault::TooLong(limit::from_text(digits.len())));
    }
    BigInt::parse_bytes(&digits, base)
        .map(Int::from_big)
        .ok_or(Fault::Malformed)
}

/// The value of plain digits that surely fit 64 bits.
#[inline]
fn parse_short(text: &[u8], base: u32) -> Option<Int> {
    if text.is_empty() || text.len() > 12 {
        return parse_medium(text, base);
    }
    let mut value = 0;
    for &byte in text {
        let digit = digit(byte);
        if digit >= base {
            return None;
        }
        value = value * base as i64 + digit as i64;
    }
    Some(Int::Small(value))
}

/// Up to 18 decimal digits.
fn parse_medium(text: &[u8], base: u32) -> Option<Int> {
    if base != 10 || text.is_empty() || text.len() > 18 {
        return None;
    }
    let digits = text.iter().try_fold(0, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + (byte - b'0') as i64)
    });
    digits.map(Int::Small)
}

/// The digit a letter or digit stands for; 37 for anything else.
#[inline(always)]
fn digit(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => (byte - b'0') as u32,
        b'a'..=b'z' => (byte - b'a') as u32 + 10,
        b'A'..=b'Z' => (byte - b'A') as u32 + 10,
        _ => 37,
    }
}
