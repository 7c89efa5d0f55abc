//! Floats.

use std::cmp::Ordering;

use crate::exc::{self, Result};
use crate::float as exact;
use crate::int::Int;
use crate::str::Str;

/// `a / b`
///
/// # Errors
/// ZeroDivisionError.
#[inline(always)]
pub fn truediv(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 { exact::truediv(a, b) } else { Ok(a / b) }
}

/// `a // b`
///
/// # Errors
/// ZeroDivisionError.
#[inline]
pub fn floordiv(a: f64, b: f64) -> Result<f64> {
    exact::floordiv(a, b)
}

/// `a % b`
///
/// # Errors
/// ZeroDivisionError.
#[inline]
pub fn rem(a: f64, b: f64) -> Result<f64> {
    exact::rem(a, b)
}

/// `a ** b` where that is a float.
///
/// # Errors
/// ZeroDivisionError, OverflowError; gives up where the result is complex.
#[inline]
pub fn pow(a: f64, b: f64) -> Result<f64> {
    exact::pow_real(a, b)?.ok_or_else(exc::deopt)
}

fn order(a: i64, b: f64) -> Option<Ordering> {
    Int::Small(a).partial_cmp_f64(b)
}

/// `a == b`, exactly.
#[inline]
pub fn eq_int(a: f64, b: i64) -> bool {
    order(b, a) == Some(Ordering::Equal)
}

/// `a < b`, exactly.
#[inline]
pub fn int_lt(a: i64, b: f64) -> bool {
    order(a, b) == Some(Ordering::Less)
}

/// `a <= b`, exactly.
#[inline]
pub fn int_le(a: i64, b: f64) -> bool {
    matches!(order(a, b), Some(Ordering::Less | Ordering::Equal))
}

/// `a > b`, exactly.
#[inline]
pub fn int_gt(a: i64, b: f64) -> bool {
    order(a, b) == Some(Ordering::Greater)
}

/// `a >= b`, exactly.
#[inline]
pub fn int_ge(a: i64, b: f64) -> bool {
    matches!(order(a, b), Some(Ordering::Greater | Ordering::Equal))
}

/// `min(a, b)`: the first unless the second is less.
#[inline(always)]
pub fn min(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// `max(a, b)`: the first unless the second is greater.
#[inline(always)]
pub fn max(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

fn small(value: Int) -> Result<i64> {
    value.as_i64().ok_or_else(exc::deopt)
}

/// `int(a)`
///
/// # Errors
/// OverflowError and ValueError for infinities and NaN; gives up beyond 64 bits.
#[inline]
pub fn to_int(a: f64) -> Result<i64> {
    small(exact::trunc(a)?)
}

/// `round(a)`
///
/// # Errors
/// As for `int(a)`.
#[inline]
pub fn round(a: f64) -> Result<i64> {
    small(exact::round_to_int(a)?)
}

/// `round(a, places)`
///
/// # Errors
/// OverflowError.
#[inline]
pub fn round_to(a: f64, places: i64) -> Result<f64> {
    exact::round(a, places)
}

/// `math.floor(a)`
///
/// # Errors
/// As for `int(a)`.
#[inline]
pub fn floor(a: f64) -> Result<i64> {
    small(exact::floor(a)?)
}

/// `math.ceil(a)`
///
/// # Errors
/// As for `int(a)`.
#[inline]
pub fn ceil(a: f64) -> Result<i64> {
    small(exact::ceil(a)?)
}

/// `float(text)`
///
/// # Errors
/// ValueError.
#[inline]
pub fn parse(text: &Str) -> Result<f64> {
    exact::parse(text)
}

/// `math.sqrt(a)`
///
/// # Errors
/// ValueError for negative numbers.
#[inline(always)]
pub fn sqrt(a: f64) -> Result<f64> {
    if a < 0.0 {
        Err(exc::value_error("math domain error"))
    } else {
        Ok(a.sqrt())
    }
}

macro_rules! libm {
    ($($name:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        ///
        /// # Errors
        /// ValueError outside the domain, OverflowError beyond the range.
        #[inline]
        pub fn $name(a: f64) -> Result<f64> {
            checked(a, unsafe { c::$name(std::hint::black_box(a)) })
        }
    )*};
}

/// The C library's functions, which CPython calls too.
mod c {
    unsafe extern "C" {
        pub fn sin(x: f64) -> f64;
        pub fn cos(x: f64) -> f64;
        pub fn exp(x: f64) -> f64;
        pub fn log(x: f64) -> f64;
    }
}

libm! {
    sin "`math.sin(a)`";
    cos "`math.cos(a)`";
    exp "`math.exp(a)`";
}

/// `math.log(a)`
///
/// # Errors
/// ValueError where there is none.
#[inline]
pub fn log(a: f64) -> Result<f64> {
    if a > 0.0 || a.is_nan() {
        // SAFETY: a pure function of the C library.
        return Ok(unsafe { c::log(std::hint::black_box(a)) });
    }
    Err(exc::value_error("math domain error"))
}

/// CPython's verdict on a result: NaN from a number is a domain error, infinity from a finite number a range error.
#[inline]
fn checked(a: f64, result: f64) -> Result<f64> {
    if result.is_nan() && !a.is_nan() {
        return Err(exc::value_error("math domain error"));
    }
    if result.is_infinite() && a.is_finite() {
        return Err(exc::overflow_error("math range error"));
    }
    Ok(result)
}

/// A sum of floats as they come, from an int zero.
#[derive(Default)]
pub struct Sum {
    total: f64,
    any: bool,
}

impl Sum {
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.total += value;
        self.any = true;
    }

    /// # Errors
    /// Gives up where nothing was added: the sum is an int then.
    #[inline]
    pub fn finish(&self) -> Result<f64> {
        if self.any { Ok(self.total) } else { Err(exc::deopt()) }
    }
}
