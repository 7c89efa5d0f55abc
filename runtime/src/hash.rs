//! CPython's hashes, equal to those of a process started with `PYTHONHASHSEED=0`.
//!
//! Sets iterate in the order of their hashes, so these are observable. Strings and bytes: SipHash-1-3 (Aumasson and
//! Bernstein, 2012) under an all-zero key, over the units as CPython stores them.

use crate::int::Int;
use num_bigint::Sign;
use num_traits::ToPrimitive;

/// The hash of `bytes`, and of ASCII text.
pub const fn bytes(data: &[u8]) -> i64 {
    if data.is_empty() {
        return 0;
    }
    settle(siphash13(data))
}

/// `bytes` of at most seven of them, given as one number with the first in the lowest byte.
#[inline]
pub fn short_bytes(content: u64, len: usize) -> i64 {
    if len == 0 {
        return 0;
    }
    settle(finish(START, content | (len as u64) << 56))
}

/// An object's hash by identity, as CPython derives it from an address.
pub fn pointer(address: usize) -> i64 {
    settle((address as u64).rotate_right(4))
}

/// -1 means "error" to CPython, so no hash is -1.
#[inline(always)]
pub const fn settle(hash: u64) -> i64 {
    if hash == u64::MAX { -2 } else { hash as i64 }
}

/// SipHash's constants, under a key of zeros.
const START: [u64; 4] = [
    0x736f_6d65_7073_6575,
    0x646f_7261_6e64_6f6d,
    0x6c79_6765_6e65_7261,
    0x7465_6462_7974_6573,
];

const fn siphash13(data: &[u8]) -> u64 {
    let mut state = START;
    let mut rest = data;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        state = absorb(state, u64::from_le_bytes(*chunk));
        rest = tail;
    }
    let mut last = (data.len() as u64) << 56;
    let mut index = 0;
    while index < rest.len() {
        last |= (rest[index] as u64) << (8 * index);
        index += 1;
    }
    finish(state, last)
}

/// Takes in the last word, which carries the length, and closes.
#[inline(always)]
const fn finish(mut state: [u64; 4], last: u64) -> u64 {
    state = absorb(state, last);
    state[2] ^= 0xff;
    state = round(round(round(state)));
    (state[0] ^ state[1]) ^ (state[2] ^ state[3])
}

#[inline(always)]
const fn absorb(mut state: [u64; 4], word: u64) -> [u64; 4] {
    state[3] ^= word;
    state = round(state);
    state[0] ^= word;
    state
}

#[inline(always)]
const fn round(state: [u64; 4]) -> [u64; 4] {
    let [mut a, mut b, mut c, mut d] = state;
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    [a, b, c, d]
}

/// The hash of text of any kind: over one, two or four bytes a code point, as CPython would store it.
pub fn code_points(points: &[u32]) -> i64 {
    let stored: Vec<u8> = match points.iter().max() {
        None => return 0,
        Some(0..0x100) => points.iter().map(|&point| point as u8).collect(),
        Some(0x100..0x10000) => points.iter().flat_map(|&point| (point as u16).to_le_bytes()).collect(),
        Some(_) => points.iter().flat_map(|&point| point.to_le_bytes()).collect(),
    };
    bytes(&stored)
}

/// The modulus of numeric hashes: the Mersenne prime `2**61 - 1`.
const MODULUS: u64 = (1 << 61) - 1;
const BITS: u32 = 61;
/// The hash of infinity.
const INFINITY: i64 = 314159;
/// What the imaginary part's hash is multiplied by.
const IMAGINARY: u64 = 1_000_003;

/// `hash(None)`. CPython 3.11 takes the object's address, which differs by machine and run: any value serves.
pub const NONE: i64 = 0xfca_86420;
/// `hash(nan)`. CPython takes the object's address; one value for all keeps NaN usable as a key that equals itself.
pub const NAN: i64 = 0x1F_F7FF;

/// `hash(a)` of an int: its value modulo `2**61 - 1`, with its sign.
#[inline]
pub const fn int(value: i64) -> i64 {
    let size = value.unsigned_abs();
    // 64 bits are at most eight times the modulus and a bit.
    let folded = (size & MODULUS) + (size >> BITS);
    let reduced = if folded >= MODULUS { folded - MODULUS } else { folded } as i64;
    settle(if value < 0 { -reduced } else { reduced } as u64)
}

