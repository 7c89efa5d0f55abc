//! `+`, `*` and `%` of sequences.

use super::try_index;
use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use crate::int::Int;
use crate::native::Operator;
use crate::value::Value;

/// `a + b` of two sequences of one kind.
pub(super) fn concat(a: &Value, b: &Value) -> Result<Option<Value>> {
    Ok(match (a, b) {
        (Value::Str(a), Value::Str(b)) => Some(Value::Str(a.concat(b))),
        (Value::List(a), Value::List(b)) => Some(Value::List(a.concat(b))),
        (Value::Tuple(a), Value::Tuple(b)) => Some(Value::Tuple(a.concat(b))),
        (Value::Bytes(a), Value::Bytes(b)) => Some(Value::Bytes(Bytes::from(
            [a.as_slice(), b.as_slice()].concat().as_slice(),
        ))),
        _ => None,
    })
}

/// `sequence * count` or `count * sequence`.
pub(super) fn repeat_either(a: &Value, b: &Value) -> Result<Option<Value>> {
    if is_sequence(a) { repeat(a, b) } else { repeat(b, a) }
}

pub(super) fn is_sequence(value: &Value) -> bool {
    matches!(
        value,
        Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_)
    )
}

fn repeat(sequence: &Value, count: &Value) -> Result<Option<Value>> {
    if !is_sequence(sequence) {
        return Ok(None);
    }
    let Some(count) = try_index(count)? else {
        return Ok(None);
    };
    let count = repeat_count(&count)?;
    Ok(Some(match sequence {
        Value::Str(text) => Value::Str(text.repeat(count)?),
        Value::List(list) => Value::List(list.repeat(count)?),
        Value::Tuple(tuple) => Value::Tuple(tuple.repeat(count)?),
        Value::Bytes(bytes) => Value::Bytes(Bytes::from(crate::list::repeated(bytes.as_slice(), count)?.as_slice())),
        _ => return Ok(None),
    }))
}

/// A count for repetition, within 64 bits.
///
/// # Errors
/// OverflowError beyond.
pub(super) fn repeat_count(count: &Int) -> Result<i64> {
    count
        .as_i64()
        .ok_or_else(|| exc::overflow_error("cannot fit 'int' into an index-sized integer"))
}

/// `text % arguments`.
pub(super) fn percent_format(a: &Value, b: &Value) -> Result<Option<Value>> {
    match a {
        Value::Str(text) => crate::format::percent(text, b).map(|text| Some(Value::Str(text))),
        Value::Bytes(bytes) => crate::format::percent_bytes(bytes, b).map(|bytes| Some(Value::Bytes(bytes))),
        _ => Ok(None),
    }
}

/// The TypeErrors that sequences word in their own way.
pub(super) fn misfit(op: Operator, a: &Value, b: &Value) -> Option<Exc> {
    let (left, right) = (a.payload(), b.payload());
    match (op, left) {
        (Operator::Add, Value::Str(_) | Value::List(_) | Value::Tuple(_)) => {
            let kind = left.builtin_type().name;
            let other = b.type_name();
            Some(exc::type_error(&format!(
                "can only concatenate {kind} (not \"{other}\") to {kind}"
            )))
        }
        (Operator::Add, Value::Bytes(_)) => Some(exc::type_error(&format!("can't concat {} to bytes", b.type_name()))),
        (Operator::Mul, _) if is_sequence(left) => Some(not_a_count(b)),
        (Operator::Mul, _) if is_sequence(right) => Some(not_a_count(a)),
        _ => None,
    }
}

fn not_a_count(value: &Value) -> Exc {
    exc::type_error(&format!(
        "can't multiply sequence by non-int of type '{}'",
        value.type_name()
    ))
}
