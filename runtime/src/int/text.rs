//! Ints as text.

use super::{Int, limit};
use crate::exc::Result;
use crate::str::{Str, StrBuf};
use num_bigint::BigInt;

const PAIRS: &[u8; 200] = b"0001020304050607080910111213141516171819\
2021222324252627282930313233343536373839\
4041424344454647484950515253545556575859\
6061626364656667686970717273747576777879\
8081828384858687888990919293949596979899";

/// Writes `value` in decimal at the end of `digits`; returns where it begins.
#[inline]
pub fn write_decimal(value: i64, digits: &mut [u8; 20]) -> usize {
    let mut rest = value.unsigned_abs();
    let mut start = 20;
    while rest >= 100 {
        let pair = (rest % 100) as usize * 2;
        rest /= 100;
        start -= 2;
        digits[start..start + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    if rest >= 10 {
        let pair = rest as usize * 2;
        start -= 2;
        digits[start..start + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    } else {
        start -= 1;
        digits[start] = b'0' + rest as u8;
    }
    if value < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    start
}

impl Int {
    /// `str(a)`; ValueError beyond the limit on digits.
    pub fn to_decimal(&self) -> Result<Str> {
        match self {
            Int::Small(value) => {
                let mut digits = [0; 20];
                let start = write_decimal(*value, &mut digits);
                Ok(Str::from_ascii(&digits[start..]))
            }
            Int::Big(value) => big_decimal(value).map(|digits| Str::from_ascii(digits.as_bytes())),
        }
    }

    /// Appends `str(a)`; ValueError beyond the limit on digits.
    #[inline]
    pub fn write(&self, out: &mut StrBuf) -> Result<()> {
        match self {
            Int::Small(value) => out.push_i64(*value),
            Int::Big(value) => out.push_ascii(&big_decimal(value)?),
        }
        Ok(())
    }

    /// The digits of the absolute value in base 10, or in base 2, 8 or 16 (lower case) without a prefix; ValueError
    /// beyond the limit on decimal digits.
    pub fn digits(&self, base: u32) -> Result<String> {
        match (self, base) {
            (Int::Small(value), 10) => Ok(value.unsigned_abs().to_string()),
            (Int::Big(value), 10) => Ok(big_decimal(value)?.trim_start_matches('-').to_owned()),
            _ => Ok(self.binary_digits(base)),
        }
    }

    fn binary_digits(&self, base: u32) -> String {
        match (self, base) {
            (Int::Small(value), 2) => format!("{:b}", value.unsigned_abs()),
            (Int::Small(value), 8) => format!("{:o}", value.unsigned_abs()),
            (Int::Small(value), _) => format!("{:x}", value.unsigned_abs()),
            (Int::Big(value), _) => value.magnitude().to_str_radix(base),
        }
    }

    /// `bin`, `oct` or `hex`: with sign and prefix.
    pub fn to_prefixed(&self, base: u32) -> Str {
        let sign = if self.is_negative() { "-" } else { "" };
        let prefix = match base {
            2 => "0b",
            8 => "0o",
            _ => "0x",
        };
        let digits = self.binary_digits(base);
        Str::from_ascii(format!("{sign}{prefix}{digits}").as_bytes())
    }
}

fn big_decimal(value: &BigInt) -> Result<String> {
    // Refused before the work when the size alone tells, as CPython does; else after.
    let surely = (value.bits() as f64 * std::f64::consts::LOG10_2) as usize;
    if limit::exceeded(surely.saturating_sub(1)) {
        return Err(limit::to_text());
    }
    let digits = value.to_string();
    if limit::exceeded(digits.trim_start_matches('-').len()) {
        return Err(limit::to_text());
    }
    Ok(digits)
}
