//! Values to forms.

use super::MOST_NODES;
use super::json::Json;
use crate::complex::Complex;
use crate::exc::Exc;
use crate::float;
use crate::int::Int;
use crate::iter;
use crate::native::Object;
use crate::str::{Str, Text};
use crate::value::Value;
use crate::wire;

/// The value has more parts than a case may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooBig;

/// Bits of the largest int: CPython's own limit for the decimal text of an int.
const MOST_BITS: u64 = 13_000;

/// The form of a value.
///
/// # Errors
/// When it has too many parts.
pub fn form_of(value: &Value) -> Result<Json, TooBig> {
    Writer { left: MOST_NODES }.form(value)
}

/// The form of a result: an iterator is run to its end.
///
/// # Errors
/// What the iterator raises, or (inside) that there are too many parts.
pub fn iterated(value: &Value) -> Result<Result<Json, TooBig>, Exc> {
    if !is_iterator(value) {
        return Ok(form_of(value));
    }
    let mut writer = Writer { left: MOST_NODES };
    let mut items = Vec::new();
    while let Some(item) = iter::next(value)? {
        match writer.form(&item) {
            Ok(form) => items.push(form),
            Err(too_big) => return Ok(Err(too_big)),
        }
    }
    Ok(Ok(Json::tagged("g", Json::List(items))))
}

fn is_iterator(value: &Value) -> bool {
    match value {
        Value::Iter(_) => true,
        Value::Object(object) => object.native().is_iterator(),
        _ => false,
    }
}

struct Writer {
    left: i64,
}

impl Writer {
    fn form(&mut self, value: &Value) -> Result<Json, TooBig> {
        self.left -= 1;
        if self.left < 0 {
            return Err(TooBig);
        }
        Ok(match value {
            Value::None => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(value) => Json::Int(Int::Small(*value)),
            Value::BigInt(value) if value.bits() > MOST_BITS => return Err(TooBig),
            Value::BigInt(value) => Json::Int(Int::Big(value.clone())),
            Value::Float(value) => Json::tagged("f", number(*value)),
            Value::Str(text) => self.text(text),
            Value::Bytes(bytes) => Json::tagged("b", hex(bytes.as_slice())),
            Value::List(list) => self.row(&list.to_vec())?,
            Value::Tuple(tuple) => Json::tagged("t", self.row(tuple)?),
            Value::Dict(dict) => Json::tagged("d", self.pairs(&dict.items())?),
            Value::Set(set) => Json::tagged("s", self.sorted(&set.items())?),
            Value::FrozenSet(set) => Json::tagged("fs", self.sorted(&set.items().items())?),
            Value::Range(range) => {
                let parts = [&range.start, &range.stop, &range.step];
                Json::tagged("r", Json::List(parts.map(|part| Json::Int(part.clone())).into()))
            }
            Value::Object(object) => self.object(object, value)?,
            other => opaque(other),
        })
    }

    fn text(&mut self, text: &Str) -> Json {
        self.left -= (text.len() / 16) as i64;
        let points = text.points();
        match text.text() {
            Text::Wide(points) if points.iter().any(|point| (0xD800..0xE000).contains(point)) => surrogates(text),
            _ => Json::Text(points),
        }
    }

    fn row(&mut self, items: &[Value]) -> Result<Json, TooBig> {
        Ok(Json::List(
            items.iter().map(|item| self.form(item)).collect::<Result<_, _>>()?,
        ))
    }

    fn pairs(&mut self, items: &[(Value, Value)]) -> Result<Json, TooBig> {
        let pair = |(key, value): &(Value, Value)| Ok(Json::List(vec![self.form(key)?, self.form(value)?]));
        Ok(Json::List(items.iter().map(pair).collect::<Result<_, _>>()?))
    }

    fn sorted(&mut self, items: &[Value]) -> Result<Json, TooBig> {
        let mut forms: Vec<Json> = items.iter().map(|item| self.form(item)).collect::<Result<_, _>>()?;
        forms.sort_by_cached_key(Json::canonical);
        Ok(Json::List(forms))
    }

    fn object(&mut self, object: &Object, value: &Value) -> Result<Json, TooBig> {
        if let Some(complex) = object.downcast::<Complex>() {
            return Ok(Json::tagged(
                "c",
                Json::List(vec![number(complex.re), number(complex.im)]),
            ));
        }
        if let Some(bytes) = wire::bytearray_content(value) {
            return Ok(Json::tagged("ba", hex(bytes.as_slice())));
        }
        let unbounded = |value| matches!(crate::attr::get_attr(value, "maxlen"), Ok(Value::None));
        if value.type_name() == "deque" && unbounded(value) {
            let items = iter::collect(value).unwrap_or_default();
            return Ok(Json::tagged("dq", self.row(&items)?));
        }
        Ok(opaque(value))
    }
}

fn opaque(value: &Value) -> Json {
    Json::tagged("o", Json::text(&value.class().name().to_rust_string()))
}

fn number(value: f64) -> Json {
    Json::text(&float::repr(value).to_rust_string())
}

fn hex(bytes: &[u8]) -> Json {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Json::text(&digits)
}

fn surrogates(text: &Str) -> Json {
    let mut writer = wire::Writer::default();
    writer.put(&Value::Str(text.clone()));
    // A tag and four bytes of length stand before the text.
    Json::tagged("u", hex(&writer.out[5..]))
}
