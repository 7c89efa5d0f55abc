//! Python's operators on plain `i64`, for code whose ints are known to fit.
//!
//! A result that leaves 64 bits is `Err(exc::deopt())`: the caller starts over with unbounded ints.

use super::arith::{division_by_zero, modulo_by_zero, negative_shift};
use crate::exc::{self, Exc, Result};

#[cold]
#[inline(never)]
fn overflow() -> Exc {
    exc::deopt()
}

macro_rules! checked {
    ($($(#[$doc:meta])* $name:ident $checked:ident;)*) => {$(
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(a: i64, b: i64) -> Result<i64> {
            match a.$checked(b) {
                Some(result) => Ok(result),
                None => Err(overflow()),
            }
        }
    )*};
}

checked! {
    /// `a + b`.
    add checked_add;
    /// `a - b`.
    sub checked_sub;
    /// `a * b`.
    mul checked_mul;
}

/// `-a`.
#[inline(always)]
pub fn neg(a: i64) -> Result<i64> {
    match a.checked_neg() {
        Some(result) => Ok(result),
        None => Err(overflow()),
    }
}

/// `abs(a)`.
#[inline(always)]
pub fn abs(a: i64) -> Result<i64> {
    match a.checked_abs() {
        Some(result) => Ok(result),
        None => Err(overflow()),
    }
}

/// `a // b`; ZeroDivisionError.
#[inline(always)]
pub fn floordiv(a: i64, b: i64) -> Result<i64> {
    match a.checked_div(b) {
        Some(quotient) => Ok(quotient - ((a % b != 0) & ((a < 0) != (b < 0))) as i64),
        None => Err(floordiv_fault(b)),
    }
}

#[cold]
fn floordiv_fault(b: i64) -> Exc {
    if b == 0 { division_by_zero() } else { overflow() }
}

/// `a % b`, with the sign of `b`; ZeroDivisionError.
#[inline(always)]
pub fn rem(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(modulo_by_zero());
    }
    let remainder = a.wrapping_rem(b);
    Ok(if (remainder != 0) & ((remainder ^ b) < 0) {
        remainder + b
    } else {
        remainder
    })
}

/// `divmod(a, b)`; ZeroDivisionError.
#[inline(always)]
pub fn divmod(a: i64, b: i64) -> Result<(i64, i64)> {
    if b == 0 {
        return Err(division_by_zero());
    }
    Ok((floordiv(a, b)?, rem(a, b)?))
}

/// `a / b`, correctly rounded; ZeroDivisionError.
#[inline(always)]
pub fn truediv(a: i64, b: i64) -> Result<f64> {
    const EXACT: u64 = 1 << 53;
    if b != 0 && a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT {
        return Ok(a as f64 / b as f64);
    }
    super::Int::Small(a).truediv(&super::Int::Small(b))
}

/// `a ** b` for `b >= 0` (a negative exponent makes a float).
#[inline]
pub fn pow(a: i64, b: i64) -> Result<i64> {
    debug_assert!(b >= 0);
    match a {
        0 | 1 => Ok(if b == 0 { 1 } else { a }),
        -1 => Ok(if b & 1 == 0 { 1 } else { -1 }),
        _ => u32::try_from(b)
            .ok()
            .and_then(|b| a.checked_pow(b))
            .ok_or_else(overflow),
    }
}

/// `a << b`; ValueError for a negative count.
#[inline(always)]
pub fn lshift(a: i64, b: i64) -> Result<i64> {
    if (0..63).contains(&b) {
        let shifted = a << b;
        if shifted >> b == a {
            return Ok(shifted);
        }
    }
    lshift_rare(a, b)
}

#[cold]
fn lshift_rare(a: i64, b: i64) -> Result<i64> {
    match b {
        ..0 => Err(negative_shift()),
        _ if a == 0 => Ok(0),
        63 if a == -1 => Ok(i64::MIN),
        _ => Err(overflow()),
    }
}

/// `a >> b`; ValueError for a negative count.
#[inline(always)]
pub fn rshift(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(negative_shift());
    }
    Ok(a >> b.min(63))
}
