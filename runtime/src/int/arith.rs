//! Arithmetic of ints: a 64-bit fast path, big integers behind it.

use super::Int;
use crate::exc::{self, Exc, Result};
use num_bigint::{BigInt, Sign};
use num_integer::{Integer, Roots};
use num_traits::{One, Signed, ToPrimitive};
use std::borrow::Cow;
use std::cmp::Ordering;

/// `//`, `divmod` by zero.
#[cold]
pub fn division_by_zero() -> Exc {
    exc::zero_division("integer division or modulo by zero")
}

/// `%` by zero.
#[cold]
pub fn modulo_by_zero() -> Exc {
    exc::zero_division("integer modulo by zero")
}

#[cold]
fn too_many_digits() -> Exc {
    exc::overflow_error("too many digits in integer")
}

/// The most bits an int may take here; CPython would run out of memory somewhere above.
const MOST_BITS: u64 = 1 << 36;

macro_rules! fast_or_big {
    ($($(#[$doc:meta])* $name:ident $checked:ident $big:ident $operator:tt;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name(&self, other: &Int) -> Int {
            if let (Int::Small(a), Int::Small(b)) = (self, other)
                && let Some(result) = a.$checked(*b)
            {
                return Int::Small(result);
            }
            self.$big(other)
        }

        #[inline(never)]
        fn $big(&self, other: &Int) -> Int {
            if let (Some(a), Some(b)) = (self.as_i128(), other.as_i128())
                && let Some(result) = a.$checked(b)
            {
                return Int::from(result);
            }
            Int::from_big(self.big().as_ref() $operator other.big().as_ref())
        }
    )*};
}

