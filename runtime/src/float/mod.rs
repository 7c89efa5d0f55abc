//! Floats: text, rounding and arithmetic as CPython has them, bit for bit.

mod arith;
mod convert;
mod fixed;
mod hex;
mod parse;
mod ratio;
mod repr;
mod round;

pub use arith::{divmod, floordiv, pow, pow_int, pow_real, rem, truediv};
pub use convert::{real, try_real};
pub use fixed::{fixed, write_fixed};
pub use hex::{from_hex, to_hex};
pub(crate) use parse::{number_prefix, without_underscores};
pub use parse::{parse, parse_bytes, parse_shown};
pub use ratio::as_integer_ratio;
pub use repr::{Digits, repr, shortest, write_repr};
pub(crate) use repr::{name, push_plain, push_scientific, write_bare};
pub use round::{ceil, floor, is_integer, round, round_to_int, trunc};
