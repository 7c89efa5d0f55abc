//! Splitting, stripping, joining, replacing.

use super::pieces::pair;
use super::{Str, StrBuf, Text, unicode};
use crate::exc::Result;
use crate::units::{self, Piece};

/// Whitespace among ASCII, as `str.isspace` sees it.
#[inline(always)]
pub(super) fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 28..=31)
}

/// A limit on cuts: Python's negative numbers mean none.
#[inline]
fn limit(maxsplit: i64) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

impl Str {
    /// `s.split(separator, maxsplit)`; ValueError for an empty separator.
    #[inline]
    pub fn split(&self, separator: &Str, maxsplit: i64) -> Result<Vec<Str>> {
        separator.as_separator()?;
        let mut parts = Vec::with_capacity(self.few_parts());
        let limit = limit(maxsplit);
        match (self.text(), separator.text()) {
            (Text::Ascii(hay), Text::Ascii(needle)) => {
                units::split(hay, needle, limit, |Piece(start, end)| {
                    parts.push(Str::from_ascii(&hay[start..end]))
                });
            }
            (Text::Ascii(_), Text::Wide(_)) => parts.push(self.clone()),
            (Text::Wide(hay), _) => units::split(hay, &separator.points(), limit, |Piece(start, end)| {
                parts.push(self.cut(start, end));
            }),
        }
        Ok(parts)
    }

    /// Room for the parts of a line.
    #[inline]
    fn few_parts(&self) -> usize {
        (self.len() / 4 + 1).min(12)
    }

    /// The word at or after a position, and where it ends.
    #[inline]
    pub(crate) fn word_from(&self, at: usize) -> Option<(Str, usize)> {
        let Piece(start, end) = match self.text() {
            Text::Ascii(bytes) => units::next_word(bytes, at, is_ascii_space)?,
            Text::Wide(points) => units::next_word(points, at, unicode::is_space)?,
        };
        Some((self.cut(start, end), end))
    }

    /// The line that begins at a position, without its end, and where the next one begins.
    #[inline]
    pub(crate) fn line_from(&self, at: usize) -> Option<(Str, usize)> {
        let (Piece(start, end), next) = match self.text() {
            Text::Ascii(bytes) => units::next_line(bytes, at, |byte| unicode::is_line_break(byte as u32))?,
            Text::Wide(points) => units::next_line(points, at, unicode::is_line_break)?,
        };
        Some((self.cut(start, end), next))
    }

    /// `s.rsplit(separator, maxsplit)`; ValueError for an empty separator.
    pub fn rsplit(&self, separator: &Str, maxsplit: i64) -> Result<Vec<Str>> {
        separator.as_separator()?;
        let whole = || vec![Piece(0, self.len())];
        let pieces = pair!(
            self,
            separator,
            |hay, needle| units::rsplit(hay, needle, limit(maxsplit)),
            whole()
        );
        Ok(self.cut_all(&pieces))
    }

    /// `s.split(None, maxsplit)`: at runs of whitespace.
    pub fn split_whitespace(&self, maxsplit: i64) -> Vec<Str> {
        let limit = limit(maxsplit);
        let mut parts = Vec::with_capacity(self.few_parts());
        match self.text() {
            Text::Ascii(bytes) => units::split_space(bytes, limit, is_ascii_space, |Piece(start, end)| {
                parts.push(Str::from_ascii(&bytes[start..end]));
            }),
            Text::Wide(points) => units::split_space(points, limit, unicode::is_space, |Piece(start, end)| {
                parts.push(self.cut(start, end));
            }),
        }
        parts
    }

    /// `s.rsplit(None, maxsplit)`.
    pub fn rsplit_whitespace(&self, maxsplit: i64) -> Vec<Str> {
        let limit = limit(maxsplit);
        self.cut_all(&match self.text() {
            Text::Ascii(bytes) => units::rsplit_space(bytes, limit, is_ascii_space),
            Text::Wide(points) => units::rsplit_space(points, limit, unicode::is_space),
        })
    }

