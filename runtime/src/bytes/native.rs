//! `bytes` for native code: operations with plain arguments.

use super::{Bytes, ops};
use crate::codec;
use crate::exc::{self, Result};
use crate::slice::Bounds;
use crate::str::Str;
use crate::units;
use crate::value::Value;

impl Bytes {
    /// `b[index]`; IndexError.
    #[inline]
    pub fn item(&self, index: i64) -> Result<i64> {
        let len = self.len() as i64;
        let at = if index < 0 { index + len } else { index };
        match self.as_slice().get(at as usize) {
            Some(&byte) if at >= 0 => Ok(byte as i64),
            _ => Err(exc::index_error("index out of range")),
        }
    }

    /// The part between two positions in bounds.
    #[inline]
    pub fn cut(&self, start: usize, end: usize) -> Bytes {
        if start == 0 && end == self.len() {
            self.clone()
        } else {
            Bytes::from(&self.as_slice()[start..end])
        }
    }

    /// `b[start:stop]`.
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> Bytes {
        let (start, stop) = units::slice_bounds(self.len(), start, stop);
        self.cut(start, stop)
    }

    /// `b[start:stop:step]`; ValueError for a zero step.
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: i64) -> Result<Bytes> {
        Ok(self.slice_by(&Bounds::new(start, stop, Some(step), self.len())?))
    }

    /// `a + b`.
    #[inline]
    pub fn concat(&self, other: &[u8]) -> Bytes {
        let mut block = crate::block::Block::with_room((self.len() + other.len()).max(1), false);
        // SAFETY: just made with that much room.
        unsafe {
            block.extend_bytes(self.as_slice());
            block.extend_bytes(other);
        }
        Bytes::from_block(block)
    }

    /// `b * count`; OverflowError, MemoryError.
    pub fn repeat(&self, count: i64) -> Result<Bytes> {
        if count <= 0 || self.is_empty() {
            return Ok(Bytes::empty());
        }
        match (self.len() as i64).checked_mul(count) {
            None => Err(exc::overflow_error("repeated bytes are too long")),
            Some(length) if length > units::MOST_BYTES => Err(exc::no_memory()),
            Some(_) => Ok(Bytes::from(self.as_slice().repeat(count as usize))),
        }
    }

    /// `part in b` of bytes.
    pub fn contains(&self, part: &[u8]) -> bool {
        units::find(self.as_slice(), part).is_some()
    }

    /// `item in b`: bytes, or one byte as an integer; TypeError, ValueError.
    pub fn contains_item(&self, item: &Value) -> Result<bool> {
        ops::contains(self.as_slice(), item)
    }

    /// The bytes a slice of known bounds chooses.
    pub fn slice_by(&self, bounds: &Bounds) -> Bytes {
        match bounds.step {
            1 => self.cut(bounds.start as usize, bounds.start as usize + bounds.len),
            _ => Bytes::from(bounds.pick(self.as_slice())),
        }
    }

    /// `b.find(part, start, end)`: -1 when it is not there. All of it is `0, i64::MAX`.
    pub fn find(&self, part: &[u8], start: i64, end: i64) -> i64 {
        ops::find(self.as_slice(), part, start, end)
    }

    /// `b.startswith(prefix)`.
    pub fn starts_with(&self, prefix: &[u8]) -> bool {
        self.as_slice().starts_with(prefix)
    }

    /// `b.endswith(suffix)`.
    pub fn ends_with(&self, suffix: &[u8]) -> bool {
        self.as_slice().ends_with(suffix)
    }

    /// `sep.join(parts)`.
    pub fn join(&self, parts: &[Bytes]) -> Bytes {
        if let [part] = parts {
            return part.clone();
        }
        let slices: Vec<&[u8]> = parts.iter().map(Bytes::as_slice).collect();
        Bytes::from(slices.join(self.as_slice()))
    }

    /// `b.split(separator, maxsplit)`; ValueError for an empty separator.
    pub fn split(&self, separator: &[u8], maxsplit: i64) -> Result<Vec<Bytes>> {
        if separator.is_empty() {
            return Err(exc::value_error("empty separator"));
        }
        let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
        let mut parts = Vec::new();
        units::split(self.as_slice(), separator, limit, |piece| {
            parts.push(self.cut(piece.0, piece.1));
        });
        Ok(parts)
    }

    /// `b.strip()`.
    pub fn strip(&self) -> Bytes {
        let (start, end) = units::strip(self.as_slice(), true, true, ops::is_space);
        self.cut(start, end)
    }

    /// `b.replace(old, new)`.
    pub fn replace(&self, old: &[u8], new: &[u8]) -> Bytes {
        units::replace(self.as_slice(), old, new, usize::MAX).map_or_else(|| self.clone(), Bytes::from)
    }

    /// `b.hex()`.
    #[inline]
    pub fn hex(&self) -> Str {
        ops::hex(self.as_slice())
    }

    /// `b.decode()`; UnicodeDecodeError.
    #[inline]
    pub fn decode(&self) -> Result<Str> {
        codec::decode_utf8(self)
    }

    /// `b.decode(encoding, errors)`; UnicodeDecodeError, LookupError.
    pub fn decode_as(&self, encoding: &str, errors: &str) -> Result<Str> {
        codec::decode(self.as_slice(), encoding, errors)
    }
}

impl Str {
    /// `s.encode()`; UnicodeEncodeError.
    #[inline]
    pub fn encode(&self) -> Result<Bytes> {
        codec::encode_utf8(self)
    }

    /// `s.encode(encoding, errors)`; UnicodeEncodeError, LookupError.
    pub fn encode_as(&self, encoding: &str, errors: &str) -> Result<Bytes> {
        codec::encode(self, encoding, errors)
    }
}
