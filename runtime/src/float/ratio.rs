//! Floats as exact fractions.

use super::fixed::decompose;
use crate::exc::{self, Result};
use crate::int::Int;
use num_bigint::BigInt;

/// `x.as_integer_ratio()`, in lowest terms; OverflowError for an infinity, ValueError for NaN.
pub fn as_integer_ratio(value: f64) -> Result<(Int, Int)> {
    if value.is_nan() {
        return Err(exc::value_error("cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(exc::overflow_error("cannot convert Infinity to integer ratio"));
    }
    if value == 0.0 {
        return Ok((Int::ZERO, Int::ONE));
    }
    let (mantissa, exponent) = decompose(value);
    let zeros = mantissa.trailing_zeros();
    let (odd, power) = (BigInt::from(mantissa >> zeros), exponent + zeros as i32);
    let odd = if value < 0.0 { -odd } else { odd };
    Ok(match power {
        0.. => (Int::from_big(odd << power), Int::ONE),
        _ => (Int::from_big(odd), Int::from_big(BigInt::from(1) << -power)),
    })
}
