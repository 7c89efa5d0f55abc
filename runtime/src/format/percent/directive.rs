//! Reading a directive: `%(key)-+ #0width.precision` and a letter.

use super::arguments::Arguments;
use crate::exc::{self, Exc, Result};
use crate::units::MOST_BYTES;
use crate::value::Value;

/// What stands between `%` and the letter, and the letter.
#[derive(Default)]
pub(super) struct Directive {
    pub left: bool,
    pub plus: bool,
    pub blank: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: usize,
    pub precision: Option<usize>,
    pub letter: u32,
}

/// The template, and how far it has been read.
pub(super) struct Reader<'a> {
    pub points: &'a [u32],
    pub at: usize,
}

#[cold]
fn incomplete() -> Exc {
    exc::value_error("incomplete format")
}

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.points
            .get(self.at)
            .map(|&point| u8::try_from(point).unwrap_or(0xff))
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += found as usize;
        found
    }

    /// Reads a directive after its `%`; a `*` takes an argument.
    pub(super) fn directive(&mut self, arguments: &mut Arguments) -> Result<Directive> {
        let mut directive = Directive::default();
        if self.eat(b'(') {
            let key = self.key()?;
            arguments.select(key)?;
        }
        self.flags(&mut directive);
        if self.eat(b'*') {
            let width = star(arguments.next()?)?;
            directive.left |= width < 0;
            directive.width = width.unsigned_abs() as usize;
        } else {
            directive.width = self.number("width too big")?.unwrap_or(0);
        }
        if self.eat(b'.') {
            directive.precision = Some(if self.eat(b'*') {
                star(arguments.next()?)?.max(0) as usize
            } else {
                self.number("precision too big")?.unwrap_or(0)
            });
        }
        if matches!(self.peek(), Some(b'h' | b'l' | b'L')) {
            self.at += 1;
        }
        if directive.width.max(directive.precision.unwrap_or(0)) as i64 > MOST_BYTES {
            return Err(exc::no_memory());
        }
        directive.letter = *self.points.get(self.at).ok_or_else(incomplete)?;
        self.at += 1;
        Ok(directive)
    }

    fn flags(&mut self, directive: &mut Directive) {
        while let Some(flag) = self.peek() {
            match flag {
                b'-' => directive.left = true,
                b'+' => directive.plus = true,
                b' ' => directive.blank = true,
                b'#' => directive.alternate = true,
                b'0' => directive.zero = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    /// The bounds of a key whose opening parenthesis has been read; parentheses nest.
    fn key(&mut self) -> Result<(usize, usize)> {
        let start = self.at;
        let mut depth = 1;
        while depth > 0 {
            match self.peek() {
                None => return Err(exc::value_error("incomplete format key")),
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(_) => {}
            }
            self.at += 1;
        }
        Ok((start, self.at - 1))
    }

    fn number(&mut self, too_big: &str) -> Result<Option<usize>> {
        let mut value = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let next = value
                .unwrap_or(0_i64)
                .checked_mul(10)
                .and_then(|value| value.checked_add((digit - b'0') as i64));
            value = Some(next.ok_or_else(|| exc::value_error(too_big))?);
            self.at += 1;
        }
        Ok(value.map(|value| value as usize))
    }
}

fn star(value: Value) -> Result<i64> {
    match value.as_int() {
        Some(int) => int
            .as_i64()
            .ok_or_else(|| exc::overflow_error("Python int too large to convert to C ssize_t")),
        None => Err(exc::type_error("* wants int")),
    }
}
