//! Text under a format specification.

use super::spec::{Spec, push_padded, unknown_kind};
use crate::exc::{self, Result};
use crate::str::{Str, StrBuf};

/// Appends `format(s, spec)`; ValueError.
#[inline]
pub fn push_str(out: &mut StrBuf, text: &Str, spec: &Spec) -> Result<()> {
    push_str_as(out, text, spec, "str")
}

/// `push_str` for a subtype, which messages name.
pub fn push_str_as(out: &mut StrBuf, text: &Str, spec: &Spec, type_name: &str) -> Result<()> {
    if spec.kind != 0 && spec.kind != b's' as u32 {
        return Err(unknown_kind(spec.kind, type_name));
    }
    refuse_number_options(spec)?;
    spec.check_width()?;
    let len = spec.precision.map_or(text.len(), |precision| text.len().min(precision));
    push_padded(out, len, spec, spec.alignment(b'<'), |out| {
        if len == text.len() {
            out.push_str(text)
        } else {
            out.push_str(&text.cut(0, len))
        }
    });
    Ok(())
}

fn refuse_number_options(spec: &Spec) -> Result<()> {
    let refuse = |what: &str| {
        Err(exc::value_error(&format!(
            "{what} not allowed in string format specifier"
        )))
    };
    match spec.sign {
        0 => {}
        b' ' => return refuse("Space"),
        _ => return refuse("Sign"),
    }
    if spec.positive_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    if spec.align == b'=' {
        return refuse("'=' alignment");
    }
    Ok(())
}
