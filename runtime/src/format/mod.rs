//! The format mini-language, `%` formatting and `str.format`.
//!
//! Native code parses a constant specification when it is compiled and calls `push_i64`, `push_float`, `push_str`
//! with a `const` [`Spec`]; `float::write_fixed` serves the common `f"{x:.2f}"` without one.

mod float;
mod int;
mod number;
mod percent;
mod spec;
mod template;
mod text;

use float::Style;
pub use float::{push_complex, push_float, push_float_as};
pub use int::{push_i64, push_int, push_int_as};
pub use percent::{percent, percent_bytes};
pub use spec::{Grouping, Spec};
pub use template::{Fields, template};
pub use text::{push_str, push_str_as};

use crate::complex::Complex;
use crate::exc::Result;
use crate::int::Int;
use crate::str::{Str, StrBuf};

/// `format(a, spec)`.
pub fn int_spec(value: &Int, spec: &Str) -> Result<Str> {
    int_spec_as(value, spec, "int")
}

/// `int_spec` for a subtype, which messages name.
pub fn int_spec_as(value: &Int, spec: &Str, type_name: &str) -> Result<Str> {
    let mut out = StrBuf::new();
    if spec.is_empty() {
        value.write(&mut out)?;
    } else {
        push_int_as(&mut out, value, &Spec::parse(spec, type_name, b'd')?, type_name)?;
    }
    Ok(out.finish())
}

/// `format(x, spec)`.
pub fn float_spec(value: f64, spec: &Str) -> Result<Str> {
    let mut out = StrBuf::new();
    push_float(&mut out, value, &Spec::parse(spec, "float", 0)?)?;
    Ok(out.finish())
}

/// `format(z, spec)`.
pub fn complex_spec(value: Complex, spec: &Str) -> Result<Str> {
    let mut out = StrBuf::new();
    push_complex(&mut out, value, &Spec::parse(spec, "complex", 0)?)?;
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
