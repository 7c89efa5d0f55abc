//! Slices: which positions `[start:stop:step]` chooses.

/// The most bytes one text may take; CPython would run out of memory somewhere above.
pub const MOST_BYTES: i64 = 1 << 36;

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