impl Int {
    /// The value as a big integer, borrowed when it is one.
    pub(crate) fn big(&self) -> Cow<'_, BigInt> {
        match self {
            Int::Small(value) => Cow::Owned(BigInt::from(*value)),
            Int::Big(value) => Cow::Borrowed(value),
        }
    }

    fast_or_big! {
        /// `a + b`.
        add checked_add add_big +;
        /// `a - b`.
        sub checked_sub sub_big -;
        /// `a * b`.
        mul checked_mul mul_big *;
    }

    /// The value, when it fits.
    #[inline]
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Int::Small(value) => Some(i128::from(*value)),
            Int::Big(value) => {
                let mut digits = value.iter_u64_digits();
                let (low, high, more) = (digits.next()?, digits.next().unwrap_or(0), digits.next());
                let size = i128::try_from(u128::from(high) << 64 | u128::from(low)).ok()?;
                let size = if value.sign() == Sign::Minus { -size } else { size };
                more.is_none().then_some(size)
            }
        }
    }

    /// Both values, when they fit and the second is not -1 (whose quotient may not).
    #[inline]
    fn both_i128(&self, other: &Int) -> Option<(i128, i128)> {
        let divisor = other.as_i128().filter(|divisor| *divisor != -1)?;
        Some((self.as_i128()?, divisor))
    }

    /// `a // b`; ZeroDivisionError.
    #[inline]
    pub fn floordiv(&self, other: &Int) -> Result<Int> {
        match (self, other) {
            (_, Int::Small(0)) => Err(division_by_zero()),
            (Int::Small(a), Int::Small(b)) if *b != -1 => Ok(Int::Small(a.div_floor(b))),
            _ if let Some((a, b)) = self.both_i128(other) => Ok(Int::from(Integer::div_floor(&a, &b))),
            _ => Ok(Int::from_big(self.big().div_floor(&other.big()))),
        }
    }

    /// `a % b`, with the sign of `b`; ZeroDivisionError.
    #[inline]
    pub fn rem(&self, other: &Int) -> Result<Int> {
        match (self, other) {
            (_, Int::Small(0)) => Err(modulo_by_zero()),
            (Int::Small(a), Int::Small(b)) if *b != -1 => Ok(Int::Small(a.mod_floor(b))),
            _ if let Some((a, b)) = self.both_i128(other) => Ok(Int::from(a.mod_floor(&b))),
            _ => Ok(Int::from_big(self.big().mod_floor(&other.big()))),
        }
    }

    /// `divmod(a, b)`; ZeroDivisionError.
    pub fn divmod(&self, other: &Int) -> Result<(Int, Int)> {
        match (self, other) {
            (_, Int::Small(0)) => Err(division_by_zero()),
            (Int::Small(a), Int::Small(b)) if *b != -1 => {
                let (quotient, remainder) = a.div_mod_floor(b);
                Ok((Int::Small(quotient), Int::Small(remainder)))
            }
            _ => {
                let (quotient, remainder) = self.big().div_mod_floor(&other.big());
                Ok((Int::from_big(quotient), Int::from_big(remainder)))
            }
        }
    }

    #[inline]
    pub fn neg(&self) -> Int {
        Int::ZERO.sub(self)
    }

    /// `~a`.
    #[inline]
    pub fn invert(&self) -> Int {
        match self {
            Int::Small(value) => Int::Small(!value),
            Int::Big(value) => Int::from_big(!&**value),
        }
    }

    #[inline]
    pub fn abs(&self) -> Int {
        if self.is_negative() { self.neg() } else { self.clone() }
    }

    /// `a ** exponent` for an exponent of at least 0 (a negative one makes a float: see `float::pow`).
    /// MemoryError for a result that no machine holds.
    pub fn pow(&self, exponent: &Int) -> Result<Int> {
        debug_assert!(!exponent.is_negative());
        match (self, exponent) {
            (_, Int::Small(0)) => Ok(Int::ONE),
            (Int::Small(0 | 1), _) => Ok(self.clone()),
            (Int::Small(-1), _) => Ok(if exponent.is_odd() { self.clone() } else { Int::ONE }),
            (_, Int::Small(power)) => self.pow_i64(*power as u64),
            _ => Err(exc::no_memory()),
        }
    }

    fn pow_i64(&self, power: u64) -> Result<Int> {
        if let (Int::Small(base), Ok(power)) = (self, u32::try_from(power))
            && let Some(result) = base.checked_pow(power)
        {
            return Ok(Int::Small(result));
        }
        if (self.bit_length() - 1).saturating_mul(power) > MOST_BITS {
            return Err(exc::no_memory());
        }
        Ok(Int::from_big(num_traits::Pow::pow(self.big().as_ref(), power)))
    }

    /// `pow(a, exponent, modulus)`; ValueError for a zero modulus and for an inverse that does not exist.
    pub fn modpow(&self, exponent: &Int, modulus: &Int) -> Result<Int> {
        if modulus.is_zero() {
            return Err(exc::value_error("pow() 3rd argument cannot be 0"));
        }
        if exponent.is_negative() {
            let inverse = self.inverse(&modulus.abs())?;
            return inverse.modpow(&exponent.neg(), modulus);
        }
        if let (Int::Small(base), Int::Small(power), Int::Small(modulus)) = (self, exponent, modulus) {
            return Ok(Int::Small(modpow_i64(*base, *power as u64, *modulus)));
        }
        Ok(Int::from_big(self.big().modpow(&exponent.big(), &modulus.big())))
    }

    /// The inverse of this modulo `modulus`, which is positive.
    fn inverse(&self, modulus: &Int) -> Result<Int> {
        let (value, modulus) = (self.big(), modulus.big());
        let found = value.mod_floor(&modulus).extended_gcd(&modulus);
        if !found.gcd.is_one() {
            return Err(exc::value_error("base is not invertible for the given modulus"));
        }
        Ok(Int::from_big(found.x.mod_floor(&modulus)))
    }

    #[inline]
    pub fn is_odd(&self) -> bool {
        match self {
            Int::Small(value) => value & 1 == 1,
            Int::Big(value) => value.is_odd(),
        }
    }

    /// `a << b`; ValueError for a negative count, OverflowError for an absurd one.
    #[inline]
    pub fn lshift(&self, other: &Int) -> Result<Int> {
        match (self, other) {
            (Int::Small(a), Int::Small(b @ 0..=62)) => match a.checked_mul(1 << b) {
                Some(result) => Ok(Int::Small(result)),
                None => Ok(Int::from((*a as i128) << *b)),
            },
            _ => self.lshift_big(other),
        }
    }

    #[cold]
    fn lshift_big(&self, other: &Int) -> Result<Int> {
        match other {
            _ if other.is_negative() => Err(negative_shift()),
            _ if self.is_zero() => Ok(Int::ZERO),
            Int::Small(count)
                if let Some(value) = self.as_i128()
                    && self.bit_length() + (*count as u64) < 127 =>
            {
                Ok(Int::from(value << count))
            }
            Int::Small(count) if (*count as u64) < MOST_BITS => Ok(Int::from_big(self.big().as_ref() << *count)),
            Int::Small(_) => Err(exc::no_memory()),
            Int::Big(_) => Err(too_many_digits()),
        }
    }

    /// `a >> b`; ValueError for a negative count.
    #[inline]
    pub fn rshift(&self, other: &Int) -> Result<Int> {
        match (self, other) {
            _ if other.is_negative() => Err(negative_shift()),
            (Int::Small(a), Int::Small(b)) => Ok(Int::Small(a >> (*b).min(63))),
            (Int::Big(a), Int::Small(b)) => Ok(match self.as_i128() {
                Some(a) => Int::from(a >> (*b).min(127)),
                None => Int::from_big(&**a >> *b),
            }),
            (_, Int::Big(_)) => Ok(Int::Small(if self.is_negative() { -1 } else { 0 })),
        }
    }

    /// `math.isqrt(a)`; ValueError for a negative number.
    pub fn isqrt(&self) -> Result<Int> {
        if self.is_negative() {
            return Err(exc::value_error("isqrt() argument must be nonnegative"));
        }
        match self {
            Int::Small(value) => Ok(Int::Small(value.sqrt())),
            Int::Big(value) => Ok(Int::from_big(value.sqrt())),
        }
    }

    /// `math.gcd(a, b)`, never negative.
    pub fn gcd(&self, other: &Int) -> Int {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => Int::from(gcd_u64(a.unsigned_abs(), b.unsigned_abs())),
            _ => Int::from_big(self.big().gcd(&other.big())),
        }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i64 {
        match self {
            Int::Small(value) => value.signum(),
            Int::Big(value) => value.signum().to_i64().unwrap_or(0),
        }
    }
}

