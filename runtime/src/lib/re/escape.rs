//! Escapes of a pattern: in the open and inside a character set.

use super::ast::{At, Category, Item, Node};
use super::parse::Groups;
use super::tokens::{Fault, Tokens};

/// What an escape means in the open.
pub fn in_pattern(tokens: &mut Tokens, escaped: u32, groups: &Groups) -> Result<Node, Fault> {
    if let Some(at) = place(escaped) {
        return Ok(Node::At(at));
    }
    if let Some(item) = category(escaped) {
        return Ok(Node::Set {
            negate: false,
            items: vec![item],
        });
    }
    if let Some(c) = control(escaped) {
        return Ok(Node::Literal(c));
    }
    match char::from_u32(escaped) {
        Some('0') => {
            let digits = tokens.take_while(2, |c| c.is_digit(8))?;
            Ok(Node::Literal(parse_radix(&format!("0{digits}"), 8)))
        }
        Some(first @ '1'..='9') => octal_or_group(tokens, first, groups),
        _ => common(tokens, escaped).map(Node::Literal),
    }
}

/// What an escape means inside a set.
pub fn in_set(tokens: &mut Tokens, escaped: u32) -> Result<Item, Fault> {
    if let Some(c) = control(escaped) {
        return Ok(Item::Literal(c));
    }
    if let Some(item) = category(escaped) {
        return Ok(item);
    }
    match char::from_u32(escaped) {
        Some(first @ '0'..='7') => {
            let text = format!("{first}{}", tokens.take_while(2, |c| c.is_digit(8))?);
            octal(tokens, &text).map(Item::Literal)
        }
        Some(digit @ '8'..='9') => Err(tokens.fault(format!("bad escape \\{digit}"), 2)),
        _ => common(tokens, escaped).map(Item::Literal),
    }
}

fn place(escaped: u32) -> Option<At> {
    Some(match char::from_u32(escaped)? {
        'A' => At::BeginningString,
        'b' => At::Boundary,
        'B' => At::NonBoundary,
        'Z' => At::EndString,
        _ => return None,
    })
}

fn category(escaped: u32) -> Option<Item> {
    let c = char::from_u32(escaped)?;
    let category = match c.to_ascii_lowercase() {
        'd' => Category::Digit,
        's' => Category::Space,
        'w' => Category::Word,
        _ => return None,
    };
    Some(Item::Category(category, c.is_ascii_uppercase()))
}

/// The character a letter after a backslash stands for, as in string literals.
pub fn control(escaped: u32) -> Option<u32> {
    Some(match char::from_u32(escaped)? {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

/// Escapes with one meaning everywhere: by code, by name, and punctuation for itself.
fn common(tokens: &mut Tokens, escaped: u32) -> Result<u32, Fault> {
    match char::from_u32(escaped) {
        Some('x') => hexadecimal(tokens, 'x', 2),
        Some('u') if tokens.is_text => hexadecimal(tokens, 'u', 4),
        Some('U') if tokens.is_text => hexadecimal(tokens, 'U', 8),
        Some('N') if tokens.is_text => Err(Fault::Unsupported("character names in regular expressions")),
        Some(c) if c.is_ascii_alphabetic() => Err(tokens.fault(format!("bad escape \\{c}"), 2)),
        _ => Ok(escaped),
    }
}

fn hexadecimal(tokens: &mut Tokens, letter: char, digits: usize) -> Result<u32, Fault> {
    let text = tokens.take_while(digits, |c| c.is_ascii_hexdigit())?;
    if text.len() != digits {
        return Err(tokens.fault(format!("incomplete escape \\{letter}{text}"), text.len() + 2));
    }
    let c = parse_radix(&text, 16);
    if c > 0x10ffff {
        return Err(tokens.fault(format!("bad escape \\{letter}{text}"), text.len() + 2));
    }
    Ok(c)
}

fn parse_radix(text: &str, radix: u32) -> u32 {
    u32::from_str_radix(text, radix).unwrap_or(u32::MAX)
}

fn octal(tokens: &Tokens, text: &str) -> Result<u32, Fault> {
    let c = parse_radix(text, 8);
    if c > 0o377 {
        let message = format!("octal escape value \\{text} outside of range 0-0o377");
        return Err(tokens.fault(message, text.len() + 1));
    }
    Ok(c)
}

/// Three octal digits are a character; anything else that begins with 1 to 9 refers to a group.
fn octal_or_group(tokens: &mut Tokens, first: char, groups: &Groups) -> Result<Node, Fault> {
    let mut text = String::from(first);
    if let Some(second) = tokens.peek_char().filter(char::is_ascii_digit) {
        tokens.get()?;
        text.push(second);
        if let Some(third) = tokens.peek_char().filter(|c| c.is_digit(8))
            && first.is_digit(8)
            && second.is_digit(8)
        {
            tokens.get()?;
            text.push(third);
            return octal(tokens, &text).map(Node::Literal);
        }
    }
    let group = parse_radix(&text, 10);
    if group >= groups.count() {
        return Err(tokens.fault(format!("invalid group reference {group}"), text.len()));
    }
    if !groups.is_closed(group) {
        return Err(tokens.fault("cannot refer to an open group", text.len() + 1));
    }
    groups.check_look_behind(group, tokens)?;
    Ok(Node::Backreference(group))
}

/// The octal escapes of a replacement template: the text after the backslash, as a character.
pub fn template_octal(tokens: &Tokens, text: &str) -> Result<u32, Fault> {
    octal(tokens, text)
}

/// A code point in a message that quotes a name.
pub fn quoted(points: &[u32]) -> String {
    crate::str::Str::from_code_points(points).repr().to_rust_string()
}
