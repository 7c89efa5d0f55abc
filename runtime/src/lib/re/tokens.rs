//! The characters of a pattern, one at a time with one of look-ahead; an escape counts as one.

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// `re.error` with its message and the place in the pattern.
    Pattern(String, Option<usize>),
    /// `OverflowError`.
    Overflow(&'static str),
    /// `ValueError`.
    Value(&'static str),
    /// `IndexError` (templates).
    Index(String),
    /// Nested too deeply.
    Recursion,
    /// Something CPython takes and this translation does not.
    Unsupported(&'static str),
}

/// A token: one character, or a backslash with the character after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {
    Char(u32),
    Escape(u32),
}

impl Token {
    /// The token as pattern text.
    pub fn text(self) -> String {
        match self {
            Token::Char(c) => show(c),
            Token::Escape(c) => format!("\\{}", show(c)),
        }
    }

    fn width(self) -> usize {
        match self {
            Token::Char(_) => 1,
            Token::Escape(_) => 2,
        }
    }
}

/// A code point for a message.
pub fn show(c: u32) -> String {
    char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
}

/// Reads a pattern or a replacement template.
pub struct Tokens<'a> {
    points: &'a [u32],
    /// True for text, false for bytes.
    pub is_text: bool,
    index: usize,
    next: Option<Token>,
}

impl<'a> Tokens<'a> {
    /// Begins at the first token; a lone backslash at the end is a fault.
    pub fn new(points: &'a [u32], is_text: bool) -> Result<Tokens<'a>, Fault> {
        let mut tokens = Tokens {
            points,
            is_text,
            index: 0,
            next: None,
        };
        tokens.advance()?;
        Ok(tokens)
    }

    fn advance(&mut self) -> Result<(), Fault> {
        let Some(&first) = self.points.get(self.index) else {
            self.next = None;
            return Ok(());
        };
        if first != u32::from(b'\\') {
            self.index += 1;
            self.next = Some(Token::Char(first));
            return Ok(());
        }
        let Some(&escaped) = self.points.get(self.index + 1) else {
            let place = self.points.len() - 1;
            return Err(Fault::Pattern("bad escape (end of pattern)".into(), Some(place)));
        };
        self.index += 2;
        self.next = Some(Token::Escape(escaped));
        Ok(())
    }

    /// The token ahead.
    pub fn peek(&self) -> Option<Token> {
        self.next
    }

    /// The character ahead, unless it is an escape.
    pub fn peek_char(&self) -> Option<char> {
        match self.next {
            Some(Token::Char(c)) => char::from_u32(c),
            _ => None,
        }
    }

    /// Takes the token ahead.
    pub fn get(&mut self) -> Result<Option<Token>, Fault> {
        let this = self.next;
        self.advance()?;
        Ok(this)
    }

    /// Takes the character ahead if it is `c`.
    pub fn accept(&mut self, c: char) -> Result<bool, Fault> {
        let found = self.next == Some(Token::Char(c as u32));
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Takes up to `limit` characters that satisfy `wanted`.
    pub fn take_while(&mut self, limit: usize, wanted: impl Fn(char) -> bool) -> Result<String, Fault> {
        let mut taken = String::new();
        while taken.len() < limit {
            match self.peek_char() {
                Some(c) if wanted(c) => taken.push(c),
                _ => break,
            }
            self.advance()?;
        }
        Ok(taken)
    }

    /// Takes everything up to `terminator`, and that too; `name` says what is being read.
    pub fn take_until(&mut self, terminator: char, name: &str) -> Result<Vec<u32>, Fault> {
        let start = self.tell();
        let mut end = start;
        loop {
            let token = self.get()?;
            match token {
                None if end == start => return Err(self.fault(format!("missing {name}"), 0)),
                None => {
                    let message = format!("missing {terminator}, unterminated name");
                    return Err(self.fault(message, end - start));
                }
                Some(Token::Char(c)) if c == terminator as u32 => break,
                Some(token) => end += token.width(),
            }
        }
        if end == start {
            return Err(self.fault(format!("missing {name}"), 1));
        }
        Ok(self.points[start..end].to_vec())
    }

    /// Where the token ahead begins.
    pub fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::width)
    }

    /// Goes back (or forth) to a place.
    pub fn seek(&mut self, place: usize) -> Result<(), Fault> {
        self.index = place;
        self.advance()
    }

    /// A fault `back` characters before the token ahead.
    pub fn fault(&self, message: impl Into<String>, back: usize) -> Fault {
        let message: String = message.into();
        let message = if self.is_text { message } else { ascii_only(&message) };
        Fault::Pattern(message, Some(self.tell() - back))
    }
}

/// Bytes patterns show what is not ASCII escaped.
fn ascii_only(message: &str) -> String {
    let mut shown = String::new();
    for c in message.chars() {
        if c.is_ascii() {
            shown.push(c);
        } else {
            shown.push_str(&format!("\\x{:02x}", c as u32));
        }
    }
    shown
}