#[cold]
pub(super) fn negative_shift() -> Exc {
    exc::value_error("negative shift count")
}

fn modpow_i64(base: i64, mut power: u64, modulus: i64) -> i64 {
    let size = modulus.unsigned_abs() as u128;
    let mut square = (base as i128).rem_euclid(size as i128) as u128;
    let mut result = 1 % size;
    while power > 0 {
        if power & 1 == 1 {
            result = result * square % size;
        }
        square = square * square % size;
        power >>= 1;
    }
    // With a negative modulus the result lies between it and zero.
    if modulus < 0 && result != 0 {
        (result as i128 + modulus as i128) as i64
    } else {
        result as i64
    }
}

/// The greatest common divisor by shifts and subtractions (Stein's algorithm).
fn gcd_u64(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            (a, b) = (b, a);
        }
        b -= a;
    }
    a << shift
}

impl Ord for Int {
    #[inline]
    fn cmp(&self, other: &Int) -> Ordering {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a.cmp(b),
            (Int::Big(a), Int::Big(b)) => a.cmp(b),
            // A big value lies outside the range of every small one.
            (Int::Small(_), Int::Big(_)) if other.is_negative() => Ordering::Greater,
            (Int::Small(_), Int::Big(_)) => Ordering::Less,
            (Int::Big(_), Int::Small(_)) => other.cmp(self).reverse(),
        }
    }
}

impl PartialOrd for Int {
    #[inline]
    fn partial_cmp(&self, other: &Int) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Int {
    fn default() -> Int {
        Int::ZERO
    }
}
