//! Floats (and complex numbers) under a format specification.

use super::number::{self, Parts};
use super::spec::{Spec, push_padded, unknown_kind};
use crate::complex::Complex;
use crate::exc::{self, Result};
use crate::float::{name, push_plain, push_scientific, shortest, write_fixed, write_repr};
use crate::str::{Str, StrBuf};

/// Significant digits beyond which a float has only zeros.
const MOST_DIGITS: usize = 800;
/// The largest precision CPython's formatter takes.
const MOST_PRECISION: usize = i32::MAX as usize;
/// What `e`, `f`, `g` and `%` show unless told.
const DEFAULT_PRECISION: usize = 6;

/// Appends `format(x, spec)`; ValueError.
pub fn push_float(out: &mut StrBuf, value: f64, spec: &Spec) -> Result<()> {
    push_float_as(out, value, spec, "float")
}

/// `push_float` for a subtype, which messages name.
pub fn push_float_as(out: &mut StrBuf, value: f64, spec: &Spec, type_name: &str) -> Result<()> {
    if *spec == Spec::PLAIN {
        write_repr(out, value);
        return Ok(());
    }
    let kind = check_kind(spec, type_name)?;
    if spec.precision.is_some_and(|precision| precision > MOST_PRECISION) {
        return Err(exc::value_error("precision too big"));
    }
    spec.check_width()?;
    let mut text = StrBuf::new();
    let shown = if kind == b'%' { value * 100.0 } else { value };
    let style = Style {
        kind,
        precision: spec.precision,
        alternate: spec.alternate,
        whole_point: true,
    };
    style.push(&mut text, shown);
    if kind == b'%' {
        text.push_ascii("%");
    }
    let text = text.finish();
    push_number(out, text.as_ascii().unwrap_or_default(), spec);
    Ok(())
}

fn check_kind(spec: &Spec, type_name: &str) -> Result<u8> {
    match u8::try_from(spec.kind).unwrap_or(b'?') {
        kind @ (0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%') => Ok(kind),
        _ => Err(unknown_kind(spec.kind, type_name)),
    }
}

/// Lays out the text of a number: `-ddd.ddde+dd` or a name.
fn push_number(out: &mut StrBuf, text: &str, spec: &Spec) {
    let size = text.trim_start_matches('-');
    let mut negative = size.len() < text.len();
    if spec.positive_zero && is_zero(size) {
        negative = false;
    }
    let digits = size.bytes().take_while(u8::is_ascii_digit).count();
    let parts = Parts {
        negative,
        prefix: "",
        digits: &size[..digits],
        rest: &size[digits..],
        group: 3,
    };
    number::push(out, &parts, spec);
}

/// Whether the text shows a zero, whatever its exponent.
fn is_zero(size: &str) -> bool {
    let mantissa = size.bytes().take_while(|byte| !byte.eq_ignore_ascii_case(&b'e'));
    size.starts_with('0') && mantissa.filter(u8::is_ascii_digit).all(|digit| digit == b'0')
}

/// How a bare float is written: CPython's `PyOS_double_to_string`.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// The type letter; 0 is the shortest form, or `g` with a point where a precision is given.
    pub kind: u8,
    pub precision: Option<usize>,
    pub alternate: bool,
    /// Whether kind 0 shows a whole number with `.0`.
    pub whole_point: bool,
}

impl Style {
    pub(super) fn push(self, out: &mut StrBuf, value: f64) {
        if !value.is_finite() {
            let name = name(value);
            let upper = matches!(self.kind, b'E' | b'F' | b'G');
            return if upper {
                out.push_ascii(&name.to_ascii_uppercase())
            } else {
                out.push_ascii(name)
            };
        }
        let precision = self.precision.unwrap_or(DEFAULT_PRECISION);
        match self.kind {
            b'f' | b'F' | b'%' => {
                write_fixed(out, value, precision);
                if self.alternate && precision == 0 {
                    out.push_ascii(".");
                }
            }
            b'e' | b'E' => self.push_exponent(out, value, precision),
            0 if self.precision.is_none() => self.push_shortest(out, value),
            _ => self.push_general(out, value, precision.max(1)),
        }
    }

    fn push_exponent(self, out: &mut StrBuf, value: f64, precision: usize) {
        push_sign(out, value);
        let (mut digits, point) = rounded(value, precision + 1);
        digits.resize(precision + 1, b'0');
        push_scientific(out, &digits, point - 1, self.kind, self.alternate);
    }

