//! The text of a number, before width and sign are seen to.

use super::directive::Directive;
use crate::exc::{self, Exc, Result};
use crate::float;
use crate::format::Style;
use crate::int::Int;
use crate::ops;
use crate::str::StrBuf;
use crate::value::Value;

/// `%d`, `%i`, `%u`, `%o`, `%x`, `%X`: sign, prefix (if alternate) and digits.
pub(super) fn integer(directive: &Directive, value: &Value) -> Result<String> {
    let letter = directive.letter as u8;
    let int = match letter {
        b'o' | b'x' | b'X' => exactly(letter, value)?,
        _ => roughly(letter, value)?,
    };
    let (base, prefix) = match letter {
        b'o' => (8, "0o"),
        b'x' | b'X' => (16, "0x"),
        _ => (10, ""),
    };
    let digits = int.digits(base)?;
    let zeros = "0".repeat(directive.precision.unwrap_or(0).saturating_sub(digits.len()));
    let sign = if int.is_negative() { "-" } else { "" };
    let prefix = if directive.alternate { prefix } else { "" };
    let text = format!("{sign}{prefix}{zeros}{digits}");
    Ok(if letter == b'X' {
        text.to_ascii_uppercase()
    } else {
        text
    })
}

fn exactly(letter: u8, value: &Value) -> Result<Int> {
    ops::try_index(value)?.ok_or_else(|| wanted(letter, "an integer", value))
}

/// Any real number, cut down to an integer.
fn roughly(letter: u8, value: &Value) -> Result<Int> {
    if let Some(int) = value.as_int() {
        return Ok(int);
    }
    if let Value::Float(float) = value.payload() {
        return float::trunc(*float);
    }
    let answer = match ops::call_special(value, "__int__", &[])? {
        Some(answer) => answer.as_int(),
        None => ops::try_index(value)?,
    };
    answer.ok_or_else(|| wanted(letter, "a real number", value))
}

#[cold]
fn wanted(letter: u8, kind: &str, value: &Value) -> Exc {
    let (letter, name) = (letter as char, value.type_name());
    exc::type_error(&format!("%{letter} format: {kind} is required, not {name}"))
}

/// `%e`, `%f`, `%g` and their capitals.
pub(super) fn real(directive: &Directive, value: f64) -> String {
    let style = Style {
        kind: directive.letter as u8,
        precision: directive.precision,
        alternate: directive.alternate,
        whole_point: false,
    };
    let mut out = StrBuf::new();
    style.push(&mut out, value);
    out.finish().as_ascii().unwrap_or_default().to_owned()
}
