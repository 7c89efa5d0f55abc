//! Canonical bytes to [`Form`].

use std::collections::{HashMap, HashSet};
use std::fmt;

use num_bigint::BigInt;

use super::{End, Form, Raised};

/// Bytes that are no canonical encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub at: usize,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not the encoding of a value at byte {}", self.at)
    }
}

impl std::error::Error for Malformed {}

/// Values nested deeper than this are refused, so that hostile bytes cannot exhaust the stack.
const DEEPEST: u32 = 2_000;
/// A shared value larger than this is not repeated at its later meetings.
const LARGEST_REPEATED: usize = 200;

/// Reads one value; the bytes must end with it.
///
/// # Errors
/// When the bytes are not exactly one encoded value.
pub fn decode(data: &[u8]) -> Result<Form, Malformed> {
    let mut decoder = Decoder::new(data);
    let form = decoder.value()?;
    if decoder.at != data.len() {
        return Err(Malformed { at: decoder.at });
    }
    Ok(share(form))
}

/// Reads several values that share one numbering.
pub(crate) struct Decoder<'a> {
    pub data: &'a [u8],
    pub at: usize,
    numbered: u32,
    depth: u32,
}

impl<'a> Decoder<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Decoder {
            data,
            at: 0,
            numbered: 0,
            depth: 0,
        }
    }

    /// The next value; every numbered object in it stands in a [`Form::Shared`], references are [`Form::Again`].
    pub fn value(&mut self) -> Result<Form, Malformed> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.wrong();
        }
        let tag = self.byte()?;
        let form = match tag {
            b'l' | b'S' | b'd' | b'a' | b'q' | b'g' | b'o' | b'x' => self.numbered(tag)?,
            _ => self.plain(tag)?,
        };
        self.depth -= 1;
        Ok(form)
    }

    fn wrong<T>(&self) -> Result<T, Malformed> {
        Err(Malformed { at: self.at })
    }

    pub fn byte(&mut self) -> Result<u8, Malformed> {
        let Some(byte) = self.data.get(self.at) else {
            return self.wrong();
        };
        self.at += 1;
        Ok(*byte)
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let Some(found) = self.data.get(self.at..).and_then(|rest| rest.get(..count)) else {
            return self.wrong();
        };
        self.at += count;
        Ok(found)
    }

    fn word(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_le_bytes(self.bytes(8)?.try_into().expect("eight bytes")))
    }

    fn tagged_word(&mut self, tag: u8) -> Result<u64, Malformed> {
        if self.byte()? != tag { self.wrong() } else { self.word() }
    }

    fn count(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.bytes(4)?.try_into().expect("four bytes")))
    }

    fn body(&mut self) -> Result<&'a [u8], Malformed> {
        let count = self.count()? as usize;
        self.bytes(count)
    }

    fn name(&mut self) -> Result<String, Malformed> {
        Ok(String::from_utf8_lossy(self.body()?).into_owned())
    }

    fn tagged_body(&mut self, tag: u8) -> Result<&'a [u8], Malformed> {
        if self.byte()? != tag { self.wrong() } else { self.body() }
    }

    fn items(&mut self) -> Result<Vec<Form>, Malformed> {
        let count = self.count()? as usize;
        // A value takes a byte at least: a count beyond what is left is wrong, and must not be reserved for.
        if count > self.data.len() - self.at {
            return self.wrong();
        }
        (0..count).map(|_| self.value()).collect()
    }

    fn tagged_items(&mut self, tag: u8) -> Result<Vec<Form>, Malformed> {
        if self.byte()? != tag {
            self.wrong()
        } else {
            self.items()
        }
    }

    fn pairs(&mut self) -> Result<Vec<(Form, Form)>, Malformed> {
        let count = self.count()?;
        (0..count).map(|_| Ok((self.value()?, self.value()?))).collect()
    }

    fn parts(&mut self) -> Result<Box<[Form; 3]>, Malformed> {
        Ok(Box::new([self.value()?, self.value()?, self.value()?]))
    }

    fn plain(&mut self, tag: u8) -> Result<Form, Malformed> {
        Ok(match tag {
            b'N' => Form::None,
            b'T' => Form::Bool(true),
            b'F' => Form::Bool(false),
            b'i' => Form::int(self.word()? as i64),
            b'I' => Form::Int(BigInt::from_signed_bytes_le(self.body()?)),
            b'f' => Form::Float(self.word()?),
            b'c' => Form::Complex(self.tagged_word(b'f')?, self.tagged_word(b'f')?),
            b's' => Form::Str(self.body()?.to_vec()),
            b'b' => Form::Bytes(self.body()?.to_vec()),
            b't' => Form::Tuple(self.items()?),
            b'Z' => Form::Frozenset(self.items()?),
            b'r' => Form::Range(self.parts()?),
            b'L' => Form::Slice(self.parts()?),
            b'v' => Form::View(self.byte()?, self.tagged_items(b'l')?),
            b'n' => Form::Named(self.name()?),
            b'e' => Form::Member {
                class: self.name()?,
                name: String::from_utf8_lossy(self.tagged_body(b's')?).into_owned(),
            },
            b'p' => Form::Rebuilt {
                class: self.name()?,
                args: Box::new(self.value()?),
            },
            b'?' => Form::Opaque(self.name()?),
            b'R' => Form::Again(self.count()?),
            b'D' => Form::Ellipsis,
            b'M' => Form::NotImplemented,
            _ => return self.wrong(),
        })
    }

    fn numbered(&mut self, tag: u8) -> Result<Form, Malformed> {
        let number = self.numbered;
        self.numbered += 1;
        let form = match tag {
            b'l' => Form::List(self.items()?),
            b'S' => Form::Set(self.items()?),
            b'd' => Form::Dict(self.pairs()?),
            b'a' => Form::Bytearray(self.body()?.to_vec()),
            b'q' => Form::Deque {
                longest: Box::new(self.value()?),
                items: self.tagged_items(b'l')?,
            },
            b'g' => Form::Iterator {
                items: self.items()?,
                end: self.end()?,
            },
            b'o' => self.instance()?,
            _ => self.exception()?,
        };
        Ok(Form::Shared(number, Box::new(form)))
    }

    fn end(&mut self) -> Result<End, Malformed> {
        match self.data.get(self.at) {
            Some(b'.') => {
                self.at += 1;
                Ok(End::Exhausted)
            }
            Some(b'?') => {
                self.at += 1;
                self.body()?;
                Ok(End::Unread)
            }
            _ => Ok(End::Raised(Box::new(self.value()?))),
        }
    }

    fn instance(&mut self) -> Result<Form, Malformed> {
        let class = self.name()?;
        let payload = Box::new(self.payload()?);
        Ok(Form::Instance {
            class,
            payload,
            attributes: self.attributes()?,
        })
    }

    fn payload(&mut self) -> Result<Form, Malformed> {
        let tag = self.data.get(self.at).copied();
        let Some(tag @ (b'l' | b'S' | b'd' | b'a')) = tag else {
            return self.value();
        };
        self.at += 1;
        Ok(match tag {
            b'l' => Form::List(self.items()?),
            b'S' => Form::Set(self.items()?),
            b'd' => Form::Dict(self.pairs()?),
            _ => Form::Bytearray(self.body()?.to_vec()),
        })
    }

    fn exception(&mut self) -> Result<Form, Malformed> {
        Ok(Form::Exception(Box::new(Raised {
            class: self.name()?,
            args: self.value()?,
            message: self.tagged_body(b's')?.to_vec(),
            cause: self.value()?,
            attributes: self.attributes()?,
        })))
    }

    fn attributes(&mut self) -> Result<Vec<(String, Form)>, Malformed> {
        if self.byte()? != b'A' {
            return self.wrong();
        }
        let count = self.count()?;
        let mut found = Vec::new();
        for _ in 0..count {
            found.push((
                String::from_utf8_lossy(self.tagged_body(b's')?).into_owned(),
                self.value()?,
            ));
        }
        Ok(found)
    }
}

