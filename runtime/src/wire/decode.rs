//! Bytes to values.

use num_bigint::BigInt;

use super::{names, slots};
use crate::bytes::Bytes;
use crate::complex::Complex;
use crate::dict::Dict;
use crate::exc::Exc;
use crate::exc::hierarchy::BASE_EXCEPTION;
use crate::instance::Instance;
use crate::int::Int;
use crate::iter::Iter;
use crate::list::List;
use crate::ops;
use crate::range::Range;
use crate::rc::Ref;
use crate::set::{FrozenSet, Set};
use crate::slice::Slice;
use crate::str::Str;
use crate::value::Value;

/// Rebuilds values that share one numbering.
pub struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    numbered: Vec<Value>,
}

impl<'a> Reader<'a> {
    pub fn new(data: &'a [u8]) -> Reader<'a> {
        Reader {
            data,
            at: 0,
            numbered: Vec::new(),
        }
    }

    /// The next value; `None` where the bytes are none, or ask for what cannot be made, such as a list in a set.
    pub fn value(&mut self) -> Option<Value> {
        let tag = self.byte()?;
        Some(match tag {
            b'N' => Value::None,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'i' => Value::Int(self.word()? as i64),
            b'I' => Value::from(Int::from_big(BigInt::from_signed_bytes_le(self.body()?))),
            b'f' => Value::Float(f64::from_bits(self.word()?)),
            b's' => Value::Str(self.text()?),
            b'b' => Value::Bytes(Bytes::from(self.body()?)),
            b'l' => self.list()?,
            b't' => Value::tuple(self.values()?),
            b'd' => self.dict()?,
            b'S' => self.set()?,
            b'Z' => Value::FrozenSet(FrozenSet::from_set(Set::from_items(self.values()?).ok()?)),
            b'R' => {
                let number = self.count()?;
                self.numbered.get(number)?.clone()
            }
            _ => self.rare(tag)?,
        })
    }

    fn rare(&mut self, tag: u8) -> Option<Value> {
        Some(match tag {
            b'c' => {
                let (real, imag) = (self.tagged_word(b'f')?, self.tagged_word(b'f')?);
                Value::object(Complex::new(f64::from_bits(real), f64::from_bits(imag)))
            }
            b'a' => {
                let bytes = names::bytearray(self.body()?)?;
                self.numbered(bytes)
            }
            b'q' => self.deque()?,
            b'r' => {
                let [start, stop, step] = [self.value()?, self.value()?, self.value()?].map(|part| part.as_int());
                Value::Range(Ref::new(Range::new(start?, stop?, step?).ok()?))
            }
            b'L' => {
                let (start, stop, step) = (self.value()?, self.value()?, self.value()?);
                Value::Slice(Ref::new(Slice { start, stop, step }))
            }
            b'g' => self.iterator()?,
            b'n' => names::resolve(self.name()?)?,
            b'e' => self.member()?,
            b'o' => self.instance()?,
            b'x' => self.exception()?,
            b'D' => Value::Ellipsis,
            b'M' => Value::NotImplemented,
            _ => return None,
        })
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.data.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let found = self.data.get(self.at..)?.get(..count)?;
        self.at += count;
        Some(found)
    }

    fn word(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes(8)?.try_into().ok()?))
    }

    fn tagged_word(&mut self, tag: u8) -> Option<u64> {
        if self.byte()? == tag { self.word() } else { None }
    }

    fn count(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?) as usize)
    }

    fn body(&mut self) -> Option<&'a [u8]> {
        let count = self.count()?;
        self.bytes(count)
    }

    fn name(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.body()?).ok()
    }

    fn text(&mut self) -> Option<Str> {
        let bytes = self.body()?;
        Some(if bytes.is_ascii() {
            Str::from_ascii(bytes)
        } else {
            Str::from_code_points(&points(bytes)?)
        })
    }

    fn numbered(&mut self, value: Value) -> Value {
        self.numbered.push(value.clone());
        value
    }

    fn values(&mut self) -> Option<Vec<Value>> {
        let count = self.count()?;
        (0..count).map(|_| self.value()).collect()
    }

    fn list(&mut self) -> Option<Value> {
        let list = List::new();
        self.numbered(Value::List(list.clone()));
        for _ in 0..self.count()? {
            list.append(self.value()?);
        }
        Some(Value::List(list))
    }

    fn dict(&mut self) -> Option<Value> {
        let dict = Dict::new();
        self.numbered(Value::Dict(dict.clone()));
        self.fill(&dict)?;
        Some(Value::Dict(dict))
    }

    fn fill(&mut self, dict: &Dict<Value, Value>) -> Option<()> {
        for _ in 0..self.count()? {
            let key = self.value()?;
            dict.set(key, self.value()?).ok()?;
        }
        Some(())
    }

    fn set(&mut self) -> Option<Value> {
        let set = Set::new();
        self.numbered(Value::Set(set.clone()));
        for _ in 0..self.count()? {
            set.add(self.value()?).ok()?;
        }
        Some(Value::Set(set))
    }

    fn deque(&mut self) -> Option<Value> {
        let longest = self.value()?;
        let place = self.numbered.len();
        self.numbered.push(Value::None);
        if self.byte()? != b'l' {
            return None;
        }
        let items = Value::list(self.values()?);
        let deque = crate::ops::call(&names::resolve("collections.deque")?, &[items, longest]).ok()?;
        self.numbered[place] = deque.clone();
        Some(deque)
    }

    fn iterator(&mut self) -> Option<Value> {
        let place = self.numbered.len();
        self.numbered.push(Value::None);
        let list = List::from_vec(self.values()?);
        if self.byte()? != b'.' {
            return None;
        }
        let iterator = Iter::List { list, next: 0 }.into_value();
        self.numbered[place] = iterator.clone();
        Some(iterator)
    }

    /// A member of an enumeration, by its class and name.
    fn member(&mut self) -> Option<Value> {
        let class = names::resolve(self.name()?)?;
        if self.byte()? != b's' {
            return None;
        }
        let name = self.text()?;
        ops::get_item(&class, &Value::Str(name)).ok()
    }

    /// An instance is made without running `__init__` and given its attributes directly.
    fn instance(&mut self) -> Option<Value> {
        let Value::Class(class) = names::resolve(self.name()?)? else {
            return None;
        };
        let place = self.numbered.len();
        self.numbered.push(Value::None);
        let payload = self.payload()?;
        if class.builtin().is_some() {
            return None;
        }
        let instance = Instance::new(class.clone(), payload);
        self.numbered[place] = Value::Instance(instance.clone());
        for (name, value) in self.attributes()? {
            slots::set(&instance, &name, value)?;
        }
        Some(Value::Instance(instance))
    }

    fn attributes(&mut self) -> Option<Vec<(Str, Value)>> {
        if self.byte()? != b'A' {
            return None;
        }
        let mut found = Vec::new();
        for _ in 0..self.count()? {
            if self.byte()? != b's' {
                return None;
            }
            found.push((self.text()?, self.value()?));
        }
        Some(found)
    }

    /// An exception of a class of the program, made without running `__init__`; its message comes of its arguments.
    fn exception(&mut self) -> Option<Value> {
        let Value::Class(class) = names::resolve(self.name()?)? else {
            return None;
        };
        let place = self.numbered.len();
        self.numbered.push(Value::None);
        let Value::Tuple(args) = self.value()? else { return None };
        if class.builtin().is_some() || !class.solid().derives_from(&BASE_EXCEPTION) {
            return None;
        }
        let solid = class.solid();
        let exception = Exc::of_class(class, solid, args);
        self.numbered[place] = exception.value();
        if self.byte()? != b's' {
            return None;
        }
        self.body()?;
        if let Value::Exception(cause) = self.value()? {
            exception.set_cause(Some(cause));
        }
        for (name, value) in self.attributes()? {
            exception.attrs().set_text(&name.to_rust_string(), value);
        }
        Some(exception.value())
    }

    fn payload(&mut self) -> Option<Option<Value>> {
        Some(match self.data.get(self.at)? {
            b'l' => {
                self.at += 1;
                Some(Value::list(self.values()?))
            }
            b'd' => {
                self.at += 1;
                let dict = Dict::new();
                self.fill(&dict)?;
                Some(Value::Dict(dict))
            }
            b'S' => {
                self.at += 1;
                Some(Value::Set(Set::from_items(self.values()?).ok()?))
            }
            _ => match self.value()? {
                Value::None => None,
                other => Some(other),
            },
        })
    }
}

/// Code points of UTF-8 in which lone surrogates stand as three bytes.
fn points(bytes: &[u8]) -> Option<Vec<u32>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let first = u32::from(bytes[at]);
        let (length, start) = match first {
            0..0x80 => (1, first),
            0xC0..0xE0 => (2, first & 0x1F),
            0xE0..0xF0 => (3, first & 0x0F),
            _ => (4, first & 0x07),
        };
        let rest = bytes.get(at + 1..at + length)?;
        out.push(
            rest.iter()
                .fold(start, |point, byte| (point << 6) | u32::from(byte & 0x3F)),
        );
        at += length;
    }
    Some(out)
}
