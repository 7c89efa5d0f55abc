//! ASCII and Latin-1.

use super::errors::{DecodeFault, EncodeFault, Handler, Instead};
use super::utf8::pass_escaped;
use crate::bytes::Bytes;
use crate::exc::Result;
use crate::str::{Str, StrBuf};

/// An encoding of code points below a limit, a byte each.
pub(super) struct Narrow {
    name: &'static str,
    limit: u32,
    reason: &'static str,
}

pub(super) const ASCII: Narrow = Narrow {
    name: "ascii",
    limit: 128,
    reason: "ordinal not in range(128)",
};
pub(super) const LATIN_1: Narrow = Narrow {
    name: "latin-1",
    limit: 256,
    reason: "ordinal not in range(256)",
};

pub(super) fn encode(text: &Str, narrow: Narrow, handler: Handler) -> Result<Bytes> {
    let points = text.points();
    let mut out = Vec::with_capacity(points.len());
    let mut at = 0;
    while at < points.len() {
        if points[at] < narrow.limit {
            out.push(points[at] as u8);
            at += 1;
            continue;
        }
        let fits = |&point: &u32| point < narrow.limit;
        let end = points[at..].iter().position(fits).map_or(points.len(), |run| at + run);
        let start = if handler.0 == "surrogateescape" {
            pass_escaped(&mut out, &points, at, end)
        } else {
            at
        };
        if start < end {
            let fault = EncodeFault {
                encoding: narrow.name,
                text,
                start,
                end,
                reason: narrow.reason,
            };
            let (Instead::Text(bytes) | Instead::Bytes(bytes)) = handler.encode(&fault)?;
            out.extend_from_slice(&bytes);
        }
        at = end;
    }
    Ok(Bytes::from(out))
}

pub(super) fn decode(data: &[u8], handler: Handler) -> Result<Str> {
    if data.is_ascii() {
        return Ok(Str::from_ascii(data));
    }
    let mut out = StrBuf::new();
    let mut at = 0;
    while at < data.len() {
        let run = data[at..]
            .iter()
            .position(|byte| *byte >= 128)
            .unwrap_or(data.len() - at);
        out.push_ascii_bytes(&data[at..at + run]);
        at += run;
        if at < data.len() {
            let fault = DecodeFault {
                encoding: "ascii",
                data,
                start: at,
                end: at + 1,
                reason: "ordinal not in range(128)",
            };
            at = handler.decode(&fault, &mut out)?;
        }
    }
    Ok(out.finish())
}

pub(super) fn decode_latin_1(data: &[u8]) -> Str {
    if data.is_ascii() {
        return Str::from_ascii(data);
    }
    let points: Vec<u32> = data.iter().map(|&byte| byte as u32).collect();
    Str::from_code_points(&points)
}
