//! Text.

use crate::bytes::Bytes;
use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::list::List;
use crate::str::{Str, StrBuf};

/// `str(value)` of an int.
#[inline]
pub fn of_int(value: i64) -> Str {
    let mut text = StrBuf::new();
    text.push_i64(value);
    text.finish()
}

/// `str(value)` of a float.
#[inline]
pub fn of_float(value: f64) -> Str {
    crate::float::repr(value)
}

/// `str(value)` of a bool.
#[inline]
pub fn of_bool(value: bool) -> Str {
    if value {
        crate::lit!("True")
    } else {
        crate::lit!("False")
    }
}

/// `repr(value)`
///
/// # Errors
/// What the value's `__repr__` raises.
pub fn repr<T: Elem>(value: &T) -> Result<Str> {
    let mut text = StrBuf::new();
    value.py_repr(&mut text)?;
    Ok(text.finish())
}

/// `ord(text)`
///
/// # Errors
/// TypeError where it is not one character.
#[inline]
pub fn ord(text: &Str) -> Result<i64> {
    if text.len() == 1 {
        return Ok(i64::from(text.point(0)));
    }
    let length = text.len();
    Err(exc::type_error(&format!(
        "ord() expected a character, but string of length {length} found"
    )))
}

/// `chr(point)`
///
/// # Errors
/// ValueError outside Unicode.
#[inline]
pub fn chr(point: i64) -> Result<Str> {
    match u32::try_from(point) {
        Ok(point) if point < 0x11_0000 => Ok(Str::from_code_point(point)),
        _ if i32::try_from(point).is_err() => Err(exc::overflow_error("Python int too large to convert to C int")),
        _ => Err(exc::value_error("chr() arg not in range(0x110000)")),
    }
}

/// `list(text)`
pub fn chars(text: &Str) -> List<Str> {
    List::from_vec(text.chars().collect())
}

/// `text.split(separator, maxsplit)`
///
/// # Errors
/// ValueError for an empty separator.
pub fn split(text: &Str, separator: &Str, maxsplit: i64) -> Result<List<Str>> {
    text.split(separator, maxsplit).map(List::from_vec)
}

/// `text.rsplit(separator, maxsplit)`
///
/// # Errors
/// ValueError for an empty separator.
pub fn rsplit(text: &Str, separator: &Str, maxsplit: i64) -> Result<List<Str>> {
    text.rsplit(separator, maxsplit).map(List::from_vec)
}

/// `separator.join(parts)`
pub fn join(separator: &Str, parts: &List<Str>) -> Str {
    // SAFETY: joining runs no code of the program.
    separator.join(unsafe { parts.as_slice() })
}

/// `text.encode()`
///
/// # Errors
/// UnicodeEncodeError for lone surrogates.
pub fn encode(text: &Str) -> Result<Bytes> {
    match text.as_ascii() {
        Some(ascii) => Ok(Bytes::from(ascii.as_bytes())),
        None => crate::codec::encode_utf8(text),
    }
}

/// `data.decode()`
///
/// # Errors
/// UnicodeDecodeError where it is no UTF-8.
pub fn decode(data: &Bytes) -> Result<Str> {
    crate::codec::decode_utf8(data)
}

/// What `use_it` makes of `text.encode()`.
///
/// # Errors
/// UnicodeEncodeError for lone surrogates.
#[inline]
pub fn encoded<R>(text: &Str, use_it: impl FnOnce(&[u8]) -> R) -> Result<R> {
    match text.as_ascii() {
        Some(ascii) => Ok(use_it(ascii.as_bytes())),
        None => crate::codec::encode_utf8(text).map(|bytes| use_it(bytes.as_slice())),
    }
}

/// `{value:.2f}`
#[inline]
pub fn push_fixed(text: &mut StrBuf, value: f64, places: usize) {
    crate::float::write_fixed(text, value, places);
}
