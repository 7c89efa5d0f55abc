//! `math.gamma` and `math.lgamma`: Lanczos' approximation with g = 6.0247 and thirteen terms, arranged as CPython
//! arranges it, so that every bit agrees.

use super::Raised::*;
use super::libm;
use crate::exc::Result;

/// `g` of the approximation, exactly representable.
const G: f64 = 6.024680040776729583740234375;
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;
#[allow(clippy::approx_constant)]
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;

const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];

/// The coefficients of `x (x+1) ... (x+11)`.
const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// The ratio of the two polynomials at a positive `x`, by Horner's rule from the end that keeps terms small.
fn lanczos_sum(x: f64) -> f64 {
    let (mut num, mut den) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            num = num * x + NUMERATOR[i];
            den = den * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..13 {
            num = num / x + NUMERATOR[i];
            den = den / x + DENOMINATOR[i];
        }
    }
    num / den
}

/// `sin(pi * x)` for a finite `x`, exact at the integers.
fn sin_pi(x: f64) -> f64 {
    use std::f64::consts::PI;
    let y = libm::fmod(x.abs(), 2.0);
    let r = match (2.0 * y).round() as i32 {
        0 => libm::sin(PI * y),
        1 => libm::cos(PI * (y - 0.5)),
        2 => libm::sin(PI * (1.0 - y)),
        3 => -libm::cos(PI * (y - 1.5)),
        _ => libm::sin(PI * (y - 2.0)),
    };
    1f64.copysign(x) * r
}

/// `(n - 1)!` for n in 1..=23, where it is exact in a double.
fn small_factorial(n: i32) -> f64 {
    (1..n).fold(1.0, |product, i| product * f64::from(i))
}

/// `math.gamma`; a pole or minus infinity is a domain error, too large a result a range error.
pub fn gamma(x: f64) -> Result<f64> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 {
            Ok(x)
        } else {
            Err(Domain.raise())
        };
    }
    if x == 0.0 {
        return Err(Domain.raise());
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Domain.raise());
        }
        if x <= 23.0 {
            return Ok(small_factorial(x as i32));
        }
    }
    let r = gamma_general(x);
    if r.is_infinite() { Err(Range.raise()) } else { Ok(r) }
}

fn gamma_general(x: f64) -> f64 {
    let a = x.abs();
    if a < 1e-20 {
        return 1.0 / x;
    }
    if a > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = a + G_MINUS_HALF;
    // The rounding error of y, to correct for below.
    let z = if a > G_MINUS_HALF {
        (y - a) - G_MINUS_HALF
    } else {
        (y - G_MINUS_HALF) - a
    };
    let z = z * G / y;
    if x < 0.0 {
        let mut r = -std::f64::consts::PI / sin_pi(a) / a * libm::exp(y) / lanczos_sum(a);
        r -= z * r;
        scale_by_power(r, y, a, |r, p| r / p)
    } else {
        let mut r = lanczos_sum(a) / libm::exp(y);
        r += z * r;
        scale_by_power(r, y, a, |r, p| r * p)
    }
}

/// Applies `y ** (a - 0.5)`, in two halves where the whole power could overflow.
fn scale_by_power(r: f64, y: f64, a: f64, apply: impl Fn(f64, f64) -> f64) -> f64 {
    if a < 140.0 {
        return apply(r, libm::pow(y, a - 0.5));
    }
    let half = libm::pow(y, a / 2.0 - 0.25);
    apply(apply(r, half), half)
}

/// `math.lgamma`; zero and the negative integers are domain errors.
pub fn lgamma(x: f64) -> Result<f64> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Domain.raise()) } else { Ok(0.0) };
    }
    let a = x.abs();
    if a < 1e-20 {
        return Ok(-libm::log(a));
    }
    let mut r = libm::log(lanczos_sum(a)) - G;
    r += (a - 0.5) * (libm::log(a + G - 0.5) - 1.0);
    if x < 0.0 {
        r = LOG_PI - libm::log(sin_pi(a).abs()) - libm::log(a) - r;
    }
    if r.is_infinite() { Err(Range.raise()) } else { Ok(r) }
}
