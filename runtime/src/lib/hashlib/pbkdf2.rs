//! HMAC (RFC 2104) and PBKDF2 (RFC 8018) over any of the algorithms.

use super::algorithm::{Hasher, Output};

/// A keyed hash in progress.
#[derive(Clone)]
pub struct Mac {
    inner: Hasher,
    outer: Hasher,
}

impl Mac {
    /// Begins with `key`; `hasher` is a fresh hash of the wanted algorithm.
    pub fn new(hasher: &Hasher, key: &[u8]) -> Mac {
        let block = hasher.block_size();
        let mut padded = vec![0; block];
        if key.len() > block {
            let mut short = hasher.clone();
            short.update(key);
            let output = short.output();
            padded[..output.bytes().len()].copy_from_slice(output.bytes());
        } else {
            padded[..key.len()].copy_from_slice(key);
        }
        let keyed = |mask: u8| {
            let mut keyed = hasher.clone();
            let pad: Vec<u8> = padded.iter().map(|byte| byte ^ mask).collect();
            keyed.update(&pad);
            keyed
        };
        Mac {
            inner: keyed(0x36),
            outer: keyed(0x5c),
        }
    }

    /// Takes in more data.
    pub fn update(&mut self, data: &[u8]) {
        self.inner.update(data);
    }

    /// The code so far.
    pub fn output(&self) -> Output {
        let mut outer = self.outer.clone();
        outer.update(self.inner.output().bytes());
        outer.output()
    }

    /// The algorithm underneath.
    pub fn hasher(&self) -> &Hasher {
        &self.inner
    }
}

/// `length` bytes derived from a password.
pub fn derive(hasher: &Hasher, password: &[u8], salt: &[u8], iterations: u64, length: usize) -> Vec<u8> {
    let mac = Mac::new(hasher, password);
    let mut out = Vec::with_capacity(length);
    let mut block = 1u32;
    while out.len() < length {
        let mut first = mac.clone();
        first.update(salt);
        first.update(&block.to_be_bytes());
        let mut last = first.output();
        let mut mixed = last.bytes().to_vec();
        for _ in 1..iterations {
            let mut next = mac.clone();
            next.update(last.bytes());
            last = next.output();
            mixed
                .iter_mut()
                .zip(last.bytes())
                .for_each(|(byte, other)| *byte ^= other);
        }
        let take = mixed.len().min(length - out.len());
        out.extend(&mixed[..take]);
        block += 1;
    }
    out
}
