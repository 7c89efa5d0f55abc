//! Values to bytes.

use std::collections::HashMap;

use num_bigint::BigInt;

use super::{MOST_DRAINED, names, slots};
use crate::attr;
use crate::complex::Complex;
use crate::dict::Dict;
use crate::exc::Exc;
use crate::instance::Instance;
use crate::int::Int;
use crate::iter;
use crate::native::Object;
use crate::range::Range;
use crate::str::{Str, Text};
use crate::value::Value;

const NAN: u64 = 0x7FF8_0000_0000_0000;
/// What the message of such an error goes on with names the part of CPython that noticed: another one once it has
/// specialised the code.
const TOO_DEEP: &str = "maximum recursion depth exceeded";

/// Appends encodings that share one numbering.
#[derive(Default)]
pub struct Writer {
    pub out: Vec<u8>,
    /// Some part could not be looked into, so that equal bytes prove nothing.
    pub opaque: bool,
    /// Numbers by the address of each numbered object.
    numbers: HashMap<usize, u32>,
    /// What was made on the way or is numbered, kept so that addresses stay unique.
    alive: Vec<Value>,
}

impl Writer {
    /// Appends the encoding of a value; iterators are drained.
    pub fn put(&mut self, value: &Value) {
        match value {
            Value::None => self.out.push(b'N'),
            Value::Bool(value) => self.out.push(if *value { b'T' } else { b'F' }),
            Value::Int(value) => self.put_word(b'i', *value as u64),
            Value::BigInt(value) => self.put_body(b'I', &value.to_signed_bytes_le()),
            Value::Float(value) => self.put_float(*value),
            Value::Str(text) => self.put_str(b's', text),
            Value::Bytes(bytes) => self.put_body(b'b', bytes.as_slice()),
            Value::List(list) => {
                if self.is_new(list.address(), value) {
                    self.put_items(b'l', &list.to_vec());
                }
            }
            Value::Tuple(tuple) => self.put_items(b't', tuple),
            Value::Dict(dict) => {
                if self.is_new(dict.address(), value) {
                    self.put_pairs(dict);
                }
            }
            Value::Set(set) => {
                if self.is_new(set.address(), value) {
                    self.put_items(b'S', &set.items());
                }
            }
            Value::FrozenSet(set) => self.put_items(b'Z', &set.items().items()),
            Value::Ellipsis => self.out.push(b'D'),
            Value::NotImplemented => self.out.push(b'M'),
            _ => self.put_rare(value),
        }
    }

    fn put_rare(&mut self, value: &Value) {
        match value {
            Value::Range(range) => self.put_range(range),
            Value::Slice(slice) => {
                self.out.push(b'L');
                [&slice.start, &slice.stop, &slice.step]
                    .into_iter()
                    .for_each(|part| self.put(part));
            }
            Value::Function(_) | Value::Builtin(_) | Value::Class(_) => match names::qualified(value) {
                Some(name) => self.put_body(b'n', name.as_bytes()),
                None => self.put_opaque(value),
            },
            Value::Instance(instance) if names::is_enumeration(&instance.class()) => {
                self.put_body(b'e', names::of_class(&instance.class()).as_bytes());
                self.put_str(b's', &names::of_member(value));
            }
            Value::Instance(instance) => {
                if self.is_new(instance.address(), value) {
                    self.put_instance(instance);
                }
            }
            Value::Exception(exception) => self.put_exception(exception),
            Value::Iter(iterator) => {
                if self.is_new(iterator.address(), value) {
                    self.put_iterator(value);
                }
            }
            Value::Object(object) => self.put_object(object, value),
            _ => self.put_opaque(value),
        }
    }

    fn put_word(&mut self, tag: u8, word: u64) {
        self.out.push(tag);
        self.out.extend(word.to_le_bytes());
    }

    fn put_count(&mut self, tag: u8, count: usize) {
        self.out.push(tag);
        self.out.extend((count as u32).to_le_bytes());
    }

    /// Appends a tag, a length and the bytes.
    pub fn put_body(&mut self, tag: u8, body: &[u8]) {
        self.put_count(tag, body.len());
        self.out.extend(body);
    }

