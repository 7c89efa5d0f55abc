//! Cutting strings: indexes, slices, and the searches and splits that hand out parts.

use super::{Str, Text};
use crate::exc::{self, Exc, Result};
use crate::slice::Bounds;
use crate::units::{self, Piece, Unit};

/// Two strings in one form.
pub(super) enum Pair<'a> {
    Bytes(&'a [u8], &'a [u8]),
    Points(&'a [u32], &'a [u32]),
    /// The second, brought to the form of the first.
    Widened(&'a [u32], Vec<u32>),
    /// The first is ASCII and the second is not, so it cannot be part of it.
    Never,
}

/// Runs one of the unit algorithms on a string and a needle: `pair!(hay, needle, |h, n| ..., never)`.
macro_rules! pair {
    ($hay:expr, $needle:expr, |$h:ident, $n:ident| $body:expr, $never:expr) => {
        match $hay.pair($needle) {
            $crate::str::pieces::Pair::Bytes($h, $n) => $body,
            $crate::str::pieces::Pair::Points($h, $n) => $body,
            $crate::str::pieces::Pair::Widened($h, needle) => {
                let $n = &needle[..];
                $body
            }
            $crate::str::pieces::Pair::Never => $never,
        }
    };
}

pub(super) use pair;

#[cold]
fn index_out_of_range() -> Exc {
    exc::index_error("string index out of range")
}

#[cold]
fn empty_separator() -> Exc {
    exc::value_error("empty separator")
}

impl Str {
    /// Texts can be split at it.
    ///
    /// # Errors
    /// ValueError where it is empty.
    #[inline]
    pub(crate) fn as_separator(&self) -> Result<()> {
        if self.is_empty() {
            Err(empty_separator())
        } else {
            Ok(())
        }
    }

    #[inline(always)]
    pub(super) fn pair<'a>(&'a self, other: &'a Str) -> Pair<'a> {
        match (self.text(), other.text()) {
            (Text::Ascii(a), Text::Ascii(b)) => Pair::Bytes(a, b),
            (Text::Wide(a), Text::Wide(b)) => Pair::Points(a, b),
            (Text::Wide(a), Text::Ascii(_)) => Pair::Widened(a, other.points()),
            (Text::Ascii(_), Text::Wide(_)) => Pair::Never,
        }
    }

    /// `s[index]`; IndexError.
    #[inline]
    pub fn item(&self, index: i64) -> Result<Str> {
        let len = self.len() as i64;
        let at = if index < 0 { index + len } else { index };
        if (at as u64) < len as u64 {
            Ok(self.char_at(at as usize))
        } else {
            Err(index_out_of_range())
        }
    }

    /// `ord(s[index])`; IndexError.
    #[inline]
    pub fn item_point(&self, index: i64) -> Result<u32> {
        let len = self.len() as i64;
        let at = if index < 0 { index + len } else { index };
        if (at as u64) < len as u64 {
            Ok(self.point(at as usize))
        } else {
            Err(index_out_of_range())
        }
    }

    /// The character at an index in bounds, as a string.
    #[inline]
    pub fn char_at(&self, index: usize) -> Str {
        Str::from_code_point(self.point(index))
    }

