//! The extent of a string literal; what it means is `literal`'s business.

use super::{Cut, Lexer};
use crate::syntax::token::Tok;

/// Whether a word right before a quote is a string prefix.
pub(super) fn is_prefix(word: &[u8]) -> bool {
    match *word {
        [a] => matches!(a.to_ascii_lowercase(), b'r' | b'b' | b'u' | b'f'),
        [a, b] => {
            let pair = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
            matches!(pair, (b'r', b'b' | b'f') | (b'b' | b'f', b'r'))
        }
        _ => false,
    }
}

impl Lexer<'_> {
    /// The lexer stands on the opening quote; `start` is where the prefix begins.
    pub(super) fn string(&mut self, start: usize) -> Cut<()> {
        let quote = self.bytes[self.pos];
        let is_triple = self.peek_at(1) == Some(quote) && self.peek_at(2) == Some(quote);
        self.pos += if is_triple { 3 } else { 1 };
        loop {
            match self.peek() {
                None => return self.unterminated(start, is_triple),
                Some(b'\\') => self.escaped(),
                Some(b'\n' | b'\r') if !is_triple => return self.unterminated(start, is_triple),
                Some(byte) if byte == quote && !is_triple => {
                    self.pos += 1;
                    break;
                }
                Some(byte) if byte == quote && self.peek_at(1) == Some(quote) && self.peek_at(2) == Some(quote) => {
                    self.pos += 3;
                    break;
                }
                Some(0) => return self.error("source code cannot contain null bytes", self.pos, self.pos),
                Some(_) => self.pos += 1,
            }
        }
        self.push(Tok::String, start, self.pos);
        Ok(())
    }

    /// A backslash keeps the next character, a line end among them, in the literal.
    fn escaped(&mut self) {
        self.pos += 1;
        match self.peek() {
            Some(b'\n' | b'\r') => {
                self.line_end();
            }
            Some(_) => self.pos += 1,
            None => {}
        }
    }

    fn unterminated(&mut self, start: usize, is_triple: bool) -> Cut<()> {
        let kind = if is_triple { "triple-quoted string" } else { "string" };
        // At the end of the text CPython is still in its last line.
        let is_after_end = self.pos == self.text.len() && self.text.ends_with('\n');
        let line = self.line_of(self.pos - usize::from(is_after_end));
        self.error(
            format!("unterminated {kind} literal (detected at line {line})"),
            start,
            start + 1,
        )
    }
}
