//! `StrBuf`: text being built; becomes a `Str` without a copy. Also appending in place to a `Str` nobody else holds.

use super::{Str, Text};
use crate::block::Block;

/// A growing text: ASCII until something else is pushed.
pub struct StrBuf(Str);

impl Default for StrBuf {
    fn default() -> StrBuf {
        StrBuf::new()
    }
}

impl StrBuf {
    /// An empty buffer; allocates nothing yet.
    #[inline]
    pub fn new() -> StrBuf {
        StrBuf(Str::empty())
    }

    /// An empty buffer with room for that many ASCII characters.
    pub fn with_capacity(room: usize) -> StrBuf {
        StrBuf(Str(Block::with_room(room, false)))
    }

    /// An empty buffer with room for that many code points, of any kind if `wide`.
    pub(crate) fn with_room(room: usize, wide: bool) -> StrBuf {
        StrBuf(Str(Block::with_room(room, wide)))
    }

    #[inline]
    pub fn push_str(&mut self, text: &Str) {
        self.0.push_str(text);
    }

    /// Appends text that the caller knows to be ASCII.
    #[inline]
    pub fn push_ascii(&mut self, text: &str) {
        self.0.push_ascii(text.as_bytes());
    }

    /// Appends bytes that the caller knows to be ASCII.
    #[inline]
    pub fn push_ascii_bytes(&mut self, bytes: &[u8]) {
        self.0.push_ascii(bytes);
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
        self.0.push_point(point);
    }

    #[inline]
    pub fn push_points(&mut self, points: &[u32]) {
        self.0.push_points(points);
    }

    /// Appends the same code point `count` times.
    #[inline]
    pub fn push_repeated(&mut self, point: u32, count: usize) {
        if count > 0 {
            self.0.push_repeated(point, count);
        }
    }

    /// Appends a decimal integer.
    #[inline]
    pub fn push_i64(&mut self, value: i64) {
        let mut digits = [0; 20];
        let start = crate::int::write_decimal(value, &mut digits);
        self.0.push_ascii(&digits[start..]);
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
        self.0.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What has been built so far.
    pub fn as_str(&self) -> &Str {
        &self.0
    }

    /// The finished text of a buffer that was made wide before anything called for it.
    pub(crate) fn finish_narrow(self) -> Str {
        match self.0.text() {
            Text::Wide(points) if points.iter().all(|&point| point < 128) => Str::from_code_points(points),
            _ => self.finish(),
        }
    }

    /// The finished text.
    #[inline]
    pub fn finish(mut self) -> Str {
        self.0.0.shrink();
        self.0
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
