//! `StrBuf`: text being built. Also appending in place to a `Str` nobody else holds.

use super::{Str, Text};
use crate::block::Block;

/// How many bytes of ASCII a buffer holds before it asks for memory.
const SMALL: usize = 64;

/// A growing text: ASCII until something else is pushed. What stays small is built in the buffer itself, and is
/// allocated once, at its final size.
pub struct StrBuf {
    small: [u8; SMALL],
    used: usize,
    /// All of the text, once it is not small any more.
    large: Option<Str>,
}

impl Default for StrBuf {
    fn default() -> StrBuf {
        StrBuf::new()
    }
}

impl StrBuf {
    /// An empty buffer; allocates nothing yet.
    #[inline(always)]
    pub fn new() -> StrBuf {
        StrBuf {
            small: [0; SMALL],
            used: 0,
            large: None,
        }
    }

    /// An empty buffer with room for that many ASCII characters.
    pub fn with_capacity(room: usize) -> StrBuf {
        StrBuf::with_room(room, false)
    }

    /// An empty buffer with room for that many code points, of any kind if `wide`.
    pub(crate) fn with_room(room: usize, wide: bool) -> StrBuf {
        StrBuf {
            large: (wide || room > SMALL).then(|| Str(Block::with_room(room, wide))),
            ..StrBuf::new()
        }
    }

    /// The text as a string that grows, from here on.
    #[cold]
    fn grow_large(&mut self) -> &mut Str {
        let small = &self.small[..self.used];
        self.large.get_or_insert_with(|| {
            let mut block = Block::with_room(SMALL * 2, false);
            // SAFETY: the block was just made, with more room than that.
            unsafe { block.extend_bytes(small) };
            Str(block)
        })
    }

    #[inline(always)]
    fn as_large(&mut self) -> &mut Str {
        if self.large.is_none() {
            self.grow_large();
        }
        self.large.as_mut().unwrap_or_else(|| unreachable!("just made"))
    }

    #[inline]
    pub fn push_str(&mut self, text: &Str) {
        match text.text() {
            Text::Ascii(bytes) => self.push_ascii_bytes(bytes),
            Text::Wide(points) => self.as_large().push_wide(points),
        }
    }

    /// Appends text that the caller knows to be ASCII.
    #[inline]
    pub fn push_ascii(&mut self, text: &str) {
        self.push_ascii_bytes(text.as_bytes());
    }

    /// Appends bytes that the caller knows to be ASCII.
    #[inline]
    pub fn push_ascii_bytes(&mut self, bytes: &[u8]) {
        let end = self.used + bytes.len();
        if self.large.is_none() && end <= SMALL {
            copy(&mut self.small[self.used..end], bytes);
            self.used = end;
        } else {
            self.as_large().push_ascii(bytes);
        }
    }

    /// Appends any Rust text.
    pub fn push(&mut self, text: &str) {
        if text.is_ascii() {
            self.push_ascii(text);
        } else {
            text.chars().for_each(|c| self.push_point(c as u32));
        }
    }

    #[inline]
    pub fn push_point(&mut self, point: u32) {
        match u8::try_from(point) {
            Ok(byte) if byte < 128 => self.push_ascii_bytes(&[byte]),
            _ => self.as_large().push_wide(&[point]),
        }
    }

    #[inline]
    pub fn push_points(&mut self, points: &[u32]) {
        self.as_large().push_points(points);
    }

    /// Appends the same code point `count` times.
    pub fn push_repeated(&mut self, point: u32, count: usize) {
        let end = self.used + count;
        if self.large.is_none() && end <= SMALL && point < 128 {
            self.small[self.used..end].fill(point as u8);
            self.used = end;
        } else if count > 0 {
            self.as_large().push_repeated(point, count);
        }
    }

