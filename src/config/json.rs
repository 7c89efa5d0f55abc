//! A reader of JSON that remembers where everything stood and lets `//` comments pass.
//!
//! `.pivotrc` is JSON (RFC 8259) with line comments, so that the sample which `pivot init` writes can explain itself.
//! Strings and numbers are handed to `serde_json`, which knows their grammar.

/// A value and the place (line and column, from 1) where it begins.
#[derive(Clone, Debug)]
pub struct Node {
    pub line: usize,
    pub column: usize,
    pub data: Data,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Data {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    Array(Vec<Node>),
    /// The members in the order of the file; the key is a node for the sake of its place.
    Object(Vec<Member>),
}

/// One `"key": value` of an object.
#[derive(Clone, Debug)]
pub struct Member {
    pub key: String,
    pub line: usize,
    pub column: usize,
    pub value: Node,
}

impl Data {
    /// What a user calls this kind of value.
    pub fn kind(&self) -> &'static str {
        match self {
            Data::Null => "null",
            Data::Bool(_) => "true or false",
            Data::Number(_) => "a number",
            Data::Text(_) => "a string",
            Data::Array(_) => "a list",
            Data::Object(_) => "an object",
        }
    }
}

/// What stopped the reader, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: String,
    pub line: usize,
    pub column: usize,
}

/// Reads one JSON text.
///
/// # Errors
/// The first place where the text is no JSON.
pub fn read(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let node = reader.value()?;
    reader.skip_blank();
    if reader.at < text.len() {
        return Err(reader.fault("nothing may follow the closing brace"));
    }
    Ok(node)
}

/// Nesting beyond this is no configuration, and the reader is recursive.
const DEEPEST: usize = 64;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn place(&self) -> (usize, usize) {
        let before = &self.text[..self.at];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    fn fault(&self, message: impl Into<String>) -> Fault {
        let (line, column) = self.place();
        Fault {
            message: message.into(),
            line,
            column,
        }
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    fn eat(&mut self, token: char) -> bool {
        self.skip_blank();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len_utf8();
        }
        found
    }

    fn value(&mut self) -> Result<Node, Fault> {
        self.skip_blank();
        let (line, column) = self.place();
        let data = match self.rest().chars().next() {
            Some('{') => self.nested(Self::object)?,
            Some('[') => self.nested(Self::array)?,
            Some('"') => Data::Text(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            Some(_) => self.word()?,
            None => return Err(self.fault("the file ends where a value should stand")),
        };
        Ok(Node { line, column, data })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Data, Fault>) -> Result<Data, Fault> {
        if self.depth == DEEPEST {
            return Err(self.fault("nested too deeply"));
        }
        self.depth += 1;
        self.at += 1;
        let data = read(self)?;
        self.depth -= 1;
        Ok(data)
    }

    fn object(&mut self) -> Result<Data, Fault> {
        let mut members: Vec<Member> = Vec::new();
        while !self.eat('}') {
            if !members.is_empty() && !self.eat(',') {
                return Err(self.fault("expected a comma or a closing brace"));
            }
            if !members.is_empty() && self.eat('}') {
                return Err(self.fault("a comma stands before the closing brace"));
            }
            members.push(self.member(&members)?);
        }
        Ok(Data::Object(members))
    }

    fn member(&mut self, earlier: &[Member]) -> Result<Member, Fault> {
        self.skip_blank();
        if !self.rest().starts_with('"') {
            return Err(self.fault("expected a key in double quotes"));
        }
        let (line, column) = self.place();
        let key = self.string()?;
        if earlier.iter().any(|member| member.key == key) {
            return Err(Fault {
                message: format!("the key `{key}` stands here twice"),
                line,
                column,
            });
        }
        if !self.eat(':') {
            return Err(self.fault("expected a colon after the key"));
        }
        let value = self.value()?;
        Ok(Member {
            key,
            line,
            column,
            value,
        })
    }

    fn array(&mut self) -> Result<Data, Fault> {
        let mut items = Vec::new();
        while !self.eat(']') {
            if !items.is_empty() && !self.eat(',') {
                return Err(self.fault("expected a comma or a closing bracket"));
            }
            items.push(self.value()?);
        }
        Ok(Data::Array(items))
    }

    fn string(&mut self) -> Result<String, Fault> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find_map(|(at, c)| match c {
            '"' if !escaped => Some(at + 1),
            _ => {
                escaped = c == '\\' && !escaped;
                None
            }
        });
        let token = &rest[..end.ok_or_else(|| self.fault("this string never ends"))?];
        let read =
            serde_json::from_str(token).map_err(|_| self.fault("this string has a faulty escape or a line break"))?;
        self.at += token.len();
        Ok(read)
    }

    fn number(&mut self) -> Result<Data, Fault> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
            .unwrap_or(rest.len());
        let read =
            serde_json::from_str(&rest[..end]).map_err(|_| self.fault(format!("`{}` is no number", &rest[..end])))?;
        self.at += end;
        Ok(Data::Number(read))
    }

    fn word(&mut self) -> Result<Data, Fault> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let data = match &rest[..end] {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            "null" => Data::Null,
            "" => return Err(self.fault("expected a value")),
            word => return Err(self.fault(format!("`{word}` is no JSON value: strings stand in double quotes"))),
        };
        self.at += end;
        Ok(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (String, usize, usize) {
        let fault = read(text).expect_err("this text must be refused");
        (fault.message, fault.line, fault.column)
    }

    #[test]
    fn comments_pass_and_places_are_kept() {
        let node = read("// a\n{ // b\n  \"k\": [1, \"x // y\"] }\n").unwrap();
        let Data::Object(members) = node.data else {
            panic!("an object")
        };
        assert_eq!(
            (members[0].key.as_str(), members[0].line, members[0].column),
            ("k", 3, 3)
        );
        let Data::Array(items) = &members[0].value.data else {
            panic!("a list")
        };
        assert!(matches!(&items[1].data, Data::Text(text) if text == "x // y"));
    }

    #[test]
    fn faults_say_where_they_are() {
        assert_eq!(
            fault("{\n  profile: 1}"),
            ("expected a key in double quotes".into(), 2, 3)
        );
        assert_eq!(
            fault("{\"a\": 1 \"b\": 2}"),
            ("expected a comma or a closing brace".into(), 1, 9)
        );
        assert_eq!(
            fault("{\"a\": 1, \"a\": 2}"),
            ("the key `a` stands here twice".into(), 1, 10)
        );
        assert_eq!(fault("{\"a\": True}").1, 1);
        assert_eq!(fault("{\"a\": 1,}").0, "a comma stands before the closing brace");
        assert_eq!(fault("{\"a"), ("this string never ends".into(), 1, 2));
        assert_eq!(fault(&"[".repeat(5000)).0, "nested too deeply");
        assert_eq!(fault("").0, "the file ends where a value should stand");
        assert_eq!(fault("{} x").0, "nothing may follow the closing brace");
    }
}
