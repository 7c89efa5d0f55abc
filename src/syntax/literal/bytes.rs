//! Escapes in bytes literals.

use super::text::simple;

/// Decodes a bytes literal's content; errors are CPython's whole message.
pub(in crate::syntax) fn decode(content: &str, is_raw: bool) -> Result<Vec<u8>, String> {
    if !content.is_ascii() {
        return Err("bytes can only contain ASCII literal characters".to_owned());
    }
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match byte {
            b'\\' if !is_raw => escape(tail, &mut out, content.len() - rest.len())?,
            b'\r' => {
                out.push(b'\n');
                tail.strip_prefix(b"\n").unwrap_or(tail)
            }
            _ => {
                out.push(byte);
                tail
            }
        };
    }
    Ok(out)
}

/// Decodes one escape; `rest` stands behind the backslash, `at` is where that is. Gives what remains.
fn escape<'a>(rest: &'a [u8], out: &mut Vec<u8>, at: usize) -> Result<&'a [u8], String> {
    let Some((&byte, tail)) = rest.split_first() else {
        out.push(b'\\');
        return Ok(rest);
    };
    match byte {
        b'\n' => Ok(tail),
        b'\r' => Ok(tail.strip_prefix(b"\n").unwrap_or(tail)),
        b'0'..=b'7' => {
            let digits = rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
            let (length, code) = digits.fold((0, 0u32), |(length, code), &d| {
                (length + 1, code * 8 + u32::from(d - b'0'))
            });
            out.push((code & 0xff) as u8);
            Ok(&rest[length..])
        }
        b'x' => hex(tail, out, at),
        _ => {
            match simple(char::from(byte)) {
                Some(meaning) => out.push(meaning as u8),
                None => out.extend([b'\\', byte]),
            }
            Ok(tail)
        }
    }
}

fn hex<'a>(digits: &'a [u8], out: &mut Vec<u8>, at: usize) -> Result<&'a [u8], String> {
    let value = |index: usize| digits.get(index).and_then(|&digit| char::from(digit).to_digit(16));
    let (Some(high), Some(low)) = (value(0), value(1)) else {
        return Err(format!("(value error) invalid \\x escape at position {at}"));
    };
    out.push((high * 16 + low) as u8);
    Ok(&digits[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_mean_what_they_mean_in_cpython() {
        assert_eq!(
            decode(r"\x00\377\q\n\777", false),
            Ok(vec![0, 255, b'\\', b'q', b'\n', 255])
        );
        assert_eq!(decode(r"\x00", true), Ok(br"\x00".to_vec()));
        assert_eq!(
            decode(r"ab\x0", false),
            Err("(value error) invalid \\x escape at position 2".to_owned())
        );
    }
}
