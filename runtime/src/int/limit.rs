//! The limit on converting between ints and decimal text: 4,300 digits unless the program changes it.

use crate::exc::{self, Exc, Result};
use std::sync::atomic::{AtomicUsize, Ordering};

/// CPython's default.
pub const DEFAULT_DIGITS: usize = 4300;
/// Conversions up to this many digits are always allowed.
const THRESHOLD: usize = 640;

static DIGITS: AtomicUsize = AtomicUsize::new(DEFAULT_DIGITS);

/// `sys.get_int_max_str_digits()`; 0 is no limit.
pub fn get() -> usize {
    DIGITS.load(Ordering::Relaxed)
}

/// `sys.set_int_max_str_digits(digits)`; ValueError for a limit between 0 and 640.
pub fn set(digits: i64) -> Result<()> {
    if digits != 0 && digits < THRESHOLD as i64 {
        return Err(exc::value_error("maxdigits must be 0 or larger than 640"));
    }
    DIGITS.store(digits as usize, Ordering::Relaxed);
    Ok(())
}

/// Whether so many digits are too many.
pub(super) fn exceeded(digits: usize) -> bool {
    let limit = get();
    digits > THRESHOLD && limit > 0 && digits > limit
}

#[cold]
pub(super) fn to_text() -> Exc {
    let limit = get();
    exc::value_error(&format!(
        "Exceeds the limit ({limit} digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    ))
}

#[cold]
pub(super) fn from_text(digits: usize) -> Exc {
    let limit = get();
    exc::value_error(&format!(
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
         use sys.set_int_max_str_digits() to increase the limit"
    ))
}
