//! Reading JSON text, with the faults and places of CPython's scanner.

use super::fault::Fault;
use crate::depth;
use crate::dict::Dict;
use crate::exc::{Exc, Result};
use crate::float;
use crate::int::Int;
use crate::lib::convert::int;
use crate::lib::re::machine::Subject;
use crate::ops;
use crate::str::{Str, StrBuf, Text};
use crate::value::Value;

/// What the caller of `loads` wants done with the parts.
#[derive(Default)]
pub struct Hooks {
    pub object: Option<Value>,
    pub pairs: Option<Value>,
    pub float: Option<Value>,
    pub int: Option<Value>,
    pub constant: Option<Value>,
    /// Control characters in strings are allowed.
    pub lenient: bool,
}

/// Reads a whole text: `loads` of a str.
pub fn decode(text: &Str, hooks: &Hooks) -> Result<Value> {
    match text.text() {
        Text::Ascii(bytes) => Scanner::new(bytes, text, hooks).document(),
        Text::Wide(points) => Scanner::new(points, text, hooks).document(),
    }
}

/// Reads one value from `start` on; gives it with the place after it: `JSONDecoder.raw_decode`.
pub fn decode_prefix(text: &Str, start: usize, hooks: &Hooks) -> Result<(Value, usize)> {
    match text.text() {
        Text::Ascii(bytes) => Scanner::new(bytes, text, hooks).prefix(start),
        Text::Wide(points) => Scanner::new(points, text, hooks).prefix(start),
    }
}

/// How many recent keys are kept to be shared.
const MEMO: usize = 64;

struct Scanner<'a, S: Subject + ?Sized> {
    text: &'a S,
    whole: &'a Str,
    hooks: &'a Hooks,
    place: usize,
    /// None until a key comes that needs memory.
    keys: Vec<Option<Str>>,
}

