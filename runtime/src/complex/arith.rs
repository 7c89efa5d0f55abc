//! Arithmetic, by the formulas CPython uses, so that every bit agrees.

use super::Complex;
use crate::exc::{self, Result};
use std::hint::black_box;
use std::ops::{Add, Mul, Neg, Sub};

mod libm {
    unsafe extern "C" {
        pub fn pow(x: f64, y: f64) -> f64;
        pub fn hypot(x: f64, y: f64) -> f64;
        pub fn atan2(y: f64, x: f64) -> f64;
        pub fn exp(x: f64) -> f64;
        pub fn log(x: f64) -> f64;
        pub fn sin(x: f64) -> f64;
        pub fn cos(x: f64) -> f64;
    }
}

impl Add for Complex {
    type Output = Complex;

    fn add(self, other: Complex) -> Complex {
        Complex::new(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex {
    type Output = Complex;

    fn sub(self, other: Complex) -> Complex {
        Complex::new(self.re - other.re, self.im - other.im)
    }
}

impl Mul for Complex {
    type Output = Complex;

    fn mul(self, other: Complex) -> Complex {
        Complex::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }
}

impl Neg for Complex {
    type Output = Complex;

    fn neg(self) -> Complex {
        Complex::new(-self.re, -self.im)
    }
}

impl Complex {
    /// `a / b`; ZeroDivisionError.
    pub fn truediv(self, other: Complex) -> Result<Complex> {
        self.quotient(other)
            .ok_or_else(|| exc::zero_division("complex division by zero"))
    }

    /// Division by Smith's method (1962), scaling by the larger part; `None` for a zero divisor.
    fn quotient(self, other: Complex) -> Option<Complex> {
        let (re, im) = (other.re.abs(), other.im.abs());
        if re >= im {
            if re == 0.0 {
                return None;
            }
            let ratio = other.im / other.re;
            let divisor = other.re + other.im * ratio;
            return Some(Complex::new(
                (self.re + self.im * ratio) / divisor,
                (self.im - self.re * ratio) / divisor,
            ));
        }
        if im >= re {
            let ratio = other.re / other.im;
            let divisor = other.re * ratio + other.im;
            return Some(Complex::new(
                (self.re * ratio + self.im) / divisor,
                (self.im * ratio - self.re) / divisor,
            ));
        }
        Some(Complex::new(f64::NAN, f64::NAN))
    }

    /// `abs(z)`; OverflowError.
    pub fn abs(self) -> Result<f64> {
        if self.re.is_infinite() || self.im.is_infinite() {
            return Ok(f64::INFINITY);
        }
        if self.re.is_nan() || self.im.is_nan() {
            return Ok(f64::NAN);
        }
        // SAFETY: a function of the C library without requirements.
        let size = unsafe { libm::hypot(black_box(self.re), black_box(self.im)) };
        if size.is_finite() {
            Ok(size)
        } else {
            Err(exc::overflow_error("absolute value too large"))
        }
    }

    /// `a ** b`; ZeroDivisionError, OverflowError.
    pub fn pow(self, exponent: Complex) -> Result<Complex> {
        let whole = exponent.im == 0.0 && exponent.re == exponent.re.floor() && exponent.re.abs() <= 100.0;
        let power = if whole {
            self.pow_whole(exponent.re as i64)
        } else {
            self.pow_polar(exponent)
        };
        match power {
            None => Err(exc::zero_division("0.0 to a negative or complex power")),
            Some(power) if power.re.is_infinite() || power.im.is_infinite() => {
                Err(exc::overflow_error("complex exponentiation"))
            }
            Some(power) => Ok(power),
        }
    }

    fn pow_whole(self, exponent: i64) -> Option<Complex> {
        let power = self.pow_positive(exponent.unsigned_abs());
        if exponent > 0 {
            Some(power)
        } else {
            Complex::ONE.quotient(power)
        }
    }

    fn pow_positive(self, exponent: u64) -> Complex {
        let (mut result, mut square) = (Complex::ONE, self);
        let mut mask = 1;
        while exponent >= mask {
            if exponent & mask != 0 {
                result = result * square;
            }
            mask <<= 1;
            square = square * square;
        }
        result
    }

    fn pow_polar(self, exponent: Complex) -> Option<Complex> {
        if exponent == Complex::ZERO {
            return Some(Complex::ONE);
        }
        if self == Complex::ZERO {
            return (exponent.im == 0.0 && exponent.re >= 0.0).then_some(Complex::ZERO);
        }
        // SAFETY: functions of the C library without requirements.
        unsafe {
            let size = libm::hypot(black_box(self.re), black_box(self.im));
            let mut length = libm::pow(size, black_box(exponent.re));
            let angle = libm::atan2(self.im, self.re);
            let mut phase = angle * exponent.re;
            if exponent.im != 0.0 {
                length /= libm::exp(angle * exponent.im);
                phase += exponent.im * libm::log(size);
            }
            // The C library calls the cosine of infinity a domain error, which CPython takes for the one of zero.
            (!phase.is_infinite()).then(|| Complex::new(length * libm::cos(phase), length * libm::sin(phase)))
        }
    }
}
