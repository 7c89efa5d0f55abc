//! The part of CPython's marshal format that profile dumps use (`Python/marshal.c`, versions 3 and 4).

use std::rc::Rc;

/// A value of a dump.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Rc<str>),
    Tuple(Rc<[Value]>),
    Dict(Rc<[(Value, Value)]>),
}

/// A damaged dump: what is wrong, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    pub what: &'static str,
    pub at: usize,
}

/// Set on a type byte where later bytes may refer to the object.
const FLAG_REF: u8 = 0x80;
/// Nothing in a profile is nested deeper.
const MAX_DEPTH: u32 = 32;

/// Reads the one value that a dump holds.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Damage> {
    let mut reader = Reader {
        bytes,
        pos: 0,
        refs: Vec::new(),
    };
    match reader.value(0)? {
        Some(value) => Ok(value),
        None => reader.damage("a stray end mark"),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    pos: usize,
    refs: Vec<Value>,
}

impl<'a> Reader<'a> {
    fn damage<T>(&self, what: &'static str) -> Result<T, Damage> {
        Err(Damage { what, at: self.pos })
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Damage> {
        match self
            .pos
            .checked_add(count)
            .and_then(|end| self.bytes.get(self.pos..end))
        {
            Some(taken) => {
                self.pos += count;
                Ok(taken)
            }
            None => self.damage("it ends too early"),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Damage> {
        Ok(self.take(N)?.try_into().expect("as many bytes as asked for"))
    }

    fn byte(&mut self) -> Result<u8, Damage> {
        Ok(self.array::<1>()?[0])
    }

    fn length(&mut self) -> Result<usize, Damage> {
        let length = i32::from_le_bytes(self.array()?);
        usize::try_from(length).or_else(|_| self.damage("a negative length"))
    }

    /// None for the mark that ends a dict.
    fn value(&mut self, depth: u32) -> Result<Option<Value>, Damage> {
        if depth > MAX_DEPTH {
            return self.damage("it is nested too deeply");
        }
        let tag = self.byte()?;
        let slot = (tag & FLAG_REF != 0).then(|| {
            self.refs.push(Value::None);
            self.refs.len() - 1
        });
        let value = match tag & !FLAG_REF {
            b'0' => return Ok(None),
            b'N' => Value::None,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'i' => Value::Int(i64::from(i32::from_le_bytes(self.array()?))),
            b'I' => Value::Int(i64::from_le_bytes(self.array()?)),
            b'l' => Value::Int(self.long()?),
            b'g' => Value::Float(f64::from_le_bytes(self.array()?)),
            b'u' | b't' | b's' | b'a' | b'A' => {
                let length = self.length()?;
                self.text(length)?
            }
            b'z' | b'Z' => {
                let length = usize::from(self.byte()?);
                self.text(length)?
            }
            b'(' => {
                let length = self.length()?;
                self.tuple(length, depth)?
            }
            b')' => {
                let length = usize::from(self.byte()?);
                self.tuple(length, depth)?
            }
            b'{' => self.dict(depth)?,
            b'r' => self.reference()?,
            _ => return self.damage("a kind of object that profiles do not hold"),
        };
        if let Some(slot) = slot {
            self.refs[slot] = value.clone();
        }
        Ok(Some(value))
    }

    /// An int in digits of 15 bits.
    fn long(&mut self) -> Result<i64, Damage> {
        let count = i32::from_le_bytes(self.array()?);
        let mut value: i128 = 0;
        for place in 0..count.unsigned_abs() {
            let digit = i128::from(u16::from_le_bytes(self.array()?));
            if place > 6 {
                return self.damage("a number that is too large");
            }
            value |= digit << (15 * place);
        }
        let signed = if count < 0 { -value } else { value };
        i64::try_from(signed).or_else(|_| self.damage("a number that is too large"))
    }

    fn text(&mut self, length: usize) -> Result<Value, Damage> {
        let bytes = self.take(length)?;
        Ok(Value::Text(String::from_utf8_lossy(bytes).into()))
    }

    fn tuple(&mut self, length: usize, depth: u32) -> Result<Value, Damage> {
        let mut items = Vec::new();
        for _ in 0..length {
            match self.value(depth + 1)? {
                Some(item) => items.push(item),
                None => return self.damage("a tuple with a hole"),
            }
        }
        Ok(Value::Tuple(items.into()))
    }

    fn dict(&mut self, depth: u32) -> Result<Value, Damage> {
        let mut items = Vec::new();
        while let Some(key) = self.value(depth + 1)? {
            match self.value(depth + 1)? {
                Some(value) => items.push((key, value)),
                None => return self.damage("a key without a value"),
            }
        }
        Ok(Value::Dict(items.into()))
    }

    fn reference(&mut self) -> Result<Value, Damage> {
        let at = u32::from_le_bytes(self.array()?) as usize;
        match self.refs.get(at) {
            Some(value) => Ok(value.clone()),
            None => self.damage("a reference to nothing"),
        }
    }
}
