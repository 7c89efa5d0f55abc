//! Division, remainder and power, with CPython's signs and exceptions.

use crate::exc::{self, Exc, Result};
use crate::value::Value;
use std::hint::black_box;

mod libm {
    unsafe extern "C" {
        pub fn pow(x: f64, y: f64) -> f64;
    }
}

#[cold]
fn zero_division(message: &str) -> Exc {
    exc::zero_division(message)
}

/// The `OverflowError` of a math function whose result is out of range.
#[cold]
fn out_of_range() -> Exc {
    exc::of_kind(
        "OverflowError",
        vec![Value::Int(34), Value::str("Numerical result out of range")],
    )
}

/// `x / y`; ZeroDivisionError.
#[inline(always)]
pub fn truediv(x: f64, y: f64) -> Result<f64> {
    if y == 0.0 {
        return Err(zero_division("float division by zero"));
    }
    Ok(x / y)
}

/// `x % y`, with the sign of `y`; ZeroDivisionError.
#[inline]
pub fn rem(x: f64, y: f64) -> Result<f64> {
    if y == 0.0 {
        return Err(zero_division("float modulo"));
    }
    Ok(signed_remainder(x, y))
}

/// C's fmod, moved into the sign of `y`.
#[inline]
fn signed_remainder(x: f64, y: f64) -> f64 {
    let remainder = x % y;
    if remainder == 0.0 {
        0.0_f64.copysign(y)
    } else if (y < 0.0) != (remainder < 0.0) {
        remainder + y
    } else {
        remainder
    }
}

/// `x // y`; ZeroDivisionError.
#[inline]
pub fn floordiv(x: f64, y: f64) -> Result<f64> {
    if y == 0.0 {
        return Err(zero_division("float floor division by zero"));
    }
    Ok(floor_quotient(x, y))
}

/// `divmod(x, y)`; ZeroDivisionError.
pub fn divmod(x: f64, y: f64) -> Result<(f64, f64)> {
    if y == 0.0 {
        return Err(zero_division("float divmod()"));
    }
    Ok((floor_quotient(x, y), signed_remainder(x, y)))
}

/// The quotient that goes with the exact remainder, snapped to a whole number.
fn floor_quotient(x: f64, y: f64) -> f64 {
    let remainder = x % y;
    let mut quotient = (x - remainder) / y;
    if remainder != 0.0 && (y < 0.0) != (remainder < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0.0_f64.copysign(x / y);
    }
    let whole = quotient.floor();
    if quotient - whole > 0.5 { whole + 1.0 } else { whole }
}

fn is_odd(x: f64) -> bool {
    (x % 2.0).abs() == 1.0
}

/// `x ** y` where that is a float: `None` when it is complex (a negative base, a fractional exponent).
/// ZeroDivisionError, OverflowError.
pub fn pow_real(x: f64, y: f64) -> Result<Option<f64>> {
    if let Some(known) = pow_special(x, y)? {
        return Ok(Some(known));
    }
    if x < 0.0 && y != y.floor() {
        return Ok(None);
    }
    let size = x.abs();
    // The compiler must not see what is raised to what: it would fold squares and roots that libm computes otherwise.
    // SAFETY: a function of the C library without requirements.
    let power = if size == 1.0 {
        1.0
    } else {
        unsafe { libm::pow(black_box(size), black_box(y)) }
    };
    if power.is_infinite() {
        return Err(out_of_range());
    }
    Ok(Some(if x < 0.0 && is_odd(y) { -power } else { power }))
}

/// Zeros, NaN and infinities.
fn pow_special(x: f64, y: f64) -> Result<Option<f64>> {
    Ok(Some(match () {
        _ if y == 0.0 => 1.0,
        _ if x.is_nan() => x,
        _ if y.is_nan() => return Ok(Some(if x == 1.0 { 1.0 } else { y })),
        _ if y.is_infinite() => pow_of_infinite_exponent(x.abs(), y),
        _ if x.is_infinite() => pow_of_infinite_base(x, y),
        _ if x == 0.0 && y < 0.0 => return Err(zero_division("0.0 cannot be raised to a negative power")),
        _ if x == 0.0 => return Ok(Some(if is_odd(y) { x } else { 0.0 })),
        _ => return Ok(None),
    }))
}

fn pow_of_infinite_exponent(size: f64, y: f64) -> f64 {
    if size == 1.0 {
        1.0
    } else if (y > 0.0) == (size > 1.0) {
        f64::INFINITY
    } else {
        0.0
    }
}

fn pow_of_infinite_base(x: f64, y: f64) -> f64 {
    match (y > 0.0, is_odd(y)) {
        (true, true) => x,
        (true, false) => f64::INFINITY,
        (false, true) => 0.0_f64.copysign(x),
        (false, false) => 0.0,
    }
}

/// `x ** y` for native code that expects a float: a complex result is `exc::deopt()`.
/// ZeroDivisionError, OverflowError.
#[inline]
pub fn pow(x: f64, y: f64) -> Result<f64> {
    match pow_real(x, y)? {
        Some(power) => Ok(power),
        None => Err(exc::deopt()),
    }
}

/// `a ** b` of ints with a negative exponent: a float. ZeroDivisionError.
#[inline]
pub fn pow_int(a: i64, b: i64) -> Result<f64> {
    pow(a as f64, b as f64)
}
