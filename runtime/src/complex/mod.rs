//! Complex numbers.

mod arith;
mod object;
mod parse;

pub use object::{COMPLEX, value};

use crate::str::{Str, StrBuf};

/// A complex number; equality is Python's.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

impl Complex {
    pub const ZERO: Complex = Complex { re: 0.0, im: 0.0 };
    pub const ONE: Complex = Complex { re: 1.0, im: 0.0 };

    pub fn new(re: f64, im: f64) -> Complex {
        Complex { re, im }
    }

    /// A float among complex numbers.
    pub fn real(re: f64) -> Complex {
        Complex { re, im: 0.0 }
    }

    /// `z.conjugate()`.
    pub fn conjugate(self) -> Complex {
        Complex {
            re: self.re,
            im: -self.im,
        }
    }

    pub fn truthy(self) -> bool {
        self != Complex::ZERO
    }

    /// `repr(z)`, which is also `str(z)`.
    pub fn repr(self) -> Str {
        let mut out = StrBuf::new();
        self.write_repr(&mut out);
        out.finish()
    }

    /// Appends `repr(z)`: only the imaginary part when the real part is positive zero.
    pub fn write_repr(self, out: &mut StrBuf) {
        if self.re == 0.0 && self.re.is_sign_positive() {
            crate::float::write_bare(out, self.im);
            return out.push_ascii("j");
        }
        out.push_ascii("(");
        crate::float::write_bare(out, self.re);
        if self.im.is_sign_positive() || self.im.is_nan() {
            out.push_ascii("+");
        }
        crate::float::write_bare(out, self.im);
        out.push_ascii("j)");
    }
}
