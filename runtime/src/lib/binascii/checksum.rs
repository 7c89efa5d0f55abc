//! The checksums of `zlib` and `binascii`.

/// Eight tables for the reflected polynomial 0xEDB88320: eight bytes a step.
static CRC_TABLES: [[u32; 256]; 8] = crc_tables();

const fn crc_tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(crc & 1));
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[table - 1][byte];
            tables[table][byte] = (before >> 8) ^ tables[0][(before & 255) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
}

/// CRC-32 of `data`, going on from `start` (0 to begin).
pub fn crc32(data: &[u8], start: u32) -> u32 {
    let t = &CRC_TABLES;
    let mut crc = !start;
    let mut words = data.chunks_exact(8);
    for word in &mut words {
        let low = crc ^ u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
        crc = t[7][(low & 255) as usize]
            ^ t[6][(low >> 8 & 255) as usize]
            ^ t[5][(low >> 16 & 255) as usize]
            ^ t[4][(low >> 24) as usize]
            ^ t[3][usize::from(word[4])]
            ^ t[2][usize::from(word[5])]
            ^ t[1][usize::from(word[6])]
            ^ t[0][usize::from(word[7])];
    }
    for &byte in words.remainder() {
        crc = (crc >> 8) ^ t[0][((crc ^ u32::from(byte)) & 255) as usize];
    }
    !crc
}

/// Adler-32 of `data`, going on from `start` (1 to begin).
pub fn adler32(data: &[u8], start: u32) -> u32 {
    const PRIME: u32 = 65521;
    let (mut a, mut b) = (start & 0xffff, start >> 16);
    // The most bytes after which the sums still fit 32 bits.
    for chunk in data.chunks(5552) {
        for &byte in chunk {
            a += u32::from(byte);
            b += a;
        }
        a %= PRIME;
        b %= PRIME;
    }
    b << 16 | a
}

/// CRC-CCITT (polynomial 0x1021, not reflected), as `binascii.crc_hqx` computes it.
pub fn crc_hqx(data: &[u8], start: u16) -> u16 {
    data.iter().fold(start, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| {
            if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 }
        })
    })
}
