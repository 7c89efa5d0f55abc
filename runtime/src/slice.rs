//! `slice` objects.

use crate::value::Value;

/// `slice(start, stop, step)`, as given.
pub struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}
