//! The parts of a text, each made when a loop asks for it: a text never changes, so nobody can tell that they were not
//! all made before.

use crate::exc::Result;
use crate::str::Str;

/// The parts of a text between separators.
pub struct Pieces {
    text: Str,
    separator: Str,
    /// Where the next part begins, unless the last one is out.
    next: Option<usize>,
}

/// `for part in text.split(separator)`
///
/// # Errors
/// ValueError for an empty separator.
#[inline]
pub fn split(text: &Str, separator: &Str) -> Result<Pieces> {
    separator.as_separator()?;
    Ok(Pieces {
        text: text.clone(),
        separator: separator.clone(),
        next: Some(0),
    })
}

impl Iterator for Pieces {
    type Item = Str;

    #[inline]
    fn next(&mut self) -> Option<Str> {
        let start = self.next?;
        let found = self.text.find(&self.separator, start as i64, i64::MAX);
        let end = usize::try_from(found).ok();
        self.next = end.map(|end| end + self.separator.len());
        Some(self.text.cut(start, end.unwrap_or(self.text.len())))
    }
}

/// The words of a text.
pub struct Words {
    text: Str,
    at: usize,
}

/// `for word in text.split()`
#[inline]
pub fn words(text: &Str) -> Words {
    Words {
        text: text.clone(),
        at: 0,
    }
}

impl Iterator for Words {
    type Item = Str;

    #[inline]
    fn next(&mut self) -> Option<Str> {
        let (word, end) = self.text.word_from(self.at)?;
        self.at = end;
        Some(word)
    }
}

/// The lines of a text.
pub struct Lines {
    text: Str,
    at: usize,
}

/// `for line in text.splitlines()`
#[inline]
pub fn lines(text: &Str) -> Lines {
    Lines {
        text: text.clone(),
        at: 0,
    }
}

impl Iterator for Lines {
    type Item = Str;

    #[inline]
    fn next(&mut self) -> Option<Str> {
        let (line, next) = self.text.line_from(self.at)?;
        self.at = next;
        Some(line)
    }
}
