//! Encodings of one byte a character, each a table.

mod tables;

use super::errors::{DecodeFault, EncodeFault, Handler, Instead};
use crate::bytes::Bytes;
use crate::exc::Result;
use crate::str::{Str, StrBuf};
use std::collections::HashMap;
use tables::{NAMES, OTHERS, TABLES, UNDEFINED};

const REASON: &str = "character maps to <undefined>";

/// The number of an encoding, by its normalised name.
pub(super) fn find(name: &str) -> Option<u8> {
    NAMES
        .binary_search_by_key(&name, |row| row.0)
        .ok()
        .map(|at| NAMES[at].1)
}

/// Whether CPython has an encoding of this name that this runtime does not.
pub(super) fn is_other(name: &str) -> bool {
    OTHERS.binary_search(&name).is_ok()
}

pub(super) fn decode(data: &[u8], number: u8, handler: Handler) -> Result<Str> {
    let table = &TABLES[number as usize];
    let mut out = StrBuf::new();
    let mut at = 0;
    while at < data.len() {
        match table[data[at] as usize] {
            UNDEFINED => {
                let fault = DecodeFault {
                    encoding: "charmap",
                    data,
                    start: at,
                    end: at + 1,
                    reason: REASON,
                };
                at = handler.decode(&fault, &mut out)?;
            }
            point => {
                out.push_point(point as u32);
                at += 1;
            }
        }
    }
    Ok(out.finish())
}

pub(super) fn encode(text: &Str, number: u8, handler: Handler) -> Result<Bytes> {
    let bytes_of = inverse(number);
    let points = text.points();
    let mut out = Vec::with_capacity(points.len());
    let mut at = 0;
    while at < points.len() {
        if let Some(&byte) = bytes_of.get(&points[at]) {
            out.push(byte);
            at += 1;
            continue;
        }
        let run = points[at..].iter().position(|point| bytes_of.contains_key(point));
        let end = run.map_or(points.len(), |run| at + run);
        let fault = EncodeFault {
            encoding: "charmap",
            text,
            start: at,
            end,
            reason: REASON,
        };
        push_instead(&mut out, &fault, &bytes_of, handler)?;
        at = end;
    }
    Ok(Bytes::from(out))
}

/// What each code point is encoded as: the last byte that decodes to it, as CPython builds its map.
fn inverse(number: u8) -> HashMap<u32, u8> {
    let rows = TABLES[number as usize].iter().enumerate();
    rows.filter(|(_, point)| **point != UNDEFINED)
        .map(|(byte, &point)| (point as u32, byte as u8))
        .collect()
}

/// Replacement text goes through the table itself.
fn push_instead(out: &mut Vec<u8>, fault: &EncodeFault, bytes_of: &HashMap<u32, u8>, handler: Handler) -> Result<()> {
    match handler.encode(fault)? {
        Instead::Bytes(bytes) => out.extend_from_slice(&bytes),
        Instead::Text(ascii) => {
            for byte in ascii {
                out.push(*bytes_of.get(&(byte as u32)).ok_or_else(|| fault.raise())?);
            }
        }
    }
    Ok(())
}
