//! Escapes in string literals.

use super::{WideText, push_source_text};

/// Decodes a string literal's content (without quotes); errors are CPython's whole message.
pub(in crate::syntax) fn decode(content: &str, is_raw: bool) -> Result<WideText, String> {
    let mut out = WideText::default();
    if is_raw || !content.contains('\\') {
        push_source_text(&mut out, content);
        return Ok(out);
    }
    let mut decoder = Decoder {
        rest: content,
        position: 0,
        out,
    };
    decoder.run()?;
    Ok(decoder.out)
}

struct Decoder<'a> {
    rest: &'a str,
    /// Where CPython's decoder would stand: it sees every non-ASCII character as a ten-byte escape.
    position: usize,
    out: WideText,
}

impl Decoder<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(at) = self.rest.find('\\') {
            let plain = &self.rest[..at];
            push_source_text(&mut self.out, plain);
            self.position += codec_width(plain);
            self.rest = &self.rest[at + 1..];
            self.escape()?;
        }
        push_source_text(&mut self.out, self.rest);
        Ok(())
    }

    /// `rest` stands behind the backslash, `position` on it.
    fn escape(&mut self) -> Result<(), String> {
        let Some(c) = self.rest.chars().next() else {
            self.out.push('\\');
            return Ok(());
        };
        match c {
            '\n' => self.skip(1),
            '\r' => self.skip(if self.rest.starts_with("\r\n") { 2 } else { 1 }),
            '0'..='7' => self.octal(),
            'x' => self.hex(2, "\\xXX"),
            'u' => self.hex(4, "\\uXXXX"),
            'U' => self.hex(8, "\\UXXXXXXXX"),
            'N' => self.named(),
            _ => {
                match simple(c) {
                    Some(meaning) => self.out.push(meaning),
                    None => {
                        self.out.push('\\');
                        self.out.push(c);
                    }
                }
                self.take(c.len_utf8());
                Ok(())
            }
        }
    }

    fn skip(&mut self, bytes: usize) -> Result<(), String> {
        self.take(bytes);
        Ok(())
    }

    /// Passes over the backslash and `bytes` behind it.
    fn take(&mut self, bytes: usize) {
        self.position += 1 + codec_width(&self.rest[..bytes]);
        self.rest = &self.rest[bytes..];
    }

    fn octal(&mut self) -> Result<(), String> {
        let digits = self
            .rest
            .bytes()
            .take(3)
            .take_while(|byte| matches!(byte, b'0'..=b'7'))
            .count();
        let code = u32::from_str_radix(&self.rest[..digits], 8).unwrap_or(0);
        self.out.push_code(code);
        self.take(digits);
        Ok(())
    }

    fn hex(&mut self, width: usize, form: &str) -> Result<(), String> {
        let digits = self
            .rest
            .bytes()
            .skip(1)
            .take(width)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        if digits < width {
            return Err(self.fault(1 + digits, &format!("truncated {form} escape")));
        }
        let code = u32::from_str_radix(&self.rest[1..=width], 16).unwrap_or(u32::MAX);
        if code > 0x10_ffff {
            return Err(self.fault(1 + digits, "illegal Unicode character"));
        }
        self.out.push_code(code);
        self.take(1 + width);
        Ok(())
    }

    fn named(&mut self) -> Result<(), String> {
        let Some(inner) = self.rest.strip_prefix("N{") else {
            return Err(self.fault(1, "malformed \\N character escape"));
        };
        let Some(length) = inner.find('}') else {
            return Err(self.fault(self.rest.len(), "malformed \\N character escape"));
        };
        if length == 0 {
            return Err(self.fault(2, "malformed \\N character escape"));
        }
        let Some(c) = unicode_names2::character(&inner[..length]) else {
            return Err(self.fault(length + 3, "unknown Unicode character name"));
        };
        self.out.push(c);
        self.take(length + 3);
        Ok(())
    }

    /// The escape's backslash and `bytes` behind it are at fault.
    fn fault(&self, bytes: usize, why: &str) -> String {
        let last = self.position + codec_width(&self.rest[..bytes.min(self.rest.len())]);
        let place = if last == self.position {
            format!("can't decode byte 0x5c in position {last}: \\ at end of string")
        } else {
            format!("can't decode bytes in position {}-{last}: {why}", self.position)
        };
        format!("(unicode error) 'unicodeescape' codec {place}")
    }
}

/// The length of a text in the form that CPython's decoder is given.
fn codec_width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum()
}

/// Escapes of one character; the same in strings and bytes.
pub(super) fn simple(c: char) -> Option<char> {
    Some(match c {
        '\\' | '\'' | '"' => c,
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::ast::Constant;

    fn check(content: &str, expected: &str) {
        let decoded = decode(content, false).map(WideText::into_constant);
        assert_eq!(decoded, Ok(Constant::Str(expected.to_owned())), "{content}");
    }

    fn check_error(content: &str, expected: &str) {
        assert_eq!(
            decode(content, false).map(WideText::into_constant),
            Err(expected.to_owned())
        );
    }

    #[test]
    fn escapes_mean_what_they_mean_in_cpython() {
        check(r"a\tb\\\'\x41\101\u00e9\N{LATIN SMALL LETTER A}\q", "a\tb\\'AAéa\\q");
        check("a\\\nb\\\r\nc\r\nd", "abc\nd");
        check(r"\777", "\u{1ff}");
    }

    #[test]
    fn lone_surrogates_survive() {
        let constant = decode(r"a\ud800b", false).map(WideText::into_constant);
        assert_eq!(constant, Ok(Constant::SurrogateStr(vec![0x61, 0xd800, 0x62])));
    }

    #[test]
    fn bad_escapes_are_told_in_cpythons_words() {
        check_error(
            r"é\x4",
            "(unicode error) 'unicodeescape' codec can't decode bytes in position 10-12: truncated \\xXX escape",
        );
        check_error(
            r"\N{no such}",
            "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-10: unknown Unicode character name",
        );
    }
}
