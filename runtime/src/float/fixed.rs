//! Floats with a fixed number of digits after the point, rounded once from the exact value, ties to even.
//!
//! A float is an integer times a power of two, so for the usual sizes `x * 10**places` is computed exactly in 128 bits
//! and rounded there; the standard library's exact formatting does the rest.

use crate::int::{round_half_even, write_decimal};
use crate::str::{Str, StrBuf};

const POWERS: [u64; 20] = {
    let mut table = [1; 20];
    let mut index = 1;
    while index < 20 {
        table[index] = table[index - 1] * 10;
        index += 1;
    }
    table
};

/// `10**power` for a power below 20.
pub(super) fn power_of_ten(power: usize) -> u64 {
    POWERS[power]
}

/// A finite float's absolute value as `mantissa * 2**exponent`.
#[inline]
pub(super) fn decompose(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    if exponent == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, exponent - 1075)
    }
}

/// `|value| * 10**places` to the nearest integer, ties to even, when it fits 63 bits.
#[inline]
pub(super) fn scaled(value: f64, places: usize) -> Option<u64> {
    if places >= 20 {
        return None;
    }
    let (mantissa, exponent) = decompose(value);
    // 53 and 64 bits at most.
    let product = mantissa as u128 * POWERS[places] as u128;
    let result = if exponent <= 0 {
        round_half_even(product, -exponent as u32)
    } else if exponent as u32 <= product.leading_zeros() {
        product << exponent
    } else {
        return None;
    };
    (result >> 63 == 0).then_some(result as u64)
}

/// `f"{x:.{places}f}"`.
pub fn fixed(value: f64, places: usize) -> Str {
    let mut out = StrBuf::new();
    write_fixed(&mut out, value, places);
    out.finish()
}

/// Appends `f"{x:.{places}f}"`.
#[inline]
pub fn write_fixed(out: &mut StrBuf, value: f64, places: usize) {
    if !value.is_finite() {
        return out.push_ascii(super::repr::name(value));
    }
    match scaled(value, places) {
        Some(units) => write_scaled(out, value.is_sign_negative(), units, places),
        None => write_long(out, value, places),
    }
}

fn write_scaled(out: &mut StrBuf, negative: bool, units: u64, places: usize) {
    // Room for a sign and 19 digits, with a zero before the point if need be.
    let mut digits = [b'0'; 20];
    let start = write_decimal(units as i64, &mut digits).min(19 - places);
    let mut text = [0; 22];
    let mut at = 0;
    if negative {
        text[0] = b'-';
        at = 1;
    }
    let whole = &digits[start..20 - places];
    text[at..at + whole.len()].copy_from_slice(whole);
    at += whole.len();
    if places > 0 {
        text[at] = b'.';
        text[at + 1..at + 1 + places].copy_from_slice(&digits[20 - places..]);
        at += 1 + places;
    }
    out.push_ascii_bytes(&text[..at]);
}

/// The last place at which a float can have a digit other than zero.
const LAST_PLACE: usize = 1074;

#[cold]
fn write_long(out: &mut StrBuf, value: f64, places: usize) {
    let exact = places.min(LAST_PLACE);
    out.push_ascii(&format!("{value:.exact$}"));
    out.push_repeated(b'0' as u32, places - exact);
}
