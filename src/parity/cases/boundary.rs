//! Values at which programs change their behaviour.

use num_bigint::{BigInt, Sign};

use super::rng::Rng;

/// Floats at the edges of their format and of decimal text.
pub const FLOATS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1.5,
    2.5,
    -2.5,
    0.1,
    0.3,
    1e-5,
    1e-4,
    1e15,
    1e16,
    1e17,
    1e22,
    1e23,
    9_007_199_254_740_992.0,
    9_007_199_254_740_994.0,
    4_294_967_296.0,
    9.223_372_036_854_775_8e18,
    -9.223_372_036_854_775_8e18,
    1.844_674_407_370_955_2e19,
    5e-324,
    2.225_073_858_507_201_4e-308,
    f64::MAX,
    f64::MIN,
    f64::EPSILON,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    2.675,
    1.005,
    std::f64::consts::PI,
    std::f64::consts::E,
];

/// Powers of two and ten by which ints change their size, digits or representation, and their neighbours.
pub fn int(rng: &mut Rng) -> BigInt {
    let base = match rng.below(4) {
        0 => BigInt::from(10).pow(rng.below(24) as u32),
        1 => BigInt::from(1) << *rng.pick(&[7, 8, 15, 16, 31, 32, 53, 62, 63, 63, 64, 64, 65, 127, 128]),
        _ => BigInt::from(1) << *rng.pick(&[31, 32, 53, 62, 63, 63]),
    };
    // The last int of each size is met as often as the first of the next.
    let near: BigInt = base + *rng.pick(&[-2i64, -1, -1, -1, 0, 0, 1]);
    if rng.percent(40) { -near } else { near }
}

/// An int of up to so many bits, each size as likely as any other.
pub fn int_of_bits(rng: &mut Rng, least: usize, most: usize) -> BigInt {
    let bits = least + rng.below(most - least + 1);
    let words: Vec<u32> = (0..bits.div_ceil(32)).map(|_| rng.next() as u32).collect();
    let sign = if rng.percent(40) { Sign::Minus } else { Sign::Plus };
    BigInt::from_slice(sign, &words) >> (bits.div_ceil(32) * 32 - bits)
}
