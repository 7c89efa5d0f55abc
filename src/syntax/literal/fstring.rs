//! The pieces of an f-string, found as CPython 3.11 finds them: by scanning, before any expression is parsed.

use crate::source::Span;
use std::ops::Range;

/// A literal's nesting limit: a field's format may hold fields, but those no more.
const MAX_NESTING: u32 = 2;
/// CPython's limit on open brackets.
const MAX_BRACKETS: usize = 200;

/// Why an f-string is none: CPython's message.
pub(in crate::syntax) struct Fault {
    pub message: String,
}

type Scan<T> = Result<T, Fault>;

fn fault<T>(message: impl Into<String>) -> Scan<T> {
    Err(Fault {
        message: message.into(),
    })
}

/// One piece of an f-string.
pub(in crate::syntax) enum Piece {
    /// Text still to be decoded.
    Literal(Range<usize>),
    Field(Field),
}

/// A replacement field `{expr = !r :spec}`.
pub(in crate::syntax) struct Field {
    /// The whole field with its braces.
    pub span: Span,
    /// For `{expr=}`: the text to repeat, up to and with the equals sign and its blanks.
    pub debug_text: Option<Range<usize>>,
    pub conversion: Option<u8>,
    pub spec: Option<Vec<Piece>>,
}

/// Cuts an f-string's content. `on_expr` is told of every expression as soon as it is found, so that its
/// faults come before those of what follows it, as in CPython.
pub(in crate::syntax) fn pieces<E: From<Fault>>(
    text: &str,
    content: Range<usize>,
    is_raw: bool,
    on_expr: &mut dyn FnMut(Range<usize>) -> Result<(), E>,
) -> Result<Vec<Piece>, E> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        pos: content.start,
        end: content.end,
        is_raw,
    };
    let pieces = scanner.pieces(0, on_expr)?;
    Ok(pieces)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    pos: usize,
    end: usize,
    is_raw: bool,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        if self.pos < self.end {
            Some(self.bytes[self.pos])
        } else {
            None
        }
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        let at = self.pos + ahead;
        if at < self.end { Some(self.bytes[at]) } else { None }
    }

    fn pieces<E: From<Fault>>(
        &mut self,
        depth: u32,
        on_expr: &mut dyn FnMut(Range<usize>) -> Result<(), E>,
    ) -> Result<Vec<Piece>, E> {
        let mut pieces = Vec::new();
        loop {
            let doubled = self.literal(depth, &mut pieces)?;
            if doubled {
                continue;
            }
            match self.peek() {
                Some(b'{') => pieces.push(Piece::Field(self.field(depth, on_expr)?)),
                // A closing brace ends a format spec; whoever opened it takes it.
                _ => return Ok(pieces),
            }
        }
    }

    /// Takes literal text up to the next brace that means something. True where it ended on a doubled brace.
    fn literal(&mut self, depth: u32, pieces: &mut Vec<Piece>) -> Scan<bool> {
        let start = self.pos;
        while let Some(mut byte) = self.peek() {
            self.pos += 1;
            if byte == b'\\' && !self.is_raw && self.pos < self.end {
                byte = self.bytes[self.pos];
                self.pos += 1;
                if byte == b'N' {
                    self.character_name();
                    continue;
                }
            }
            if byte != b'{' && byte != b'}' {
                continue;
            }
            if depth == 0 {
                if self.peek() == Some(byte) {
                    pieces.push(Piece::Literal(start..self.pos));
                    self.pos += 1;
                    return Ok(true);
                }
                if byte == b'}' {
                    return fault("f-string: single '}' is not allowed");
                }
            }
            self.pos -= 1;
            break;
        }
        if start < self.pos {
            pieces.push(Piece::Literal(start..self.pos));
        }
        Ok(false)
    }

    /// Skips the braces of `\N{...}`; the scanner stands behind the `N`.
    fn character_name(&mut self) {
        if self.peek() == Some(b'{') {
            while let Some(byte) = self.peek() {
                self.pos += 1;
                if byte == b'}' {
                    break;
                }
            }
        }
    }

    fn field<E: From<Fault>>(
        &mut self,
        depth: u32,
        on_expr: &mut dyn FnMut(Range<usize>) -> Result<(), E>,
    ) -> Result<Field, E> {
        let open = self.pos;
        if depth >= MAX_NESTING {
            return Err(Fault {
                message: "f-string: expressions nested too deeply".to_owned(),
            }
            .into());
        }
        self.pos += 1;
        let start = self.pos;
        self.expression()?;
        let expr = start..self.pos;
        if self.bytes[expr.clone()].iter().all(u8::is_ascii_whitespace) {
            return Err(Fault {
                message: "f-string: empty expression not allowed".to_owned(),
            }
            .into());
        }
        on_expr(expr)?;
        let debug_text = self.debug_text(start)?;
        let conversion = self.conversion()?;
        let spec = if self.peek() == Some(b':') {
            self.pos += 1;
            self.expect_more()?;
            Some(self.pieces(depth + 1, on_expr)?)
        } else {
            None
        };
        if self.peek() != Some(b'}') {
            return Err(Fault {
                message: "f-string: expecting '}'".to_owned(),
            }
            .into());
        }
        self.pos += 1;
        Ok(Field {
            span: Span::new(open as u32, self.pos as u32),
            debug_text,
            conversion,
            spec,
        })
    }

    fn expect_more(&self) -> Scan<()> {
        if self.pos >= self.end {
            fault("f-string: expecting '}'")
        } else {
            Ok(())
        }
    }

    fn debug_text(&mut self, start: usize) -> Scan<Option<Range<usize>>> {
        if self.peek() != Some(b'=') {
            return Ok(None);
        }
        self.pos += 1;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_whitespace() || byte == 0x0b)
        {
            self.pos += 1;
        }
        self.expect_more()?;
        Ok(Some(start..self.pos))
    }

    fn conversion(&mut self) -> Scan<Option<u8>> {
        if self.peek() != Some(b'!') {
            return Ok(None);
        }
        self.pos += 1;
        self.expect_more()?;
        let conversion = self.bytes[self.pos];
        self.pos += 1;
        if !matches!(conversion, b's' | b'r' | b'a') {
            return fault("f-string: invalid conversion character: expected 's', 'r', or 'a'");
        }
        self.expect_more()?;
        Ok(Some(conversion))
    }

    /// Moves behind the expression: strings and brackets in it are balanced, and what ends it stands at `pos`.
    fn expression(&mut self) -> Scan<()> {
        let mut brackets: Vec<u8> = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => return fault("f-string expression part cannot include a backslash"),
                b'\'' | b'"' => {
                    self.quoted(byte)?;
                    continue;
                }
                b'[' | b'{' | b'(' => {
                    if brackets.len() >= MAX_BRACKETS {
                        return fault("f-string: too many nested parenthesis");
                    }
                    brackets.push(byte);
                }
                b'#' => return fault("f-string expression part cannot include '#'"),
                b'!' | b':' | b'}' | b'=' | b'<' | b'>' if brackets.is_empty() => {
                    if self.peek_at(1) == Some(b'=') && matches!(byte, b'!' | b'=' | b'<' | b'>') {
                        self.pos += 1;
                    } else if !matches!(byte, b'<' | b'>') {
                        break;
                    }
                }
                b']' | b'}' | b')' => close(&mut brackets, byte)?,
                _ => {}
            }
            self.pos += 1;
        }
        if let Some(&open) = brackets.last() {
            return fault(format!("f-string: unmatched '{}'", char::from(open)));
        }
        self.expect_more()
    }

    /// Skips a string literal inside the expression; `pos` stands on its quote.
    fn quoted(&mut self, quote: u8) -> Scan<()> {
        let is_triple = self.peek_at(1) == Some(quote) && self.peek_at(2) == Some(quote);
        let width = if is_triple { 3 } else { 1 };
        self.pos += width;
        while let Some(byte) = self.peek() {
            if byte == b'\\' {
                return fault("f-string expression part cannot include a backslash");
            }
            let closes = (0..width).all(|ahead| self.peek_at(ahead) == Some(quote));
            if closes {
                self.pos += width;
                return Ok(());
            }
            self.pos += 1;
        }
        fault("f-string: unterminated string")
    }
}

fn close(brackets: &mut Vec<u8>, closing: u8) -> Scan<()> {
    let Some(opening) = brackets.pop() else {
        return fault(format!("f-string: unmatched '{}'", char::from(closing)));
    };
    if matches!((opening, closing), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
        return Ok(());
    }
    fault(format!(
        "f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
        char::from(closing),
        char::from(opening)
    ))
}
