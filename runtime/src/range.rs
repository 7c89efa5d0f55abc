//! `range` objects.

use crate::int::Int;

/// `range(start, stop, step)`; the step is never zero.
pub struct Range {
    pub start: Int,
    pub stop: Int,
    pub step: Int,
}
