//! `text % arguments`.

use super::arguments::{Arguments, is_mapping, text_key};
use super::directive::{Directive, Reader};
use super::layout::{Sink, push_number, push_padded};
use super::number;
use crate::exc::{self, Result};
use crate::float;
use crate::ops;
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

impl Sink for StrBuf {
    fn repeat(&mut self, byte: u8, count: usize) {
        self.push_repeated(byte as u32, count);
    }

    fn ascii(&mut self, text: &str) {
        self.push_ascii(text);
    }
}

/// `template % operand`; TypeError, ValueError, OverflowError, and what the arguments raise.
pub fn percent(template: &Str, operand: &Value) -> Result<Str> {
    let points = template.points();
    let mut reader = Reader { points: &points, at: 0 };
    let key = text_key(template);
    let mut arguments = Arguments::new(operand, is_mapping(operand), &key);
    let mut out = StrBuf::with_capacity(points.len() + 16);
    while reader.at < points.len() {
        let rest = &points[reader.at..];
        let run = rest
            .iter()
            .position(|&point| point == b'%' as u32)
            .unwrap_or(rest.len());
        out.push_points(&rest[..run]);
        reader.at += run;
        if reader.at < points.len() {
            reader.at += 1;
            if reader.eat(b'%') {
                out.push_ascii("%");
                continue;
            }
            let directive = reader.directive(&mut arguments)?;
            push(&mut out, &directive, &mut arguments, reader.at - 1)?;
        }
    }
    arguments.finish("string")?;
    Ok(out.finish())
}

fn push(out: &mut StrBuf, directive: &Directive, arguments: &mut Arguments, at: usize) -> Result<()> {
    let value = arguments.next()?;
    match u8::try_from(directive.letter).unwrap_or(0) {
        b's' => push_text(out, directive, &text::str_of(&value)?),
        b'r' => push_text(out, directive, &text::repr(&value)?),
        b'a' => push_text(out, directive, &text::ascii(&value)?),
        b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => {
            push_number(out, directive, &number::integer(directive, &value)?);
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            push_number(out, directive, &number::real(directive, float::real(&value)?));
        }
        b'c' => push_char(out, directive, &value)?,
        _ => return Err(unsupported(directive.letter, at)),
    }
    Ok(())
}

#[cold]
pub(super) fn unsupported(letter: u32, at: usize) -> exc::Exc {
    let shown = if (31..127).contains(&letter) {
        letter as u8 as char
    } else {
        '?'
    };
    exc::value_error(&format!(
        "unsupported format character '{shown}' ({letter:#x}) at index {at}"
    ))
}

fn push_text(out: &mut StrBuf, directive: &Directive, text: &Str) {
    let len = directive
        .precision
        .map_or(text.len(), |precision| text.len().min(precision));
    push_padded(out, directive, len, |out| out.push_str(&text.cut(0, len)));
}

fn push_char(out: &mut StrBuf, directive: &Directive, value: &Value) -> Result<()> {
    let point = match value.as_str() {
        Some(text) if text.len() == 1 => text.point(0),
        Some(_) => return Err(exc::type_error("%c requires int or char")),
        None => {
            let int = ops::try_index(value)?.ok_or_else(|| exc::type_error("%c requires int or char"))?;
            let point = int
                .as_i64()
                .and_then(|int| u32::try_from(int).ok())
                .filter(|&point| point < 0x11_0000);
            point.ok_or_else(|| exc::overflow_error("%c arg not in range(0x110000)"))?
        }
    };
    push_padded(out, directive, 1, |out| out.push_point(point));
    Ok(())
}
