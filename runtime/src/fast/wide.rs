//! Ints of up to 127 bits: what lies beyond 64 bits in hashes, random generators and modular arithmetic. Checked, never
//! wrapped.

use crate::exc::{self, Result};

macro_rules! checked {
    ($($name:ident $checked:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        ///
        /// # Errors
        /// Gives up where the result leaves 127 bits.
        #[inline(always)]
        pub fn $name(a: i128, b: i128) -> Result<i128> {
            match a.$checked(b) {
                Some(value) => Ok(value),
                None => Err(exc::deopt()),
            }
        }
    )*};
}

checked! {
    add checked_add "`a + b`";
    sub checked_sub "`a - b`";
}

/// `a * b`
///
/// # Errors
/// Gives up where the result leaves 127 bits.
#[inline(always)]
pub fn mul(a: i128, b: i128) -> Result<i128> {
    // Two factors of 64 bits, the common case, need one multiplication.
    if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
        let product = u128::from(x) * u128::from(y);
        return i128::try_from(product).map_err(|_| exc::deopt());
    }
    a.checked_mul(b).ok_or_else(exc::deopt)
}

/// `-a`
///
/// # Errors
/// Gives up on the smallest int.
#[inline]
pub fn neg(a: i128) -> Result<i128> {
    a.checked_neg().ok_or_else(exc::deopt)
}

/// `abs(a)`
///
/// # Errors
/// Gives up on the smallest int.
#[inline]
pub fn abs(a: i128) -> Result<i128> {
    a.checked_abs().ok_or_else(exc::deopt)
}

/// `a // b`, rounded down.
///
/// # Errors
/// ZeroDivisionError; gives up where the result leaves 127 bits.
#[inline]
pub fn floordiv(a: i128, b: i128) -> Result<i128> {
    if b == 0 {
        return Err(crate::int::division_by_zero());
    }
    if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
        return Ok(i128::from(x / y));
    }
    match a.checked_div(b) {
        Some(quotient) => Ok(quotient - i128::from((a % b != 0) && ((a < 0) != (b < 0)))),
        None => Err(exc::deopt()),
    }
}

/// `a % b`, with the sign of `b`.
///
/// # Errors
/// ZeroDivisionError.
#[inline]
pub fn rem(a: i128, b: i128) -> Result<i128> {
    if b == 0 {
        return Err(crate::int::modulo_by_zero());
    }
    if b > 0 && b & (b - 1) == 0 {
        return Ok(a & (b - 1));
    }
    if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
        return Ok(i128::from(x % y));
    }
    let rest = a.wrapping_rem(b);
    Ok(if rest != 0 && ((rest < 0) != (b < 0)) {
        rest + b
    } else {
        rest
    })
}

/// `a % b` for a divisor of 64 bits: so is the rest.
///
/// # Errors
/// ZeroDivisionError.
#[inline]
pub fn rem_narrow(a: i128, b: i64) -> Result<i64> {
    rem(a, i128::from(b)).map(|rest| rest as i64)
}

/// `a & b` where the result has 64 bits, as with any mask that is not negative.
///
/// # Errors
/// Gives up where it has more.
#[inline]
pub fn and_narrow(a: i128, b: i64) -> Result<i64> {
    narrow(a & i128::from(b))
}

/// The int in 64 bits.
///
/// # Errors
/// Gives up where it has more.
#[inline]
pub fn narrow(a: i128) -> Result<i64> {
    i64::try_from(a).map_err(|_| exc::deopt())
}

/// `a << b`
///
/// # Errors
/// ValueError for a negative count; gives up where the result leaves 127 bits.
#[inline]
pub fn shl(a: i128, b: i64) -> Result<i128> {
    if b < 0 {
        return Err(exc::value_error("negative shift count"));
    }
    if b < 128 && (a << b) >> b == a {
        return Ok(a << b);
    }
    if a == 0 { Ok(0) } else { Err(exc::deopt()) }
}

/// `a >> b`
///
/// # Errors
/// ValueError for a negative count.
#[inline]
pub fn shr(a: i128, b: i64) -> Result<i128> {
    if b < 0 {
        return Err(exc::value_error("negative shift count"));
    }
    Ok(a >> b.min(127))
}
