//! Source text, spans and line numbers: shared by every stage.

mod decode;
mod file;
mod single_byte;

pub use decode::{DecodeError, decode};
pub use file::{Position, ReadError, SourceFile};

/// A half-open range of bytes of one file's decoded (UTF-8) text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// From the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start, other.end)
    }

    /// The empty span at `offset`.
    pub fn at(offset: u32) -> Self {
        Span::new(offset, offset)
    }
}
