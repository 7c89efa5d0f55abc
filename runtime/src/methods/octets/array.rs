//! What changes a bytearray.

use super::checks::{array, byte, like, with};
use crate::args;
use crate::bytes::contents;
use crate::exc::{self, Result, hierarchy};
use crate::iter;
use crate::registry::{Effects, Kwargs};
use crate::value::Value;

pub(super) const CHANGES: Effects = Effects::MUTATES_ARGS
    .union(Effects::READS_ARGS)
    .union(Effects::CALLS_BACK);

pub(super) fn append(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("bytearray.append", args, kwargs)?;
    let item = byte(item)?;
    array(this).with_mut(|bytes| bytes.push(item));
    Ok(Value::None)
}

pub(super) fn clear(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("bytearray.clear", args, kwargs)?;
    array(this).with_mut(Vec::clear);
    Ok(Value::None)
}

pub(super) fn copy(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("bytearray.copy", args, kwargs)?;
    Ok(like(this, with(this, <[u8]>::to_vec)))
}

pub(super) fn extend(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [items] = args::exactly("bytearray.extend", args, kwargs)?;
    let tail = match contents(items) {
        Some(bytes) => bytes,
        None => collected(items)?,
    };
    array(this).with_mut(|bytes| bytes.extend_from_slice(&tail));
    Ok(Value::None)
}

fn collected(items: &Value) -> Result<Vec<u8>> {
    let mut items = match iter::sized(items) {
        Ok(items) => items,
        Err(fault) if fault.is(&hierarchy::TYPE_ERROR) => {
            return Err(exc::type_error(&format!(
                "can't extend bytearray with {}",
                items.type_name()
            )));
        }
        Err(fault) => return Err(fault),
    };
    let mut tail = Vec::new();
    while let Some(item) = items.next()? {
        tail.push(byte(&item)?);
    }
    Ok(tail)
}

pub(super) fn insert(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [index, item] = args::exactly("bytearray.insert", args, kwargs)?;
    let (index, item) = (args::index(index)?, byte(item)?);
    array(this).with_mut(|bytes| {
        let len = bytes.len() as i64;
        let at = if index < 0 {
            (index + len).max(0)
        } else {
            index.min(len)
        };
        bytes.insert(at as usize, item);
    });
    Ok(Value::None)
}

pub(super) fn pop(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let index = match args::between("bytearray.pop", args, kwargs, 0, 1)? {
        [] => -1,
        [index, ..] => args::index(index)?,
    };
    array(this).with_mut(|bytes| {
        let len = bytes.len() as i64;
        let at = if index < 0 { index + len } else { index };
        match at {
            _ if len == 0 => Err(exc::index_error("pop from empty bytearray")),
            0.. if at < len => Ok(Value::Int(bytes.remove(at as usize) as i64)),
            _ => Err(exc::index_error("pop index out of range")),
        }
    })
}

pub(super) fn remove(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [item] = args::exactly("bytearray.remove", args, kwargs)?;
    let item = byte(item)?;
    array(this).with_mut(|bytes| match bytes.iter().position(|&byte| byte == item) {
        Some(at) => {
            bytes.remove(at);
            Ok(Value::None)
        }
        None => Err(exc::value_error("value not found in bytearray")),
    })
}

pub(super) fn reverse(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("bytearray.reverse", args, kwargs)?;
    array(this).with_mut(|bytes| bytes.reverse());
    Ok(Value::None)
}
