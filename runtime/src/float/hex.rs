//! `float.hex` and `float.fromhex`.

use super::fixed::decompose;
use crate::exc::{self, Exc, Result};
use crate::int::{round_half_even, trim};
use crate::str::{Str, Text};

/// `x.hex()`.
pub fn to_hex(value: f64) -> Str {
    if !value.is_finite() {
        return super::repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return Str::from(format!("{sign}0x0.0p+0"));
    }
    let (mantissa, exponent) = decompose(value);
    let (whole, fraction) = (mantissa >> 52, mantissa & ((1 << 52) - 1));
    Str::from(format!("{sign}0x{whole}.{fraction:013x}p{:+}", exponent + 52))
}

#[cold]
fn invalid() -> Exc {
    exc::value_error("invalid hexadecimal floating-point string")
}

#[cold]
fn too_large() -> Exc {
    exc::overflow_error("hexadecimal value too large to represent as a float")
}

/// `float.fromhex(s)`; ValueError, OverflowError.
pub fn from_hex(text: &Str) -> Result<f64> {
    let Text::Ascii(bytes) = text.text() else {
        return Err(invalid());
    };
    let text = trim(bytes);
    let (negative, size) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let value = match size.to_ascii_lowercase().as_slice() {
        b"inf" | b"infinity" => f64::INFINITY,
        b"nan" => f64::NAN,
        lower => parse_hex(lower.strip_prefix(b"0x").unwrap_or(lower))?,
    };
    Ok(if negative { -value } else { value })
}

/// Lower-case `digits[.digits][p[sign]digits]`.
fn parse_hex(text: &[u8]) -> Result<f64> {
    let (mantissa, exponent) = match text.iter().position(|&byte| byte == b'p') {
        Some(at) => (&text[..at], parse_exponent(&text[at + 1..])?),
        None => (text, 0),
    };
    let (whole, fraction) = match mantissa.iter().position(|&byte| byte == b'.') {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, &b""[..]),
    };
    if whole.is_empty() && fraction.is_empty() || ![whole, fraction].concat().iter().all(u8::is_ascii_hexdigit) {
        return Err(invalid());
    }
    let digits: Vec<u8> = [whole, fraction].concat();
    let significant = digits.iter().position(|&digit| digit != b'0').unwrap_or(digits.len());
    let digits = &digits[significant..];
    if digits.is_empty() {
        return Ok(0.0);
    }
    assemble(digits, exponent.saturating_sub(4 * fraction.len() as i64))
}

/// A decimal exponent, held within bounds that no digits can make up for.
fn parse_exponent(text: &[u8]) -> Result<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(invalid());
    }
    let size = digits
        .iter()
        .fold(0_i64, |value, digit| (value * 10 + (digit - b'0') as i64).min(1 << 52));
    Ok(if negative { -size } else { size })
}

/// The float nearest to `digits * 2**exponent`, ties to even; the first digit is not zero.
fn assemble(digits: &[u8], exponent: i64) -> Result<f64> {
    // Thirty digits decide; the rest only break a tie.
    let (kept, rest) = digits.split_at(digits.len().min(30));
    let bits = kept.iter().fold(0_u128, |value, &digit| {
        value << 4 | (digit as char).to_digit(16).unwrap_or(0) as u128
    });
    let bits = bits << 1 | rest.iter().any(|&digit| digit != b'0') as u128;
    let exponent = exponent.saturating_add(4 * rest.len() as i64 - 1);
    let top = exponent.saturating_add(128 - bits.leading_zeros() as i64);
    if top > 1024 {
        return Err(too_large());
    }
    if top < -1074 {
        return Ok(0.0);
    }
    let last = (top - 53).max(-1074);
    let shift = last - exponent;
    let units = if shift <= 0 {
        bits << -shift
    } else {
        round_half_even(bits, shift as u32)
    };
    // At most 53 bits (or a power of two) times a power of two in range: exact, but for an overflow.
    let half = last / 2;
    let value = units as f64 * power(half) * power(last - half);
    if value.is_finite() { Ok(value) } else { Err(too_large()) }
}

/// `2.0 ** exponent` for a normal result.
fn power(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}
