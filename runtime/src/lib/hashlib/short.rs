//! SHA-256 of messages that fill one block at most. Most keys and records are of that kind, and half the time of a streaming
//! hasher goes into its buffer then.

use sha2::block_api::compress256;

/// Bytes of a block, and of those at its end that say how long the message is.
const BLOCK: usize = 64;
const LENGTH: usize = 8;
/// The state before the first block (FIPS 180-4, section 5.3.3).
const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The digest; None where the message and its padding need more than one block.
#[inline]
pub fn sha256(message: &[u8]) -> Option<[u8; 32]> {
    if message.len() >= BLOCK - LENGTH {
        return None;
    }
    let mut state = START;
    compress256(&mut state, &[padded(message)]);
    let mut digest = [0; 32];
    for (word, bytes) in state.iter().zip(digest.as_chunks_mut::<4>().0) {
        *bytes = word.to_be_bytes();
    }
    Some(digest)
}

/// The message, a set bit, zeros, and its length in bits. Made of whole words: loads that gather several smaller stores wait
/// for them.
#[inline]
fn padded(message: &[u8]) -> [u8; BLOCK] {
    let mut words = [0_u64; BLOCK / 8];
    let (whole, rest) = message.as_chunks::<8>();
    for (word, bytes) in words.iter_mut().zip(whole) {
        *word = u64::from_le_bytes(*bytes);
    }
    let last = rest.iter().rev().fold(0x80, |word, byte| word << 8 | u64::from(*byte));
    words[whole.len()] = last;
    words[BLOCK / 8 - 1] = (8 * message.len() as u64).swap_bytes();
    let mut block = [0; BLOCK];
    for (word, bytes) in words.iter().zip(block.as_chunks_mut::<8>().0) {
        *bytes = word.to_le_bytes();
    }
    block
}

#[cfg(test)]
mod tests {
    use super::sha256;
    use sha2::{Digest, Sha256};

    #[test]
    fn it_is_the_digest_at_every_length() {
        let message: Vec<u8> = (0..64_u8).map(|at| at.wrapping_mul(37)).collect();
        for len in 0..64 {
            let expected: [u8; 32] = Sha256::digest(&message[..len]).into();
            let found = sha256(&message[..len]);
            assert_eq!(found, (len < 56).then_some(expected), "{len}");
        }
    }
}
