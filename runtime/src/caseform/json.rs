//! JSON as the case format uses it: ints of any size, text with lone surrogates, keys in order.

use num_bigint::BigInt;

use crate::int::Int;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Int(Int),
    Float(f64),
    /// Code points; lone surrogates may be among them.
    Text(Vec<u32>),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Lists nested deeper than this are refused.
const DEEPEST: usize = 2_000;

impl Json {
    pub fn text(text: &str) -> Json {
        Json::Text(text.chars().map(u32::from).collect())
    }

    /// An object with one key.
    pub fn tagged(tag: &str, body: Json) -> Json {
        Json::Object(vec![(tag.to_string(), body)])
    }

    /// Reads one value.
    ///
    /// # Errors
    /// What is wrong, with the byte it is wrong at.
    pub fn parse(text: &str) -> Result<Json, String> {
        let mut parser = Parser {
            text: text.as_bytes(),
            at: 0,
            depth: 0,
        };
        let value = parser.value()?;
        parser.blanks();
        if parser.at < parser.text.len() {
            return parser.wrong("more text after the value");
        }
        Ok(value)
    }

    /// The value as ASCII on one line, keys in order of insertion.
    pub fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Int(value) => out.push_str(&value.to_big().to_string()),
            Json::Float(value) => out.push_str(&crate::float::repr(*value).to_rust_string()),
            Json::Text(points) => write_text(points, out),
            Json::List(items) => write_row('[', ']', items, out, |item, out| item.write(out)),
            Json::Object(pairs) => write_row('{', '}', pairs, out, |(key, value), out| {
                write_text(&key.chars().map(u32::from).collect::<Vec<_>>(), out);
                out.push_str(": ");
                value.write(out);
            }),
        }
    }

    /// One string a form, by which sets are sorted.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

fn write_row<T>(open: char, close: char, items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push(open);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write(item, out);
    }
    out.push(close);
}

fn write_text(points: &[u32], out: &mut String) {
    out.push('"');
    for &point in points {
        match point {
            0x22 => out.push_str("\\\""),
            0x5C => out.push_str("\\\\"),
            0x0A => out.push_str("\\n"),
            0x0D => out.push_str("\\r"),
            0x09 => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0C => out.push_str("\\f"),
            0x20..0x7F => out.push(point as u8 as char),
            0x1_0000.. => {
                let rest = point - 0x1_0000;
                out.push_str(&format!(
                    "\\u{:04x}\\u{:04x}",
                    0xD800 + (rest >> 10),
                    0xDC00 + (rest & 0x3FF)
                ));
            }
            _ => out.push_str(&format!("\\u{point:04x}")),
        }
    }
    out.push('"');
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn wrong<T>(&self, what: &str) -> Result<T, String> {
        Err(format!("{what} at byte {}", self.at))
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(|byte| b" \t\r\n".contains(byte)) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Result<Json, String> {
        self.blanks();
        match self.text.get(self.at) {
            Some(b'[') => self.nested(Self::list),
            Some(b'{') => self.nested(Self::object),
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, String>) -> Result<Json, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.wrong("nested too deeply");
        }
        self.at += 1;
        let found = read(self)?;
        self.depth -= 1;
        Ok(found)
    }

    fn list(&mut self) -> Result<Json, String> {
        let mut items = Vec::new();
        self.blanks();
        if self.take(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            self.blanks();
            if self.take(b']') {
                return Ok(Json::List(items));
            }
            if !self.take(b',') {
                return self.wrong("expected `,` or `]`");
            }
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut pairs = Vec::new();
        self.blanks();
        if self.take(b'}') {
            return Ok(Json::Object(pairs));
        }
        loop {
            self.blanks();
            if self.text.get(self.at) != Some(&b'"') {
                return self.wrong("expected a key");
            }
            let key = self
                .string()?
                .into_iter()
                .map(|point| char::from_u32(point).unwrap_or('\u{fffd}'))
                .collect();
            self.blanks();
            if !self.take(b':') {
                return self.wrong("expected `:`");
            }
            pairs.push((key, self.value()?));
            self.blanks();
            if self.take(b'}') {
                return Ok(Json::Object(pairs));
            }
            if !self.take(b',') {
                return self.wrong("expected `,` or `}`");
            }
        }
    }

    fn word(&mut self) -> Result<Json, String> {
        let words = [
            ("null", Json::Null),
            ("true", Json::Bool(true)),
            ("false", Json::Bool(false)),
            ("NaN", Json::Float(f64::NAN)),
            ("Infinity", Json::Float(f64::INFINITY)),
        ];
        for (word, value) in words {
            if self.text[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.wrong("expected a value")
    }

    fn number(&mut self) -> Result<Json, String> {
        let start = self.at;
        let part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        while self.text.get(self.at).is_some_and(part) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).unwrap_or_default();
        if let Ok(small) = text.parse::<i64>() {
            return Ok(Json::Int(Int::Small(small)));
        }
        if let Ok(big) = text.parse::<BigInt>() {
            return Ok(Json::Int(Int::from_big(big)));
        }
        match text.parse::<f64>() {
            Ok(float) => Ok(Json::Float(float)),
            Err(_) => self.wrong("no number"),
        }
    }

    fn string(&mut self) -> Result<Vec<u32>, String> {
        self.at += 1;
        let mut points: Vec<u32> = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
            let Some(end) = end else {
                return self.wrong("a string that does not end");
            };
            let plain = std::str::from_utf8(&rest[..end]).map_err(|_| "text that is no UTF-8".to_string())?;
            points.extend(plain.chars().map(u32::from));
            self.at += end + 1;
            if rest[end] == b'"' {
                return Ok(points);
            }
            self.escape(&mut points)?;
        }
    }

    fn escape(&mut self, points: &mut Vec<u32>) -> Result<(), String> {
        let Some(letter) = self.text.get(self.at) else {
            return self.wrong("a string that does not end");
        };
        self.at += 1;
        let point = match letter {
            b'n' => 0x0A,
            b'r' => 0x0D,
            b't' => 0x09,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'"' | b'\\' | b'/' => u32::from(*letter),
            b'u' => self.unit()?,
            _ => return self.wrong("an unknown escape"),
        };
        match points.last() {
            // The second half of a pair completes the first.
            Some(&high) if (0xDC00..0xE000).contains(&point) && (0xD800..0xDC00).contains(&high) => {
                points.pop();
                points.push(0x1_0000 + ((high - 0xD800) << 10) + (point - 0xDC00));
            }
            _ => points.push(point),
        }
        Ok(())
    }

    fn unit(&mut self) -> Result<u32, String> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => self.wrong("four hexadecimal digits expected"),
        }
    }
}
