//! Bytes to text by the rules of PEP 263: byte order mark, encoding cookie, UTF-8 by default.

use super::single_byte;
use std::fmt;

/// Why bytes are no text, in CPython's words, and on which line (from 1) where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    pub message: String,
    pub line: Option<u32>,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Decodes a Python file. A byte order mark is not part of the text.
///
/// # Errors
/// Bytes that the declared encoding does not have, an unknown encoding, a cookie that contradicts the
/// byte order mark, or an encoding that pivot does not read (CPython's multi-byte ones other than UTF-8).
pub fn decode(mut bytes: Vec<u8>) -> Result<String, DecodeError> {
    let has_bom = bytes.starts_with(BOM);
    if has_bom {
        bytes.drain(..BOM.len());
    }
    let Some(cookie) = cookie(&bytes) else {
        return decode_utf8(bytes, None);
    };
    let name = normalise(&cookie);
    if has_bom && name != "utf_8" {
        return Err(error(format!("encoding problem: {cookie} with BOM"), None));
    }
    match name.as_str() {
        "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" | "utf_8_sig" => {
            decode_utf8(bytes, Some("utf-8"))
        }
        "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "iso646_us" => decode_ascii(bytes),
        _ if is_latin1(&name) => Ok(bytes.into_iter().map(char::from).collect()),
        _ => decode_charset(bytes, &name, &cookie),
    }
}

fn error(message: String, line: Option<u32>) -> DecodeError {
    DecodeError { message, line }
}

fn decode_charset(bytes: Vec<u8>, name: &str, cookie: &str) -> Result<String, DecodeError> {
    let Some(charset) = single_byte::find(name) else {
        return Err(error(unreadable(name, cookie), None));
    };
    let upper: Vec<char> = charset.upper.chars().collect();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    for (at, &byte) in bytes.iter().enumerate() {
        let decoded = if byte < 0x80 {
            char::from(byte)
        } else {
            upper[usize::from(byte - 0x80)]
        };
        if decoded == char::REPLACEMENT_CHARACTER {
            let message = format!(
                "'charmap' codec can't decode byte {byte:#04x} in position {at}: character maps to <undefined>"
            );
            return Err(error(message, Some(line_of(&bytes, at))));
        }
        text.push(decoded);
    }
    Ok(text)
}

/// Encodings that CPython reads and pivot does not, so that the message does not call them unknown.
const UNREAD: &[&str] = &[
    "big5",
    "big5hkscs",
    "cp932",
    "cp949",
    "cp950",
    "euc_jis_2004",
    "euc_jisx0213",
    "euc_jp",
    "euc_kr",
    "gb18030",
    "gb2312",
    "gbk",
    "hz",
    "idna",
    "iso2022_jp",
    "iso2022_kr",
    "johab",
    "ms932",
    "raw_unicode_escape",
    "shift_jis",
    "sjis",
    "unicode_escape",
    "utf_16",
    "utf_32",
    "utf_7",
];

fn unreadable(name: &str, cookie: &str) -> String {
    if UNREAD.contains(&name) {
        format!("encoding {cookie} is not read by pivot: save the file as UTF-8")
    } else {
        format!("unknown encoding: {cookie}")
    }
}

fn decode_ascii(bytes: Vec<u8>) -> Result<String, DecodeError> {
    match bytes.iter().position(|byte| !byte.is_ascii()) {
        None => Ok(String::from_utf8(bytes).expect("ASCII is UTF-8")),
        Some(at) => {
            let byte = bytes[at];
            let message =
                format!("'ascii' codec can't decode byte {byte:#04x} in position {at}: ordinal not in range(128)");
            Err(error(message, Some(line_of(&bytes, at))))
        }
    }
}

/// `declared` is the encoding's name where a cookie gives it.
fn decode_utf8(bytes: Vec<u8>, declared: Option<&str>) -> Result<String, DecodeError> {
    String::from_utf8(bytes).map_err(|failed| {
        let at = failed.utf8_error().valid_up_to();
        let truncated = failed.utf8_error().error_len().is_none();
        let bytes = failed.as_bytes();
        let line = line_of(bytes, at);
        let byte = bytes[at];
        let message = match declared {
            None => format!(
                "Non-UTF-8 code starting with '\\x{byte:02x}' on line {line}, but no encoding declared; \
                 see https://peps.python.org/pep-0263/ for details"
            ),
            Some(name) => {
                let why = match byte {
                    _ if truncated => "unexpected end of data",
                    0xc2..=0xf4 => "invalid continuation byte",
                    _ => "invalid start byte",
                };
                format!("'{name}' codec can't decode byte {byte:#04x} in position {at}: {why}")
            }
        };
        error(message, Some(line))
    })
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    bytes[..at].iter().filter(|&&byte| byte == b'\n').count() as u32 + 1
}