    fn put_float(&mut self, value: f64) {
        self.put_word(b'f', if value.is_nan() { NAN } else { value.to_bits() });
    }

    fn put_int(&mut self, value: &Int) {
        match value {
            Int::Small(small) => self.put_word(b'i', *small as u64),
            Int::Big(big) => self.put_body(b'I', &BigInt::to_signed_bytes_le(big)),
        }
    }

    fn put_str(&mut self, tag: u8, text: &Str) {
        match text.text() {
            Text::Ascii(bytes) => self.put_body(tag, bytes),
            Text::Wide(points) => self.put_body(tag, &utf8(points)),
        }
    }

    /// Numbers an object; one met before is written as a reference, and false is answered.
    fn is_new(&mut self, address: usize, value: &Value) -> bool {
        let next = self.numbers.len() as u32;
        if let Some(number) = self.numbers.get(&address) {
            let number = *number as usize;
            self.put_count(b'R', number);
            return false;
        }
        self.numbers.insert(address, next);
        self.alive.push(value.clone());
        true
    }

    fn put_items(&mut self, tag: u8, items: &[Value]) {
        self.put_count(tag, items.len());
        items.iter().for_each(|item| self.put(item));
    }

    fn put_pairs(&mut self, dict: &Dict<Value, Value>) {
        let items = dict.items();
        self.put_count(b'd', items.len());
        for (key, value) in &items {
            self.put(key);
            self.put(value);
        }
    }

    fn put_range(&mut self, range: &Range) {
        self.out.push(b'r');
        [&range.start, &range.stop, &range.step]
            .into_iter()
            .for_each(|part| self.put_int(part));
    }

    fn put_opaque(&mut self, value: &Value) {
        self.opaque = true;
        let name = value.builtin_type().dotted_name();
        self.put_body(b'?', name.as_bytes());
    }

    // ---- instances ----

    fn put_instance(&mut self, instance: &Instance) {
        self.put_body(b'o', names::of_class(&instance.class()).as_bytes());
        self.put_payload(instance.payload());
        let mut attributes = instance.named_attributes();
        attributes.extend(slots::values_of(instance));
        self.put_attributes(attributes);
    }

    /// The value held as a built-in base; a container there has no number of its own.
    fn put_payload(&mut self, payload: Option<&Value>) {
        match payload {
            None => self.out.push(b'N'),
            Some(Value::List(list)) => self.put_items(b'l', &list.to_vec()),
            Some(Value::Dict(dict)) => self.put_pairs(dict),
            Some(Value::Set(set)) => self.put_items(b'S', &set.items()),
            Some(other) => self.put(other),
        }
    }

    /// Attributes by name: their order of assignment is no part of an outcome.
    fn put_attributes(&mut self, mut attributes: Vec<(Str, Value)>) {
        attributes.sort_by_key(|(name, _)| name.points());
        self.put_count(b'A', attributes.len());
        for (name, value) in &attributes {
            self.put_str(b's', name);
            self.put(value);
        }
    }

    /// Class, arguments, message, cause and, for the program's own classes, attributes of an exception.
    pub fn put_exception(&mut self, exception: &Exc) {
        let value = exception.value();
        if !self.is_new(exception.address(), &value) {
            return;
        }
        let class = names::of_class(&exception.class());
        self.put_body(b'x', class.as_bytes());
        match crate::text::str_of(&value) {
            Ok(message) if class == "RecursionError" && message.to_rust_string().starts_with(TOO_DEEP) => {
                self.put_items(b't', &[Value::str(TOO_DEEP)]);
                self.put_body(b's', TOO_DEEP.as_bytes());
            }
            Ok(message) => {
                self.put_items(b't', &exception.args());
                self.put_str(b's', &message);
            }
            Err(failure) => {
                self.put_items(b't', &exception.args());
                self.put_body(b's', format!("<str() raised {}>", failure.type_name()).as_bytes());
            }
        }
        match exception.cause() {
            Some(cause) => self.put_exception(&cause),
            None => self.out.push(b'N'),
        }
        let own = class.starts_with('.');
        self.put_attributes(if own {
            attributes_of(exception.attrs_if_any())
        } else {
            Vec::new()
        });
    }

