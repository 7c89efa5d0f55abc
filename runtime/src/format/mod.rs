//! The format mini-language, `%` formatting and `str.format`.
//!
//! Native code parses a constant specification when it is compiled and calls `push_i64`, `push_float`, `push_str`
//! with a `const` [`Spec`]; `float::write_fixed` serves the common `f"{x:.2f}"` without one.

mod float;
mod int;
mod number;
mod spec;
mod text;

pub use float::{push_complex, push_float, push_float_as};
pub use int::{push_i64, push_int, push_int_as};
pub use spec::{Grouping, Spec};
pub use text::{push_str, push_str_as};

use crate::exc::Result;
use crate::int::Int;
use crate::str::{Str, StrBuf};

/// `format(a, spec)`.
pub fn int_spec(value: &Int, spec: &Str) -> Result<Str> {
    let mut out = StrBuf::new();
    if spec.is_empty() {
        value.write(&mut out)?;
    } else {
        push_int(&mut out, value, &Spec::parse(spec, "int", b'd')?)?;
    }
    Ok(out.finish())
}

/// `format(x, spec)`.
pub fn float_spec(value: f64, spec: &Str) -> Result<Str> {
    let mut out = StrBuf::new();
    push_float(&mut out, value, &Spec::parse(spec, "float", 0)?)?;
    Ok(out.finish())
}

/// `format(s, spec)`.
pub fn str_spec(value: &Str, spec: &Str) -> Result<Str> {
    if spec.is_empty() {
        return Ok(value.clone());
    }
    let mut out = StrBuf::new();
    push_str(&mut out, value, &Spec::parse(spec, "str", b's')?)?;
    Ok(out.finish())
}
