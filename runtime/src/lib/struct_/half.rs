//! Half-precision floats (IEEE 754 binary16).

/// The bits of the nearest half, ties to even; None where the number is too large.
pub fn from_f64(value: f64) -> Option<u16> {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    if value.is_nan() {
        return Some(sign | 0x7e00);
    }
    if value.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // One step is the value of the last bit: of the smallest normal below it, of the number's own binade above.
    let size = value.abs();
    let exponent = if size == 0.0 {
        -14
    } else {
        (((size.to_bits() >> 52) as i32) - 1023).max(-14)
    };
    let step = 2f64.powi(exponent - 10);
    let steps = (size / step).round_ties_even() as u32;
    // Steps at 2048 carry into the exponent of their own accord.
    let bits = if steps < 1024 {
        steps
    } else {
        (((exponent + 15) as u32) << 10) + (steps - 1024)
    };
    (bits < 0x7c00).then_some(sign | bits as u16)
}

/// The number that the bits of a half stand for.
pub fn to_f64(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    }
}