/// The encoding declared in a comment on the first line, or on the second below an empty or comment line.
fn cookie(bytes: &[u8]) -> Option<String> {
    let mut lines = Lines { rest: bytes };
    let first = lines.next()?;
    if let Some(found) = cookie_in_line(first) {
        return Some(found);
    }
    let blank = first
        .iter()
        .take_while(|&&byte| byte != b'#')
        .all(|byte| b" \t\x0c".contains(byte));
    if blank { cookie_in_line(lines.next()?) } else { None }
}

/// The lines of a text that ends them with `\n`, `\r\n` or `\r`.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self
            .rest
            .iter()
            .position(|byte| b"\r\n".contains(byte))
            .unwrap_or(self.rest.len());
        let (line, tail) = self.rest.split_at(end);
        self.rest = tail.strip_prefix(b"\r\n").or_else(|| tail.get(1..)).unwrap_or(b"");
        Some(line)
    }
}

/// What `^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)` finds in one line.
fn cookie_in_line(line: &[u8]) -> Option<String> {
    let comment = line.iter().position(|byte| !b" \t\x0c".contains(byte))?;
    if line[comment] != b'#' {
        return None;
    }
    let rest = &line[comment..];
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    for at in 0..rest.len() {
        let Some(after) = rest[at..].strip_prefix(b"coding") else {
            continue;
        };
        let Some((b':' | b'=', after)) = after.split_first() else {
            continue;
        };
        let start = after
            .iter()
            .position(|byte| !b" \t".contains(byte))
            .unwrap_or(after.len());
        let name: Vec<u8> = after[start..].iter().copied().take_while(is_name).collect();
        if !name.is_empty() {
            return String::from_utf8(name).ok();
        }
    }
    None
}

/// Lower case with `_` for `-`; a suffix after `utf-8-` or a Latin-1 name does not count, as in CPython's tokenizer.
fn normalise(cookie: &str) -> String {
    let name = cookie.to_ascii_lowercase().replace(['-', ' '], "_");
    if name.starts_with("utf_8_") {
        return "utf_8".to_owned();
    }
    for latin in ["latin_1", "iso_8859_1", "iso_latin_1"] {
        if name.strip_prefix(latin).is_some_and(|rest| rest.starts_with('_')) {
            return latin.to_owned();
        }
    }
    name
}

fn is_latin1(name: &str) -> bool {
    matches!(
        name,
        "latin_1"
            | "latin1"
            | "latin"
            | "l1"
            | "iso_8859_1"
            | "iso8859_1"
            | "iso8859"
            | "8859"
            | "cp819"
            | "iso_latin_1"
            | "iso_ir_100"
            | "iso_8859_1_1987"
            | "csisolatin1"
            | "ibm819"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, &str>) {
        let got = decode(bytes.to_vec());
        assert_eq!(
            got.as_deref().map_err(|e| e.message.as_str()),
            expected,
            "{}",
            bytes.escape_ascii()
        );
    }

    #[test]
    fn utf8_is_the_default_and_a_byte_order_mark_is_dropped() {
        check(b"x = '\xc3\xa9'", Ok("x = 'é'"));
        check(b"\xef\xbb\xbfx = 1", Ok("x = 1"));
        check(
            b"\nx = '\xff'",
            Err(
                "Non-UTF-8 code starting with '\\xff' on line 2, but no encoding declared; \
                 see https://peps.python.org/pep-0263/ for details",
            ),
        );
    }

    #[test]
    fn a_cookie_counts_on_the_first_two_lines_only() {
        check(b"# coding: latin-1\n'\xe9'", Ok("# coding: latin-1\n'é'"));
        check(b"\n#coding=latin-1\n'\xe9'", Ok("\n#coding=latin-1\n'é'"));
        check(
            b"#!x\r\n# vim: fileencoding=koi8-r\r\n'\xc1'",
            Ok("#!x\r\n# vim: fileencoding=koi8-r\r\n'а'"),
        );
        assert!(decode(b"x=1\n#coding=latin-1\n'\xe9'".to_vec()).is_err());
        assert!(decode(b"#\n#\n#coding=latin-1\n'\xe9'".to_vec()).is_err());
    }

    #[test]
    fn wrong_declarations_are_named() {
        check(b"# coding: uft-8\n", Err("unknown encoding: uft-8"));
        check(
            b"\xef\xbb\xbf# coding: koi8-r\n",
            Err("encoding problem: koi8-r with BOM"),
        );
        check(
            b"# coding: ascii\n'\xe9'",
            Err("'ascii' codec can't decode byte 0xe9 in position 17: ordinal not in range(128)"),
        );
        check(
            b"# coding: euc-jp\n",
            Err("encoding euc-jp is not read by pivot: save the file as UTF-8"),
        );
    }

    #[test]
    fn single_byte_tables_are_whole() {
        for name in ["cp1252", "iso8859_5", "koi8_r", "mac_roman"] {
            let charset = single_byte::find(name).expect(name);
            assert_eq!(charset.upper.chars().count(), 128, "{name}");
        }
    }
}
