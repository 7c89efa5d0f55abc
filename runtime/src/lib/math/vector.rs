//! `math.hypot`, `math.dist` and `math.fsum`: sums that keep the digits a plain loop would lose.

use super::Raised::*;
use super::libm;
use crate::exc::Result;

/// One running sum of squares, kept as a sum and three sums of what rounding dropped.
struct Squares {
    sum: f64,
    lost: [f64; 3],
}

impl Squares {
    fn add(&mut self, x: f64, lane: usize) {
        let old = self.sum;
        self.sum += x;
        self.lost[lane] += (old - self.sum) + x;
    }

    fn total(&self) -> f64 {
        self.sum - 1.0 + (self.lost[0] + self.lost[1] + self.lost[2])
    }
}

/// Splits a double in two halves of 26 bits (Veltkamp's split).
fn split(x: f64) -> (f64, f64) {
    let t = x * 134217729.0;
    let hi = t - (t - x);
    (hi, x - hi)
}

/// The length of a vector of absolute values whose largest is `max`: scaled to avoid overflow, squared in halves,
/// summed with compensation and corrected by one step of Newton's, in CPython's order of operations.
pub fn norm(values: &[f64], max: f64, found_nan: bool) -> f64 {
    if max.is_infinite() {
        return max;
    }
    if found_nan {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let (_, exponent) = libm::frexp(max);
    if exponent < -1023 {
        return norm_of_subnormals(values, max);
    }
    let scale = libm::ldexp(1.0, -exponent);
    let mut squares = Squares {
        sum: 1.0,
        lost: [0.0; 3],
    };
    for &value in values {
        let (hi, lo) = split(value * scale);
        squares.add(hi * hi, 0);
        squares.add(2.0 * hi * lo, 1);
        squares.add(lo * lo, 2);
    }
    let h = squares.total().sqrt();
    let (hi, lo) = split(h);
    squares.add(-hi * hi, 0);
    squares.add(-2.0 * hi * lo, 1);
    squares.add(-lo * lo, 2);
    (h + squares.total() / (2.0 * h)) / scale
}

/// Where even the scale factor would overflow: divide by the largest instead.
fn norm_of_subnormals(values: &[f64], max: f64) -> f64 {
    let (mut sum, mut lost) = (1.0, 0.0);
    for &value in values {
        let x = (value / max) * (value / max);
        let old = sum;
        sum += x;
        lost += (old - sum) + x;
    }
    max * (sum - 1.0 + lost).sqrt()
}

fn norm_of(values: &mut [f64]) -> f64 {
    let (mut max, mut found_nan) = (0.0, false);
    for value in values.iter_mut() {
        *value = value.abs();
        found_nan |= value.is_nan();
        if *value > max {
            max = *value;
        }
    }
    norm(values, max, found_nan)
}

/// `math.hypot(*coordinates)`; the slice is used as scratch space.
pub fn hypot(coordinates: &mut [f64]) -> f64 {
    norm_of(coordinates)
}

/// `math.dist` of two points of the same dimension.
pub fn dist(p: &[f64], q: &[f64]) -> f64 {
    let mut differences: Vec<f64> = p.iter().zip(q).map(|(a, b)| a - b).collect();
    norm_of(&mut differences)
}

/// `math.fsum`: the exact sum of the values, rounded once. Shewchuk's algorithm: the partial sums do not overlap.
#[derive(Default)]
pub struct ExactSum {
    partials: Vec<f64>,
    special: f64,
    infinities: f64,
}

impl ExactSum {
    /// Adds one value; an intermediate overflow of finite values is an error.
    pub fn add(&mut self, value: f64) -> Result<()> {
        let mut x = value;
        let mut kept = 0;
        for j in 0..self.partials.len() {
            let mut y = self.partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let hi = x + y;
            let lo = y - (hi - x);
            if lo != 0.0 {
                self.partials[kept] = lo;
                kept += 1;
            }
            x = hi;
        }
        self.partials.truncate(kept);
        if x == 0.0 {
            return Ok(());
        }
        if x.is_finite() {
            self.partials.push(x);
            return Ok(());
        }
        if value.is_finite() {
            return Err(PartialOverflow.raise());
        }
        if value.is_infinite() {
            self.infinities += value;
        }
        self.special += value;
        self.partials.clear();
        Ok(())
    }

    /// The sum, correctly rounded; infinities of both signs are an error.
    pub fn finish(self) -> Result<f64> {
        if self.special != 0.0 {
            return if self.infinities.is_nan() {
                Err(MixedInfinities.raise())
            } else {
                Ok(self.special)
            };
        }
        let mut partials = self.partials;
        let Some(mut hi) = partials.pop() else { return Ok(0.0) };
        let mut lo = 0.0;
        while let Some(y) = partials.pop() {
            let x = hi;
            hi = x + y;
            lo = y - (hi - x);
            if lo != 0.0 {
                break;
            }
        }
        if let Some(&next) = partials.last()
            && ((lo < 0.0 && next < 0.0) || (lo > 0.0 && next > 0.0))
        {
            // Half-way cases: round by the sign of what follows.
            let y = lo * 2.0;
            let x = hi + y;
            if y == x - hi {
                hi = x;
            }
        }
        Ok(hi)
    }
}

/// `math.fsum` of floats at hand.
pub fn fsum(values: impl IntoIterator<Item = f64>) -> Result<f64> {
    let mut sum = ExactSum::default();
    for value in values {
        sum.add(value)?;
    }
    sum.finish()
}
