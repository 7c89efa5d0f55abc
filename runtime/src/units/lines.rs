//! Lines.

use super::{Piece, Unit};

/// What ends a line, besides a carriage return.
pub type LineBreak<T> = fn(T) -> bool;

/// The lines of `hay`, with their ends if `keep`; "\r\n" is one end.
pub fn lines<T: Unit>(hay: &[T], keep: bool, is_break: LineBreak<T>) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((Piece(start, end), next)) = next_line(hay, at, is_break) {
        found.push(Piece(start, if keep { next } else { end }));
        at = next;
    }
    found
}

/// The line that begins at `start`, without its end, and where the next one begins.
#[inline]
pub fn next_line<T: Unit>(hay: &[T], start: usize, is_break: LineBreak<T>) -> Option<(Piece, usize)> {
    if start >= hay.len() {
        return None;
    }
    let end = hay[start..].iter().position(|&unit| is_break(unit));
    let end = end.map_or(hay.len(), |at| start + at);
    let next = match hay.get(end..end + 2) {
        Some([first, second]) if first.is_carriage_return() && second.is_newline() => end + 2,
        _ => (end + 1).min(hay.len()),
    };
    Some((Piece(start, end), next))
}
