//! Format strings as rows of fields.

use crate::exc::Exc;
use crate::lib::errors::raise;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Pad,
    Char,
    Bytes,
    Pascal,
    Bool,
    Signed,
    Unsigned,
    Half,
    Single,
    Double,
}

/// One field: `count` values of a kind, or one value of `count` bytes for `s` and `p`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub code: char,
    pub kind: Kind,
    pub size: usize,
    pub count: usize,
    /// Where it begins.
    pub offset: usize,
}

/// A parsed format.
#[derive(Clone, Debug)]
pub struct Layout {
    pub fields: Vec<Field>,
    pub size: usize,
    pub big_endian: bool,
    /// Sizes, order and alignment of the machine.
    pub native: bool,
}

/// A `struct.error`.
#[cold]
pub fn failed(message: &str) -> Exc {
    raise(&super::rows::ERROR, message)
}

fn kind_of(code: char, native: bool) -> Option<(Kind, usize)> {
    Some(match code {
        'x' => (Kind::Pad, 1),
        'c' => (Kind::Char, 1),
        's' => (Kind::Bytes, 1),
        'p' => (Kind::Pascal, 1),
        '?' => (Kind::Bool, 1),
        'b' => (Kind::Signed, 1),
        'B' => (Kind::Unsigned, 1),
        'h' => (Kind::Signed, 2),
        'H' => (Kind::Unsigned, 2),
        'i' => (Kind::Signed, 4),
        'I' => (Kind::Unsigned, 4),
        'l' => (Kind::Signed, if native { 8 } else { 4 }),
        'L' => (Kind::Unsigned, if native { 8 } else { 4 }),
        'q' => (Kind::Signed, 8),
        'Q' => (Kind::Unsigned, 8),
        'n' if native => (Kind::Signed, 8),
        'N' | 'P' if native => (Kind::Unsigned, 8),
        'e' => (Kind::Half, 2),
        'f' => (Kind::Single, 4),
        'd' => (Kind::Double, 8),
        _ => return None,
    })
}

/// Reads a format string.
///
/// # Errors
/// `struct.error`, worded as CPython does.
pub fn parse(format: &str) -> Result<Layout, Exc> {
    let (order, rest) = match format.chars().next() {
        Some(order @ ('@' | '=' | '<' | '>' | '!')) => (order, &format[1..]),
        _ => ('@', format),
    };
    let native = order == '@';
    let mut layout = Layout {
        fields: Vec::new(),
        size: 0,
        big_endian: matches!(order, '>' | '!'),
        native,
    };
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, ' ' | '\t'..='\r') {
            continue;
        }
        let mut code = c;
        let mut count = 1u64;
        if let Some(first) = c.to_digit(10) {
            count = u64::from(first);
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                count = count.saturating_mul(10).saturating_add(u64::from(digit));
                chars.next();
            }
            if count > i64::MAX as u64 {
                return Err(failed("total struct size too long"));
            }
            code = chars
                .next()
                .ok_or_else(|| failed("repeat count given without format specifier"))?;
        }
        let (kind, size) = kind_of(code, native).ok_or_else(|| failed("bad char in struct format"))?;
        push_field(&mut layout, code, kind, size, count)?;
    }
    Ok(layout)
}

fn push_field(layout: &mut Layout, code: char, kind: Kind, size: usize, count: u64) -> Result<(), Exc> {
    if layout.native {
        layout.size = layout.size.next_multiple_of(size);
    }
    let offset = layout.size;
    let total = (count as usize)
        .checked_mul(size)
        .and_then(|bytes| bytes.checked_add(offset));
    layout.size = total
        .filter(|&total| total <= i64::MAX as usize)
        .ok_or_else(|| failed("total struct size too long"))?;
    layout.fields.push(Field {
        code,
        kind,
        size,
        count: count as usize,
        offset,
    });
    Ok(())
}

impl Layout {
    /// How many values it takes.
    pub fn value_count(&self) -> usize {
        let of = |field: &Field| match field.kind {
            Kind::Pad => 0,
            Kind::Bytes | Kind::Pascal => 1,
            _ => field.count,
        };
        self.fields.iter().map(of).sum()
    }
}
