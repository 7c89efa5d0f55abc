//! Base 32: five bytes are eight letters.

pub const STANDARD: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
pub const HEX: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";

/// The padded base 32 text of `data`.
pub fn encode(data: &[u8], alphabet: &[u8; 32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(5) * 8);
    for chunk in data.chunks(5) {
        let mut quantum = [0; 8];
        quantum[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(quantum);
        let letters = (chunk.len() * 8).div_ceil(5);
        let letter = |i: usize| {
            if i < letters {
                alphabet[(bits >> (35 - 5 * i)) as usize & 31]
            } else {
                b'='
            }
        };
        out.extend((0..8).map(letter));
    }
    out
}

/// The bytes of base 32 text; the error is the message of `binascii.Error`.
pub fn decode(text: &[u8], alphabet: &[u8; 32]) -> Result<Vec<u8>, &'static str> {
    if !text.len().is_multiple_of(8) {
        return Err("Incorrect padding");
    }
    let data = text
        .iter()
        .rposition(|&byte| byte != b'=')
        .map_or(&[][..], |last| &text[..=last]);
    let pads = text.len() - data.len();
    let mut out = Vec::with_capacity(data.len() * 5 / 8 + 5);
    for chunk in data.chunks(8) {
        let bits = chunk.iter().try_fold(0u64, |bits, byte| {
            let value = alphabet
                .iter()
                .position(|letter| letter == byte)
                .ok_or("Non-base32 digit found")?;
            Ok(bits << 5 | value as u64)
        })?;
        let missing = 8 - chunk.len();
        let bytes = (bits << (5 * missing)).to_be_bytes();
        let kept = if missing == 0 {
            5
        } else {
            (43usize.saturating_sub(5 * missing)) / 8
        };
        out.extend(&bytes[3..3 + kept]);
    }
    if ![0, 1, 3, 4, 6].contains(&pads) {
        return Err("Incorrect padding");
    }
    Ok(out)
}
