//! Slices: which positions `[start:stop:step]` chooses.

use crate::exc::{self, Result};

/// The most bytes one text may take; CPython would run out of memory somewhere above.
pub const MOST_BYTES: i64 = 1 << 40;

/// The bounds of `[start:stop]` of something of this length, in order.
#[inline]
pub fn slice_bounds(len: usize, start: Option<i64>, stop: Option<i64>) -> (usize, usize) {
    let clamp = |index: i64| {
        (if index < 0 {
            index.saturating_add(len as i64).max(0)
        } else {
            index
        }) as usize
    };
    let start = start.map_or(0, clamp).min(len);
    let stop = stop.map_or(len, clamp).min(len);
    (start, stop.max(start))
}

/// The positions that `[start:stop:step]` chooses, in order; ValueError for a zero step.
pub fn stepped(
    len: usize,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Result<impl DoubleEndedIterator<Item = usize> + ExactSizeIterator> {
    if step == 0 {
        return Err(exc::value_error("slice step cannot be zero"));
    }
    let len = len as i64;
    let step = step.max(-i64::MAX);
    // Where an open or far bound lies: one before the first position when going down.
    let (lowest, highest) = if step > 0 { (0, len) } else { (-1, len - 1) };
    let clamp = |index: i64| (if index < 0 { index.saturating_add(len) } else { index }).clamp(lowest, highest);
    let (from, to) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let (start, stop) = (start.map_or(from, clamp), stop.map_or(to, clamp));
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 {
        0
    } else {
        (distance - 1) / step.abs() + 1
    };
    Ok((0..count as usize).map(move |index| (start + index as i64 * step) as usize))
}
