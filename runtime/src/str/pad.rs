//! Padding and tabs.

use super::{Str, StrBuf, Text};
use crate::units;

impl Str {
    /// The text with so many fill characters on either side.
    pub fn padded(&self, left: usize, right: usize, fill: u32) -> Str {
        if left == 0 && right == 0 {
            return self.clone();
        }
        let mut out = StrBuf::with_room(left + self.len() + right, self.0.is_wide() || fill >= 128);
        out.push_repeated(fill, left);
        out.push_str(self);
        out.push_repeated(fill, right);
        out.finish()
    }

    fn missing(&self, width: i64) -> usize {
        usize::try_from(width - (self.len() as i64).min(width)).unwrap_or(0)
    }

    /// `s.ljust(width, fill)`.
    pub fn ljust(&self, width: i64, fill: u32) -> Str {
        self.padded(0, self.missing(width), fill)
    }

    /// `s.rjust(width, fill)`.
    pub fn rjust(&self, width: i64, fill: u32) -> Str {
        self.padded(self.missing(width), 0, fill)
    }

    /// `s.center(width, fill)`.
    pub fn center(&self, width: i64, fill: u32) -> Str {
        let missing = self.missing(width);
        if missing == 0 {
            return self.clone();
        }
        let left = units::centre_left(self.len(), width as usize);
        self.padded(left, missing - left, fill)
    }

    /// `s.zfill(width)`: zeros after any sign.
    pub fn zfill(&self, width: i64) -> Str {
        let missing = self.missing(width);
        if missing == 0 {
            return self.clone();
        }
        let signed = !self.is_empty() && matches!(self.point(0), 0x2b | 0x2d);
        let mut out = StrBuf::with_room(width as usize, self.0.is_wide());
        if signed {
            out.push_point(self.point(0));
        }
        out.push_repeated(b'0' as u32, missing);
        out.push_str(&self.cut(signed as usize, self.len()));
        out.finish()
    }

    /// `s.expandtabs(tabsize)`.
    pub fn expand_tabs(&self, size: i64) -> Str {
        match self.text() {
            Text::Ascii(bytes) => Str::from_ascii(&units::expand_tabs(bytes, size)),
            Text::Wide(points) => Str::from_code_points(&units::expand_tabs(points, size)),
        }
    }
}
