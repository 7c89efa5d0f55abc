//! What native loops run over.

use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::list::List;
use crate::str::Str;

/// The items of a list as they are when they are reached: a list that changes under its loop is followed.
pub struct Items<T> {
    list: List<T>,
    at: usize,
}

/// `for item in list`
#[inline]
pub fn items<T: Elem>(list: &List<T>) -> Items<T> {
    Items {
        list: list.clone(),
        at: 0,
    }
}

impl<T: Elem> Iterator for Items<T> {
    type Item = T;

    #[inline(always)]
    fn next(&mut self) -> Option<T> {
        let item = self.list.at(self.at)?;
        self.at += 1;
        Some(item)
    }

    /// What there will be if the list stays as it is.
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.len().saturating_sub(self.at), None)
    }
}

/// The items of a list that nobody else holds, or copies of them.
#[inline]
pub fn owned<T: Elem>(list: List<T>) -> std::vec::IntoIter<T> {
    super::list::into_vec(list).into_iter()
}

/// The items of a list from its end.
pub struct Reversed<T> {
    list: List<T>,
    left: usize,
}

/// `for item in reversed(list)`
#[inline]
pub fn reversed<T: Elem>(list: &List<T>) -> Reversed<T> {
    Reversed {
        list: list.clone(),
        left: list.len(),
    }
}

impl<T: Elem> Iterator for Reversed<T> {
    type Item = T;

    #[inline(always)]
    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        let item = self.list.at(self.left);
        if item.is_none() {
            self.left = 0;
        }
        item
    }

    /// What there will be if the list stays as it is.
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, None)
    }
}

/// The characters of a str.
pub struct Chars {
    text: Str,
    at: usize,
}

/// `for character in text`
#[inline]
pub fn chars(text: &Str) -> Chars {
    Chars {
        text: text.clone(),
        at: 0,
    }
}

impl Iterator for Chars {
    type Item = Str;

    #[inline(always)]
    fn next(&mut self) -> Option<Str> {
        if self.at >= self.text.len() {
            return None;
        }
        self.at += 1;
        Some(self.text.char_at(self.at - 1))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.text.len() - self.at;
        (left, Some(left))
    }
}

/// `range(start, stop, step)`
pub struct Range {
    next: i64,
    step: i64,
    left: u64,
}

/// `for i in range(start, stop, step)`
///
/// # Errors
/// ValueError for a step of zero.
#[inline]
pub fn range(start: i64, stop: i64, step: i64) -> Result<Range> {
    let distance = match step {
        0 => return Err(exc::value_error("range() arg 3 must not be zero")),
        1.. if start < stop => stop.wrapping_sub(start) as u64,
        ..0 if start > stop => start.wrapping_sub(stop) as u64,
        _ => {
            return Ok(Range {
                next: start,
                step,
                left: 0,
            });
        }
    };
    let left = (distance - 1) / step.unsigned_abs() + 1;
    Ok(Range {
        next: start,
        step,
        left,
    })
}

impl Iterator for Range {
    type Item = i64;

    #[inline(always)]
    fn next(&mut self) -> Option<i64> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let item = self.next;
        self.next = item.wrapping_add(self.step);
        Some(item)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::try_from(self.left).unwrap_or(usize::MAX), None)
    }
}

/// What a loop adds an item to in every round.
pub trait Filled {
    fn make_room(self, room: usize);
}

impl<T: Elem> Filled for &List<T> {
    #[inline]
    fn make_room(self, room: usize) {
        // SAFETY: making room runs no code of the program.
        unsafe { self.as_vec() }.reserve(room);
    }
}

impl<T> Filled for &mut Vec<T> {
    #[inline]
    fn make_room(self, room: usize) {
        self.reserve(room);
    }
}

/// What a loop runs over that adds an item to `list` in every round, which has room for them then. Only for so many:
/// the loop may raise early.
#[inline]
pub fn filling<I: IntoIterator>(list: impl Filled, items: I) -> I::IntoIter {
    const MOST: usize = 1 << 16;
    let items = items.into_iter();
    list.make_room(items.size_hint().0.min(MOST));
    items
}

/// `data[index]`
///
/// # Errors
/// IndexError.
#[inline]
pub fn octet(data: &crate::bytes::Bytes, index: i64) -> Result<i64> {
    let bytes = data.as_slice();
    let at = if index < 0 { index + bytes.len() as i64 } else { index };
    match usize::try_from(at).ok().and_then(|at| bytes.get(at)) {
        Some(byte) => Ok(i64::from(*byte)),
        None => Err(exc::index_error("index out of range")),
    }
}

/// The bytes as ints.
pub fn octets(data: &crate::bytes::Bytes) -> impl Iterator<Item = i64> + use<> {
    let data = data.clone();
    (0..data.as_slice().len()).map(move |at| i64::from(data.as_slice()[at]))
}
