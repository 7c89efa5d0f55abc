//! Ints under a format specification.

use super::number::{self, Parts};
use super::spec::{Grouping, Spec, push_padded, unknown_kind};
use crate::exc::{self, Result};
use crate::int::Int;
use crate::str::StrBuf;

/// Appends `format(a, spec)` of a small int.
#[inline]
pub fn push_i64(out: &mut StrBuf, value: i64, spec: &Spec) -> Result<()> {
    if let (0 | 0x64, None, Grouping::None) = (spec.kind, spec.precision, spec.grouping)
        && !spec.positive_zero
    {
        spec.check_width()?;
        push_decimal(out, value, spec);
        return Ok(());
    }
    push_int(out, &Int::Small(value), spec)
}

/// A decimal number, without a heap allocation.
fn push_decimal(out: &mut StrBuf, value: i64, spec: &Spec) {
    let mut buffer = [0; 20];
    let start = crate::int::write_decimal(value, &mut buffer);
    let start = start + (value < 0) as usize;
    // SAFETY: decimal digits.
    let digits = unsafe { std::str::from_utf8_unchecked(&buffer[start..]) };
    let sign = match spec.sign {
        _ if value < 0 => "-",
        b'+' => "+",
        b' ' => " ",
        _ => "",
    };
    let align = spec.alignment(b'>');
    let missing = spec.width.unwrap_or(0).saturating_sub(sign.len() + digits.len());
    let (left, inner) = match align {
        b'<' => (0, 0),
        b'^' => (missing / 2, 0),
        b'=' => (0, missing),
        _ => (missing, 0),
    };
    out.push_repeated(spec.fill, left);
    out.push_ascii(sign);
    out.push_repeated(spec.fill, inner);
    out.push_ascii(digits);
    out.push_repeated(spec.fill, missing - left - inner);
}

/// Appends `format(a, spec)`; ValueError, OverflowError.
pub fn push_int(out: &mut StrBuf, value: &Int, spec: &Spec) -> Result<()> {
    push_int_as(out, value, spec, "int")
}

/// `push_int` for a subtype, which messages name.
pub fn push_int_as(out: &mut StrBuf, value: &Int, spec: &Spec, type_name: &str) -> Result<()> {
    match u8::try_from(spec.kind).unwrap_or(b'?') {
        0 | b'd' | b'n' | b'b' | b'o' | b'x' | b'X' | b'c' => {
            refuse_float_options(spec)?;
            if spec.kind == b'c' as u32 {
                push_char(out, value, spec)
            } else {
                push_digits(out, value, spec)
            }
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => super::float::push_float(out, value.to_f64()?, spec),
        _ => Err(unknown_kind(spec.kind, type_name)),
    }
}

fn refuse_float_options(spec: &Spec) -> Result<()> {
    if spec.precision.is_some() {
        return Err(exc::value_error("Precision not allowed in integer format specifier"));
    }
    if spec.positive_zero {
        return Err(exc::value_error(
            "Negative zero coercion (z) not allowed in integer format specifier",
        ));
    }
    Ok(())
}

fn push_char(out: &mut StrBuf, value: &Int, spec: &Spec) -> Result<()> {
    if spec.sign != 0 {
        return Err(exc::value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(exc::value_error(
            "Alternate form (#) not allowed with integer format specifier 'c'",
        ));
    }
    let Some(value) = value.as_i64() else {
        return Err(exc::overflow_error("Python int too large to convert to C long"));
    };
    let point = u32::try_from(value).ok().filter(|&point| point < 0x11_0000);
    let point = point.ok_or_else(|| exc::overflow_error("%c arg not in range(0x110000)"))?;
    spec.check_width()?;
    let align = spec.alignment(b'>');
    // Inner padding goes before the character.
    push_padded(out, 1, spec, if align == b'=' { b'>' } else { align }, |out| {
        out.push_point(point)
    });
    Ok(())
}

fn push_digits(out: &mut StrBuf, value: &Int, spec: &Spec) -> Result<()> {
    spec.check_width()?;
    let (base, prefix) = match spec.kind as u8 {
        b'b' => (2, "0b"),
        b'o' => (8, "0o"),
        b'x' => (16, "0x"),
        b'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits = value.digits(base)?;
    if spec.kind as u8 == b'X' {
        digits.make_ascii_uppercase();
    }
    let parts = Parts {
        negative: value.is_negative(),
        prefix: if spec.alternate { prefix } else { "" },
        digits: &digits,
        rest: "",
        group: if base == 10 { 3 } else { 4 },
    };
    number::push(out, &parts, spec);
    Ok(())
}
