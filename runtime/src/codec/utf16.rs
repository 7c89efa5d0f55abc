//! UTF-16.

use super::errors::{DecodeFault, EncodeFault, Handler, Instead};
use super::names::Order;
use crate::bytes::Bytes;
use crate::exc::Result;
use crate::str::{Str, StrBuf};

const MARK: u16 = 0xfeff;

fn name(order: Order) -> &'static str {
    match order {
        Order::Little => "utf-16-le",
        Order::Big => "utf-16-be",
        Order::Marked => "utf-16",
    }
}

pub(super) fn encode(text: &Str, order: Order, handler: Handler) -> Result<Bytes> {
    let mut out = Vec::with_capacity(text.len() * 2 + 2);
    if order == Order::Marked {
        out.extend_from_slice(&order.bytes16(MARK));
    }
    for at in 0..text.len() {
        match text.point(at) {
            0xd800..0xe000 => push_instead(&mut out, text, at, order, handler)?,
            point @ 0..0x10000 => out.extend_from_slice(&order.bytes16(point as u16)),
            point => {
                out.extend_from_slice(&order.bytes16(0xd7c0 + (point >> 10) as u16));
                out.extend_from_slice(&order.bytes16(0xdc00 + (point & 0x3ff) as u16));
            }
        }
    }
    Ok(Bytes::from(out))
}

fn push_instead(out: &mut Vec<u8>, text: &Str, at: usize, order: Order, handler: Handler) -> Result<()> {
    let fault = EncodeFault {
        encoding: name(order),
        text,
        start: at,
        end: at + 1,
        reason: "surrogates not allowed",
    };
    match handler.encode(&fault)? {
        Instead::Text(ascii) => ascii
            .iter()
            .for_each(|&byte| out.extend_from_slice(&order.bytes16(byte as u16))),
        Instead::Bytes(bytes) if bytes.len().is_multiple_of(2) => out.extend_from_slice(&bytes),
        Instead::Bytes(_) => return Err(fault.raise()),
    }
    Ok(())
}

pub(super) fn decode(data: &[u8], order: Order, handler: Handler) -> Result<Str> {
    let (order, mut at) = match (order, data) {
        (Order::Marked, [0xff, 0xfe, ..]) => (Order::Little, 2),
        (Order::Marked, [0xfe, 0xff, ..]) => (Order::Big, 2),
        _ => (order, 0),
    };
    let encoding = if order == Order::Big { "utf-16-be" } else { "utf-16-le" };
    let mut out = StrBuf::with_room(data.len() / 2, true);
    let unit = |at: usize| data.get(at..at + 2).map(|pair| order.read16([pair[0], pair[1]]));
    while at < data.len() {
        let (start, end, reason) = match (unit(at), unit(at + 2)) {
            (None, _) => (at, data.len(), "truncated data"),
            (Some(high @ 0xd800..0xdc00), Some(low @ 0xdc00..0xe000)) => {
                out.push_point(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
                at += 4;
                continue;
            }
            (Some(0xd800..0xdc00), None) => (at, data.len(), "unexpected end of data"),
            (Some(0xd800..0xdc00), Some(_)) => (at, at + 2, "illegal UTF-16 surrogate"),
            (Some(0xdc00..0xe000), _) => (at, at + 2, "illegal encoding"),
            (Some(point), _) => {
                out.push_point(point);
                at += 2;
                continue;
            }
        };
        at = handler.decode(
            &DecodeFault {
                encoding,
                data,
                start,
                end,
                reason,
            },
            &mut out,
        )?;
    }
    Ok(out.finish_narrow())
}
