//! Hexadecimal text as `binascii`, `bytes.hex` and digests write it.

/// Writes the two digits of each byte; `out` is twice as long as `data`. Computed, not looked up: that way the processor
/// does sixteen bytes at a time.
#[inline]
pub fn write(data: &[u8], out: &mut [u8]) {
    /// What lies between the digits `9` and `a`.
    const GAP: u16 = (b'a' - b'9' - 1) as u16;
    for (&byte, pair) in data.iter().zip(out.chunks_exact_mut(2)) {
        let halves = u16::from(byte >> 4) | u16::from(byte & 15) << 8;
        let letters = (halves + 0x0606) >> 4 & 0x0101;
        pair.copy_from_slice(&(halves + 0x3030 + letters * GAP).to_le_bytes());
    }
}

/// The hexadecimal text of `data`.
pub fn encode(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0; 2 * data.len()];
    write(data, &mut out);
    out
}

/// The text with `separator` between groups of `size` bytes, counted from the right, or from the left when negative.
pub fn encode_grouped(data: &[u8], separator: u8, size: i64) -> Vec<u8> {
    let group = size.unsigned_abs() as usize;
    let text = encode(data);
    if group == 0 || data.len() <= group {
        return text;
    }
    let first = match data.len() % group {
        rest if size > 0 && rest > 0 => rest,
        _ => group,
    };
    let (head, tail) = text.split_at(2 * first);
    let mut out = head.to_vec();
    for chunk in tail.chunks(2 * group) {
        out.push(separator);
        out.extend(chunk);
    }
    out
}

/// The bytes of hexadecimal text; the error is the message of `binascii.Error`.
pub fn decode(text: &[u8]) -> Result<Vec<u8>, &'static str> {
    if !text.len().is_multiple_of(2) {
        return Err("Odd-length string");
    }
    let digit = |byte: u8| (byte as char).to_digit(16).ok_or("Non-hexadecimal digit found");
    text.chunks_exact(2)
        .map(|pair| Ok((digit(pair[0])? << 4 | digit(pair[1])?) as u8))
        .collect()
}
