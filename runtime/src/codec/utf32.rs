//! UTF-32.

use super::errors::{DecodeFault, EncodeFault, Handler, Instead};
use super::names::Order;
use crate::bytes::Bytes;
use crate::exc::Result;
use crate::str::{Str, StrBuf};

const MARK: u32 = 0xfeff;

fn name(order: Order) -> &'static str {
    match order {
        Order::Little => "utf-32-le",
        Order::Big => "utf-32-be",
        Order::Marked => "utf-32",
    }
}

pub(super) fn encode(text: &Str, order: Order, handler: Handler) -> Result<Bytes> {
    let mut out = Vec::with_capacity(text.len() * 4 + 4);
    if order == Order::Marked {
        out.extend_from_slice(&order.bytes32(MARK));
    }
    for at in 0..text.len() {
        match text.point(at) {
            0xd800..0xe000 => push_instead(&mut out, text, at, order, handler)?,
            point => out.extend_from_slice(&order.bytes32(point)),
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
            .for_each(|&byte| out.extend_from_slice(&order.bytes32(byte as u32))),
        Instead::Bytes(bytes) if bytes.len().is_multiple_of(4) => out.extend_from_slice(&bytes),
        Instead::Bytes(_) => return Err(fault.raise()),
    }
    Ok(())
}

pub(super) fn decode(data: &[u8], order: Order, handler: Handler) -> Result<Str> {
    let (order, mut at) = match (order, data) {
        (Order::Marked, [0xff, 0xfe, 0, 0, ..]) => (Order::Little, 4),
        (Order::Marked, [0, 0, 0xfe, 0xff, ..]) => (Order::Big, 4),
        _ => (order, 0),
    };
    let encoding = if order == Order::Big { "utf-32-be" } else { "utf-32-le" };
    let mut out = StrBuf::with_room(data.len() / 4, true);
    while at < data.len() {
        let point = data
            .get(at..at + 4)
            .map(|unit| order.read32([unit[0], unit[1], unit[2], unit[3]]));
        let (end, reason) = match point {
            None => (data.len(), "truncated data"),
            Some(0xd800..0xe000) => (at + 4, "code point in surrogate code point range(0xd800, 0xe000)"),
            Some(0x110000..) => (at + 4, "code point not in range(0x110000)"),
            Some(point) => {
                out.push_point(point);
                at += 4;
                continue;
            }
        };
        at = handler.decode(
            &DecodeFault {
                encoding,
                data,
                start: at,
                end,
                reason,
            },
            &mut out,
        )?;
    }
    Ok(out.finish_narrow())
}
