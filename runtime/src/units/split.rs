//! Splitting, from either end, at a separator or at runs of whitespace.

use super::{Unit, rfind};

/// The bounds of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece(pub usize, pub usize);

/// Parts between separators (which is not empty), at most `limit` cuts.
pub fn split<T: Unit>(hay: &[T], separator: &[T], limit: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut start = 0;
    if limit > 0 {
        T::each_match(hay, separator, |at| {
            found.push(Piece(start, at));
            start = at + separator.len();
            found.len() < limit
        });
    }
    found.push(Piece(start, hay.len()));
    found
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

/// Parts between runs of whitespace, at most `limit` cuts; what is left after the last cut stays as it is.
pub fn split_space<T: Unit>(hay: &[T], limit: usize, is_space: impl Fn(T) -> bool) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        while at < hay.len() && is_space(hay[at]) {
            at += 1;
        }
        if at == hay.len() {
            return found;
        }
        let start = at;
        if found.len() == limit {
            found.push(Piece(start, hay.len()));
            return found;
        }
        while at < hay.len() && !is_space(hay[at]) {
            at += 1;
        }
        found.push(Piece(start, at));
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