    /// `s.splitlines(keepends)`.
    pub fn split_lines(&self, keep_ends: bool) -> Vec<Str> {
        self.cut_all(&match self.text() {
            Text::Ascii(bytes) => units::lines(bytes, keep_ends, |byte| unicode::is_line_break(byte as u32)),
            Text::Wide(points) => units::lines(points, keep_ends, unicode::is_line_break),
        })
    }

    /// `s.partition(separator)`; ValueError for an empty separator.
    pub fn partition(&self, separator: &Str) -> Result<(Str, Str, Str)> {
        separator.as_separator()?;
        let at = self.find(separator, 0, i64::MAX);
        if at < 0 {
            return Ok((self.clone(), Str::empty(), Str::empty()));
        }
        let at = at as usize;
        Ok((
            self.cut(0, at),
            separator.clone(),
            self.cut(at + separator.len(), self.len()),
        ))
    }

    /// `s.rpartition(separator)`; ValueError for an empty separator.
    pub fn rpartition(&self, separator: &Str) -> Result<(Str, Str, Str)> {
        separator.as_separator()?;
        let at = self.rfind(separator, 0, i64::MAX);
        if at < 0 {
            return Ok((Str::empty(), Str::empty(), self.clone()));
        }
        let at = at as usize;
        Ok((
            self.cut(0, at),
            separator.clone(),
            self.cut(at + separator.len(), self.len()),
        ))
    }

    /// `s.strip()`.
    #[inline]
    pub fn strip(&self) -> Str {
        self.strip_space(true, true)
    }

    /// `s.lstrip()`.
    pub fn lstrip(&self) -> Str {
        self.strip_space(true, false)
    }

    /// `s.rstrip()`.
    pub fn rstrip(&self) -> Str {
        self.strip_space(false, true)
    }

    pub(crate) fn strip_space(&self, left: bool, right: bool) -> Str {
        let (start, end) = match self.text() {
            Text::Ascii(bytes) => units::strip(bytes, left, right, is_ascii_space),
            Text::Wide(points) => units::strip(points, left, right, unicode::is_space),
        };
        self.cut(start, end)
    }

    /// `s.strip(chars)`, or only `lstrip` or `rstrip`.
    pub fn strip_chars(&self, chars: &Str, left: bool, right: bool) -> Str {
        let (start, end) = match (self.text(), chars.text()) {
            (Text::Ascii(bytes), Text::Ascii(chars)) => units::strip(bytes, left, right, |byte| chars.contains(&byte)),
            (Text::Ascii(bytes), Text::Wide(chars)) => {
                units::strip(bytes, left, right, |byte| chars.contains(&(byte as u32)))
            }
            (Text::Wide(points), _) => {
                let chars = chars.points();
                units::strip(points, left, right, |point| chars.contains(&point))
            }
        };
        self.cut(start, end)
    }

    /// `s.replace(old, new, count)`; a negative count replaces all.
    pub fn replace(&self, old: &Str, new: &Str, count: i64) -> Str {
        let limit = limit(count);
        let replaced = match (self.text(), old.text(), new.text()) {
            (Text::Ascii(hay), Text::Ascii(old), Text::Ascii(new)) => {
                units::replace(hay, old, new, limit).map(|bytes| Str::from_ascii(&bytes))
            }
            (Text::Ascii(_), Text::Wide(_), _) => None,
            _ => units::replace(&self.points(), &old.points(), &new.points(), limit)
                .map(|points| Str::from_code_points(&points)),
        };
        replaced.unwrap_or_else(|| self.clone())
    }

    /// `s.join(parts)`.
    pub fn join(&self, parts: &[Str]) -> Str {
        if let [part] = parts {
            return part.clone();
        }
        let room = parts.iter().map(Str::len).sum::<usize>() + self.len() * parts.len().saturating_sub(1);
        let wide = parts.iter().any(|part| part.0.is_wide()) || parts.len() > 1 && self.0.is_wide();
        let mut out = StrBuf::with_room(room, wide);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                out.push_str(self);
            }
            out.push_str(part);
        }
        out.finish()
    }
}