/// Takes the label off every object that is met once, and repeats the small ones that are met again.
pub(crate) fn share(mut form: Form) -> Form {
    let mut again = HashSet::new();
    find_references(&form, &mut again);
    unlabel(&mut form, &again);
    if !again.is_empty() {
        let mut first = HashMap::new();
        repeat(&mut form, &mut first, &mut Vec::new());
    }
    form
}

fn find_references(form: &Form, found: &mut HashSet<u32>) {
    if let Form::Again(label) = form {
        found.insert(*label);
    }
    form.for_each_part(&mut |part| find_references(part, found));
}

fn unlabel(form: &mut Form, again: &HashSet<u32>) {
    while let Form::Shared(label, inner) = form {
        if again.contains(label) {
            break;
        }
        *form = std::mem::replace(inner, Form::None);
    }
    form.for_each_part_mut(&mut |part| unlabel(part, again));
}

fn repeat(form: &mut Form, first: &mut HashMap<u32, Form>, around: &mut Vec<u32>) {
    match form {
        Form::Again(label) if !around.contains(label) => {
            if let Some(value) = first.get(label) {
                *form = value.clone();
            }
        }
        Form::Shared(label, inner) => {
            around.push(*label);
            repeat(inner, first, around);
            around.pop();
            if inner.size() <= LARGEST_REPEATED {
                first.insert(*label, Form::Shared(*label, inner.clone()));
            }
        }
        _ => form.for_each_part_mut(&mut |part| repeat(part, first, around)),
    }
}
