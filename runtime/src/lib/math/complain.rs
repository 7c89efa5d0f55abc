//! Why a function of `math` has no result.

use crate::exc::{self, Exc};

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

impl Raised {
    /// The exception, as CPython words it.
    #[cold]
    pub fn raise(self) -> Exc {
        use Raised::*;
        match self {
            Domain => exc::value_error("math domain error"),
            Range => exc::overflow_error("math range error"),
            ZeroDivision => exc::zero_division("float division by zero"),
            PartialOverflow => exc::overflow_error("intermediate overflow in fsum"),
            MixedInfinities => exc::value_error("-inf + inf in fsum"),
            NegativeTolerance => exc::value_error("tolerances must be non-negative"),
            NegativeIsqrt => exc::value_error("isqrt() argument must be nonnegative"),
            NegativeFactorial => exc::value_error("factorial() not defined for negative values"),
            NegativeN => exc::value_error("n must be a non-negative integer"),
            NegativeK => exc::value_error("k must be a non-negative integer"),
            PermTooLarge => exc::overflow_error("k must not exceed 9223372036854775807"),
            CombTooLarge => exc::overflow_error("min(n - k, k) must not exceed 9223372036854775807"),
        }
    }
}