/// `hash(a)` of an int of any size.
pub fn of_int(value: &Int) -> i64 {
    match value {
        Int::Small(value) => int(*value),
        Int::Big(value) => {
            let reduced = (value.magnitude() % MODULUS).to_u64().unwrap_or(0) as i64;
            settle(if value.sign() == Sign::Minus { -reduced } else { reduced } as u64)
        }
    }
}

/// `hash(x)` of a float: equal to the hash of an equal int, and of an equal fraction.
#[inline]
pub fn float(value: f64) -> i64 {
    if value.is_finite() {
        let whole = value as i64;
        if whole as f64 == value && whole != i64::MAX {
            int(whole)
        } else {
            fraction(value)
        }
    } else if value.is_nan() {
        NAN
    } else if value > 0.0 {
        INFINITY
    } else {
        -INFINITY
    }
}

/// `mantissa * 2**exponent` modulo the prime, where powers of two are rotations.
fn fraction(value: f64) -> i64 {
    let bits = value.to_bits();
    let field = (bits >> 52 & 0x7ff) as i32;
    let stored = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if field == 0 {
        (stored, -1074)
    } else {
        (stored | 1 << 52, field - 1075)
    };
    let turn = exponent.rem_euclid(BITS as i32) as u32;
    let rotated = if turn == 0 {
        mantissa
    } else {
        (mantissa << turn & MODULUS) | mantissa >> (BITS - turn)
    };
    let reduced = (if rotated == MODULUS { 0 } else { rotated }) as i64;
    settle(if value < 0.0 { -reduced } else { reduced } as u64)
}

/// `hash(z)` of a complex number.
pub fn complex(re: f64, im: f64) -> i64 {
    settle((float(re) as u64).wrapping_add(IMAGINARY.wrapping_mul(float(im) as u64)))
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// Builds `hash(t)` of a tuple from the hashes of its items: xxHash's (Collet) round, as CPython since 3.8.
pub struct TupleHasher {
    state: u64,
    count: u64,
}

impl Default for TupleHasher {
    fn default() -> TupleHasher {
        TupleHasher::new()
    }
}

impl TupleHasher {
    #[inline]
    pub const fn new() -> TupleHasher {
        TupleHasher {
            state: PRIME_5,
            count: 0,
        }
    }

    /// Takes in the next item's hash.
    #[inline]
    pub const fn add(&mut self, hash: i64) {
        let mixed = self.state.wrapping_add((hash as u64).wrapping_mul(PRIME_2));
        self.state = mixed.rotate_left(31).wrapping_mul(PRIME_1);
        self.count += 1;
    }

    #[inline]
    pub const fn finish(&self) -> i64 {
        match self.state.wrapping_add(self.count ^ PRIME_5 ^ 3_527_539) {
            u64::MAX => 1_546_275_796,
            hash => hash as i64,
        }
    }
}

/// `hash(t)` of a tuple whose items have these hashes.
pub fn tuple(hashes: &[i64]) -> i64 {
    let mut hasher = TupleHasher::new();
    hashes.iter().for_each(|&hash| hasher.add(hash));
    hasher.finish()
}

/// Builds `hash(s)` of a frozenset from the hashes of its items, in any order.
#[derive(Default)]
pub struct FrozenSetHasher {
    state: u64,
    count: u64,
}

impl FrozenSetHasher {
    pub fn new() -> FrozenSetHasher {
        FrozenSetHasher::default()
    }

    /// Takes in the next item's hash.
    #[inline]
    pub fn add(&mut self, hash: i64) {
        let hash = hash as u64;
        self.state ^= (hash ^ 89_869_747 ^ hash << 16).wrapping_mul(3_644_798_167);
        self.count += 1;
    }

    pub fn finish(&self) -> i64 {
        let mut hash = self.state ^ (self.count + 1).wrapping_mul(1_927_868_237);
        hash ^= hash >> 11 ^ hash >> 25;
        hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
        if hash == u64::MAX { 590_923_713 } else { hash as i64 }
    }
}

/// `hash(r)` of a range: of the tuple (length, first, step), with None for what its length makes irrelevant.
pub fn range(length: &Int, start: &Int, step: &Int) -> i64 {
    let parts = match length.as_i64() {
        Some(0) => [int(0), NONE, NONE],
        Some(1) => [int(1), of_int(start), NONE],
        _ => [of_int(length), of_int(start), of_int(step)],
    };
    tuple(&parts)
}
