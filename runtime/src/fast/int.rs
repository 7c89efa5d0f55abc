//! Ints in 64 bits: checked, never wrapped.

use crate::exc::{self, Result};
use crate::int::Int;
use crate::str::Str;
use crate::value::Value;

macro_rules! checked {
    ($($name:ident $checked:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        ///
        /// # Errors
        /// Gives up where the result leaves 64 bits.
        #[inline(always)]
        pub fn $name(a: i64, b: i64) -> Result<i64> {
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
    mul checked_mul "`a * b`";
}

/// What `__len__` answers as a length; gives up where it is none.
#[inline]
pub fn length(answer: i64) -> Result<i64> {
    if answer < 0 {
        return Err(super::given_up());
    }
    Ok(answer)
}

/// `-a`
///
/// # Errors
/// Gives up on the smallest int.
#[inline(always)]
pub fn neg(a: i64) -> Result<i64> {
    a.checked_neg().ok_or_else(exc::deopt)
}

/// `abs(a)`
///
/// # Errors
/// Gives up on the smallest int.
#[inline(always)]
pub fn abs(a: i64) -> Result<i64> {
    a.checked_abs().ok_or_else(exc::deopt)
}

/// `a // b`, rounded down.
///
/// # Errors
/// ZeroDivisionError; gives up where the result leaves 64 bits.
#[inline(always)]
pub fn floordiv(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(crate::int::division_by_zero());
    }
    match a.checked_div(b) {
        Some(quotient) => Ok(quotient - i64::from((a % b != 0) && ((a < 0) != (b < 0)))),
        None => Err(exc::deopt()),
    }
}

/// `a % b`, with the sign of `b`.
///
/// # Errors
/// ZeroDivisionError.
#[inline(always)]
pub fn rem(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(crate::int::modulo_by_zero());
    }
    let rest = a.wrapping_rem(b);
    Ok(if rest != 0 && ((rest < 0) != (b < 0)) {
        rest + b
    } else {
        rest
    })
}

/// `divmod(a, b)`
///
/// # Errors
/// As for `//`.
#[inline]
pub fn divmod(a: i64, b: i64) -> Result<(i64, i64)> {
    Ok((floordiv(a, b)?, rem(a, b)?))
}

/// `a / b`, correctly rounded.
///
/// # Errors
/// ZeroDivisionError.
#[inline]
pub fn truediv(a: i64, b: i64) -> Result<f64> {
    const EXACT: i64 = 1 << 53;
    if b != 0 && (-EXACT..=EXACT).contains(&a) && (-EXACT..=EXACT).contains(&b) {
        return Ok(a as f64 / b as f64);
    }
    Int::Small(a).truediv(&Int::Small(b))
}

/// `a ** b` for an exponent that is not negative.
///
/// # Errors
/// Gives up where the result leaves 64 bits, or is a float (negative exponent).
#[inline]
pub fn pow(a: i64, b: i64) -> Result<i64> {
    u32::try_from(b)
        .ok()
        .and_then(|b| a.checked_pow(b))
        .ok_or_else(exc::deopt)
}

/// `pow(a, b)`
///
/// # Errors
/// ZeroDivisionError for a negative power of zero.
pub fn pow_any(a: i64, b: i64) -> Result<Value> {
    crate::ops::pow(&Value::Int(a), &Value::Int(b))
}

/// `a << b`
///
/// # Errors
/// ValueError for a negative count; gives up where the result leaves 64 bits.
#[inline]
pub fn shl(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(exc::value_error("negative shift count"));
    }
    if b < 64 && (a << b) >> b == a {
        return Ok(a << b);
    }
    if a == 0 { Ok(0) } else { Err(exc::deopt()) }
}

/// `a >> b`
///
/// # Errors
/// ValueError for a negative count.
#[inline]
pub fn shr(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(exc::value_error("negative shift count"));
    }
    Ok(a >> b.min(63))
}

/// `min(a, b)`
#[inline(always)]
pub fn min(a: i64, b: i64) -> i64 {
    a.min(b)
}

/// `max(a, b)`
#[inline(always)]
pub fn max(a: i64, b: i64) -> i64 {
    a.max(b)
}

/// `int(text)`
///
/// # Errors
/// ValueError; gives up on ints beyond 64 bits.
pub fn parse(text: &Str) -> Result<i64> {
    if let Some(plain) = text.as_ascii()
        && plain.len() <= 18
        && plain.bytes().all(|b| b.is_ascii_digit())
        && !plain.is_empty()
    {
        return Ok(plain
            .bytes()
            .fold(0, |value, digit| value * 10 + i64::from(digit - b'0')));
    }
    Int::parse(text, 10)?.as_i64().ok_or_else(exc::deopt)
}

/// `hash(a)`
#[inline]
pub fn hash(a: i64) -> i64 {
    crate::hash::of_int(&Int::Small(a))
}
