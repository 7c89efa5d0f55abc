//! Tokens of Python expressions, as far as the tables use them.

use pivot_runtime::str::Str;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    /// An int literal, decimal digits only.
    Int(String),
    Float(f64),
    Imaginary(f64),
    Text(Vec<u32>),
    Bytes(Vec<u8>),
    Mark(&'static str),
    End,
}

/// Longer marks first.
const MARKS: &[&str] = &[
    "**", "//", "<<", ">>", "==", "!=", "<=", ">=", "...", "(", ")", "[", "]", "{", "}", ",", ":", ".", "+", "-", "*",
    "/", "%", "&", "|", "^", "~", "<", ">", "=",
];

pub fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut found) = (0, Vec::new());
    while at < chars.len() {
        let c = chars[at];
        if c == ' ' {
            at += 1;
        } else if c.is_ascii_digit() || c == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
            found.push(number(&chars, &mut at));
        } else if c == '\'' || c == '"' {
            found.push(Token::Text(quoted(&chars, &mut at)));
        } else if c == 'b' && matches!(chars.get(at + 1), Some('\'' | '"')) {
            at += 1;
            found.push(Token::Bytes(
                quoted(&chars, &mut at).into_iter().map(|point| point as u8).collect(),
            ));
        } else if c == '_' || c.is_alphabetic() {
            let end = (at..chars.len()).find(|&end| !(chars[end] == '_' || chars[end].is_alphanumeric()));
            let end = end.unwrap_or(chars.len());
            found.push(Token::Name(chars[at..end].iter().collect()));
            at = end;
        } else {
            let rest: String = chars[at..].iter().take(3).collect();
            let mark = MARKS.iter().find(|mark| rest.starts_with(**mark));
            let mark = mark.unwrap_or_else(|| panic!("a token expected at {rest:?} of {source:?}"));
            found.push(Token::Mark(mark));
            at += mark.len();
        }
    }
    found.push(Token::End);
    found
}

fn number(chars: &[char], at: &mut usize) -> Token {
    let start = *at;
    let mut is_float = false;
    while let Some(&c) = chars.get(*at) {
        match c {
            '0'..='9' => {}
            '.' => is_float = true,
            'e' | 'E' => {
                is_float = true;
                *at += matches!(chars.get(*at + 1), Some('+' | '-')) as usize;
            }
            _ => break,
        }
        *at += 1;
    }
    let text: String = chars[start..*at].iter().collect();
    if chars.get(*at) == Some(&'j') {
        *at += 1;
        return Token::Imaginary(text.parse().expect("a number"));
    }
    if is_float {
        Token::Float(text.parse().expect("a number"))
    } else {
        Token::Int(text)
    }
}

fn quoted(chars: &[char], at: &mut usize) -> Vec<u32> {
    let quote = chars[*at];
    *at += 1;
    let mut points = Vec::new();
    while chars[*at] != quote {
        let c = chars[*at];
        *at += 1;
        points.push(if c == '\\' { escaped(chars, at) } else { c as u32 });
    }
    *at += 1;
    points
}

fn escaped(chars: &[char], at: &mut usize) -> u32 {
    let c = chars[*at];
    *at += 1;
    let width = match c {
        'n' => return 10,
        'r' => return 13,
        't' => return 9,
        'x' => 2,
        'u' => 4,
        'U' => 8,
        other => return other as u32,
    };
    let digits: String = chars[*at..*at + width].iter().collect();
    *at += width;
    u32::from_str_radix(&digits, 16).expect("hexadecimal digits")
}

/// The str of these code points.
pub fn text(points: &[u32]) -> Str {
    Str::from_code_points(points)
}
