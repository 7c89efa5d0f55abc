//! Indentation: `Indent` and `Dedent` tokens, and the faults of mixing tabs and spaces.

use super::{Cut, Lexer};
use crate::source::Span;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::token::Tok;

/// CPython's limit on indentation levels.
const MAX_INDENT: usize = 100;

/// A line's indentation measured twice: tabs to multiples of eight, and tabs as one column.
/// Two lines may be compared only where both measures agree on the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    column: u32,
    alternative: u32,
}

impl Lexer<'_> {
    /// Measures the indentation of the next line that has code and emits what it opens or closes.
    pub(super) fn indentation(&mut self) -> Cut<()> {
        let Some(level) = self.measure()? else { return Ok(()) };
        let current = *self.indents.last().expect("the outermost level stays");
        if level.column == current.column {
            return if level.alternative == current.alternative {
                Ok(())
            } else {
                self.tab_error()
            };
        }
        if level.column > current.column {
            self.indent(level, current)
        } else {
            self.dedent(level)
        }
    }

    /// None where the text ends or only blank lines and comments follow on this line.
    fn measure(&mut self) -> Cut<Option<Level>> {
        let mut level = Level::default();
        let mut joined: Option<Level> = None;
        loop {
            match self.peek() {
                Some(b' ') => {
                    level = Level {
                        column: level.column + 1,
                        alternative: level.alternative + 1,
                    }
                }
                Some(b'\t') => {
                    level = Level {
                        column: (level.column / 8 + 1) * 8,
                        alternative: level.alternative + 1,
                    };
                }
                Some(b'\x0c') => level = Level::default(),
                Some(b'\\') => {
                    // The indentation of a line that is joined before its first token is that of its first part.
                    joined = joined.or(Some(level));
                    self.continuation()?;
                    continue;
                }
                Some(b'#' | b'\n' | b'\r') | None => return Ok(None),
                Some(_) => return Ok(Some(joined.unwrap_or(level))),
            }
            self.pos += 1;
        }
    }

    fn indent(&mut self, level: Level, current: Level) -> Cut<()> {
        if level.alternative <= current.alternative {
            return self.tab_error();
        }
        if self.indents.len() >= MAX_INDENT {
            return self.indentation_error("too many levels of indentation");
        }
        self.indents.push(level);
        self.push(Tok::Indent, self.pos, self.pos);
        Ok(())
    }

    fn dedent(&mut self, level: Level) -> Cut<()> {
        while self.indents.last().is_some_and(|top| level.column < top.column) {
            self.indents.pop();
            self.push(Tok::Dedent, self.pos, self.pos);
        }
        let top = *self.indents.last().expect("the outermost level stays");
        if level.column != top.column {
            return self.indentation_error("unindent does not match any outer indentation level");
        }
        if level.alternative != top.alternative {
            self.tab_error()
        } else {
            Ok(())
        }
    }

    /// Closes every level at the end of the text.
    pub(super) fn close_indents(&mut self) {
        for _ in 1..self.indents.len() {
            self.push(Tok::Dedent, self.end, self.end);
        }
    }

    fn tab_error(&self) -> Cut<()> {
        let message = "inconsistent use of tabs and spaces in indentation".to_owned();
        Err(SyntaxError {
            kind: ErrorKind::Tab,
            message,
            span: self.line_so_far(),
        })
    }

    fn indentation_error(&self, message: &str) -> Cut<()> {
        Err(SyntaxError {
            kind: ErrorKind::Indentation,
            message: message.to_owned(),
            span: self.rest_of_line(),
        })
    }

    fn line_so_far(&self) -> Span {
        let before = &self.bytes[..self.pos];
        let start = before
            .iter()
            .rposition(|byte| b"\r\n".contains(byte))
            .map_or(0, |end| end + 1);
        Span::new(start as u32, self.pos as u32)
    }

    fn rest_of_line(&self) -> Span {
        let rest = &self.bytes[self.pos..self.end];
        let length = rest
            .iter()
            .position(|byte| b"\r\n".contains(byte))
            .unwrap_or(rest.len());
        Span::new(self.pos as u32, (self.pos + length) as u32)
    }
}
