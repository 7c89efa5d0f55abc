//! Replacement: templates, `sub` and `expand`.

use super::error;
use super::escape::{control, quoted, template_octal};
use super::machine::{Found, UNSET};
use super::parse::{MAX_GROUPS, decimal};
use super::pattern::{Matches, Pattern, PatternObject, Window, length, piece};
use super::tokens::{Fault, Token, Tokens};
use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use crate::lib::convert::is_callable;
use crate::lib::re::chars::is_identifier;
use crate::ops;
use crate::str::{Str, StrBuf, Text};
use crate::value::Value;

/// Text being built from pieces of text or of bytes.
pub enum Builder {
    Text(StrBuf),
    Bytes(Vec<u8>),
}

impl Builder {
    /// For results of the subject's kind.
    pub fn like(subject: &Value) -> Builder {
        match subject.payload() {
            Value::Bytes(_) => Builder::Bytes(Vec::new()),
            _ => Builder::Text(StrBuf::new()),
        }
    }

    /// Appends the piece of `subject` between two places.
    pub fn push_piece(&mut self, subject: &Value, start: usize, end: usize) {
        match (self, subject.payload()) {
            (Builder::Text(out), Value::Str(text)) => match text.text() {
                Text::Ascii(bytes) => out.push_ascii_bytes(&bytes[start..end]),
                Text::Wide(points) => out.push_points(&points[start..end]),
            },
            (Builder::Bytes(out), Value::Bytes(bytes)) => out.extend(&bytes.as_slice()[start..end]),
            _ => {}
        }
    }

    fn push_points(&mut self, points: &[u32]) {
        match self {
            Builder::Text(out) => out.push_points(points),
            Builder::Bytes(out) => out.extend(points.iter().map(|&point| point as u8)),
        }
    }

    /// Appends a whole value; false when it is of the wrong kind.
    fn push_value(&mut self, value: &Value) -> bool {
        match (self, value.payload()) {
            (Builder::Text(out), Value::Str(text)) => out.push_str(text),
            (Builder::Bytes(out), Value::Bytes(bytes)) => out.extend(bytes.as_slice()),
            _ => return false,
        }
        true
    }

    pub fn finish(self) -> Value {
        match self {
            Builder::Text(out) => Value::Str(out.finish()),
            Builder::Bytes(out) => Value::Bytes(Bytes::from(out)),
        }
    }
}

/// A part of a replacement template.
enum Part {
    Literal(Vec<u32>),
    Group(usize),
}

/// A parsed replacement template.
pub struct Template(Vec<Part>);

impl Template {
    /// Appends the template filled in from a match.
    fn expand_into(&self, out: &mut Builder, subject: &Value, found: &Found) {
        for part in &self.0 {
            match part {
                Part::Literal(points) => out.push_points(points),
                Part::Group(0) => out.push_piece(subject, found.start, found.end),
                Part::Group(group) => {
                    let (start, end) = (found.marks[2 * group - 2], found.marks[2 * group - 1]);
                    if start != UNSET {
                        out.push_piece(subject, start, end);
                    }
                }
            }
        }
    }

    /// The template filled in from a match.
    pub fn expand(&self, subject: &Value, found: &Found) -> Value {
        let mut out = Builder::like(subject);
        self.expand_into(&mut out, subject, found);
        out.finish()
    }

    fn push_literal(&mut self, point: u32) {
        match self.0.last_mut() {
            Some(Part::Literal(points)) => points.push(point),
            _ => self.0.push(Part::Literal(vec![point])),
        }
    }
}

/// Reads a replacement template for a pattern.
pub fn parse_template(pattern: &Pattern, template: &Value) -> Result<Template> {
    let Some(points) = error::points_of(template) else {
        let name = template.type_name();
        return Err(exc::type_error(&format!(
            "decoding to str: need a bytes-like object, {name} found"
        )));
    };
    let is_text = matches!(template.payload(), Value::Str(_));
    read_template(pattern, &points, is_text).map_err(|fault| error::of_fault(fault, template))
}

fn read_template(pattern: &Pattern, points: &[u32], is_text: bool) -> std::result::Result<Template, Fault> {
    let mut tokens = Tokens::new(points, is_text)?;
    let mut template = Template(Vec::new());
    while let Some(token) = tokens.get()? {
        match token {
            Token::Char(c) => template.push_literal(c),
            Token::Escape(escaped) => read_escape(pattern, &mut tokens, &mut template, escaped)?,
        }
    }
    Ok(template)
}

fn read_escape(
    pattern: &Pattern,
    tokens: &mut Tokens,
    template: &mut Template,
    escaped: u32,
) -> std::result::Result<(), Fault> {
    match char::from_u32(escaped) {
        Some('g') => {
            let group = named_group(pattern, tokens)?;
            template.0.push(Part::Group(group));
        }
        Some('0') => {
            let digits = tokens.take_while(2, |c| c.is_digit(8))?;
            let c = u32::from_str_radix(&format!("0{digits}"), 8).unwrap_or(0) & 0xff;
            template.push_literal(c);
        }
        Some(first @ '1'..='9') => numbered(pattern, tokens, template, first)?,
        Some(c) => match control(escaped) {
            Some(point) => template.push_literal(point),
            None if c.is_ascii_alphabetic() => return Err(tokens.fault(format!("bad escape \\{c}"), 2)),
            None => {
                template.push_literal(u32::from(b'\\'));
                template.push_literal(escaped);
            }
        },
        None => {
            template.push_literal(u32::from(b'\\'));
            template.push_literal(escaped);
        }
    }
    Ok(())
}

