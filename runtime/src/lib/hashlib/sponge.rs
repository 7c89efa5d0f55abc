//! Keccak's sponge (FIPS 202): the four SHA-3 digests and the two SHAKE functions.

const ROUNDS: usize = 24;

const ROUND_CONSTANTS: [u64; ROUNDS] = round_constants();

/// The constants of iota, from the rule's own linear feedback shift register x^8 + x^6 + x^5 + x^4 + 1.
const fn round_constants() -> [u64; ROUNDS] {
    let mut constants = [0u64; ROUNDS];
    let mut register = 1u8;
    let mut round = 0;
    while round < ROUNDS {
        let mut j = 0;
        while j < 7 {
            if register & 1 == 1 {
                constants[round] |= 1 << ((1u32 << j) - 1);
            }
            let overflow = register >> 7;
            register = (register << 1) ^ (overflow * 0x71);
            j += 1;
        }
        round += 1;
    }
    constants
}

/// Rotation and destination of each lane along the path of rho and pi.
const ROTATIONS: [u32; ROUNDS] = [
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
];
const LANES: [usize; ROUNDS] = [
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
];

fn permute(a: &mut [u64; 25]) {
    for constant in ROUND_CONSTANTS {
        theta(a);
        let mut carried = a[1];
        for (lane, rotation) in LANES.into_iter().zip(ROTATIONS) {
            (a[lane], carried) = (carried.rotate_left(rotation), a[lane]);
        }
        for row in a.chunks_exact_mut(5) {
            let old = [row[0], row[1], row[2], row[3], row[4]];
            for x in 0..5 {
                row[x] = old[x] ^ (!old[(x + 1) % 5] & old[(x + 2) % 5]);
            }
        }
        a[0] ^= constant;
    }
}

fn theta(a: &mut [u64; 25]) {
    let mut columns = [0u64; 5];
    for (i, lane) in a.iter().enumerate() {
        columns[i % 5] ^= lane;
    }
    for (i, lane) in a.iter_mut().enumerate() {
        *lane ^= columns[(i + 4) % 5] ^ columns[(i + 1) % 5].rotate_left(1);
    }
}

/// A sponge that is still absorbing.
#[derive(Clone)]
pub struct Sponge {
    lanes: [u64; 25],
    rate: usize,
    filled: usize,
    suffix: u8,
}

impl Sponge {
    /// SHA-3 with a digest of `bytes` bytes.
    pub fn sha3(bytes: usize) -> Sponge {
        Sponge {
            lanes: [0; 25],
            rate: 200 - 2 * bytes,
            filled: 0,
            suffix: 0x06,
        }
    }

    /// SHAKE128 (`bytes` = 16) or SHAKE256 (`bytes` = 32).
    pub fn shake(bytes: usize) -> Sponge {
        Sponge {
            lanes: [0; 25],
            rate: 200 - 2 * bytes,
            filled: 0,
            suffix: 0x1f,
        }
    }

    /// The block size in bytes.
    pub fn rate(&self) -> usize {
        self.rate
    }

    fn absorb_byte(&mut self, byte: u8) {
        self.lanes[self.filled / 8] ^= u64::from(byte) << (8 * (self.filled % 8));
        self.filled += 1;
        if self.filled == self.rate {
            permute(&mut self.lanes);
            self.filled = 0;
        }
    }

    /// Takes in more data.
    pub fn update(&mut self, mut data: &[u8]) {
        while self.filled != 0 || data.len() < self.rate {
            let Some((&byte, rest)) = data.split_first() else {
                return;
            };
            self.absorb_byte(byte);
            data = rest;
        }
        let mut blocks = data.chunks_exact(self.rate);
        for block in &mut blocks {
            for (lane, word) in self.lanes.iter_mut().zip(block.chunks_exact(8)) {
                *lane ^= u64::from_le_bytes(word.try_into().unwrap_or_default());
            }
            permute(&mut self.lanes);
        }
        for &byte in blocks.remainder() {
            self.absorb_byte(byte);
        }
    }

    /// Fills `out` with output; the sponge itself may go on absorbing (`self` is a copy).
    pub fn squeeze(mut self, out: &mut [u8]) {
        self.lanes[self.filled / 8] ^= u64::from(self.suffix) << (8 * (self.filled % 8));
        self.lanes[(self.rate - 1) / 8] ^= 0x80 << (8 * ((self.rate - 1) % 8));
        for chunk in out.chunks_mut(self.rate) {
            permute(&mut self.lanes);
            for (i, byte) in chunk.iter_mut().enumerate() {
                *byte = (self.lanes[i / 8] >> (8 * (i % 8))) as u8;
            }
        }
    }
}