    /// Appends a decimal integer.
    #[inline]
    pub fn push_i64(&mut self, value: i64) {
        let mut digits = [0; 20];
        let start = crate::int::write_decimal(value, &mut digits);
        self.push_ascii_bytes(&digits[start..]);
    }

    /// Appends `repr(x)`.
    #[inline]
    pub fn push_f64(&mut self, value: f64) {
        crate::float::write_repr(self, value);
    }

    /// Appends an int of any size; ValueError beyond the limit on digits.
    #[inline]
    pub fn push_int(&mut self, value: &crate::int::Int) -> crate::exc::Result<()> {
        value.write(self)
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.large.as_ref().map_or(self.used, Str::len)
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The finished text of a buffer that was made wide before anything called for it.
    pub(crate) fn finish_narrow(self) -> Str {
        let text = self.finish();
        match text.text() {
            Text::Wide(points) if points.iter().all(|&point| point < 128) => Str::from_code_points(points),
            _ => text,
        }
    }

    /// The finished text.
    #[inline]
    pub fn finish(self) -> Str {
        match self.large {
            None => Str::from_ascii(&self.small[..self.used]),
            Some(mut large) => {
                large.0.shrink();
                large
            }
        }
    }
}

/// Copies a few bytes, by two overlapping moves where that serves.
#[inline(always)]
fn copy(to: &mut [u8], from: &[u8]) {
    let len = from.len();
    match len {
        8..=16 => {
            let (first, last) = (from.first_chunk::<8>(), from.last_chunk::<8>());
            if let (Some(first), Some(last)) = (first, last) {
                to[..8].copy_from_slice(first);
                to[len - 8..].copy_from_slice(last);
            }
        }
        4..8 => {
            let (first, last) = (from.first_chunk::<4>(), from.last_chunk::<4>());
            if let (Some(first), Some(last)) = (first, last) {
                to[..4].copy_from_slice(first);
                to[len - 4..].copy_from_slice(last);
            }
        }
        1..4 => {
            to[0] = from[0];
            to[len / 2] = from[len / 2];
            to[len - 1] = from[len - 1];
        }
        _ => to.copy_from_slice(from),
    }
}

impl Str {
    /// Appends in place when nobody else holds this string (amortised constant time a unit), else makes a new one.
    #[inline]
    pub fn push_str(&mut self, other: &Str) {
        match other.text() {
            Text::Ascii(bytes) => self.push_ascii(bytes),
            Text::Wide(points) => self.push_wide(points),
        }
    }

    /// Appends one code point, as `push_str`.
    #[inline]
    pub fn push_point(&mut self, point: u32) {
        if point < 128 {
            self.push_ascii(&[point as u8]);
        } else {
            self.push_wide(&[point]);
        }
    }

    fn push_repeated(&mut self, point: u32, count: usize) {
        let wide = point >= 128 || self.0.is_wide();
        self.0.reserve(count, wide);
        // SAFETY: `reserve` made the block unique, of this width and with room.
        unsafe { self.0.extend_repeated(point, count) };
    }

    /// Appends code points, which may all be ASCII.
    pub fn push_points(&mut self, points: &[u32]) {
        if self.0.is_wide() || points.iter().any(|&point| point >= 128) {
            self.push_wide(points);
        } else {
            points.iter().for_each(|&point| self.push_ascii(&[point as u8]));
        }
    }

    #[inline]
    fn push_ascii(&mut self, bytes: &[u8]) {
        let wide = self.0.is_wide();
        self.0.reserve(bytes.len(), wide);
        // SAFETY: `reserve` made the block unique, of this width and with room.
        unsafe {
            if wide {
                self.0.extend_widening(bytes);
            } else {
                self.0.extend_bytes(bytes);
            }
        }
    }

    fn push_wide(&mut self, points: &[u32]) {
        if points.is_empty() {
            return;
        }
        self.0.reserve(points.len(), true);
        // SAFETY: `reserve` made the block unique, wide and with room.
        unsafe { self.0.extend_wide(points) };
    }
}
