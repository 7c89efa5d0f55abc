//! What literals mean: numbers, escapes in strings and bytes, the pieces of f-strings.

pub(super) mod bytes;
pub(super) mod fstring;
pub(super) mod number;
pub(super) mod text;

use super::ast::Constant;

/// A string literal's prefix and the place of its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub is_raw: bool,
    pub is_bytes: bool,
    pub is_format: bool,
    pub content_start: usize,
    pub content_end: usize,
}

impl Shape {
    /// Reads the shape off a whole literal that stands at `start` in the text.
    pub fn of(literal: &str, start: usize) -> Shape {
        let bytes = literal.as_bytes();
        let prefix = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let has = |letter: u8| bytes[..prefix].iter().any(|byte| byte.eq_ignore_ascii_case(&letter));
        let quote = bytes[prefix];
        let is_triple = bytes.len() >= prefix + 6 && bytes[prefix + 1] == quote && bytes[prefix + 2] == quote;
        let width = if is_triple { 3 } else { 1 };
        Shape {
            is_raw: has(b'r'),
            is_bytes: has(b'b'),
            is_format: has(b'f'),
            content_start: start + prefix + width,
            content_end: start + literal.len() - width,
        }
    }
}

/// Text that may hold lone surrogates, which UTF-8 cannot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WideText {
    text: String,
    /// By code point, once the first surrogate has come.
    wide: Option<Vec<u32>>,
}

impl WideText {
    pub fn push(&mut self, c: char) {
        match &mut self.wide {
            Some(wide) => wide.push(u32::from(c)),
            None => self.text.push(c),
        }
    }

    pub fn push_str(&mut self, text: &str) {
        match &mut self.wide {
            Some(wide) => wide.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    /// Any code point up to U+10FFFF, surrogates among them.
    pub fn push_code(&mut self, code: u32) {
        match char::from_u32(code) {
            Some(c) => self.push(c),
            None => {
                let text = &self.text;
                self.wide
                    .get_or_insert_with(|| text.chars().map(u32::from).collect())
                    .push(code);
            }
        }
    }

    pub fn append(&mut self, other: WideText) {
        match other.wide {
            None => self.push_str(&other.text),
            Some(codes) => codes.into_iter().for_each(|code| self.push_code(code)),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.wide.is_none() && self.text.is_empty()
    }

    pub fn into_constant(self) -> Constant {
        match self.wide {
            None => Constant::Str(self.text),
            Some(codes) => Constant::SurrogateStr(codes),
        }
    }
}

/// Normalises line ends as CPython does before it tokenizes: `\r\n` and `\r` become `\n`.
pub(super) fn push_source_text(out: &mut WideText, mut text: &str) {
    while let Some(at) = text.find('\r') {
        out.push_str(&text[..at]);
        out.push('\n');
        let rest = &text[at + 1..];
        text = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(text);
}
