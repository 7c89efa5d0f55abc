//! Format specifications that the program writes out: parsed when they are first used.

use std::sync::OnceLock;

use crate::exc::Result;
use crate::format::{self, Spec};
use crate::int::Int;
use crate::str::{Str, StrBuf};

/// A specification in a `static`, used for values of one type: see [`spec!`](crate::spec).
pub struct Written {
    text: &'static str,
    parsed: OnceLock<Spec>,
}

/// A specification of the program's: `spec!("02d")`.
#[macro_export]
macro_rules! spec {
    ($text:literal) => {{
        static SPEC: $crate::fast::spec::Written = $crate::fast::spec::Written::new($text);
        &SPEC
    }};
}

impl Written {
    pub const fn new(text: &'static str) -> Written {
        Written {
            text,
            parsed: OnceLock::new(),
        }
    }

    #[inline]
    fn get(&self, type_name: &str, default: u8) -> Result<&Spec> {
        match self.parsed.get() {
            Some(spec) => Ok(spec),
            None => self.parse(type_name, default),
        }
    }

    #[cold]
    fn parse(&self, type_name: &str, default: u8) -> Result<&Spec> {
        let spec = Spec::parse(&Str::from(self.text), type_name, default)?;
        Ok(self.parsed.get_or_init(|| spec))
    }
}

/// `{value:spec}` of an int.
///
/// # Errors
/// ValueError for a spec that does not fit.
pub fn push_int(text: &mut StrBuf, value: i64, spec: &'static Written) -> Result<()> {
    format::push_int(text, &Int::Small(value), spec.get("int", b'd')?)
}

/// `{value:spec}` of a float.
///
/// # Errors
/// ValueError for a spec that does not fit.
pub fn push_float(text: &mut StrBuf, value: f64, spec: &'static Written) -> Result<()> {
    format::push_float(text, value, spec.get("float", 0)?)
}

/// `{value:spec}` of a str.
///
/// # Errors
/// ValueError for a spec that does not fit.
pub fn push_str(text: &mut StrBuf, value: &Str, spec: &'static Written) -> Result<()> {
    format::push_str(text, value, spec.get("str", b's')?)
}
