//! The C library's mathematical functions, the same ones that CPython calls.
//!
//! Arguments pass through `black_box`: with a constant argument the optimiser would otherwise compute the call itself,
//! with its own idea of the last digit.

use std::hint::black_box;

mod c {
    unsafe extern "C" {
        pub fn acos(x: f64) -> f64;
        pub fn acosh(x: f64) -> f64;
        pub fn asin(x: f64) -> f64;
        pub fn asinh(x: f64) -> f64;
        pub fn atan(x: f64) -> f64;
        pub fn atanh(x: f64) -> f64;
        pub fn atan2(y: f64, x: f64) -> f64;
        // Rust's own support library has another `cbrt`; glibc's goes by this name, too.
        #[cfg_attr(target_env = "gnu", link_name = "cbrtf64")]
        pub fn cbrt(x: f64) -> f64;
        pub fn cos(x: f64) -> f64;
        pub fn cosh(x: f64) -> f64;
        pub fn erf(x: f64) -> f64;
        pub fn erfc(x: f64) -> f64;
        pub fn exp(x: f64) -> f64;
        pub fn exp2(x: f64) -> f64;
        pub fn expm1(x: f64) -> f64;
        pub fn fmod(x: f64, y: f64) -> f64;
        pub fn frexp(x: f64, exponent: *mut i32) -> f64;
        pub fn ldexp(x: f64, exponent: i32) -> f64;
        pub fn log(x: f64) -> f64;
        pub fn log10(x: f64) -> f64;
        pub fn log1p(x: f64) -> f64;
        pub fn log2(x: f64) -> f64;
        pub fn nextafter(x: f64, y: f64) -> f64;
        pub fn pow(x: f64, y: f64) -> f64;
        pub fn sin(x: f64) -> f64;
        pub fn sinh(x: f64) -> f64;
        pub fn tan(x: f64) -> f64;
        pub fn tanh(x: f64) -> f64;
    }
}

macro_rules! unary {
    ($($name:ident)*) => {$(
        #[doc = concat!("C's `", stringify!($name), "`.")]
        #[inline]
        pub fn $name(x: f64) -> f64 {
            // SAFETY: a pure C function of doubles.
            unsafe { c::$name(black_box(x)) }
        }
    )*};
}

unary! {
    acos acosh asin asinh atan atanh cbrt cos cosh erf erfc exp exp2 expm1 log log10 log1p log2 sin sinh tan tanh
}

macro_rules! binary {
    ($($name:ident)*) => {$(
        #[doc = concat!("C's `", stringify!($name), "`.")]
        #[inline]
        pub fn $name(x: f64, y: f64) -> f64 {
            // SAFETY: a pure C function of doubles.
            unsafe { c::$name(black_box(x), black_box(y)) }
        }
    )*};
}

binary! { atan2 fmod nextafter pow }

/// C's `ldexp`: `x * 2**exponent` with one rounding.
#[inline]
pub fn ldexp(x: f64, exponent: i32) -> f64 {
    // SAFETY: a pure C function of numbers.
    unsafe { c::ldexp(black_box(x), black_box(exponent)) }
}

/// C's `frexp`: mantissa in [0.5, 1) and exponent; zeros, infinities and NaN keep themselves with exponent 0.
#[inline]
pub fn frexp(x: f64) -> (f64, i32) {
    let mut exponent = 0;
    // SAFETY: the pointer is to a live local.
    let mantissa = unsafe { c::frexp(black_box(x), &mut exponent) };
    if x == 0.0 || !x.is_finite() {
        (x, 0)
    } else {
        (mantissa, exponent)
    }
}
