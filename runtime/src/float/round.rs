//! Rounding.

use super::fixed::{power_of_ten, scaled};
use crate::exc::{self, Exc, Result};
use crate::int::Int;

/// Beyond these many places every float is already round, or rounds to zero (CPython's NDIGITS_MAX and NDIGITS_MIN).
const MOST_PLACES: i64 = 323;
const LEAST_PLACES: i64 = -308;

/// `round(x, places)`: the exact value rounded once, ties to even; OverflowError.
#[inline]
pub fn round(value: f64, places: i64) -> Result<f64> {
    if (0..20).contains(&places)
        && value.is_finite()
        && let Some(units) = scaled(value, places as usize)
        && units < 1 << 53
    {
        // Both are exact, so the division rounds once, as reading the decimal text would.
        let size = units as f64 / power_of_ten(places as usize) as f64;
        return Ok(size.copysign(value));
    }
    round_rare(value, places)
}

#[cold]
fn round_rare(value: f64, places: i64) -> Result<f64> {
    if !value.is_finite() || places > MOST_PLACES {
        return Ok(value);
    }
    if places < LEAST_PLACES {
        return Ok(0.0 * value);
    }
    let text = match places {
        0.. => format!("{value:.*}", places as usize),
        _ => rounded_whole(value, -places as usize),
    };
    match text.parse::<f64>() {
        Ok(result) if result.is_finite() => Ok(result),
        _ => Err(exc::overflow_error("rounded value too large to represent")),
    }
}

/// The value to the nearest multiple of `10**places`, ties to even, as decimal text.
fn rounded_whole(value: f64, places: usize) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let exact = format!("{:.1074}", value.abs());
    let (whole, fraction) = exact.split_once('.').unwrap_or((&exact, ""));
    let padded = format!("{whole:0>width$}", width = places + 1);
    let (kept, cut) = padded.split_at(padded.len() - places);
    let half = format!("5{}", "0".repeat(places - 1));
    let odd = !kept.as_bytes()[kept.len() - 1].is_multiple_of(2);
    let up = match cut.cmp(&half) {
        std::cmp::Ordering::Equal => odd || fraction.bytes().any(|digit| digit != b'0'),
        order => order.is_gt(),
    };
    let zeros = "0".repeat(places);
    format!("{sign}{}{zeros}", if up { incremented(kept) } else { kept.to_owned() })
}

/// Decimal digits plus one.
fn incremented(digits: &str) -> String {
    let nines = digits.len() - digits.trim_end_matches('9').len();
    let (head, zeros) = (&digits[..digits.len() - nines], "0".repeat(nines));
    match head.as_bytes() {
        [] => format!("1{zeros}"),
        [front @ .., last] => format!("{}{}{zeros}", String::from_utf8_lossy(front), (last + 1) as char),
    }
}

#[cold]
fn no_integer(value: f64) -> Exc {
    if value.is_nan() {
        exc::value_error("cannot convert float NaN to integer")
    } else {
        exc::overflow_error("cannot convert float infinity to integer")
    }
}

/// `int(x)`, `math.trunc(x)`; ValueError, OverflowError.
#[inline]
pub fn trunc(value: f64) -> Result<Int> {
    Int::from_f64(value).ok_or_else(|| no_integer(value))
}

/// `math.floor(x)`; ValueError, OverflowError.
#[inline]
pub fn floor(value: f64) -> Result<Int> {
    trunc(value.floor())
}

/// `math.ceil(x)`; ValueError, OverflowError.
#[inline]
pub fn ceil(value: f64) -> Result<Int> {
    trunc(value.ceil())
}

/// `round(x)`: to the nearest int, ties to even; ValueError, OverflowError.
#[inline]
pub fn round_to_int(value: f64) -> Result<Int> {
    trunc(value.round_ties_even())
}

/// `x.is_integer()`.
#[inline]
pub fn is_integer(value: f64) -> bool {
    value.is_finite() && value.floor() == value
}