impl<'a, S: Subject + ?Sized> Scanner<'a, S> {
    fn new(text: &'a S, whole: &'a Str, hooks: &'a Hooks) -> Scanner<'a, S> {
        Scanner {
            text,
            whole,
            hooks,
            place: 0,
            keys: Vec::new(),
        }
    }

    fn document(mut self) -> Result<Value> {
        self.skip_space();
        let value = self.value()?;
        self.skip_space();
        if self.place == self.text.len() {
            Ok(value)
        } else {
            Err(self.fault("Extra data", self.place))
        }
    }

    fn prefix(mut self, start: usize) -> Result<(Value, usize)> {
        self.place = start;
        let value = self.value()?;
        Ok((value, self.place))
    }

    #[cold]
    fn fault(&self, message: &str, place: usize) -> Exc {
        Fault {
            message,
            document: self.whole,
            place,
        }
        .raise()
    }

    /// The character at `place`; 0x110000, which no text holds, past the end.
    #[inline(always)]
    fn at(&self, place: usize) -> u32 {
        if place < self.text.len() {
            self.text.at(place)
        } else {
            0x110000
        }
    }

    #[inline(always)]
    fn is(&self, c: u8) -> bool {
        self.at(self.place) == u32::from(c)
    }

    #[inline(always)]
    fn skip_space(&mut self) {
        while matches!(self.at(self.place), 32 | 9 | 10 | 13) {
            self.place += 1;
        }
    }

    fn value(&mut self) -> Result<Value> {
        match char::from_u32(self.at(self.place)) {
            Some('"') => {
                self.place += 1;
                Ok(Value::Str(self.string()?))
            }
            Some('{') => {
                let _deeper = depth::enter_while(" while decoding a JSON object from a unicode string")?;
                self.place += 1;
                self.object()
            }
            Some('[') => {
                let _deeper = depth::enter_while(" while decoding a JSON array from a unicode string")?;
                self.place += 1;
                self.array()
            }
            Some('n') if self.word("null") => Ok(Value::None),
            Some('t') if self.word("true") => Ok(Value::Bool(true)),
            Some('f') if self.word("false") => Ok(Value::Bool(false)),
            Some('N') if self.word("NaN") => self.constant("NaN", f64::NAN),
            Some('I') if self.word("Infinity") => self.constant("Infinity", f64::INFINITY),
            Some('-') if self.word("-Infinity") => self.constant("-Infinity", f64::NEG_INFINITY),
            _ => self.number(),
        }
    }

    /// Takes `word` if it stands here.
    fn word(&mut self, word: &str) -> bool {
        let found = word
            .bytes()
            .enumerate()
            .all(|(i, byte)| self.at(self.place + i) == u32::from(byte));
        if found {
            self.place += word.len();
        }
        found
    }

    fn constant(&self, name: &str, value: f64) -> Result<Value> {
        match &self.hooks.constant {
            None => Ok(Value::Float(value)),
            Some(hook) => ops::call(hook, &[Value::str(name)]),
        }
    }

    fn digits(&self, mut place: usize) -> usize {
        while matches!(self.at(place), 48..=57) {
            place += 1;
        }
        place
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.place;
        let first = start + usize::from(self.is(b'-'));
        let mut end = match self.at(first) {
            48 => first + 1,
            49..=57 => self.digits(first),
            _ => return Err(self.fault("Expecting value", start)),
        };
        let whole = end;
        if self.at(end) == u32::from(b'.') && matches!(self.at(end + 1), 48..=57) {
            end = self.digits(end + 1);
        }
        if matches!(self.at(end), 69 | 101) {
            let sign = usize::from(matches!(self.at(end + 1), 43 | 45));
            let last = self.digits(end + 1 + sign);
            if last > end + 1 + sign {
                end = last;
            }
        }
        self.place = end;
        if end == whole {
            self.whole_number(start, end)
        } else {
            self.float(start, end)
        }
    }

    /// The characters of a number, which are ASCII.
    fn slice(&self, start: usize, end: usize) -> String {
        (start..end).map(|place| self.text.at(place) as u8 as char).collect()
    }

    fn whole_number(&self, start: usize, end: usize) -> Result<Value> {
        if let Some(hook) = &self.hooks.int {
            return ops::call(hook, &[Value::str(&self.slice(start, end))]);
        }
        if end - start <= 18 {
            let negative = self.at(start) == u32::from(b'-');
            let first = start + usize::from(negative);
            let size = (first..end).fold(0, |n, place| n * 10 + i64::from(self.text.at(place) as u8 - b'0'));
            return Ok(Value::Int(if negative { -size } else { size }));
        }
        Ok(int(Int::parse(&Str::from(self.slice(start, end)), 10)?))
    }

    fn float(&self, start: usize, end: usize) -> Result<Value> {
        let text = Str::from(self.slice(start, end));
        match &self.hooks.float {
            Some(hook) => ops::call(hook, &[Value::Str(text)]),
            None => Ok(Value::Float(float::parse(&text)?)),
        }
    }

    fn array(&mut self) -> Result<Value> {
        let mut items = Vec::new();
        self.skip_space();
        if self.is(b']') {
            self.place += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.is(b']') {
                self.place += 1;
                return Ok(Value::list(items));
            }
            self.comma()?;
        }
    }

    fn comma(&mut self) -> Result<()> {
        if !self.is(b',') {
            return Err(self.fault("Expecting ',' delimiter", self.place));
        }
        self.place += 1;
        self.skip_space();
        Ok(())
    }

    fn object(&mut self) -> Result<Value> {
        let mut pairs = Vec::new();
        let dict = Dict::new();
        self.skip_space();
        if self.is(b'}') {
            self.place += 1;
            return self.finish_object(dict, pairs);
        }
        loop {
            if !self.is(b'"') {
                return Err(self.fault("Expecting property name enclosed in double quotes", self.place));
            }
            self.place += 1;
            let key = self.key()?;
            self.skip_space();
            if !self.is(b':') {
                return Err(self.fault("Expecting ':' delimiter", self.place));
            }
            self.place += 1;
            self.skip_space();
            let value = self.value()?;
            if self.hooks.pairs.is_some() {
                pairs.push(Value::tuple(vec![Value::Str(key), value]));
            } else {
                dict.set(Value::Str(key), value)?;
            }
            self.skip_space();
            if self.is(b'}') {
                self.place += 1;
                return self.finish_object(dict, pairs);
            }
            self.comma()?;
        }
    }

    fn finish_object(&self, dict: Dict<Value, Value>, pairs: Vec<Value>) -> Result<Value> {
        if let Some(hook) = &self.hooks.pairs {
            return ops::call(hook, &[Value::list(pairs)]);
        }
        match &self.hooks.object {
            Some(hook) => ops::call(hook, &[Value::Dict(dict)]),
            None => Ok(Value::Dict(dict)),
        }
    }

    /// A key: equal ones share one string.
    fn key(&mut self) -> Result<Str> {
        let key = self.string()?;
        if key.is_short() {
            return Ok(key);
        }
        if self.keys.is_empty() {
            self.keys.resize(MEMO, None);
        }
        let slot = key_slot(&key);
        if let Some(known) = &self.keys[slot]
            && *known == key
        {
            return Ok(known.clone());
        }
        self.keys[slot] = Some(key.clone());
        Ok(key)
    }

    /// A string after its opening quote.
    fn string(&mut self) -> Result<Str> {
        let begin = self.place - 1;
        let start = self.place;
        let end = self.plain_end(start, begin)?;
        if self.at(end) == u32::from(b'"') {
            self.place = end + 1;
            return Ok(self.piece(start, end));
        }
        let mut out = StrBuf::new();
        self.escaped_string(&mut out, begin, start, end)?;
        Ok(out.finish())
    }

    /// The place of the next quote or backslash.
    fn plain_end(&self, start: usize, begin: usize) -> Result<usize> {
        let mut place = start;
        loop {
            match self.at(place) {
                34 | 92 => return Ok(place),
                0..=31 if !self.hooks.lenient => return Err(self.fault("Invalid control character at", place)),
                0x110000 => return Err(self.fault("Unterminated string starting at", begin)),
                _ => place += 1,
            }
        }
    }

    fn piece(&self, start: usize, end: usize) -> Str {
        match self.whole.text() {
            Text::Ascii(bytes) => Str::from_ascii(&bytes[start..end]),
            Text::Wide(points) => Str::from_code_points(&points[start..end]),
        }
    }

    fn escaped_string(&mut self, out: &mut StrBuf, begin: usize, start: usize, end: usize) -> Result<()> {
        let (mut start, mut end) = (start, end);
        loop {
            out.push_str(&self.piece(start, end));
            if self.at(end) == u32::from(b'"') {
                self.place = end + 1;
                return Ok(());
            }
            let (point, next) = self.escape(end, begin)?;
            out.push_point(point);
            start = next;
            end = self.plain_end(start, begin)?;
        }
    }

    /// The character of the escape whose backslash is at `place`, and the place after it.
    fn escape(&self, place: usize, begin: usize) -> Result<(u32, usize)> {
        let point = match self.at(place + 1) {
            0x110000 => return Err(self.fault("Unterminated string starting at", begin)),
            0x75 => return self.unicode_escape(place + 2),
            c @ (34 | 92 | 47) => c,
            0x62 => 8,
            0x66 => 12,
            0x6e => 10,
            0x72 => 13,
            0x74 => 9,
            _ => return Err(self.fault("Invalid \\escape", place)),
        };
        Ok((point, place + 2))
    }

    /// Four hexadecimal digits, or two fours that are the halves of one character.
    fn unicode_escape(&self, place: usize) -> Result<(u32, usize)> {
        let end = place + 4;
        let bad = |place: usize| self.fault("Invalid \\uXXXX escape", place);
        if end >= self.text.len() {
            return Err(bad(place - 1));
        }
        let first = self.four_digits(place).ok_or_else(|| bad(place - 1))?;
        let pair = matches!(first, 0xd800..=0xdbff)
            && end + 6 < self.text.len()
            && self.at(end) == u32::from(b'\\')
            && self.at(end + 1) == u32::from(b'u');
        if !pair {
            return Ok((first, end));
        }
        match self.four_digits(end + 2).ok_or_else(|| bad(end + 1))? {
            low @ 0xdc00..=0xdfff => Ok((0x10000 + ((first & 0x3ff) << 10) + (low & 0x3ff), end + 6)),
            _ => Ok((first, end)),
        }
    }

    fn four_digits(&self, place: usize) -> Option<u32> {
        (place..place + 4).try_fold(0, |number, place| {
            let digit = char::from_u32(self.at(place)).filter(char::is_ascii)?.to_digit(16)?;
            Some(number << 4 | digit)
        })
    }
}

fn key_slot(key: &Str) -> usize {
    let mix = |hash: u32, unit: u32| (hash ^ unit).wrapping_mul(0x0100_0193);
    let hash = match key.text() {
        Text::Ascii(bytes) => bytes.iter().fold(0x811c_9dc5, |hash, &byte| mix(hash, u32::from(byte))),
        Text::Wide(points) => points.iter().fold(0x811c_9dc5, |hash, &point| mix(hash, point)),
    };
    hash as usize % MEMO
}
