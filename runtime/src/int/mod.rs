//! `Int`: Python's int of any size. Values that fit 64 bits are `Small`, always, so that equal ints have equal forms.

mod arith;
mod bits;
pub mod i64ops;
pub mod limit;
mod octets;
mod parse;
mod real;
mod text;

pub use arith::{division_by_zero, modulo_by_zero};
pub use octets::is_little;
pub(crate) use parse::trim;
pub(crate) use real::round_half_even;
pub use text::write_decimal;

use crate::rc::Ref;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

#[derive(Clone)]
pub enum Int {
    Small(i64),
    /// Never a value that fits an `i64`.
    Big(Ref<BigInt>),
}

impl Int {
    pub const ZERO: Int = Int::Small(0);
    pub const ONE: Int = Int::Small(1);

    /// The normal form of `value`.
    pub fn from_big(value: BigInt) -> Int {
        match value.to_i64() {
            Some(small) => Int::Small(small),
            None => Int::Big(Ref::new(value)),
        }
    }

    /// The value as an `i64`, when it fits.
    #[inline(always)]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Int::Small(value) => Some(*value),
            Int::Big(_) => None,
        }
    }

    /// A copy of the value as a big integer.
    pub fn to_big(&self) -> BigInt {
        match self {
            Int::Small(value) => BigInt::from(*value),
            Int::Big(value) => (**value).clone(),
        }
    }

    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self, Int::Small(0))
    }

    #[inline]
    pub fn is_negative(&self) -> bool {
        match self {
            Int::Small(value) => *value < 0,
            Int::Big(value) => value.sign() == num_bigint::Sign::Minus,
        }
    }
}

macro_rules! from_narrow {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Int {
            #[inline(always)]
            fn from(value: $kind) -> Int {
                Int::Small(value as i64)
            }
        }
    )*};
}

from_narrow!(bool i8 u8 i16 u16 i32 u32 i64);

macro_rules! from_broad {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Int {
            #[inline]
            fn from(value: $kind) -> Int {
                match i64::try_from(value) {
                    Ok(small) => Int::Small(small),
                    Err(_) => Int::Big(Ref::new(BigInt::from(value))),
                }
            }
        }
    )*};
}

from_broad!(u64 usize i128 u128);

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Int {
        Int::from_big(value)
    }
}

impl PartialEq for Int {
    #[inline]
    fn eq(&self, other: &Int) -> bool {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a == b,
            (Int::Big(a), Int::Big(b)) => Ref::same(a, b) || **a == **b,
            _ => false,
        }
    }
}

impl Eq for Int {}

impl std::fmt::Debug for Int {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Int::Small(value) => write!(f, "{value}"),
            Int::Big(value) => write!(f, "{}", **value),
        }
    }
}
