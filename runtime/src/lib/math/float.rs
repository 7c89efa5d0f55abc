//! The functions of `math` on doubles, with CPython's rules for what is a domain error and what a range error.

use super::Raised::*;
use super::libm;
use crate::exc::Result;

/// CPython's check after a C function of one argument: a NaN out of a number, or an infinity out of a finite one.
#[inline]
fn checked(x: f64, r: f64, can_overflow: bool) -> Result<f64> {
    if r.is_finite() {
        return Ok(r);
    }
    if r.is_nan() && !x.is_nan() {
        return Err(Domain.raise());
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { Range } else { Domain }.raise());
    }
    Ok(r)
}

macro_rules! one {
    ($($name:ident $overflows:literal)*) => {$(
        #[doc = concat!("`math.", stringify!($name), "`.")]
        #[inline]
        pub fn $name(x: f64) -> Result<f64> {
            checked(x, libm::$name(x), $overflows)
        }
    )*};
}

one! {
    acos false acosh false asin false asinh false atan false atanh false cbrt false cos false cosh true
    erf false erfc false exp true exp2 true expm1 true sin false sinh true tan false tanh false
}

/// `math.sqrt`.
#[inline]
pub fn sqrt(x: f64) -> Result<f64> {
    if x < 0.0 { Err(Domain.raise()) } else { Ok(x.sqrt()) }
}

/// `math.log1p`; keeps the sign of zero.
#[inline]
pub fn log1p(x: f64) -> Result<f64> {
    if x == 0.0 {
        Ok(x)
    } else {
        checked(x, libm::log1p(x), false)
    }
}

macro_rules! logarithm {
    ($($name:ident)*) => {$(
        #[doc = concat!("`math.", stringify!($name), "` of a double: zero and negative numbers are domain errors.")]
        #[inline]
        pub fn $name(x: f64) -> Result<f64> {
            if x <= 0.0 { Err(Domain.raise()) } else { Ok(libm::$name(x)) }
        }
    )*};
}

logarithm! { log log2 log10 }

/// `math.log(x, base)`.
pub fn log_base(x: f64, base: f64) -> Result<f64> {
    log_ratio(log(x)?, log(base)?)
}

/// A logarithm in another base from the two natural ones.
pub fn log_ratio(log_x: f64, log_base: f64) -> Result<f64> {
    if log_base == 0.0 {
        Err(ZeroDivision.raise())
    } else {
        Ok(log_x / log_base)
    }
}

/// `math.atan2`.
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// `math.fmod`.
pub fn fmod(x: f64, y: f64) -> Result<f64> {
    if y.is_infinite() && x.is_finite() {
        return Ok(x);
    }
    let r = libm::fmod(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        Err(Domain.raise())
    } else {
        Ok(r)
    }
}

/// `math.pow`; unlike `**` it never leaves the doubles.
pub fn pow(x: f64, y: f64) -> Result<f64> {
    if !x.is_finite() || !y.is_finite() {
        return Ok(pow_of_specials(x, y));
    }
    let r = libm::pow(x, y);
    if r.is_nan() {
        return Err(Domain.raise());
    }
    if r.is_infinite() {
        return Err(if x == 0.0 { Domain } else { Range }.raise());
    }
    Ok(r)
}

fn pow_of_specials(x: f64, y: f64) -> f64 {
    if x.is_nan() {
        return if y == 0.0 { 1.0 } else { x };
    }
    if y.is_nan() {
        return if x == 1.0 { 1.0 } else { y };
    }
    if x.is_infinite() {
        return pow_of_infinity(x, y);
    }
    if x.abs() == 1.0 {
        1.0
    } else if (y > 0.0) == (x.abs() > 1.0) {
        f64::INFINITY
    } else {
        0.0
    }
}

fn pow_of_infinity(x: f64, y: f64) -> f64 {
    let odd = y.is_finite() && libm::fmod(y.abs(), 2.0) == 1.0;
    if y > 0.0 {
        if odd { x } else { x.abs() }
    } else if y == 0.0 {
        1.0
    } else if odd {
        0f64.copysign(x)
    } else {
        0.0
    }
}

/// `math.remainder`: IEEE 754's, ties to even.
pub fn remainder(x: f64, y: f64) -> Result<f64> {
    if x.is_finite() && y.is_finite() {
        return if y == 0.0 {
            Err(Domain.raise())
        } else {
            Ok(finite_remainder(x, y))
        };
    }
    if x.is_nan() {
        return Ok(x);
    }
    if y.is_nan() {
        return Ok(y);
    }
    if x.is_infinite() { Err(Domain.raise()) } else { Ok(x) }
}

fn finite_remainder(x: f64, y: f64) -> f64 {
    let (absx, absy) = (x.abs(), y.abs());
    let m = libm::fmod(absx, absy);
    let c = absy - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        m - 2.0 * libm::fmod(0.5 * (absx - m), absy)
    };
    1f64.copysign(x) * r
}

/// `math.ldexp` with an exponent already cut to an i64 (anything larger saturates).
pub fn ldexp(x: f64, exponent: i64) -> Result<f64> {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    if exponent < i64::from(i32::MIN) {
        return Ok(0f64.copysign(x));
    }
    if exponent > i64::from(i32::MAX) {
        return Err(Range.raise());
    }
    let r = libm::ldexp(x, exponent as i32);
    if r.is_infinite() { Err(Range.raise()) } else { Ok(r) }
}

/// `math.modf`: fractional and integral part, both with the sign of `x`.
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0f64.copysign(x), x);
    }
    if x.is_nan() {
        return (x, x);
    }
    let whole = x.trunc();
    ((x - whole).copysign(x), whole)
}

/// `math.isclose` with its tolerances; a negative tolerance is an error.
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Result<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(NegativeTolerance.raise());
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let diff = (b - a).abs();
    Ok(diff <= (rel_tol * b).abs() || diff <= (rel_tol * a).abs() || diff <= abs_tol)
}

/// `math.ulp`: the value of the last bit of `x`.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let above = libm::nextafter(x, f64::INFINITY);
    if above.is_infinite() {
        x - libm::nextafter(x, f64::NEG_INFINITY)
    } else {
        above - x
    }
}

/// `math.nextafter`.
pub fn nextafter(x: f64, y: f64) -> f64 {
    if x == y {
        return y;
    }
    if x.is_nan() {
        return x;
    }
    if y.is_nan() {
        return y;
    }
    libm::nextafter(x, y)
}

/// `math.degrees`.
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / std::f64::consts::PI)
}

/// `math.radians`.
pub fn radians(x: f64) -> f64 {
    x * (std::f64::consts::PI / 180.0)
}
