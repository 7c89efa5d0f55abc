//! The value of a number literal.

use crate::syntax::ast::Constant;
use num_bigint::BigInt;

/// CPython's limit on decimal digits converted to an int.
const MAX_DECIMAL_DIGITS: usize = 4300;

/// The constant that a number token stands for; the error is CPython's message.
pub(in crate::syntax) fn value(literal: &str) -> Result<Constant, String> {
    let digits: String = literal.chars().filter(|&c| c != '_').collect();
    let lower = digits.to_ascii_lowercase();
    if let Some(value) = with_radix(&lower) {
        return Ok(Constant::Int(value));
    }
    if let Some(imaginary) = lower.strip_suffix('j') {
        return Ok(Constant::Imaginary(float(imaginary)));
    }
    if lower.contains(['.', 'e']) {
        return Ok(Constant::Float(float(&lower)));
    }
    decimal(&lower)
}

fn with_radix(lower: &str) -> Option<BigInt> {
    let (radix, digits) = [("0x", 16), ("0o", 8), ("0b", 2)]
        .iter()
        .find_map(|&(prefix, radix)| lower.strip_prefix(prefix).map(|digits| (radix, digits)))?;
    BigInt::parse_bytes(digits.as_bytes(), radix)
}

/// The tokenizer has let only well-formed literals through.
fn float(text: &str) -> f64 {
    text.parse().expect("a float literal")
}

fn decimal(digits: &str) -> Result<Constant, String> {
    if digits.len() > MAX_DECIMAL_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit \
             - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
            digits.len()
        ));
    }
    Ok(Constant::Int(match digits.parse::<i64>() {
        Ok(small) => BigInt::from(small),
        Err(_) => BigInt::parse_bytes(digits.as_bytes(), 10).expect("an int literal"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_have_pythons_values() {
        assert_eq!(value("1_000"), Ok(Constant::Int(1000.into())));
        assert_eq!(value("0XfF"), Ok(Constant::Int(255.into())));
        assert_eq!(value("1e400"), Ok(Constant::Float(f64::INFINITY)));
        assert_eq!(value("1_0.e-1"), Ok(Constant::Float(1.0)));
        assert_eq!(value("5J"), Ok(Constant::Imaginary(5.0)));
    }

    #[test]
    fn the_digit_limit_is_cpythons() {
        assert!(value(&"1".repeat(4300)).is_ok());
        assert!(value(&"1".repeat(4301)).is_err());
    }
}
