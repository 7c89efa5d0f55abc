//! `complex(text)`.

use super::Complex;
use crate::exc::{self, Result};
use crate::float::{number_prefix, without_underscores};
use crate::int::trim;
use crate::str::{Str, Text, plain_digits};

impl Complex {
    /// `complex(s)`; ValueError.
    pub fn parse(text: &Str) -> Result<Complex> {
        let read = match text.text() {
            Text::Ascii(bytes) => parse_ascii(bytes),
            Text::Wide(points) => parse_ascii(&plain_digits(points)),
        };
        read.unwrap_or_else(|| {
            Err(exc::value_error(&format!(
                "could not convert string to complex: {}",
                text.repr()
            )))
        })
    }
}

/// The number; `None` where an underscore is out of place, which has a message of its own.
fn parse_ascii(text: &[u8]) -> Option<Result<Complex>> {
    let plain = if text.contains(&b'_') {
        without_underscores(text)?
    } else {
        text.to_vec()
    };
    let number = match trim(&plain) {
        [b'(', inner @ .., b')'] => parse_parts(trim(inner)),
        bare => parse_parts(bare),
    };
    Some(number.ok_or_else(|| exc::value_error("complex() arg is a malformed string")))
}

fn parse_parts(text: &[u8]) -> Option<Complex> {
    let Some((first, length)) = number_prefix(text) else {
        return Some(Complex::new(0.0, parse_unit(text)?));
    };
    match &text[length..] {
        [] => Some(Complex::real(first)),
        [b'j' | b'J'] => Some(Complex::new(0.0, first)),
        rest @ [b'+' | b'-', ..] => Some(Complex::new(first, parse_imaginary(rest)?)),
        _ => None,
    }
}

fn parse_imaginary(text: &[u8]) -> Option<f64> {
    match number_prefix(text) {
        Some((value, length)) => matches!(&text[length..], [b'j' | b'J']).then_some(value),
        None => parse_unit(text),
    }
}

/// A `j` with or without a sign.
fn parse_unit(text: &[u8]) -> Option<f64> {
    match text {
        [b'j' | b'J'] | [b'+', b'j' | b'J'] => Some(1.0),
        [b'-', b'j' | b'J'] => Some(-1.0),
        _ => None,
    }
}
