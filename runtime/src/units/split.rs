//! Splitting, from either end, at a separator or at runs of whitespace.

use super::{Unit, rfind};

/// The bounds of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece(pub usize, pub usize);

/// Visits the parts between separators (which is not empty), at most `limit` cuts.
#[inline]
pub fn split<T: Unit>(hay: &[T], separator: &[T], limit: usize, mut visit: impl FnMut(Piece)) {
    let (mut start, mut left) = (0, limit);
    if limit > 0 {
        T::each_match(hay, separator, |at| {
            visit(Piece(start, at));
            start = at + separator.len();
            left -= 1;
            left > 0
        });
    }
    visit(Piece(start, hay.len()));
}

/// As `split`, cutting from the end.
pub fn rsplit<T: Unit>(hay: &[T], separator: &[T], limit: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut end = hay.len();
    while found.len() < limit
        && let Some(at) = rfind(&hay[..end], separator)
    {
        found.push(Piece(at + separator.len(), end));
        end = at;
    }
    found.push(Piece(0, end));
    found.reverse();
    found
}

/// The first part at or after `from` that is no whitespace.
#[inline]
pub fn next_word<T: Unit>(hay: &[T], from: usize, is_space: impl Fn(T) -> bool) -> Option<Piece> {
    let rest = &hay[from..];
    let start = rest.iter().position(|&unit| !is_space(unit))?;
    let end = (rest[start..].iter()).position(|&unit| is_space(unit));
    Some(Piece(from + start, end.map_or(hay.len(), |end| from + start + end)))
}

/// Visits the parts between runs of whitespace, at most `limit` cuts; what is left after the last cut stays as it is.
#[inline]
pub fn split_space<T: Unit>(hay: &[T], limit: usize, is_space: impl Fn(T) -> bool, mut visit: impl FnMut(Piece)) {
    let (mut at, mut left) = (0, limit);
    while let Some(Piece(start, end)) = next_word(hay, at, &is_space) {
        if left == 0 {
            return visit(Piece(start, hay.len()));
        }
        visit(Piece(start, end));
        at = end;
        left -= 1;
    }
}

/// As `split_space`, cutting from the end.
pub fn rsplit_space<T: Unit>(hay: &[T], limit: usize, is_space: impl Fn(T) -> bool) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut end = hay.len();
    loop {
        while end > 0 && is_space(hay[end - 1]) {
            end -= 1;
        }
        if end == 0 {
            break;
        }
        let last = end;
        if found.len() == limit {
            found.push(Piece(0, last));
            break;
        }
        while end > 0 && !is_space(hay[end - 1]) {
            end -= 1;
        }
        found.push(Piece(end, last));
    }
    found.reverse();
    found
}
