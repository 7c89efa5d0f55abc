//! The format specification: parsed once, at compile time where the text is constant.

use crate::exc::{self, Exc, Result};
use crate::str::{Str, StrBuf, unicode};
use crate::units::MOST_BYTES;

/// How thousands are set apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    None,
    Comma,
    Underscore,
}

/// A parsed format specification. `kind` and `align` are 0 where the text names none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spec {
    pub fill: u32,
    /// `<`, `>`, `=`, `^` or 0.
    pub align: u8,
    /// `+`, `-`, a space or 0.
    pub sign: u8,
    /// `z`: no negative zero.
    pub positive_zero: bool,
    /// `#`.
    pub alternate: bool,
    /// A `0` before the width.
    pub zero_padded: bool,
    pub width: Option<usize>,
    pub grouping: Grouping,
    pub precision: Option<usize>,
    /// The type letter, or 0.
    pub kind: u32,
}

impl Spec {
    /// The empty specification.
    pub const PLAIN: Spec = Spec {
        fill: b' ' as u32,
        align: 0,
        sign: 0,
        positive_zero: false,
        alternate: false,
        zero_padded: false,
        width: None,
        grouping: Grouping::None,
        precision: None,
        kind: 0,
    };

    /// `width` and an alignment: `f"{x:>8}"`.
    pub const fn aligned(align: u8, width: usize) -> Spec {
        let mut spec = Spec::PLAIN;
        spec.align = align;
        spec.width = Some(width);
        spec
    }

    /// Reads a specification for an object of the named type, whose default type letter is `default` (`s`, `d` or 0);
    /// ValueError with CPython's text.
    pub fn parse(text: &Str, type_name: &str, default: u8) -> Result<Spec> {
        let points = text.points();
        let mut reader = Reader { points: &points, at: 0 };
        let mut spec = Spec::PLAIN;
        let filled = reader.read_alignment(&mut spec);
        if let Some(sign @ (b' ' | b'+' | b'-')) = reader.peek_ascii() {
            spec.sign = sign;
            reader.at += 1;
        }
        spec.positive_zero = reader.eat(b'z');
        spec.alternate = reader.eat(b'#');
        if !filled && reader.eat(b'0') {
            spec.fill = b'0' as u32;
            spec.zero_padded = true;
        }
        spec.width = reader.read_number()?;
        reader.read_grouping(&mut spec)?;
        if reader.eat(b'.') {
            spec.precision = Some(reader.read_number()?.ok_or_else(missing_precision)?);
        }
        match reader.rest() {
            [] => {}
            [kind] => spec.kind = *kind,
            _ => return Err(invalid(text, type_name)),
        }
        spec.check_grouping(default)?;
        Ok(spec)
    }

    /// The alignment, given the default of the object's type; a zero before the width pads inside numbers.
    pub(super) fn alignment(&self, default: u8) -> u8 {
        match self.align {
            0 if self.zero_padded && default == b'>' => b'=',
            0 => default,
            align => align,
        }
    }

    /// MemoryError for a width that no memory holds; asked last, when everything else is known to fit.
    pub(super) fn check_width(&self) -> Result<()> {
        match self.width {
            Some(width) if width as i64 > MOST_BYTES => Err(exc::no_memory()),
            _ => Ok(()),
        }
    }

    fn check_grouping(&self, default: u8) -> Result<()> {
        let letter = match self.grouping {
            Grouping::None => return Ok(()),
            Grouping::Comma => ',',
            Grouping::Underscore => '_',
        };
        let kind = if self.kind == 0 { default as u32 } else { self.kind };
        let allowed = match u8::try_from(kind).unwrap_or(b'?') {
            0 | b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' => true,
            b'b' | b'o' | b'x' | b'X' => self.grouping == Grouping::Underscore,
            _ => false,
        };
        if allowed {
            return Ok(());
        }
        Err(exc::value_error(&format!(
            "Cannot specify '{letter}' with {}.",
            quoted(kind)
        )))
    }
}

/// A type letter as messages show it.
pub(super) fn quoted(kind: u32) -> String {
    match u8::try_from(kind) {
        Ok(byte @ 33..128) => format!("'{}'", byte as char),
        _ => format!("'\\x{kind:x}'"),
    }
}

#[cold]
fn missing_precision() -> Exc {
    exc::value_error("Format specifier missing precision")
}

#[cold]
fn invalid(text: &Str, type_name: &str) -> Exc {
    exc::value_error(&format!(
        "Invalid format specifier '{text}' for object of type '{type_name}'"
    ))
}

#[cold]
fn too_many_digits() -> Exc {
    exc::value_error("Too many decimal digits in format string")
}

#[cold]
fn both_separators() -> Exc {
    exc::value_error("Cannot specify both ',' and '_'.")
}

/// The object does not know the type letter.
#[cold]
pub(super) fn unknown_kind(kind: u32, type_name: &str) -> Exc {
    exc::value_error(&format!(
        "Unknown format code {} for object of type '{type_name}'",
        quoted(kind)
    ))
}

struct Reader<'a> {
    points: &'a [u32],
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u32] {
        &self.points[self.at..]
    }

    fn peek_ascii(&self) -> Option<u8> {
        self.rest().first().and_then(|&point| u8::try_from(point).ok())
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek_ascii() == Some(byte);
        self.at += found as usize;
        found
    }

    /// Reads fill and alignment; true when there is a fill.
    fn read_alignment(&mut self, spec: &mut Spec) -> bool {
        let is_align = |point: u32| matches!(u8::try_from(point), Ok(b'<' | b'>' | b'=' | b'^'));
        match *self.rest() {
            [fill, align, ..] if is_align(align) => {
                (spec.fill, spec.align) = (fill, align as u8);
                self.at += 2;
                true
            }
            [align, ..] if is_align(align) => {
                spec.align = align as u8;
                self.at += 1;
                false
            }
            _ => false,
        }
    }

    /// Decimal digits of any script; `None` when there are none.
    fn read_number(&mut self) -> Result<Option<usize>> {
        let mut value = None;
        while let Some(digit) = self.rest().first().and_then(|&point| unicode::decimal_value(point)) {
            let next = value
                .unwrap_or(0_i64)
                .checked_mul(10)
                .and_then(|value| value.checked_add(digit as i64));
            value = Some(next.ok_or_else(too_many_digits)?);
            self.at += 1;
        }
        Ok(value.map(|value| value as usize))
    }

    fn read_grouping(&mut self, spec: &mut Spec) -> Result<()> {
        if self.eat(b',') {
            spec.grouping = Grouping::Comma;
        }
        if self.eat(b'_') {
            if spec.grouping == Grouping::Comma {
                return Err(both_separators());
            }
            spec.grouping = Grouping::Underscore;
        }
        if self.peek_ascii() == Some(b',') && spec.grouping == Grouping::Underscore {
            return Err(both_separators());
        }
        Ok(())
    }
}

/// Appends `text` padded to the width, by an alignment that is not `=`.
pub(super) fn push_padded(out: &mut StrBuf, len: usize, spec: &Spec, align: u8, push: impl FnOnce(&mut StrBuf)) {
    let missing = spec.width.unwrap_or(0).saturating_sub(len);
    let left = match align {
        b'>' => missing,
        b'^' => missing / 2,
        _ => 0,
    };
    out.push_repeated(spec.fill, left);
    push(out);
    out.push_repeated(spec.fill, missing - left);
}
