//! UTF-8.

use super::errors::{DecodeFault, EncodeFault, Handler, Instead};
use crate::bytes::Bytes;
use crate::exc::Result;
use crate::str::{Str, StrBuf, Text};

/// What `utf-8-sig` begins with.
pub(super) const SIGNATURE: &[u8] = b"\xef\xbb\xbf";

fn is_surrogate(point: u32) -> bool {
    (0xd800..0xe000).contains(&point)
}

/// The three-byte form, which surrogates have under `surrogatepass`.
pub(super) fn three_bytes(point: u32) -> [u8; 3] {
    [
        0xe0 | (point >> 12) as u8,
        0x80 | (point >> 6 & 63) as u8,
        0x80 | (point & 63) as u8,
    ]
}

#[inline]
fn push(out: &mut Vec<u8>, point: u32) {
    match point {
        0..0x80 => out.push(point as u8),
        0x80..0x800 => out.extend_from_slice(&[0xc0 | (point >> 6) as u8, 0x80 | (point & 63) as u8]),
        0x800..0x10000 => out.extend_from_slice(&three_bytes(point)),
        _ => {
            out.push(0xf0 | (point >> 18) as u8);
            let [_, b, c] = three_bytes(point & 0x3ffff);
            out.extend_from_slice(&[0x80 | (point >> 12 & 63) as u8, b, c]);
        }
    }
}

pub(super) fn encode(text: &Str, handler: Handler) -> Result<Bytes> {
    let Text::Wide(points) = text.text() else {
        return Ok(Bytes::from_block(text.block().clone()));
    };
    let mut out = Vec::with_capacity(points.len() * 2);
    let mut at = 0;
    while at < points.len() {
        if !is_surrogate(points[at]) {
            push(&mut out, points[at]);
            at += 1;
            continue;
        }
        let end = points[at..]
            .iter()
            .position(|&point| !is_surrogate(point))
            .map_or(points.len(), |run| at + run);
        let start = if handler.0 == "surrogateescape" {
            pass_escaped(&mut out, points, at, end)
        } else {
            at
        };
        if start < end {
            let fault = EncodeFault {
                encoding: "utf-8",
                text,
                start,
                end,
                reason: "surrogates not allowed",
            };
            let (Instead::Text(bytes) | Instead::Bytes(bytes)) = handler.encode(&fault)?;
            out.extend_from_slice(&bytes);
        }
        at = end;
    }
    Ok(Bytes::from(out))
}

/// Writes the bytes that escaped surrogates stand for; answers where others begin.
pub(super) fn pass_escaped(out: &mut Vec<u8>, points: &[u32], start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && (0xdc80..0xdd00).contains(&points[at]) {
        out.push(points[at] as u8);
        at += 1;
    }
    at
}

pub(super) fn decode(data: &[u8], handler: Handler) -> Result<Str> {
    if data.is_ascii() {
        return Ok(Str::from_ascii(data));
    }
    let mut out = StrBuf::with_room(data.len(), true);
    let mut at = 0;
    loop {
        let fault = match std::str::from_utf8(&data[at..]) {
            Ok(valid) => {
                out.push(valid);
                return Ok(out.finish_narrow());
            }
            Err(fault) => fault,
        };
        let start = at + fault.valid_up_to();
        out.push(std::str::from_utf8(&data[at..start]).unwrap_or_default());
        let (end, reason) = match fault.error_len() {
            None => (data.len(), "unexpected end of data"),
            Some(length) if is_start(data[start]) => (start + length, "invalid continuation byte"),
            Some(_) => (start + 1, "invalid start byte"),
        };
        at = handler.decode(
            &DecodeFault {
                encoding: "utf-8",
                data,
                start,
                end,
                reason,
            },
            &mut out,
        )?;
    }
}

fn is_start(byte: u8) -> bool {
    (0xc2..0xf5).contains(&byte)
}
