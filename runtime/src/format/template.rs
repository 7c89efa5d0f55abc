//! `str.format`: replacement fields in a template.

use crate::exc::{self, Exc, Result};
use crate::str::{Str, StrBuf, unicode};
use crate::value::Value;
use crate::{attr, ops, text};

/// Where fields get their values.
pub enum Fields<'a> {
    /// `str.format(*args, **kwargs)`.
    Given {
        args: &'a [Value],
        kwargs: &'a [(Str, Value)],
    },
    /// `str.format_map(mapping)`.
    Mapped(&'a Value),
}

/// How deep fields may nest inside specifications.
const DEPTH: usize = 2;

/// The template filled in; ValueError for a malformed one, IndexError, KeyError, and what the fields raise.
pub fn template(template: &Str, fields: &Fields) -> Result<Str> {
    let mut numbering = Numbering {
        next: 0,
        automatic: None,
    };
    let mut out = StrBuf::with_capacity(template.len() + 16);
    fill(&mut out, &template.points(), fields, &mut numbering, DEPTH)?;
    Ok(out.finish())
}

/// Fields may be numbered by the template or by their order, not both.
struct Numbering {
    next: usize,
    automatic: Option<bool>,
}

#[cold]
fn malformed(message: &str) -> Exc {
    exc::value_error(message)
}

const fn ascii(byte: u8) -> u32 {
    byte as u32
}

const OPEN: u32 = ascii(b'{');
const CLOSE: u32 = ascii(b'}');

fn fill(out: &mut StrBuf, points: &[u32], fields: &Fields, numbering: &mut Numbering, depth: usize) -> Result<()> {
    if depth == 0 {
        return Err(malformed("Max string recursion exceeded"));
    }
    let mut at = 0;
    while at < points.len() {
        let run = points[at..].iter().position(|point| matches!(*point, OPEN | CLOSE));
        let Some(run) = run else {
            out.push_points(&points[at..]);
            return Ok(());
        };
        out.push_points(&points[at..at + run]);
        at += run;
        let brace = points[at];
        if points.get(at + 1) == Some(&brace) {
            out.push_point(brace);
            at += 2;
            continue;
        }
        if brace == CLOSE {
            return Err(malformed("Single '}' encountered in format string"));
        }
        if at + 1 == points.len() {
            return Err(malformed("Single '{' encountered in format string"));
        }
        let (field, end) = Field::parse(points, at + 1)?;
        field.push(out, fields, numbering, depth)?;
        at = end;
    }
    Ok(())
}

/// A replacement field.
struct Field<'a> {
    name: &'a [u32],
    conversion: u32,
    spec: &'a [u32],
    /// Whether the specification holds fields itself.
    nested: bool,
}

impl<'a> Field<'a> {
    /// Reads a field whose brace stands before `start`; answers where the text goes on.
    fn parse(points: &'a [u32], start: usize) -> Result<(Field<'a>, usize)> {
        let end = name_end(points, start)?;
        let mut field = Field {
            name: &points[start..end.unwrap_or(points.len())],
            conversion: 0,
            spec: &[],
            nested: false,
        };
        let Some(mut at) = end else {
            return Err(malformed("expected '}' before end of string"));
        };
        if points[at] == CLOSE {
            return Ok((field, at + 1));
        }
        if points[at] == ascii(b'!') {
            let conversion = points.get(at + 1);
            field.conversion =
                *conversion.ok_or_else(|| malformed("end of string while looking for conversion specifier"))?;
            at += 2;
            match points.get(at) {
                Some(&CLOSE) => return Ok((field, at + 1)),
                Some(&point) if point != ascii(b':') => {
                    return Err(malformed("expected ':' after conversion specifier"));
                }
                _ => {}
            }
        }
        let start = (at + 1).min(points.len());
        let (end, nested) = spec_end(points, start)?;
        (field.spec, field.nested) = (&points[start..end], nested);
        Ok((field, end + 1))
    }

    fn push(&self, out: &mut StrBuf, fields: &Fields, numbering: &mut Numbering, depth: usize) -> Result<()> {
        let value = self.convert(resolve(self.name, fields, numbering)?)?;
        let spec = if self.nested {
            let mut spec = StrBuf::new();
            fill(&mut spec, self.spec, fields, numbering, depth - 1)?;
            spec.finish()
        } else {
            Str::from_code_points(self.spec)
        };
        out.push_str(&text::format(&value, &spec)?);
        Ok(())
    }

    fn convert(&self, value: Value) -> Result<Value> {
        match u8::try_from(self.conversion) {
            Ok(0) => Ok(value),
            Ok(b's') => text::str_of(&value).map(Value::Str),
            Ok(b'r') => text::repr(&value).map(Value::Str),
            Ok(b'a') => text::ascii(&value).map(Value::Str),
            Ok(byte @ 33..127) => Err(malformed(&format!("Unknown conversion specifier {}", byte as char))),
            _ => Err(malformed(&format!(
                "Unknown conversion specifier \\x{:x}",
                self.conversion
            ))),
        }
    }
}

