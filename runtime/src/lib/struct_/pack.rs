//! Values to bytes and back.

use num_traits::ToPrimitive;

use super::half;
use super::layout::{Field, Kind, Layout, failed};
use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::int::Int;
use crate::lib::convert::{bytes_like, float};
use crate::ops;
use crate::value::Value;

/// The bytes of `values`, which are as many as the layout takes.
pub fn pack(layout: &Layout, values: &[Value]) -> Result<Vec<u8>> {
    let mut out = vec![0; layout.size];
    let mut values = values.iter();
    for field in &layout.fields {
        match field.kind {
            Kind::Pad => {}
            Kind::Bytes | Kind::Pascal => {
                let value = values.next().unwrap_or(&Value::None);
                pack_bytes(field, value, &mut out[field.offset..field.offset + field.count])?;
            }
            _ => {
                for index in 0..field.count {
                    let start = field.offset + index * field.size;
                    let value = values.next().unwrap_or(&Value::None);
                    pack_one(layout, field, value, &mut out[start..start + field.size])?;
                }
            }
        }
    }
    Ok(out)
}

fn pack_bytes(field: &Field, value: &Value, out: &mut [u8]) -> Result<()> {
    let Some(bytes) = bytes_like(value) else {
        return Err(failed(&format!("argument for '{}' must be a bytes object", field.code)));
    };
    let out = match field.kind {
        Kind::Pascal => {
            let Some((length, rest)) = out.split_first_mut() else {
                return Ok(());
            };
            *length = bytes.len().min(rest.len()).min(255) as u8;
            rest
        }
        _ => out,
    };
    let count = bytes.len().min(out.len());
    out[..count].copy_from_slice(&bytes[..count]);
    Ok(())
}

fn pack_one(layout: &Layout, field: &Field, value: &Value, out: &mut [u8]) -> Result<()> {
    match field.kind {
        Kind::Char => match value.payload() {
            Value::Bytes(bytes) if bytes.len() == 1 => out[0] = bytes.as_slice()[0],
            _ => return Err(failed("char format requires a bytes object of length 1")),
        },
        Kind::Bool => out[0] = u8::from(ops::truthy(value)?),
        Kind::Signed | Kind::Unsigned => place(layout, integer(field, value)?, out),
        Kind::Half => {
            let bits = half::from_f64(number(value)?);
            let bits = bits.ok_or_else(|| exc::overflow_error("float too large to pack with e format"))?;
            place(layout, u64::from(bits), out);
        }
        Kind::Single => {
            let wide = number(value)?;
            let narrow = wide as f32;
            if narrow.is_infinite() && wide.is_finite() && !layout.native {
                return Err(exc::overflow_error("float too large to pack with f format"));
            }
            place(layout, u64::from(narrow.to_bits()), out);
        }
        Kind::Double => place(layout, number(value)?.to_bits(), out),
        Kind::Pad | Kind::Bytes | Kind::Pascal => {}
    }
    Ok(())
}

fn number(value: &Value) -> Result<f64> {
    float(value).map_err(|raised| match raised.is(&exc::hierarchy::TYPE_ERROR) {
        true => failed("required argument is not a float"),
        false => raised,
    })
}

/// The low bytes of `bits` in the layout's order.
fn place(layout: &Layout, bits: u64, out: &mut [u8]) {
    let bytes = bits.to_le_bytes();
    out.copy_from_slice(&bytes[..out.len()]);
    if layout.big_endian {
        out.reverse();
    }
}

/// The bits of an int that fits the field.
fn integer(field: &Field, value: &Value) -> Result<u64> {
    let Some(int) = ops::try_index(value)? else {
        return Err(failed("required argument is not an integer"));
    };
    let out_of_range = || failed("argument out of range");
    if field.code == 'P' {
        return Ok(int.to_big().to_i128().ok_or_else(out_of_range)? as u64);
    }
    // Small unsigned fields are read as signed longs first, so that a negative number is told by its range.
    let as_signed = field.kind == Kind::Signed || field.size < 4;
    let wide = int.to_big().to_i128().filter(|wide| match as_signed {
        true => i64::try_from(*wide).is_ok(),
        false => u64::try_from(*wide).is_ok(),
    });
    let wide = wide.ok_or_else(out_of_range)?;
    let bits = 8 * field.size as u32;
    let (low, high) = match field.kind {
        Kind::Signed => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        _ => (0, (1i128 << bits) - 1),
    };
    if (low..=high).contains(&wide) {
        return Ok(wide as u64);
    }
    let name = match field.code {
        'b' => "byte".to_owned(),
        'B' => "ubyte".to_owned(),
        'h' => "short".to_owned(),
        'H' => "ushort".to_owned(),
        code => format!("'{code}'"),
    };
    Err(failed(&format!("{name} format requires {low} <= number <= {high}")))
}

/// The values that `bytes`, which are as many as the layout takes, hold.
pub fn unpack(layout: &Layout, bytes: &[u8]) -> Vec<Value> {
    let mut values = Vec::with_capacity(layout.value_count());
    for field in &layout.fields {
        let bytes = &bytes[field.offset..field.offset + field.count * field.size];
        match field.kind {
            Kind::Pad => {}
            Kind::Bytes => values.push(Value::Bytes(Bytes::from(bytes))),
            Kind::Pascal => {
                let length = bytes
                    .first()
                    .map_or(0, |&length| usize::from(length).min(bytes.len() - 1));
                values.push(Value::Bytes(Bytes::from(bytes.get(1..1 + length).unwrap_or(&[]))));
            }
            _ => values.extend(
                bytes
                    .chunks_exact(field.size)
                    .map(|bytes| unpack_one(layout, field, bytes)),
            ),
        }
    }
    values
}

fn unpack_one(layout: &Layout, field: &Field, bytes: &[u8]) -> Value {
    let fold = |bits: u64, byte: &u8| bits << 8 | u64::from(*byte);
    let bits = if layout.big_endian {
        bytes.iter().fold(0, fold)
    } else {
        bytes.iter().rev().fold(0, fold)
    };
    match field.kind {
        Kind::Char => Value::Bytes(Bytes::from(bytes)),
        Kind::Bool => Value::Bool(bits != 0),
        Kind::Signed => {
            let shift = 64 - 8 * field.size as u32;
            Value::Int((bits << shift) as i64 >> shift)
        }
        Kind::Half => Value::Float(half::to_f64(bits as u16)),
        Kind::Single => Value::Float(f64::from(f32::from_bits(bits as u32))),
        Kind::Double => Value::Float(f64::from_bits(bits)),
        _ => Value::from(Int::from(bits)),
    }
}
