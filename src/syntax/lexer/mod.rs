//! Text to tokens, as CPython 3.11's tokenizer cuts it.

mod indent;
mod number;
mod operator;
mod string;

use super::error::SyntaxError;
use super::token::{Tok, Token};
use crate::source::Span;
use unicode_normalization::UnicodeNormalization;

/// CPython's limit on open brackets.
const MAX_NESTING: usize = 200;

/// A whole text as tokens. Where `error` is set the last token is [`Tok::Error`] at its place.
pub(super) struct Tokens {
    pub tokens: Vec<Token>,
    pub error: Option<SyntaxError>,
    /// The innermost bracket still open at the end of the text.
    pub unclosed: Option<Span>,
    /// For each bracket level the tokens lie in: parallel to `tokens`.
    pub levels: Vec<u8>,
}

/// Cuts a whole file.
pub(super) fn tokenize(text: &str) -> Tokens {
    let mut lexer = Lexer::new(text, 0, text.len());
    lexer.line_start = true;
    lexer.run()
}

/// Cuts an expression that stands between brackets which are not part of it, such as an f-string's field.
pub(super) fn tokenize_bracketed(text: &str, start: usize, end: usize) -> Tokens {
    let mut lexer = Lexer::new(text, start, end);
    lexer.base_level = 1;
    lexer.run()
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// The end of the part that is cut.
    end: usize,
    pos: usize,
    line_start: bool,
    indents: Vec<indent::Level>,
    brackets: Vec<(u8, u32)>,
    base_level: u8,
    tokens: Vec<Token>,
    levels: Vec<u8>,
}

/// Stops the lexer at a fault.
type Cut<T> = Result<T, SyntaxError>;

impl<'a> Lexer<'a> {
    fn new(text: &'a str, start: usize, end: usize) -> Self {
        let guess = (end - start) / 4 + 8;
        Lexer {
            text,
            bytes: text.as_bytes(),
            end,
            pos: start,
            line_start: false,
            indents: vec![indent::Level::default()],
            brackets: Vec::new(),
            base_level: 0,
            tokens: Vec::with_capacity(guess),
            levels: Vec::with_capacity(guess),
        }
    }

    fn run(mut self) -> Tokens {
        let error = self.cut_all().err();
        if let Some(error) = &error {
            self.push(Tok::Error, error.span.start as usize, error.span.end as usize);
        }
        let unclosed = self.brackets.last().map(|&(_, at)| Span::new(at, at + 1));
        Tokens {
            tokens: self.tokens,
            error,
            unclosed,
            levels: self.levels,
        }
    }

    fn cut_all(&mut self) -> Cut<()> {
        loop {
            if self.line_start && self.is_outside_brackets() {
                self.line_start = false;
                self.indentation()?;
            }
            self.skip_blanks();
            match self.peek() {
                None => return self.finish(),
                Some(byte) => self.token(byte)?,
            }
        }
    }

    fn is_outside_brackets(&self) -> bool {
        self.brackets.is_empty() && self.base_level == 0
    }

    fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        let at = self.pos + ahead;
        if at < self.end { Some(self.bytes[at]) } else { None }
    }

    fn push(&mut self, tok: Tok, start: usize, end: usize) {
        self.tokens.push(Token {
            tok,
            span: Span::new(start as u32, end as u32),
        });
        self.levels.push(self.base_level + self.brackets.len() as u8);
    }

    fn error<T>(&self, message: impl Into<String>, start: usize, end: usize) -> Cut<T> {
        Err(SyntaxError::new(message, Span::new(start as u32, end as u32)))
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\x0c') = self.peek() {
            self.pos += 1;
        }
        if self.peek() == Some(b'#') {
            while !matches!(self.peek(), None | Some(b'\n' | b'\r')) {
                self.pos += 1;
            }
        }
    }

    fn token(&mut self, byte: u8) -> Cut<()> {
        match byte {
            b'\n' | b'\r' => self.newline(),
            b'\\' => self.continuation(),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek_at(1).is_some_and(|next| next.is_ascii_digit()) => self.number(),
            b'"' | b'\'' => self.string(self.pos),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            0x80.. => self.wide_word(),
            0 => self.error("source code cannot contain null bytes", self.pos, self.pos),
            _ => self.operator(),
        }
    }

    /// Consumes one line end and gives its start.
    fn line_end(&mut self) -> usize {
        let start = self.pos;
        let is_pair = self.peek() == Some(b'\r') && self.peek_at(1) == Some(b'\n');
        self.pos += if is_pair { 2 } else { 1 };
        start
    }

    fn newline(&mut self) -> Cut<()> {
        let start = self.line_end();
        if self.is_outside_brackets() {
            self.line_start = true;
            if self.is_in_line() {
                self.push(Tok::Newline, start, self.pos);
            }
        }
        Ok(())
    }

    /// Whether the current logical line has a token already.
    fn is_in_line(&self) -> bool {
        self.tokens
            .last()
            .is_some_and(|last| !matches!(last.tok, Tok::Newline | Tok::Indent | Tok::Dedent))
    }

    /// A backslash: joins the next line, or is an error.
    fn continuation(&mut self) -> Cut<()> {
        let start = self.pos;
        self.pos += 1;
        match self.peek() {
            Some(b'\n' | b'\r') => {
                self.line_end();
                if self.pos >= self.end && self.base_level == 0 {
                    return self.error("unexpected EOF while parsing", start + 1, start + 1);
                }
                Ok(())
            }
            None => self.error("unexpected EOF while parsing", self.pos, self.pos),
            Some(_) => self.error(
                "unexpected character after line continuation character",
                start + 1,
                start + 2,
            ),
        }
    }

    fn word(&mut self) -> Cut<()> {
        let start = self.pos;
        while let Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9') = self.peek() {
            self.pos += 1;
        }
        match self.peek() {
            Some(0x80..) => return self.word_tail(start),
            Some(b'"' | b'\'') if string::is_prefix(&self.bytes[start..self.pos]) => return self.string(start),
            _ => {}
        }
        let tok = Tok::keyword(&self.text[start..self.pos]).unwrap_or(Tok::Name);
        self.push(tok, start, self.pos);
        Ok(())
    }

    /// A word that begins with a character outside ASCII.
    fn wide_word(&mut self) -> Cut<()> {
        self.word_tail(self.pos)
    }

    /// Finishes a word with characters outside ASCII and checks them as `str.isidentifier` does.
    fn word_tail(&mut self, start: usize) -> Cut<()> {
        let is_part = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '_';
        let rest = &self.text[start..self.end];
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        if let Some((at, bad)) = first_bad_character(word) {
            let at = start + at;
            let message = if is_printable(bad) {
                format!("invalid character '{bad}' (U+{:04X})", u32::from(bad))
            } else {
                format!("invalid non-printable character U+{:04X}", u32::from(bad))
            };
            return self.error(message, at, at + bad.len_utf8());
        }
        self.pos = start + length;
        self.push(Tok::Name, start, self.pos);
        Ok(())
    }

    fn open(&mut self, tok: Tok, start: usize) -> Cut<()> {
        if self.brackets.len() + usize::from(self.base_level) >= MAX_NESTING {
            return self.error("too many nested parentheses", start, start + 1);
        }
        self.push(tok, start, start + 1);
        self.brackets.push((self.bytes[start], start as u32));
        Ok(())
    }

    fn close(&mut self, tok: Tok, start: usize) -> Cut<()> {
        let closing = char::from(self.bytes[start]);
        let Some((opening, at)) = self.brackets.pop() else {
            return self.error(format!("unmatched '{closing}'"), start, start + 1);
        };
        let opening = char::from(opening);
        if !matches!((opening, closing), ('(', ')') | ('[', ']') | ('{', '}')) {
            let between = &self.bytes[at as usize..start];
            let where_ = if between.contains(&b'\n') || between.contains(&b'\r') {
                format!(" on line {}", self.line_of(at as usize))
            } else {
                String::new()
            };
            let message =
                format!("closing parenthesis '{closing}' does not match opening parenthesis '{opening}'{where_}");
            return self.error(message, start, start + 1);
        }
        self.push(tok, start, start + 1);
        Ok(())
    }

    fn line_of(&self, offset: usize) -> u32 {
        super::line_of(self.text, offset)
    }

    fn finish(&mut self) -> Cut<()> {
        if self.base_level > 0 {
            self.push(Tok::End, self.end, self.end);
            return Ok(());
        }
        if self.brackets.is_empty() {
            if self.is_in_line() {
                self.push(Tok::Newline, self.end, self.end);
            }
            self.close_indents();
        }
        self.push(Tok::End, self.end, self.end);
        Ok(())
    }
}

/// The first character of a word that an identifier may not have there, judged on its NFKC form.
fn first_bad_character(word: &str) -> Option<(usize, char)> {
    let mut first = true;
    for (at, c) in word.char_indices() {
        let folded: String = if c.is_ascii() { c.into() } else { c.nfkc().collect() };
        let mut chars = folded.chars();
        let starts = first && chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
        if (first && !starts) || !chars.all(unicode_ident::is_xid_continue) {
            return Some((at, c));
        }
        first = false;
    }
    None
}

/// Roughly `str.isprintable`: controls, separators, unassigned and private characters are not.
fn is_printable(c: char) -> bool {
    let is_format = matches!(u32::from(c), 0xad | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x180e | 0x200b..=0x200f
        | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff);
    let is_private = matches!(u32::from(c), 0xe000..=0xf8ff | 0xf0000..);
    !(c.is_control() || is_format || is_private || (c.is_whitespace() && c != ' '))
}
