//! Base 64 as `binascii` reads and writes it.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The six bits of each letter; 64 and above for other bytes.
const VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut i = 0;
    while i < 64 {
        values[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    values
};

/// Appends the base 64 text of `data`, padded.
pub fn encode(data: &[u8], out: &mut Vec<u8>) {
    out.reserve(data.len().div_ceil(3) * 4 + 1);
    let letter = |bits: u32| ALPHABET[(bits & 63) as usize];
    let mut groups = data.chunks_exact(3);
    for group in &mut groups {
        let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        out.extend([letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), letter(bits)]);
    }
    match *groups.remainder() {
        [a] => {
            let bits = u32::from(a) << 16;
            out.extend([letter(bits >> 18), letter(bits >> 12), b'=', b'=']);
        }
        [a, b] => {
            let bits = u32::from(a) << 16 | u32::from(b) << 8;
            out.extend([letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), b'=']);
        }
        _ => {}
    }
}

/// A reader of base 64 text.
#[derive(Default)]
struct Decoder {
    out: Vec<u8>,
    /// Place in the group of four and the bits left from the letter before.
    quad: u8,
    left: u8,
    pads: u8,
    padding_started: bool,
}

/// The bytes of base 64 text; bytes outside the alphabet are skipped, unless `strict`. The error is the message of
/// `binascii.Error`.
pub fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    let mut decoder = Decoder {
        out: Vec::with_capacity(text.len().div_ceil(4) * 3),
        ..Decoder::default()
    };
    if strict && text.first() == Some(&b'=') {
        return Err("Leading padding not allowed".into());
    }
    for (index, &byte) in text.iter().enumerate() {
        if byte == b'=' {
            decoder.padding_started = true;
            if decoder.quad >= 2 {
                decoder.pads += 1;
                if decoder.quad + decoder.pads >= 4 {
                    if strict && index + 1 < text.len() {
                        return Err("Excess data after padding".into());
                    }
                    return Ok(decoder.out);
                }
            }
            continue;
        }
        let value = VALUES[byte as usize];
        if value < 64 {
            if strict && decoder.padding_started {
                return Err("Discontinuous padding not allowed".into());
            }
            decoder.take(value);
        } else if strict {
            return Err("Only base64 data is allowed".into());
        }
    }
    decoder.finish()
}

impl Decoder {
    fn take(&mut self, value: u8) {
        self.pads = 0;
        match self.quad {
            0 => {}
            1 => self.out.push(self.left << 2 | value >> 4),
            2 => self.out.push(self.left << 4 | value >> 2),
            _ => self.out.push(self.left << 6 | value),
        }
        self.left = value & [0x3f, 0x0f, 0x03, 0][self.quad as usize];
        self.quad = (self.quad + 1) % 4;
    }

    fn finish(self) -> Result<Vec<u8>, String> {
        match self.quad {
            0 => Ok(self.out),
            1 => Err(format!(
                "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
                self.out.len() / 3 * 4 + 1
            )),
            _ => Err("Incorrect padding".into()),
        }
    }
}
