//! Bits of ints, as if in endless two's complement.

use super::Int;
use num_bigint::BigInt;

macro_rules! bitwise {
    ($($(#[$doc:meta])* $name:ident $operator:tt;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name(&self, other: &Int) -> Int {
            match (self, other) {
                (Int::Small(a), Int::Small(b)) => Int::Small(a $operator b),
                _ if let (Some(a), Some(b)) = (self.as_i128(), other.as_i128()) => Int::from(a $operator b),
                _ => Int::from_big(self.big().as_ref() $operator other.big().as_ref()),
            }
        }
    )*};
}

impl Int {
    bitwise! {
        /// `a & b`.
        bit_and &;
        /// `a | b`.
        bit_or |;
        /// `a ^ b`.
        bit_xor ^;
    }

    /// `a.bit_length()`.
    #[inline]
    pub fn bit_length(&self) -> u64 {
        match self {
            Int::Small(value) => 64 - value.unsigned_abs().leading_zeros() as u64,
            Int::Big(value) => value.bits(),
        }
    }

    /// `a.bit_count()`: ones in the absolute value.
    pub fn bit_count(&self) -> u64 {
        match self {
            Int::Small(value) => value.unsigned_abs().count_ones() as u64,
            Int::Big(value) => value.magnitude().count_ones(),
        }
    }

    /// How many zeros the absolute value ends in; 0 for zero.
    pub fn trailing_zeros(&self) -> u64 {
        match self {
            Int::Small(0) => 0,
            Int::Small(value) => value.trailing_zeros() as u64,
            Int::Big(value) => BigInt::trailing_zeros(value).unwrap_or(0),
        }
    }
}
