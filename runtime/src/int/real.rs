//! Ints meeting floats: conversion, true division, exact comparison.

use super::Int;
use crate::exc::{self, Exc, Result};
use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};
use std::cmp::Ordering;

#[cold]
fn quotient_too_large() -> Exc {
    exc::overflow_error("integer division result too large for a float")
}

impl Int {
    /// `float(a)`: the nearest float, ties to even; OverflowError.
    #[inline]
    pub fn to_f64(&self) -> Result<f64> {
        match self {
            Int::Small(value) => Ok(*value as f64),
            Int::Big(value) => match value.to_f64() {
                Some(float) if float.is_finite() => Ok(float),
                _ => Err(exc::overflow_error("int too large to convert to float")),
            },
        }
    }

    /// The int a finite float's integer part is; `None` for an infinity or NaN.
    pub fn from_f64(value: f64) -> Option<Int> {
        // Both bounds are floats: -2**63 and 2**63.
        if (-9223372036854775808.0..9223372036854775808.0).contains(&value) {
            return Some(Int::Small(value as i64));
        }
        BigInt::from_f64(value).map(Int::from_big)
    }

    /// `a / b`, correctly rounded; ZeroDivisionError, OverflowError.
    pub fn truediv(&self, other: &Int) -> Result<f64> {
        if other.is_zero() {
            return Err(exc::zero_division("division by zero"));
        }
        if self.bit_length() <= 53 && other.bit_length() <= 53 {
            return Ok(self.to_f64()? / other.to_f64()?);
        }
        let size = divide_magnitudes(&self.abs(), &other.abs())?;
        Ok(if self.is_negative() != other.is_negative() {
            -size
        } else {
            size
        })
    }

    /// Compares exactly, without rounding the int; `None` for NaN.
    #[inline]
    pub fn partial_cmp_f64(&self, other: f64) -> Option<Ordering> {
        match self {
            Int::Small(value) => cmp_i64_f64(*value, other),
            Int::Big(value) => cmp_big_f64(value, other),
        }
    }

    /// `a == other`, exactly.
    #[inline]
    pub fn eq_f64(&self, other: f64) -> bool {
        self.partial_cmp_f64(other) == Some(Ordering::Equal)
    }
}

/// The quotient of two positive ints, rounded once: a quotient of at least 64 bits whose last bit also stands for
/// everything below it, scaled down with a rounding of its own where the result is subnormal.
fn divide_magnitudes(a: &Int, b: &Int) -> Result<f64> {
    if a.is_zero() {
        return Ok(0.0);
    }
    let difference = a.bit_length() as i64 - b.bit_length() as i64;
    if difference > 1024 {
        return Err(quotient_too_large());
    }
    if difference < -1080 {
        return Ok(0.0);
    }
    // The quotient of the shifted values has 66 or 67 bits.
    let shift = 66 - difference;
    let (numerator, denominator) = match shift {
        0.. => (a.big().as_ref() << shift, b.to_big()),
        _ => (a.to_big(), b.big().as_ref() << -shift),
    };
    let quotient = &numerator / &denominator;
    let inexact = &quotient * &denominator != numerator;
    let bits = quotient.to_u128().expect("67 bits at most") | inexact as u128;
    match scale(bits, -shift) {
        result if result.is_finite() => Ok(result),
        _ => Err(quotient_too_large()),
    }
}

/// `bits * 2**exponent` rounded once to the nearest float, ties to even; `bits` has more than 64 bits.
fn scale(bits: u128, exponent: i64) -> f64 {
    let length = 128 - bits.leading_zeros() as i64;
    // The place of the last bit a float of this size keeps.
    let last = (length - 53).max(-1074 - exponent);
    let kept = round_half_even(bits, last as u32);
    if kept == 0 {
        return 0.0;
    }
    // `kept` fits 53 bits (or is a power of two), so both steps are exact; two steps keep each factor a normal float.
    let power = exponent + last;
    let first = power.clamp(-1000, 1000);
    kept as f64 * exp2(first) * exp2(power - first)
}

/// `bits / 2**places`, to the nearest, ties to even.
pub(crate) fn round_half_even(bits: u128, places: u32) -> u128 {
    if places == 0 {
        return bits;
    }
    if places > 128 {
        return 0;
    }
    let quotient = if places == 128 { 0 } else { bits >> places };
    let rest = bits - if places == 128 { 0 } else { quotient << places };
    let half = 1u128 << (places - 1);
    quotient + (rest > half || rest == half && quotient & 1 == 1) as u128
}

/// `2.0 ** power` for a power between -1022 and 1023.
fn exp2(power: i64) -> f64 {
    f64::from_bits(((power + 1023) as u64) << 52)
}

fn cmp_i64_f64(value: i64, other: f64) -> Option<Ordering> {
    const LIMIT: f64 = 9223372036854775808.0;
    if other.is_nan() {
        return None;
    }
    if other >= LIMIT {
        return Some(Ordering::Less);
    }
    if other < -LIMIT {
        return Some(Ordering::Greater);
    }
    let whole = other.trunc();
    Some(
        value
            .cmp(&(whole as i64))
            .then_with(|| 0.0_f64.total_cmp(&(other - whole + 0.0))),
    )
}

fn cmp_big_f64(value: &BigInt, other: f64) -> Option<Ordering> {
    match BigInt::from_f64(other) {
        // A float this far out has no fraction, and a nearer one differs in its integer part already.
        Some(whole) => Some(value.cmp(&whole)),
        None => 0.0.partial_cmp(&other),
    }
}
