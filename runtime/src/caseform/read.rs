//! Forms to values.

use super::json::Json;
use crate::bytes::Bytes;
use crate::complex::Complex;
use crate::dict::Dict;
use crate::int::Int;
use crate::range::Range;
use crate::rc::Ref;
use crate::set::{FrozenSet, Set};
use crate::str::Str;
use crate::value::Value;
use crate::{ops, wire};

/// The value of a form.
///
/// # Errors
/// What is wrong with the form, in words.
pub fn value_of(form: &Json) -> Result<Value, String> {
    Ok(match form {
        Json::Null => Value::None,
        Json::Bool(value) => Value::Bool(*value),
        Json::Int(value) => Value::from(value.clone()),
        Json::Float(value) => Value::Float(*value),
        Json::Text(points) => Value::Str(Str::from_code_points(points)),
        Json::List(items) => Value::list(values_of(items)?),
        Json::Object(pairs) => match &pairs[..] {
            [(tag, body)] => tagged(tag, body)?,
            _ => return Err(format!("an object with {} keys instead of one", pairs.len())),
        },
    })
}

fn values_of(items: &[Json]) -> Result<Vec<Value>, String> {
    items.iter().map(value_of).collect()
}

fn tagged(tag: &str, body: &Json) -> Result<Value, String> {
    let wrong = || format!("`{tag}` does not hold what it should");
    match (tag, body) {
        ("f", Json::Text(_)) => float(body).map(Value::Float).ok_or_else(wrong),
        ("t", Json::List(items)) => Ok(Value::tuple(values_of(items)?)),
        ("d", Json::List(pairs)) => dict(pairs),
        ("s", Json::List(items)) => Ok(Value::Set(set(items)?)),
        ("fs", Json::List(items)) => Ok(Value::FrozenSet(FrozenSet::from_set(set(items)?))),
        ("b", Json::Text(_)) => Ok(Value::Bytes(Bytes::from(hex(body).ok_or_else(wrong)?))),
        ("ba", Json::Text(_)) => hex(body).and_then(|bytes| wire::bytearray(&bytes)).ok_or_else(wrong),
        ("u", Json::Text(_)) => surrogates(&hex(body).ok_or_else(wrong)?).ok_or_else(wrong),
        ("c", Json::List(parts)) => complex(parts).ok_or_else(wrong),
        ("r", Json::List(parts)) => range(parts).ok_or_else(wrong),
        ("dq", Json::List(items)) => deque(values_of(items)?).ok_or_else(wrong),
        _ => Err(format!("form `{tag}` cannot be rebuilt")),
    }
}

fn ascii(form: &Json) -> Option<String> {
    let Json::Text(points) = form else { return None };
    points.iter().map(|point| char::from_u32(*point)).collect()
}

fn float(form: &Json) -> Option<f64> {
    let text = ascii(form)?;
    match text.as_str() {
        "nan" => Some(f64::NAN),
        other => other.parse().ok(),
    }
}

fn hex(form: &Json) -> Option<Vec<u8>> {
    let text = ascii(form)?;
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn surrogates(bytes: &[u8]) -> Option<Value> {
    let mut encoded = b"s".to_vec();
    encoded.extend((bytes.len() as u32).to_le_bytes());
    encoded.extend(bytes);
    wire::Reader::new(&encoded).value()
}

fn dict(pairs: &[Json]) -> Result<Value, String> {
    let dict = Dict::new();
    for pair in pairs {
        let Json::List(pair) = pair else {
            return Err("a pair of `d` is no list".to_string());
        };
        let [key, value] = &pair[..] else {
            return Err("a pair of `d` has not two parts".to_string());
        };
        dict.set(value_of(key)?, value_of(value)?)
            .map_err(|error| error.message().to_rust_string())?;
    }
    Ok(Value::Dict(dict))
}

fn set(items: &[Json]) -> Result<Set<Value>, String> {
    Set::from_items(values_of(items)?).map_err(|error| error.message().to_rust_string())
}

fn complex(parts: &[Json]) -> Option<Value> {
    let [real, imag] = parts else { return None };
    Some(Value::object(Complex::new(float(real)?, float(imag)?)))
}

fn range(parts: &[Json]) -> Option<Value> {
    let [Json::Int(start), Json::Int(stop), Json::Int(step)] = parts else {
        return None;
    };
    let bounds: [Int; 3] = [start, stop, step].map(Int::clone);
    let [start, stop, step] = bounds;
    Some(Value::Range(Ref::new(Range::new(start, stop, step).ok()?)))
}

fn deque(items: Vec<Value>) -> Option<Value> {
    ops::call(&wire::resolve("collections.deque")?, &[Value::list(items)]).ok()
}
