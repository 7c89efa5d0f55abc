//! Reads the Python literals of the tables: displays, constants, names of builtins, and calls of those.

use pivot_runtime::bytes::Bytes;
use pivot_runtime::dict::Dict;
use pivot_runtime::int::Int;
use pivot_runtime::set::Set;
use pivot_runtime::str::Str;
use pivot_runtime::{Value, builtins, ops};

pub struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

/// The value a Python expression of the table stands for.
pub fn read(text: &str) -> Value {
    let mut reader = Reader {
        text: text.as_bytes(),
        at: 0,
    };
    let value = reader.value();
    assert!(reader.peek() == b'\0', "trailing text in {text:?} at {}", reader.at);
    value
}

impl Reader<'_> {
    fn peek(&mut self) -> u8 {
        while self.text.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.text.get(self.at).copied().unwrap_or(b'\0')
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == wanted;
        self.at += found as usize;
        found
    }

    fn expect(&mut self, wanted: u8) {
        assert!(
            self.eat(wanted),
            "{:?} expected at {} in {:?}",
            wanted as char,
            self.at,
            String::from_utf8_lossy(self.text)
        );
    }

    fn value(&mut self) -> Value {
        match self.peek() {
            b'[' => Value::list(self.items(b'[', b']').0),
            b'(' => self.parenthesised(),
            b'{' => self.braces(),
            b'\'' | b'"' => Value::Str(self.string()),
            b'b' if matches!(self.text.get(self.at + 1), Some(b'\'' | b'"')) => {
                self.at += 1;
                let points = self.string().points();
                Value::Bytes(Bytes::from(
                    &points.iter().map(|&point| point as u8).collect::<Vec<u8>>()[..],
                ))
            }
            b'-' => {
                self.at += 1;
                ops::neg(&self.value()).expect("a number")
            }
            b'0'..=b'9' => self.number(),
            _ => self.name(),
        }
    }

    /// Items between brackets, and whether a comma followed the last.
    fn items(&mut self, open: u8, close: u8) -> (Vec<Value>, bool) {
        self.expect(open);
        let (mut items, mut comma) = (Vec::new(), false);
        while !self.eat(close) {
            items.push(self.value());
            comma = self.eat(b',');
        }
        (items, comma)
    }

    fn parenthesised(&mut self) -> Value {
        match self.items(b'(', b')') {
            (mut only, false) if only.len() == 1 => only.remove(0),
            (items, _) => Value::tuple(items),
        }
    }

    /// A dict, or a set of constants.
    fn braces(&mut self) -> Value {
        self.expect(b'{');
        let (dict, mut items) = (Dict::new(), Vec::new());
        while !self.eat(b'}') {
            let key = self.value();
            if self.eat(b':') {
                dict.set(key, self.value()).expect("a hashable key");
            } else {
                items.push(key);
            }
            self.eat(b',');
        }
        match items.len() {
            0 => Value::Dict(dict),
            1 | 2 => Value::Set(Set::from_items(items).expect("hashable items")),
            _ => Value::Set(Set::from_constants(items).expect("hashable items")),
        }
    }

    fn string(&mut self) -> Str {
        let quote = self.peek();
        self.at += 1;
        let mut points = Vec::new();
        let text = std::str::from_utf8(&self.text[self.at..]).expect("tables are UTF-8");
        let mut chars = text.char_indices();
        while let Some((offset, char)) = chars.next() {
            match char {
                '\\' => points.push(escape(&mut chars)),
                char if char as u32 == quote as u32 => {
                    self.at += offset + 1;
                    return Str::from_code_points(&points);
                }
                char => points.push(char as u32),
            }
        }
        panic!("unterminated string");
    }

    fn number(&mut self) -> Value {
        let start = self.at;
        while self.text.get(self.at).is_some_and(|byte| {
            byte.is_ascii_alphanumeric()
                || *byte == b'.'
                || (*byte == b'-' && self.text[self.at - 1] == b'e')
                || (*byte == b'+' && self.text[self.at - 1] == b'e')
        }) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).expect("digits");
        if text.contains(['.', 'e', 'n']) {
            Value::Float(text.parse().expect("a float"))
        } else {
            Value::from(Int::parse(&Str::from(text), 10).expect("an int"))
        }
    }

    /// A builtin, an attribute of one, or a call of that.
    fn name(&mut self) -> Value {
        let start = self.at;
        while self
            .text
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(byte))
        {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).expect("a name");
        let mut parts = text.split('.');
        let first = parts.next().unwrap_or_default();
        let mut value = match first {
            "inf" => Value::Float(f64::INFINITY),
            "nan" => Value::Float(f64::NAN),
            _ => builtins::get(first)
                .unwrap_or_else(|| panic!("no builtin {first:?} in {:?}", String::from_utf8_lossy(self.text))),
        };
        for part in parts {
            value = ops::get_attr(&value, part).expect("an attribute");
        }
        if self.peek() == b'(' {
            let (args, _) = self.items(b'(', b')');
            value = ops::call(&value, &args).expect("a call that succeeds");
        }
        value
    }
}

/// The code point after a backslash.
fn escape(chars: &mut std::str::CharIndices) -> u32 {
    let char = chars.next().expect("an escape").1;
    let mut hex = |digits: usize| {
        let text: String = chars.by_ref().take(digits).map(|(_, char)| char).collect();
        u32::from_str_radix(&text, 16).expect("hex digits")
    };
    match char {
        'n' => '\n' as u32,
        't' => '\t' as u32,
        'r' => '\r' as u32,
        'x' => hex(2),
        'u' => hex(4),
        'U' => hex(8),
        other => other as u32,
    }
}
