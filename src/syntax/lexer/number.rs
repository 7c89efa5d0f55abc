//! The extent of a number literal and CPython's words for a bad one.

use super::{Cut, Lexer};
use crate::syntax::token::Tok;

/// Keywords that may follow a number without a blank, as in `1if x else 2`.
const FOLLOWING: &[&str] = &["and", "else", "for", "if", "in", "is", "or", "not"];

impl Lexer<'_> {
    pub(super) fn number(&mut self) -> Cut<()> {
        let start = self.pos;
        match (self.peek(), self.peek_at(1)) {
            (Some(b'0'), Some(b'x' | b'X')) => self.radix(16, "hexadecimal")?,
            (Some(b'0'), Some(b'o' | b'O')) => self.radix(8, "octal")?,
            (Some(b'0'), Some(b'b' | b'B')) => self.radix(2, "binary")?,
            _ => self.decimal(start)?,
        }
        self.push(Tok::Number, start, self.pos);
        Ok(())
    }

    fn radix(&mut self, radix: u32, kind: &str) -> Cut<()> {
        self.pos += 2;
        loop {
            if self.peek() == Some(b'_') {
                self.pos += 1;
            }
            if !self.is_digit(0, radix) {
                return self.bad_radix_digit(radix, kind);
            }
            while self.is_digit(0, radix) {
                self.pos += 1;
            }
            if self.peek() != Some(b'_') {
                break;
            }
        }
        match self.peek() {
            Some(byte) if byte.is_ascii_digit() => self.bad_radix_digit(radix, kind),
            _ => self.end_of_number(kind),
        }
    }

    fn is_digit(&self, ahead: usize, radix: u32) -> bool {
        self.peek_at(ahead).is_some_and(|byte| char::from(byte).is_digit(radix))
    }

    fn bad_radix_digit(&self, radix: u32, kind: &str) -> Cut<()> {
        match self.peek() {
            Some(byte) if radix != 16 && byte.is_ascii_digit() => {
                let message = format!("invalid digit '{}' in {kind} literal", char::from(byte));
                self.error(message, self.pos, self.pos + 1)
            }
            _ => self.invalid(kind),
        }
    }

    fn invalid(&self, kind: &str) -> Cut<()> {
        let at = self.pos.saturating_sub(1);
        self.error(format!("invalid {kind} literal"), at, at + 1)
    }

    /// Digits with single underscores between them.
    fn digits(&mut self) -> Cut<()> {
        loop {
            while self.is_digit(0, 10) {
                self.pos += 1;
            }
            if self.peek() != Some(b'_') {
                return Ok(());
            }
            self.pos += 1;
            if !self.is_digit(0, 10) {
                return self.invalid("decimal");
            }
        }
    }

    fn decimal(&mut self, start: usize) -> Cut<()> {
        let mut is_whole = true;
        if self.peek() != Some(b'.') {
            self.digits()?;
        }
        let whole_end = self.pos;
        if self.peek() == Some(b'.') {
            is_whole = false;
            self.pos += 1;
            if self.is_digit(0, 10) {
                self.digits()?;
            }
        }
        if self.at_exponent() {
            is_whole = false;
            self.pos += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.pos += 1;
            }
            self.digits()?;
        }
        if let Some(b'j' | b'J') = self.peek() {
            self.pos += 1;
            return self.end_of_number("imaginary");
        }
        if is_whole && self.has_leading_zero(start, whole_end) {
            let message = "leading zeros in decimal integer literals are not permitted; \
                           use an 0o prefix for octal integers";
            return self.error(message, start, whole_end);
        }
        self.end_of_number("decimal")
    }

    fn at_exponent(&self) -> bool {
        let after_sign = usize::from(matches!(self.peek_at(1), Some(b'+' | b'-')));
        matches!(self.peek(), Some(b'e' | b'E')) && self.is_digit(1 + after_sign, 10)
    }

    /// `007` is refused, `000` is not.
    fn has_leading_zero(&self, start: usize, end: usize) -> bool {
        let digits = &self.bytes[start..end];
        digits[0] == b'0' && digits.iter().any(|byte| matches!(byte, b'1'..=b'9'))
    }

    /// A number may not run into a name, save for the keywords that CPython still lets follow.
    fn end_of_number(&mut self, kind: &str) -> Cut<()> {
        let rest = &self.bytes[self.pos..self.end];
        let keyword_follows = FOLLOWING.iter().any(|word| rest.starts_with(word.as_bytes()));
        let name_follows = rest
            .first()
            .is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80);
        if name_follows && !keyword_follows {
            self.invalid(kind)
        } else {
            Ok(())
        }
    }
}
