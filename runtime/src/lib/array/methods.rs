//! The methods of `array.array`.

use super::object::{Array, of};
use crate::args;
use crate::bytes::{Bytes, contents};
use crate::exc::{self, Result};
use crate::lib::convert::size;
use crate::lib::params::{none, one};
use crate::list::List;
use crate::methods::{mutates, reads};
use crate::ops;
use crate::registry::{Field, Kwargs, Method};
use crate::value::Value;

pub static METHODS: &[Method] = &[
    reads("__copy__", copy),
    reads("__deepcopy__", deepcopy),
    mutates("append", append),
    mutates("byteswap", byteswap),
    reads("count", count),
    mutates("extend", extend),
    mutates("frombytes", frombytes),
    mutates("fromlist", fromlist),
    mutates("fromunicode", fromunicode),
    reads("index", index),
    mutates("insert", insert),
    mutates("pop", pop),
    mutates("remove", remove),
    mutates("reverse", reverse),
    reads("tobytes", tobytes),
    reads("tolist", tolist),
    reads("tounicode", tounicode),
];

pub static FIELDS: &[Field] = &[
    Field {
        name: "itemsize",
        get: |receiver| Ok(Value::Int(this(receiver)?.code.size() as i64)),
        set: None,
    },
    Field {
        name: "typecode",
        get: |receiver| Ok(Value::str(&this(receiver)?.code.letter().to_string())),
        set: None,
    },
];

fn this(receiver: &Value) -> Result<&Array> {
    of(receiver).ok_or_else(|| exc::type_error("descriptor requires an 'array.array' object"))
}

fn copied(array: &Array) -> Value {
    Value::object(array.like(array.items.to_vec()))
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("array.__copy__", args, kwargs)?;
    this(receiver).map(copied)
}

fn deepcopy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    one("array.__deepcopy__", args, kwargs)?;
    this(receiver).map(copied)
}

fn append(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let item = one("array.append", args, kwargs)?;
    let array = this(receiver)?;
    array.items.append(array.code.item(item)?);
    Ok(Value::None)
}

fn byteswap(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("array.byteswap", args, kwargs)?;
    let array = this(receiver)?;
    let mut bytes = array.to_bytes();
    bytes.chunks_exact_mut(array.code.size()).for_each(<[u8]>::reverse);
    let swapped = array.code.read(&bytes)?;
    array.items.clear();
    array.items.extend_vec(swapped);
    Ok(Value::None)
}

fn count(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let wanted = one("array.count", args, kwargs)?;
    let mut count = 0;
    for item in this(receiver)?.items.to_vec() {
        count += i64::from(ops::eq_bool(&item, wanted)?);
    }
    Ok(Value::Int(count))
}

fn extend(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("array.extend", kwargs)?;
    let [items] = args else {
        let given = args.len();
        return Err(exc::type_error(&format!(
            "extend() takes exactly 1 positional argument ({given} given)"
        )));
    };
    this(receiver)?.extend(items)?;
    Ok(Value::None)
}

fn frombytes(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let buffer = one("array.frombytes", args, kwargs)?;
    let Some(bytes) = contents(buffer) else {
        let kind = buffer.type_name();
        return Err(exc::type_error(&format!(
            "a bytes-like object is required, not '{kind}'"
        )));
    };
    this(receiver)?.extend_bytes(&bytes)?;
    Ok(Value::None)
}

fn fromlist(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let list = one("array.fromlist", args, kwargs)?;
    let Value::List(items) = list.payload() else {
        return Err(exc::type_error("arg must be list"));
    };
    let array = this(receiver)?;
    let items: Result<Vec<Value>> = items.to_vec().iter().map(|item| array.code.item(item)).collect();
    array.items.extend_vec(items?);
    Ok(Value::None)
}

fn fromunicode(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let text = one("array.fromunicode", args, kwargs)?;
    let Some(_) = text.as_str() else {
        let kind = text.type_name();
        return Err(exc::type_error(&format!(
            "fromunicode() argument must be str, not {kind}"
        )));
    };
    let array = this(receiver)?;
    if !array.code.is_text() {
        return Err(exc::value_error(
            "fromunicode() may only be called on unicode type arrays",
        ));
    }
    array.extend(text)?;
    Ok(Value::None)
}

fn index(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("array.index", kwargs)?;
    let wanted = match args {
        [] => return Err(exc::type_error("index expected at least 1 argument, got 0")),
        [wanted] | [wanted, _] | [wanted, _, _] => wanted,
        more => {
            let given = more.len();
            return Err(exc::type_error(&format!(
                "index expected at most 3 arguments, got {given}"
            )));
        }
    };
    let array = this(receiver)?;
    let len = array.items.len() as i64;
    let bound = |at: usize, default: i64| -> Result<i64> {
        let given = args.get(at).map_or(Ok(default), size)?;
        Ok(if given < 0 { (given + len).max(0) } else { given })
    };
    let (start, stop) = (bound(1, 0)?, bound(2, i64::MAX)?);
    let mut at = start;
    while at < stop
        && let Some(item) = array.items.at(at as usize)
    {
        if ops::eq_bool(&item, wanted)? {
            return Ok(Value::Int(at));
        }
        at += 1;
    }
    Err(exc::value_error("array.index(x): x not in array"))
}

fn insert(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("array.insert", kwargs)?;
    let [at, item] = args else {
        let given = args.len();
        return Err(exc::type_error(&format!("insert expected 2 arguments, got {given}")));
    };
    let array = this(receiver)?;
    let at = size(at)?;
    let item = array.code.item(item)?;
    array.items.insert(at, item);
    Ok(Value::None)
}

fn pop(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("array.pop", kwargs)?;
    let at = match args {
        [] => -1,
        [at] => size(at)?,
        more => {
            let given = more.len();
            return Err(exc::type_error(&format!(
                "pop expected at most 1 argument, got {given}"
            )));
        }
    };
    let array = this(receiver)?;
    if array.items.is_empty() {
        return Err(exc::index_error("pop from empty array"));
    }
    let len = array.items.len() as i64;
    let place = if at < 0 { at + len } else { at };
    if !(0..len).contains(&place) {
        return Err(exc::index_error("pop index out of range"));
    }
    array.items.pop_at(place)
}

fn remove(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let wanted = one("array.remove", args, kwargs)?;
    let array = this(receiver)?;
    for (at, item) in array.items.to_vec().iter().enumerate() {
        if ops::eq_bool(item, wanted)? {
            array.items.delete(at as i64)?;
            return Ok(Value::None);
        }
    }
    Err(exc::value_error("array.remove(x): x not in array"))
}

fn reverse(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("array.reverse", args, kwargs)?;
    this(receiver)?.items.reverse();
    Ok(Value::None)
}

fn tobytes(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("array.tobytes", args, kwargs)?;
    Ok(Value::Bytes(Bytes::from(this(receiver)?.to_bytes())))
}

fn tolist(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("array.tolist", args, kwargs)?;
    Ok(Value::List(List::from_vec(this(receiver)?.items.to_vec())))
}

fn tounicode(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("array.tounicode", args, kwargs)?;
    let array = this(receiver)?;
    if array.code.is_text() {
        return Ok(Value::Str(array.to_text()));
    }
    Err(exc::value_error(
        "tounicode() may only be called on unicode type arrays",
    ))
}