/// `\1` to `\99`, or three octal digits.
fn numbered(
    pattern: &Pattern,
    tokens: &mut Tokens,
    template: &mut Template,
    first: char,
) -> std::result::Result<(), Fault> {
    let mut text = String::from(first);
    if let Some(second) = tokens.peek_char().filter(char::is_ascii_digit) {
        tokens.get()?;
        text.push(second);
        if let Some(third) = tokens.peek_char().filter(|c| c.is_digit(8))
            && first.is_digit(8)
            && second.is_digit(8)
        {
            tokens.get()?;
            text.push(third);
            let c = template_octal(tokens, &text)?;
            template.push_literal(c);
            return Ok(());
        }
    }
    let group = text.parse::<usize>().unwrap_or(usize::MAX);
    if group > pattern.program.groups {
        return Err(tokens.fault(format!("invalid group reference {group}"), text.len()));
    }
    template.0.push(Part::Group(group));
    Ok(())
}

/// `\g<name>` after its `g`.
fn named_group(pattern: &Pattern, tokens: &mut Tokens) -> std::result::Result<usize, Fault> {
    if !tokens.accept('<')? {
        return Err(tokens.fault("missing <", 0));
    }
    let name = tokens.take_until('>', "group name")?;
    let back = name.len() + 1;
    if is_identifier(&name) {
        let named = pattern.group_named(&Str::from_code_points(&name));
        let unknown = || Fault::Index(format!("unknown group name {}", quoted(&name)));
        return named.map(|group| group as usize).ok_or_else(unknown);
    }
    let Some(group) = decimal(&name) else {
        return Err(tokens.fault(format!("bad character in group name {}", quoted(&name)), back));
    };
    if group >= MAX_GROUPS || group > pattern.program.groups as u64 {
        return Err(tokens.fault(format!("invalid group reference {group}"), back));
    }
    Ok(group as usize)
}

/// What stands in the place of a match.
enum Filter {
    Literal(Value),
    Template(Template),
    Call(Value),
}

fn filter_of(pattern: &Pattern, replacement: &Value) -> Result<Filter> {
    if is_callable(replacement) {
        return Ok(Filter::Call(replacement.clone()));
    }
    let literal = match replacement.payload() {
        Value::Str(text) => match text.text() {
            Text::Ascii(bytes) => !bytes.contains(&b'\\'),
            Text::Wide(points) => !points.contains(&u32::from(b'\\')),
        },
        Value::Bytes(bytes) => !bytes.as_slice().contains(&b'\\'),
        _ => false,
    };
    match literal {
        true => Ok(Filter::Literal(replacement.clone())),
        false => parse_template(pattern, replacement).map(Filter::Template),
    }
}

/// `Pattern.subn`: the new text and the number of replacements; a count of 0 replaces all.
pub fn substitute(pattern: &PatternObject, replacement: &Value, subject: &Value, count: i64) -> Result<(Value, i64)> {
    let filter = filter_of(&pattern.0, replacement)?;
    let end = length(subject);
    let mut matches = Matches::new(pattern.clone(), subject.clone(), Window { start: 0, end });
    let mut out = Builder::like(subject);
    let (mut last, mut done, mut items) = (0, 0, 0);
    let mut wrong: Option<Exc> = None;
    while count == 0 || done < count {
        let Some(found) = matches.next() else { break };
        if last < found.start {
            out.push_piece(subject, last, found.start);
            items += 1;
        }
        last = found.end;
        done += 1;
        match &filter {
            Filter::Template(template) => template.expand_into(&mut out, subject, &found),
            Filter::Literal(value) => note_wrong(&mut wrong, out.push_value(value), &out, items, value),
            Filter::Call(function) => {
                let value = ops::call(function, &[matches.object(found)])?;
                if !matches!(value, Value::None) {
                    note_wrong(&mut wrong, out.push_value(&value), &out, items, &value);
                } else {
                    continue;
                }
            }
        }
        items += 1;
    }
    if let Some(raised) = wrong {
        return Err(raised);
    }
    if last == 0 && done == 0 {
        return Ok((piece(subject, 0, end), 0));
    }
    out.push_piece(subject, last, end);
    Ok((out.finish(), done))
}

/// The pieces are joined at the end only, so the first of a wrong kind is remembered until then.
fn note_wrong(wrong: &mut Option<Exc>, fits: bool, out: &Builder, item: usize, value: &Value) {
    if fits || wrong.is_some() {
        return;
    }
    let name = value.type_name();
    *wrong = Some(exc::type_error(&match out {
        Builder::Text(_) => format!("sequence item {item}: expected str instance, {name} found"),
        Builder::Bytes(_) => format!("sequence item {item}: expected a bytes-like object, {name} found"),
    }));
}
