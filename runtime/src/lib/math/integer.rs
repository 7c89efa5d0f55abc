//! The functions of `math` on integers of any size.

use super::Raised::*;
use crate::exc::Result;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// `math.gcd` of two machine integers; the result can only leave i64 where an argument is its minimum.
#[inline]
pub fn gcd_i64(a: i64, b: i64) -> Option<i64> {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).ok()
}

/// `math.gcd` of two integers.
pub fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    a.gcd(b)
}

/// `math.lcm` of two integers.
pub fn lcm(a: &BigInt, b: &BigInt) -> BigInt {
    if a.is_zero() || b.is_zero() {
        BigInt::zero()
    } else {
        a.lcm(b).abs()
    }
}

/// `math.isqrt` of a machine integer.
#[inline]
pub fn isqrt_i64(n: i64) -> Result<i64> {
    if n < 0 {
        return Err(NegativeIsqrt.raise());
    }
    Ok(n.isqrt())
}

/// `math.isqrt`.
pub fn isqrt(n: &BigInt) -> Result<BigInt> {
    if n.is_negative() {
        Err(NegativeIsqrt.raise())
    } else {
        Ok(n.sqrt())
    }
}

/// `math.factorial`.
pub fn factorial(n: i64) -> Result<BigInt> {
    if n < 0 {
        return Err(NegativeFactorial.raise());
    }
    Ok(product(1, n as u64))
}

/// `lo * (lo + 1) * ... * hi`, by halves so that the factors stay of like size.
fn product(lo: u64, hi: u64) -> BigInt {
    if lo > hi {
        return BigInt::one();
    }
    if hi - lo < 8 {
        return (lo..=hi).fold(BigInt::one(), |p, i| p * i);
    }
    let middle = lo + (hi - lo) / 2;
    product(lo, middle) * product(middle + 1, hi)
}

/// `n * (n - 1) * ... * (n - k + 1)` by halves.
fn falling(n: &BigInt, k: u64) -> BigInt {
    match k {
        0 => BigInt::one(),
        1 => n.clone(),
        _ => falling(n, k / 2) * falling(&(n - k / 2), k - k / 2),
    }
}

/// `math.perm(n, k)`.
pub fn perm(n: &BigInt, k: &BigInt) -> Result<BigInt> {
    check_counts(n, k)?;
    if k > n {
        return Ok(BigInt::zero());
    }
    Ok(falling(n, k.to_u64().ok_or_else(|| PermTooLarge.raise())?))
}

/// `math.comb(n, k)`.
pub fn comb(n: &BigInt, k: &BigInt) -> Result<BigInt> {
    check_counts(n, k)?;
    if k > n {
        return Ok(BigInt::zero());
    }
    let k = k.min(&(n - k)).to_u64().ok_or_else(|| CombTooLarge.raise())?;
    if let Some(n) = n.to_u64()
        && let Some(small) = comb_u64(n, k)
    {
        return Ok(BigInt::from(small));
    }
    Ok(falling(n, k) / product(1, k))
}

/// The result where every intermediate product fits.
fn comb_u64(n: u64, k: u64) -> Option<u64> {
    let mut result = 1u64;
    for i in 0..k {
        result = result.checked_mul(n - i)? / (i + 1);
    }
    Some(result)
}

fn check_counts(n: &BigInt, k: &BigInt) -> Result<()> {
    if n.is_negative() {
        return Err(NegativeN.raise());
    }
    if k.is_negative() {
        Err(NegativeK.raise())
    } else {
        Ok(())
    }
}

/// The mantissa in [0.5, 1), rounded half to even, and the exponent of a positive integer.
pub fn frexp(n: &BigInt) -> (f64, u64) {
    let bits = n.bits();
    let shift = bits.saturating_sub(64);
    let mut top = (n >> shift).to_u64().unwrap_or(u64::MAX);
    // A sticky bit keeps the rounding of what the shift drops.
    if n.trailing_zeros().is_some_and(|zeros| zeros < shift) {
        top |= 1;
    }
    let scaled = top as f64 / 18446744073709551616.0;
    if scaled == 1.0 { (0.5, bits + 1) } else { (scaled, bits) }
}
