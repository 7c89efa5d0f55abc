//! The `is...` questions.

use super::{Str, Text, unicode};

impl Str {
    /// Whether the string is not empty and every code point passes.
    fn every(&self, narrow: impl Fn(u8) -> bool, broad: impl Fn(u32) -> bool) -> bool {
        match self.text() {
            Text::Ascii(bytes) => !bytes.is_empty() && bytes.iter().all(|&byte| narrow(byte)),
            Text::Wide(points) => points.iter().all(|&point| broad(point)),
        }
    }

    /// `s.isalnum()`.
    pub fn is_alnum(&self) -> bool {
        self.every(|byte| byte.is_ascii_alphanumeric(), unicode::is_alnum)
    }

    /// `s.isalpha()`.
    pub fn is_alpha(&self) -> bool {
        self.every(|byte| byte.is_ascii_alphabetic(), unicode::is_alpha)
    }

    /// `s.isascii()`.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        !self.0.is_wide()
    }

    /// `s.isdecimal()`.
    pub fn is_decimal(&self) -> bool {
        self.every(|byte| byte.is_ascii_digit(), unicode::is_decimal)
    }

    /// `s.isdigit()`.
    pub fn is_digit(&self) -> bool {
        self.every(|byte| byte.is_ascii_digit(), unicode::is_digit)
    }

    /// `s.isnumeric()`.
    pub fn is_numeric(&self) -> bool {
        self.every(|byte| byte.is_ascii_digit(), unicode::is_numeric)
    }

    /// `s.isspace()`.
    pub fn is_space(&self) -> bool {
        self.every(super::split::is_ascii_space, unicode::is_space)
    }

    /// `s.isprintable()`; the empty string is.
    pub fn is_printable(&self) -> bool {
        self.is_empty() || self.every(|byte| matches!(byte, 0x20..0x7f), unicode::is_printable)
    }

    /// `s.isidentifier()`.
    pub fn is_identifier(&self) -> bool {
        let points = self.points();
        let starts = |&point: &u32| point == b'_' as u32 || unicode::is_xid_start(point);
        points.first().is_some_and(starts) && points[1..].iter().all(|&point| unicode::is_xid_continue(point))
    }

    /// `s.islower()`: some cased letter, and none that is not lower.
    pub fn is_lower(&self) -> bool {
        let points = self.points();
        let bars = |&point: &u32| unicode::is_upper(point) || unicode::is_title(point);
        !points.iter().any(bars) && points.iter().any(|&point| unicode::is_lower(point))
    }

    /// `s.isupper()`: some cased letter, and none that is not upper.
    pub fn is_upper(&self) -> bool {
        let points = self.points();
        let bars = |&point: &u32| unicode::is_lower(point) || unicode::is_title(point);
        !points.iter().any(bars) && points.iter().any(|&point| unicode::is_upper(point))
    }

    /// `s.istitle()`: upper or title case exactly where no cased letter stands before.
    pub fn is_title(&self) -> bool {
        let (mut seen, mut after_cased) = (false, false);
        for point in self.points() {
            if unicode::is_upper(point) || unicode::is_title(point) {
                if after_cased {
                    return false;
                }
                (seen, after_cased) = (true, true);
            } else if unicode::is_lower(point) {
                if !after_cased {
                    return false;
                }
            } else {
                after_cased = false;
            }
        }
        seen
    }
}