/// Where a field's name ends: at a closing brace, a colon or an exclamation mark outside brackets.
fn name_end(points: &[u32], start: usize) -> Result<Option<usize>> {
    let mut at = start;
    while at < points.len() {
        match u8::try_from(points[at]).unwrap_or(0) {
            b'{' => return Err(malformed("unexpected '{' in field name")),
            b'[' => {
                let closing = points[at..].iter().position(|&point| point == ascii(b']'));
                at = closing.map_or(points.len(), |run| at + run);
                continue;
            }
            b'}' | b':' | b'!' => return Ok(Some(at)),
            _ => at += 1,
        }
    }
    Ok(None)
}

/// Where a specification's closing brace is, and whether braces nest in it.
fn spec_end(points: &[u32], start: usize) -> Result<(usize, bool)> {
    let (mut depth, mut nested) = (1, false);
    for (run, &point) in points[start..].iter().enumerate() {
        match point {
            OPEN => (depth, nested) = (depth + 1, true),
            CLOSE if depth == 1 => return Ok((start + run, nested)),
            CLOSE => depth -= 1,
            _ => {}
        }
    }
    Err(malformed("unmatched '{' in format spec"))
}

/// The decimal number the text is, if it is one.
fn number(points: &[u32]) -> Result<Option<usize>> {
    let mut value: Option<i64> = None;
    for &point in points {
        let Some(digit) = unicode::decimal_value(point) else {
            return Ok(None);
        };
        let next = value
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit as i64));
        value = Some(next.ok_or_else(|| malformed("Too many decimal digits in format string"))?);
    }
    Ok(value.map(|value| value as usize))
}

/// The object a field's name stands for: an argument, then attributes and items of it.
fn resolve(name: &[u32], fields: &Fields, numbering: &mut Numbering) -> Result<Value> {
    let first = name
        .iter()
        .position(|point| [ascii(b'.'), ascii(b'[')].contains(point))
        .unwrap_or(name.len());
    let (first, mut rest) = name.split_at(first);
    let mut value = argument(first, fields, numbering)?;
    while let [mark, tail @ ..] = rest {
        let (part, after) = if *mark == ascii(b'.') {
            attribute(tail)
        } else {
            item(*mark, tail)?
        };
        if part.is_empty() {
            return Err(malformed("Empty attribute in format string"));
        }
        value = if *mark == ascii(b'.') {
            attr::get_attr(&value, &Str::from_code_points(part).to_rust_string())?
        } else {
            let key = number(part)?.map(|index| Value::Int(index as i64));
            ops::get_item(&value, &key.unwrap_or_else(|| Value::Str(Str::from_code_points(part))))?
        };
        rest = after;
    }
    Ok(value)
}

fn attribute(points: &[u32]) -> (&[u32], &[u32]) {
    let end = points
        .iter()
        .position(|point| [ascii(b'.'), ascii(b'[')].contains(point))
        .unwrap_or(points.len());
    points.split_at(end)
}

fn item(mark: u32, points: &[u32]) -> Result<(&[u32], &[u32])> {
    if mark != ascii(b'[') {
        return Err(malformed("Only '.' or '[' may follow ']' in format field specifier"));
    }
    let end = points.iter().position(|&point| point == ascii(b']'));
    let end = end.ok_or_else(|| malformed("Missing ']' in format string"))?;
    Ok((&points[..end], &points[end + 1..]))
}

fn argument(name: &[u32], fields: &Fields, numbering: &mut Numbering) -> Result<Value> {
    let index = match number(name)? {
        None if !name.is_empty() => return named(name, fields),
        index => numbering.settle(index)?,
    };
    match fields {
        Fields::Given { args, .. } => args.get(index).cloned().ok_or_else(|| {
            exc::index_error(&format!(
                "Replacement index {index} out of range for positional args tuple"
            ))
        }),
        Fields::Mapped(_) => Err(malformed("Format string contains positional fields")),
    }
}

fn named(name: &[u32], fields: &Fields) -> Result<Value> {
    let name = Str::from_code_points(name);
    match fields {
        Fields::Given { kwargs, .. } => match kwargs.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => Ok(value.clone()),
            None => Err(exc::key_error(&Value::Str(name))),
        },
        Fields::Mapped(mapping) => ops::get_item(mapping, &Value::Str(name)),
    }
}

impl Numbering {
    /// The index of a field, given the one it names, if it does; ValueError when both ways are mixed.
    fn settle(&mut self, index: Option<usize>) -> Result<usize> {
        let automatic = index.is_none();
        if *self.automatic.get_or_insert(automatic) != automatic {
            let (from, to) = if automatic {
                ("manual field specification", "automatic field numbering")
            } else {
                ("automatic field numbering", "manual field specification")
            };
            return Err(malformed(&format!("cannot switch from {from} to {to}")));
        }
        Ok(index.unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        }))
    }
}
