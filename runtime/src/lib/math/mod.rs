//! `math`.

pub mod float;
pub mod integer;
pub mod libm;
pub mod special;
pub mod vector;

/// Why a function of `math` has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Raised {
    Domain,
    Range,
    ZeroDivision,
    PartialOverflow,
    MixedInfinities,
    NegativeTolerance,
    NegativeIsqrt,
    NegativeFactorial,
    NegativeN,
    NegativeK,
    PermTooLarge,
    CombTooLarge,
}