    /// As `repr`, but for the `.0` where it is not wanted.
    fn push_shortest(self, out: &mut StrBuf, value: f64) {
        push_sign(out, value);
        let digits = shortest(value);
        if digits.point > 16 || digits.point <= -4 {
            return push_scientific(out, digits.as_bytes(), digits.point - 1, b'e', self.alternate);
        }
        push_plain(out, digits.as_bytes(), digits.point);
        if digits.point >= digits.as_bytes().len() as i32 {
            match (self.whole_point, self.alternate) {
                (true, _) => out.push_ascii(".0"),
                (false, true) => out.push_ascii("."),
                (false, false) => {}
            }
        }
    }

    /// `g`: significant digits without trailing zeros, in the shorter of the two layouts.
    fn push_general(self, out: &mut StrBuf, value: f64, precision: usize) {
        push_sign(out, value);
        let (mut digits, point) = rounded(value, precision);
        let pointed = self.kind == 0 && self.whole_point;
        let highest = precision.min(i32::MAX as usize - 1) as i32 - pointed as i32;
        if self.alternate {
            digits.resize(precision.max(digits.len()), b'0');
        } else {
            let kept = digits
                .iter()
                .rposition(|&digit| digit != b'0')
                .map_or(1, |last| last + 1);
            digits.truncate(kept);
        }
        if point <= -4 || point > highest {
            let letter = if self.kind == b'G' { b'E' } else { b'e' };
            return push_scientific(out, &digits, point - 1, letter, self.alternate);
        }
        push_plain(out, &digits, point);
        if point >= digits.len() as i32 {
            match (pointed, self.alternate) {
                (true, _) => out.push_ascii(".0"),
                (false, true) => out.push_ascii("."),
                (false, false) => {}
            }
        }
    }
}

fn push_sign(out: &mut StrBuf, value: f64) {
    if value.is_sign_negative() {
        out.push_ascii("-");
    }
}

/// The absolute value rounded to `count` significant digits, ties to even, and where the point stands; as many of
/// the trailing zeros as convenient.
fn rounded(value: f64, count: usize) -> (Vec<u8>, i32) {
    let text = format!("{:.*e}", count.min(MOST_DIGITS) - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.bytes().filter(|byte| *byte != b'.').collect();
    (digits, exponent.parse::<i32>().unwrap_or(0) + 1)
}

/// Appends `format(z, spec)`; ValueError.
pub fn push_complex(out: &mut StrBuf, value: Complex, spec: &Spec) -> Result<()> {
    if *spec == Spec::PLAIN {
        value.write_repr(out);
        return Ok(());
    }
    let kind = match check_kind(spec, "complex")? {
        b'%' => return Err(unknown_kind(spec.kind, "complex")),
        kind => kind,
    };
    if spec.precision.is_some_and(|precision| precision > MOST_PRECISION) {
        return Err(exc::value_error("precision too big"));
    }
    if spec.fill == b'0' as u32 {
        return Err(exc::value_error(
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if spec.align == b'=' {
        return Err(exc::value_error(
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    spec.check_width()?;
    let text = complex_text(value, kind, spec);
    push_padded(out, text.len(), spec, spec.alignment(b'>'), |out| out.push_str(&text));
    Ok(())
}

/// Both parts without padding; kind 0 keeps the parentheses of `repr` and leaves out a real part of positive zero.
fn complex_text(value: Complex, kind: u8, spec: &Spec) -> Str {
    let style = Style {
        kind,
        precision: spec.precision,
        alternate: spec.alternate,
        whole_point: false,
    };
    let bare = Spec {
        width: None,
        fill: b' ' as u32,
        align: 0,
        zero_padded: false,
        ..*spec
    };
    let part = |out: &mut StrBuf, value: f64, sign: u8| {
        let mut text = StrBuf::new();
        style.push(&mut text, value);
        push_number(
            out,
            text.finish().as_ascii().unwrap_or_default(),
            &Spec { sign, ..bare },
        );
    };
    let mut out = StrBuf::new();
    let lone = kind == 0 && value.re == 0.0 && value.re.is_sign_positive();
    let wrapped = kind == 0 && !lone;
    if wrapped {
        out.push_ascii("(");
    }
    if lone {
        part(&mut out, value.im, spec.sign);
    } else {
        part(&mut out, value.re, spec.sign);
        part(&mut out, value.im, b'+');
    }
    out.push_ascii(if wrapped { "j)" } else { "j" });
    out.finish()
}