    /// The characters in order, each as a string.
    pub fn chars(&self) -> impl DoubleEndedIterator<Item = Str> + ExactSizeIterator + '_ {
        (0..self.len()).map(|index| self.char_at(index))
    }

    /// The part between two positions in bounds.
    #[inline]
    pub fn cut(&self, start: usize, end: usize) -> Str {
        if start == 0 && end == self.len() {
            return self.clone();
        }
        match self.text() {
            Text::Ascii(bytes) => Str::from_ascii(&bytes[start..end]),
            Text::Wide(points) => Str::from_code_points(&points[start..end]),
        }
    }

    pub(super) fn cut_all(&self, pieces: &[Piece]) -> Vec<Str> {
        pieces.iter().map(|piece| self.cut(piece.0, piece.1)).collect()
    }

    /// `s[start:stop]`.
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> Str {
        let (start, stop) = units::slice_bounds(self.len(), start, stop);
        self.cut(start, stop)
    }

    /// `s[start:stop:step]`; ValueError for a zero step.
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: i64) -> Result<Str> {
        if step == 1 {
            return Ok(self.slice(start, stop));
        }
        Ok(self.slice_by(&Bounds::new(start, stop, Some(step), self.len())?))
    }

    /// The text a slice of known bounds chooses.
    pub fn slice_by(&self, bounds: &Bounds) -> Str {
        match (bounds.step, self.text()) {
            (1, _) => self.cut(bounds.start as usize, bounds.start as usize + bounds.len),
            (_, Text::Ascii(bytes)) => Str::from_ascii(&bounds.pick(bytes)),
            (_, Text::Wide(points)) => Str::from_code_points(&bounds.pick(points)),
        }
    }

    /// `a + b`.
    #[inline]
    pub fn concat(&self, other: &Str) -> Str {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        if let Some(block) = self.0.joined_short(&other.0) {
            return Str(block);
        }
        let mut out = super::StrBuf::with_room(self.len() + other.len(), self.0.is_wide() || other.0.is_wide());
        out.push_str(self);
        out.push_str(other);
        out.finish()
    }

    /// `s * count`; MemoryError, OverflowError when that is absurdly long.
    pub fn repeat(&self, count: i64) -> Result<Str> {
        if count <= 0 || self.is_empty() {
            return Ok(Str::empty());
        }
        if count == 1 {
            return Ok(self.clone());
        }
        if (self.len() as i64).checked_mul(count).is_none() {
            return Err(exc::overflow_error("repeated string is too long"));
        }
        let unit = if self.0.is_wide() { 4 } else { 1 };
        if self.len() as i64 > i64::MAX / 4 / count || self.len() as i64 * count * unit > units::MOST_BYTES {
            return Err(exc::no_memory());
        }
        Ok(match self.text() {
            Text::Ascii(bytes) => Str::from_ascii(&bytes.repeat(count as usize)),
            Text::Wide(points) => Str::from_code_points(&points.repeat(count as usize)),
        })
    }

    /// `part in s`.
    #[inline]
    pub fn contains(&self, part: &Str) -> bool {
        pair!(self, part, |hay, needle| units::find(hay, needle).is_some(), false)
    }

    /// `s.find(part, start, end)`: -1 when it is not there. The whole string is `0, i64::MAX`.
    #[inline]
    pub fn find(&self, part: &Str, start: i64, end: i64) -> i64 {
        fn search<T: Unit>(hay: &[T], needle: &[T], start: i64, end: i64) -> i64 {
            let Some((start, end)) = units::clip(hay.len(), start, end) else {
                return -1;
            };
            units::find(&hay[start..end], needle).map_or(-1, |at| (start + at) as i64)
        }
        pair!(self, part, |hay, needle| search(hay, needle, start, end), -1)
    }

    /// `s.rfind(part, start, end)`: -1 when it is not there.
    pub fn rfind(&self, part: &Str, start: i64, end: i64) -> i64 {
        fn search<T: Unit>(hay: &[T], needle: &[T], start: i64, end: i64) -> i64 {
            let Some((start, end)) = units::clip(hay.len(), start, end) else {
                return -1;
            };
            units::rfind(&hay[start..end], needle).map_or(-1, |at| (start + at) as i64)
        }
        pair!(self, part, |hay, needle| search(hay, needle, start, end), -1)
    }

    /// `s.index(part, start, end)`; ValueError.
    #[inline]
    pub fn index(&self, part: &Str, start: i64, end: i64) -> Result<i64> {
        found(self.find(part, start, end))
    }

    /// `s.rindex(part, start, end)`; ValueError.
    pub fn rindex(&self, part: &Str, start: i64, end: i64) -> Result<i64> {
        found(self.rfind(part, start, end))
    }

    /// `s.count(part, start, end)`.
    pub fn count(&self, part: &Str, start: i64, end: i64) -> i64 {
        fn count<T: Unit>(hay: &[T], needle: &[T], start: i64, end: i64) -> i64 {
            let Some((start, end)) = units::clip(hay.len(), start, end) else {
                return 0;
            };
            units::count(&hay[start..end], needle) as i64
        }
        pair!(self, part, |hay, needle| count(hay, needle, start, end), 0)
    }

    /// `s.startswith(prefix)`.
    #[inline]
    pub fn starts_with(&self, prefix: &Str) -> bool {
        pair!(self, prefix, |hay, needle| hay.starts_with(needle), false)
    }

    /// `s.endswith(suffix)`.
    #[inline]
    pub fn ends_with(&self, suffix: &Str) -> bool {
        pair!(self, suffix, |hay, needle| hay.ends_with(needle), false)
    }

    /// `s.startswith(prefix, start, end)`.
    pub fn starts_with_in(&self, prefix: &Str, start: i64, end: i64) -> bool {
        units::clip(self.len(), start, end)
            .is_some_and(|(start, end)| pair!(self, prefix, |hay, needle| hay[start..end].starts_with(needle), false))
    }

    /// `s.endswith(suffix, start, end)`.
    pub fn ends_with_in(&self, suffix: &Str, start: i64, end: i64) -> bool {
        units::clip(self.len(), start, end)
            .is_some_and(|(start, end)| pair!(self, suffix, |hay, needle| hay[start..end].ends_with(needle), false))
    }

    /// `s.removeprefix(prefix)`.
    pub fn remove_prefix(&self, prefix: &Str) -> Str {
        if self.starts_with(prefix) {
            self.cut(prefix.len(), self.len())
        } else {
            self.clone()
        }
    }

    /// `s.removesuffix(suffix)`.
    pub fn remove_suffix(&self, suffix: &Str) -> Str {
        if self.ends_with(suffix) {
            self.cut(0, self.len() - suffix.len())
        } else {
            self.clone()
        }
    }
}

#[inline]
fn found(at: i64) -> Result<i64> {
    if at < 0 {
        Err(exc::value_error("substring not found"))
    } else {
        Ok(at)
    }
}
