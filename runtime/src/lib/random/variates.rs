//! The distributions of Python's `random`, each drawing from the generator exactly as CPython's does.

use super::mt::MersenneTwister;
use crate::lib::math::libm::{acos, cos, exp, log, sin};
use std::f64::consts::{E, PI};

const TWO_PI: f64 = 2.0 * PI;
/// `4 exp(-1/2) / sqrt(2)`.
const NORMAL_MAGIC: f64 = 1.7155277699214135;
/// `1 + log(4.5)`.
const GAMMA_MAGIC: f64 = 2.504077396776274;
const LOG_4: f64 = 1.3862943611198906;

/// A generator with the second half of the last pair that `gauss` made.
#[derive(Clone)]
pub struct Generator {
    pub twister: MersenneTwister,
    pub gauss_next: Option<f64>,
}

impl Generator {
    /// A generator seeded by a number's 32-bit digits.
    pub fn from_key(key: &[u32]) -> Generator {
        Generator {
            twister: MersenneTwister::from_key(key),
            gauss_next: None,
        }
    }

    /// A double in [0, 1).
    #[inline]
    pub fn random(&mut self) -> f64 {
        self.twister.next_f64()
    }

    /// `random.uniform` of floats.
    #[inline]
    pub fn uniform(&mut self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }

    /// The standard normal variate of `normalvariate`: Kinderman and Monahan's ratio of uniforms.
    pub fn standard_normal(&mut self) -> f64 {
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = NORMAL_MAGIC * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -log(u2) {
                return z;
            }
        }
    }

    /// The standard normal variate of `gauss`: Box and Muller's pairs, the second kept for the next call.
    pub fn standard_gauss(&mut self) -> f64 {
        if let Some(z) = self.gauss_next.take() {
            return z;
        }
        let angle = self.random() * TWO_PI;
        let radius = (-2.0 * log(1.0 - self.random())).sqrt();
        self.gauss_next = Some(sin(angle) * radius);
        cos(angle) * radius
    }

    /// The exponential variate of rate 1.
    #[inline]
    pub fn standard_exponential(&mut self) -> f64 {
        -log(1.0 - self.random())
    }

    /// `gammavariate(alpha, 1.0)` with the tests on `alpha` left to the caller. Cheng's method above 1, Ahrens and
    /// Dieter's below. The result is None where a power leaves the doubles.
    pub fn standard_gamma(&mut self, alpha: f64) -> Option<f64> {
        if alpha > 1.0 {
            Some(self.gamma_above_one(alpha))
        } else if alpha == 1.0 {
            Some(self.standard_exponential())
        } else {
            self.gamma_below_one(alpha)
        }
    }

    fn gamma_above_one(&mut self, alpha: f64) -> f64 {
        let ainv = (2.0 * alpha - 1.0).sqrt();
        let bbb = alpha - LOG_4;
        let ccc = alpha + ainv;
        loop {
            let u1 = self.random();
            if !(1e-7 < u1 && u1 < 0.9999999) {
                continue;
            }
            let u2 = 1.0 - self.random();
            let v = log(u1 / (1.0 - u1)) / ainv;
            let x = alpha * exp(v);
            let z = u1 * u1 * u2;
            let r = bbb + ccc * v - x;
            if r + GAMMA_MAGIC - 4.5 * z >= 0.0 || r >= log(z) {
                return x;
            }
        }
    }

    fn gamma_below_one(&mut self, alpha: f64) -> Option<f64> {
        use crate::lib::math::libm::pow;
        loop {
            let u = self.random();
            let b = (E + alpha) / E;
            let p = b * u;
            let x = if p <= 1.0 {
                pow(p, 1.0 / alpha)
            } else {
                -log((b - p) / alpha)
            };
            let u1 = self.random();
            if p > 1.0 {
                let limit = pow(x, alpha - 1.0);
                if limit.is_infinite() {
                    return None;
                }
                if u1 <= limit {
                    return Some(x);
                }
            } else if u1 <= exp(-x) {
                return Some(x);
            }
        }
    }

    /// `random.vonmisesvariate` of floats, before the result is reduced modulo 2 pi; the flag tells whether it must be.
    pub fn von_mises(&mut self, mu: f64, kappa: f64) -> (f64, bool) {
        if kappa <= 1e-6 {
            return (TWO_PI * self.random(), false);
        }
        let s = 0.5 / kappa;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let z = cos(PI * self.random());
            let d = z / (r + z);
            let u2 = self.random();
            if u2 < 1.0 - d * d || u2 <= (1.0 - d) * exp(d) {
                break z;
            }
        };
        let q = 1.0 / r;
        let f = (q + z) / (1.0 + q * z);
        let angle = acos(f);
        (if self.random() > 0.5 { mu + angle } else { mu - angle }, true)
    }

    /// Where `random.triangular` cuts: the variate of [low, high] with its mode at share `c`, and whether it mirrors.
    pub fn triangular_share(&mut self, c: f64) -> (f64, bool) {
        let u = self.random();
        if u > c {
            (((1.0 - u) * (1.0 - c)).sqrt(), true)
        } else {
            ((u * c).sqrt(), false)
        }
    }
}
