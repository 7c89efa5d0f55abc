//! Error handlers: what becomes of what does not fit.

use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use crate::str::{Str, StrBuf, push_hex_escape};
use crate::value::Value;

/// An error handler by its name, which matters only once there is an error.
#[derive(Clone, Copy)]
pub(super) struct Handler<'a>(pub &'a str);

/// A part of a text that an encoding cannot hold.
pub(super) struct EncodeFault<'a> {
    pub encoding: &'static str,
    pub text: &'a Str,
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// A part of the data that an encoding cannot mean.
pub(super) struct DecodeFault<'a> {
    pub encoding: &'static str,
    pub data: &'a [u8],
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// What to encode instead of a part of a text.
pub(super) enum Instead {
    /// ASCII text.
    Text(Vec<u8>),
    /// Bytes for the output as they are.
    Bytes(Vec<u8>),
}

impl EncodeFault<'_> {
    #[cold]
    pub(super) fn raise(&self) -> Exc {
        let args = vec![
            Value::str(self.encoding),
            Value::Str(self.text.clone()),
            Value::Int(self.start as i64),
            Value::Int(self.end as i64),
            Value::str(self.reason),
        ];
        exc::of_kind("UnicodeEncodeError", args)
    }

    fn points(&self) -> impl Iterator<Item = u32> + '_ {
        (self.start..self.end).map(|at| self.text.point(at))
    }
}

impl DecodeFault<'_> {
    #[cold]
    pub(super) fn raise(&self) -> Exc {
        let args = vec![
            Value::str(self.encoding),
            Value::Bytes(Bytes::from(self.data)),
            Value::Int(self.start as i64),
            Value::Int(self.end as i64),
            Value::str(self.reason),
        ];
        exc::of_kind("UnicodeDecodeError", args)
    }
}

impl Handler<'_> {
    /// Handles a fault in encoding.
    #[cold]
    pub(super) fn encode(self, fault: &EncodeFault) -> Result<Instead> {
        match self.0 {
            "strict" => Err(fault.raise()),
            "ignore" => Ok(Instead::Text(vec![])),
            "replace" => Ok(Instead::Text(vec![b'?'; fault.end - fault.start])),
            "backslashreplace" => {
                let mut out = StrBuf::new();
                fault.points().for_each(|point| push_hex_escape(&mut out, point));
                Ok(Instead::Text(out.finish().as_ascii().unwrap_or_default().into()))
            }
            "xmlcharrefreplace" => {
                let references: String = fault.points().map(|point| format!("&#{point};")).collect();
                Ok(Instead::Text(references.into_bytes()))
            }
            "surrogateescape" => {
                let bytes: Option<Vec<u8>> = fault.points().map(escaped_byte).collect();
                bytes.map(Instead::Bytes).ok_or_else(|| fault.raise())
            }
            "surrogatepass" => {
                let passed: Option<Vec<Vec<u8>>> = fault
                    .points()
                    .map(|point| surrogate_bytes(fault.encoding, point))
                    .collect();
                passed
                    .map(|parts| Instead::Bytes(parts.concat()))
                    .ok_or_else(|| fault.raise())
            }
            _ => Err(self.unknown()),
        }
    }

    /// Handles a fault in decoding: appends what stands for it, and answers where decoding goes on.
    #[cold]
    pub(super) fn decode(self, fault: &DecodeFault, out: &mut StrBuf) -> Result<usize> {
        let bytes = &fault.data[fault.start..fault.end];
        match self.0 {
            "strict" => return Err(fault.raise()),
            "ignore" => {}
            "replace" => out.push_point(0xfffd),
            "backslashreplace" => bytes.iter().for_each(|&byte| push_hex_escape(out, byte as u32)),
            "surrogateescape" => {
                let escaped = bytes.iter().take(4).take_while(|byte| **byte >= 128).count();
                if escaped == 0 {
                    return Err(fault.raise());
                }
                bytes[..escaped]
                    .iter()
                    .for_each(|&byte| out.push_point(0xdc00 + byte as u32));
                return Ok(fault.start + escaped);
            }
            "surrogatepass" => {
                let (point, width) = passed_surrogate(fault).ok_or_else(|| fault.raise())?;
                out.push_point(point);
                return Ok(fault.start + width);
            }
            "xmlcharrefreplace" | "namereplace" => {
                return Err(exc::type_error(
                    "don't know how to handle UnicodeDecodeError in error callback",
                ));
            }
            _ => return Err(self.unknown()),
        }
        Ok(fault.end)
    }

    fn unknown(self) -> Exc {
        if self.0 == "namereplace" {
            return exc::not_implemented_error("the namereplace error handler is not supported");
        }
        exc::lookup_error(&format!("unknown error handler name '{}'", self.0))
    }
}

/// The byte that a surrogate from `surrogateescape` stands for.
fn escaped_byte(point: u32) -> Option<u8> {
    (0xdc80..0xdd00).contains(&point).then_some(point as u8)
}

fn surrogate_bytes(encoding: &str, point: u32) -> Option<Vec<u8>> {
    if !(0xd800..0xe000).contains(&point) {
        return None;
    }
    Some(match encoding {
        "utf-8" => super::utf8::three_bytes(point).to_vec(),
        "utf-16" | "utf-16-le" => (point as u16).to_le_bytes().to_vec(),
        "utf-16-be" => (point as u16).to_be_bytes().to_vec(),
        "utf-32" | "utf-32-le" => point.to_le_bytes().to_vec(),
        "utf-32-be" => point.to_be_bytes().to_vec(),
        _ => return None,
    })
}

/// The surrogate that stands at the fault in an encoding's own form, and its width.
fn passed_surrogate(fault: &DecodeFault) -> Option<(u32, usize)> {
    let at = &fault.data[fault.start..];
    let (point, width) = match (fault.encoding, at) {
        ("utf-8", &[a, b, c, ..]) if a & 0xf0 == 0xe0 && b & 0xc0 == 0x80 && c & 0xc0 == 0x80 => {
            ((a as u32 & 15) << 12 | (b as u32 & 63) << 6 | c as u32 & 63, 3)
        }
        ("utf-16" | "utf-16-le", &[a, b, ..]) => (u16::from_le_bytes([a, b]) as u32, 2),
        ("utf-16-be", &[a, b, ..]) => (u16::from_be_bytes([a, b]) as u32, 2),
        ("utf-32" | "utf-32-le", &[a, b, c, d, ..]) => (u32::from_le_bytes([a, b, c, d]), 4),
        ("utf-32-be", &[a, b, c, d, ..]) => (u32::from_be_bytes([a, b, c, d]), 4),
        _ => return None,
    };
    (0xd800..0xe000).contains(&point).then_some((point, width))
}
