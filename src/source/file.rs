//! One file's decoded text with its line index.

use super::Span;
use super::decode::{DecodeError, decode};
use std::fmt;
use std::path::{Path, PathBuf};

/// The largest file taken: spans are 32 bits wide.
const MAX_BYTES: usize = u32::MAX as usize / 2;

/// A Python file as read: its path, its text as UTF-8 and where its lines begin.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
    line_starts: Vec<u32>,
}

/// A place as people and CPython count: lines from 1, columns from 1 in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Why a file could not be had as text.
#[derive(Debug)]
pub enum ReadError {
    Io(std::io::Error),
    Decode(DecodeError),
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io(error) => write!(f, "{error}"),
            ReadError::Decode(error) => write!(f, "{error}"),
            ReadError::TooLarge => write!(f, "the file is larger than {} bytes", MAX_BYTES),
        }
    }
}

impl std::error::Error for ReadError {}

impl SourceFile {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = line_starts(&text);
        SourceFile {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// Reads and decodes a file by the rules of PEP 263.
    ///
    /// # Errors
    /// The file cannot be read, is no text in the encoding that it declares, or is too large.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let bytes = std::fs::read(path).map_err(ReadError::Io)?;
        if bytes.len() > MAX_BYTES {
            return Err(ReadError::TooLarge);
        }
        let text = decode(bytes).map_err(ReadError::Decode)?;
        Ok(SourceFile::new(path, text))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// The line, from 1, that holds a byte offset.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        let upto = (offset as usize).clamp(start, self.text.len());
        let before = self.text.get(start..upto).unwrap_or("");
        Position {
            line,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// A line's text (from 1) without its line end; empty for a line that is not there.
    pub fn line_text(&self, line: u32) -> &str {
        let Some(&start) = (line as usize)
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index))
        else {
            return "";
        };
        let end = self
            .line_starts
            .get(line as usize)
            .map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// How many lines the text has; the empty text has one.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }
}

/// Python's line ends: `\n`, `\r\n` and a lone `\r`.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, &byte) in bytes.iter().enumerate() {
        let ends = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            starts.push(at as u32 + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: u32, line: u32, column: u32) {
        assert_eq!(
            SourceFile::new("f.py", text).position(offset),
            Position { line, column }
        );
    }

    #[test]
    fn columns_count_code_points_and_lines_end_as_python_ends_them() {
        check("", 0, 1, 1);
        check("ab\ncd", 4, 2, 2);
        check("é = 1", 3, 1, 3);
        check("a\r\nb", 3, 2, 1);
        check("a\rb", 2, 2, 1);
        check("a\n", 2, 2, 1);
    }

    #[test]
    fn a_line_is_given_without_its_end() {
        let file = SourceFile::new("f.py", "one\r\ntwo\nthree");
        let lines: Vec<_> = (0..=4).map(|line| file.line_text(line)).collect();
        assert_eq!(lines, ["", "one", "two", "three", ""]);
    }
}
