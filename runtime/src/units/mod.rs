//! Searching, splitting and stripping, over the units of text or bytes. Results are positions: `Str` and `Bytes` cut.

mod find;
mod lines;
mod slice;
mod split;

pub use find::{count, find, rfind};
pub use lines::{LineBreak, lines, next_line};
pub use slice::{MOST_BYTES, slice_bounds};
pub use split::{Piece, next_word, rsplit, rsplit_space, split, split_space};

/// A byte or a code point.
pub trait Unit: Copy + Eq + 'static {
    fn find_one(hay: &[Self], unit: Self) -> Option<usize>;
    fn rfind_one(hay: &[Self], unit: Self) -> Option<usize>;
    fn find_many(hay: &[Self], needle: &[Self]) -> Option<usize>;
    fn rfind_many(hay: &[Self], needle: &[Self]) -> Option<usize>;
    /// Visits the matches of a needle (not empty), without overlaps, until `visit` answers false.
    fn each_match(hay: &[Self], needle: &[Self], visit: impl FnMut(usize) -> bool);
    fn is_newline(self) -> bool;
    fn is_carriage_return(self) -> bool;
}

impl Unit for u8 {
    #[inline]
    fn find_one(hay: &[u8], unit: u8) -> Option<usize> {
        memchr::memchr(unit, hay)
    }

    #[inline]
    fn rfind_one(hay: &[u8], unit: u8) -> Option<usize> {
        memchr::memrchr(unit, hay)
    }

    fn find_many(hay: &[u8], needle: &[u8]) -> Option<usize> {
        memchr::memmem::find(hay, needle)
    }

    fn rfind_many(hay: &[u8], needle: &[u8]) -> Option<usize> {
        memchr::memmem::rfind(hay, needle)
    }

    #[inline]
    fn each_match(hay: &[u8], needle: &[u8], mut visit: impl FnMut(usize) -> bool) {
        match needle {
            [unit] => _ = memchr::memchr_iter(*unit, hay).all(visit),
            _ => _ = memchr::memmem::find_iter(hay, needle).all(&mut visit),
        }
    }

    fn is_newline(self) -> bool {
        self == b'\n'
    }

    fn is_carriage_return(self) -> bool {
        self == b'\r'
    }
}

impl Unit for u32 {
    fn find_one(hay: &[u32], unit: u32) -> Option<usize> {
        hay.iter().position(|&other| other == unit)
    }

    fn rfind_one(hay: &[u32], unit: u32) -> Option<usize> {
        hay.iter().rposition(|&other| other == unit)
    }

    fn find_many(hay: &[u32], needle: &[u32]) -> Option<usize> {
        hay.windows(needle.len())
            .position(|window| window[0] == needle[0] && window == needle)
    }

    fn rfind_many(hay: &[u32], needle: &[u32]) -> Option<usize> {
        hay.windows(needle.len())
            .rposition(|window| window[0] == needle[0] && window == needle)
    }

    fn each_match(hay: &[u32], needle: &[u32], mut visit: impl FnMut(usize) -> bool) {
        let mut from = 0;
        while let Some(at) = find(&hay[from..], needle) {
            if !visit(from + at) {
                break;
            }
            from += at + needle.len();
        }
    }

    fn is_newline(self) -> bool {
        self == 10
    }

    fn is_carriage_return(self) -> bool {
        self == 13
    }
}

/// `start` and `end` of a search as CPython clips them: negative ones count from the end. `None` when nothing lies
/// between, not even the empty string.
#[inline]
pub fn clip(len: usize, start: i64, end: i64) -> Option<(usize, usize)> {
    let len = len as i64;
    let from_end = |index: i64| if index < 0 { (index + len).max(0) } else { index };
    let (start, end) = (from_end(start), from_end(end).min(len));
    (start <= end).then_some((start as usize, end as usize))
}

/// `hay` without the units at its ends that `cut` chooses: the bounds of what is left.
pub fn strip<T: Unit>(hay: &[T], left: bool, right: bool, cut: impl Fn(T) -> bool) -> (usize, usize) {
    let start = if left {
        hay.iter().position(|&unit| !cut(unit)).unwrap_or(hay.len())
    } else {
        0
    };
    let kept = &hay[start..];
    let end = if right {
        kept.iter().rposition(|&unit| !cut(unit)).map_or(0, |at| at + 1)
    } else {
        kept.len()
    };
    (start, start + end)
}

/// `hay` with at most `limit` occurrences of `old` replaced; `None` when there is nothing to replace.
pub fn replace<T: Unit>(hay: &[T], old: &[T], new: &[T], limit: usize) -> Option<Vec<T>> {
    if old.is_empty() {
        return insert_between(hay, new, limit);
    }
    if limit == 0 {
        return None;
    }
    let (mut out, mut done, mut left) = (Vec::new(), 0, limit);
    T::each_match(hay, old, |at| {
        out.extend_from_slice(&hay[done..at]);
        out.extend_from_slice(new);
        done = at + old.len();
        left -= 1;
        left > 0
    });
    if left == limit {
        return None;
    }
    out.extend_from_slice(&hay[done..]);
    Some(out)
}

/// `new` before each of the first units and at the end, `limit` times in all.
fn insert_between<T: Unit>(hay: &[T], new: &[T], limit: usize) -> Option<Vec<T>> {
    if limit == 0 || new.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(hay.len() + new.len() * limit.min(hay.len() + 1));
    for (index, &unit) in hay.iter().enumerate() {
        if index < limit {
            out.extend_from_slice(new);
        }
        out.push(unit);
    }
    if hay.len() < limit {
        out.extend_from_slice(new);
    }
    Some(out)
}

/// Tabs widened to columns of `size`; a line break begins a new line.
pub fn expand_tabs<T: Unit + From<u8>>(hay: &[T], size: i64) -> Vec<T> {
    let mut out = Vec::with_capacity(hay.len());
    let mut column = 0;
    for &unit in hay {
        if unit == T::from(b'\t') {
            if size > 0 {
                let width = size - column % size;
                column += width;
                out.resize(out.len() + width as usize, T::from(b' '));
            }
        } else {
            column = if unit.is_newline() || unit.is_carriage_return() {
                0
            } else {
                column + 1
            };
            out.push(unit);
        }
    }
    out
}

/// Room to fill on the left when text of `len` is centred in `width`: CPython puts the odd one right, unless the
/// width is odd.
pub fn centre_left(len: usize, width: usize) -> usize {
    let room = width - len;
    room / 2 + (room & width & 1)
}
