//! CPython's hashes, equal to those of a process started with `PYTHONHASHSEED=0`.
//!
//! Sets iterate in the order of their hashes, so these are observable. Strings and bytes: SipHash-1-3 (Aumasson and
//! Bernstein, 2012) under an all-zero key, over the units as CPython stores them.

/// The hash of `bytes`, and of ASCII text.
pub const fn bytes(data: &[u8]) -> i64 {
    if data.is_empty() {
        return 0;
    }
    settle(siphash13(data))
}

/// -1 means "error" to CPython, so no hash is -1.
#[inline(always)]
pub const fn settle(hash: u64) -> i64 {
    if hash == u64::MAX { -2 } else { hash as i64 }
}

const fn siphash13(data: &[u8]) -> u64 {
    let mut state = [
        0x736f_6d65_7073_6575,
        0x646f_7261_6e64_6f6d,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
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
