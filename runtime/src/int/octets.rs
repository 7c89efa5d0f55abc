//! `int.to_bytes` and `int.from_bytes`.

use super::Int;
use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use num_bigint::{BigInt, Sign};

/// The byte order a name stands for; ValueError.
pub fn is_little(byteorder: &str) -> Result<bool> {
    match byteorder {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(exc::value_error("byteorder must be either 'little' or 'big'")),
    }
}

#[cold]
fn too_big() -> Exc {
    exc::overflow_error("int too big to convert")
}

impl Int {
    /// `a.to_bytes(length, byteorder, signed=signed)`; OverflowError, ValueError.
    pub fn to_bytes(&self, length: i64, little: bool, signed: bool) -> Result<Bytes> {
        let Ok(length) = usize::try_from(length) else {
            return Err(exc::value_error("length argument must be non-negative"));
        };
        if self.is_negative() && !signed {
            return Err(exc::overflow_error("can't convert negative int to unsigned"));
        }
        let mut bytes = match self {
            Int::Small(value) => value.to_le_bytes().to_vec(),
            Int::Big(value) => value.to_signed_bytes_le(),
        };
        let sign = if self.is_negative() { 0xff } else { 0 };
        if bytes.len() > length {
            let (kept, cut) = bytes.split_at(length);
            let sign_kept = !signed || kept.last().is_none_or(|&top| (top >> 7) * 0xff == sign);
            if cut.iter().any(|&byte| byte != sign) || !sign_kept {
                return Err(too_big());
            }
        }
        bytes.resize(length, sign);
        if !little {
            bytes.reverse();
        }
        if signed && length > 0 && (bytes[if little { length - 1 } else { 0 }] >> 7) * 0xff != sign {
            return Err(too_big());
        }
        Ok(Bytes::from(bytes))
    }

    /// `int.from_bytes(bytes, byteorder, signed=signed)`.
    pub fn from_bytes(bytes: &[u8], little: bool, signed: bool) -> Int {
        if let Some(value) = from_short(bytes, little, signed) {
            return Int::Small(value);
        }
        Int::from_big(match (little, signed) {
            (true, true) => BigInt::from_signed_bytes_le(bytes),
            (false, true) => BigInt::from_signed_bytes_be(bytes),
            (true, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
            (false, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
        })
    }
}

/// The value of at most seven bytes, or of eight with a sign.
fn from_short(bytes: &[u8], little: bool, signed: bool) -> Option<i64> {
    if bytes.is_empty() {
        return Some(0);
    }
    if bytes.len() > if signed { 8 } else { 7 } {
        return None;
    }
    let fold = |value: u64, byte: &u8| value << 8 | *byte as u64;
    let value = if little {
        bytes.iter().rev().fold(0, fold)
    } else {
        bytes.iter().fold(0, fold)
    };
    let unused = 64 - 8 * bytes.len() as u32;
    Some(if signed {
        (value << unused) as i64 >> unused
    } else {
        value as i64
    })
}