    // ---- iterators and library objects ----

    /// What the iterator would still yield, and how it ends.
    fn put_iterator(&mut self, iterator: &Value) {
        let mut items = Vec::new();
        let end = loop {
            if items.len() == MOST_DRAINED {
                break Ok(false);
            }
            match iter::next(iterator) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break Ok(true),
                Err(failure) => break Err(failure),
            }
        };
        self.put_items(b'g', &items);
        self.alive.extend(items);
        match end {
            Ok(true) => self.out.push(b'.'),
            Ok(false) => {
                self.opaque = true;
                self.put_body(b'?', b"");
            }
            Err(failure) => self.put_exception(&failure),
        }
    }

    fn put_object(&mut self, object: &Object, value: &Value) {
        let kind = object.native().native_type();
        if let Some(complex) = object.downcast::<Complex>() {
            self.out.push(b'c');
            self.put_float(complex.re);
            self.put_float(complex.im);
        } else if let Some(bytes) = names::bytearray_content(value) {
            if self.is_new(object.address(), value) {
                self.put_body(b'a', bytes.as_slice());
            }
        } else if kind.module == "collections" && kind.name == "deque" {
            self.put_deque(object, value);
        } else if object.native().is_iterator() && matches!(kind.module, "builtins" | "itertools") {
            if self.is_new(object.address(), value) {
                self.put_iterator(value);
            }
        } else if matches!(kind.name, "dict_keys" | "dict_values" | "dict_items") {
            self.out.extend([b'v', kind.name.as_bytes()[5]]);
            self.put_items(b'l', &iter::collect(value).unwrap_or_default());
        } else if let Some(payload) = object.native().payload() {
            if self.is_new(object.address(), value) {
                self.put_extended(object, payload, value);
            }
        } else {
            self.put_opaque(value);
        }
    }

    fn put_deque(&mut self, object: &Object, value: &Value) {
        if self.is_new(object.address(), value) {
            self.out.push(b'q');
            self.put(&attr::get_attr(value, "maxlen").unwrap_or(Value::None));
            self.put_items(b'l', &iter::collect(value).unwrap_or_default());
        }
    }

    /// A library type that extends a built-in one: `defaultdict`, `Counter`, `OrderedDict`.
    fn put_extended(&mut self, object: &Object, payload: &Value, value: &Value) {
        let name = object.native().native_type().dotted_name();
        self.put_body(b'o', name.as_bytes());
        self.put_payload(Some(payload));
        let factory = match name.as_str() {
            "collections.defaultdict" => attr::get_attr(value, "default_factory").ok(),
            _ => None,
        };
        self.put_attributes(
            factory
                .map(|factory| (Str::from("default_factory"), factory))
                .into_iter()
                .collect(),
        );
    }
}

fn attributes_of(attrs: Option<&Dict<Value, Value>>) -> Vec<(Str, Value)> {
    let items = attrs.map(Dict::items).unwrap_or_default();
    let named = items.into_iter().filter_map(|(name, value)| match name {
        Value::Str(name) => Some((name, value)),
        _ => None,
    });
    named.collect()
}

/// UTF-8 as CPython's `surrogatepass` writes it: a lone surrogate is three bytes like any other code point.
fn utf8(points: &[u32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(points.len() * 2);
    for &point in points {
        match point {
            0..0x80 => out.push(point as u8),
            0x80..0x800 => out.extend([0xC0 | (point >> 6) as u8, tail(point)]),
            0x800..0x1_0000 => out.extend([0xE0 | (point >> 12) as u8, tail(point >> 6), tail(point)]),
            _ => out.extend([
                0xF0 | (point >> 18) as u8,
                tail(point >> 12),
                tail(point >> 6),
                tail(point),
            ]),
        }
    }
    out
}

fn tail(bits: u32) -> u8 {
    0x80 | (bits & 0x3F) as u8
}
