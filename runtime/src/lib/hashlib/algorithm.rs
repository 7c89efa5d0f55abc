//! The algorithms of `hashlib` behind one type.

use super::blake2::{Blake2b, Blake2s};
use super::sponge::Sponge;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// A digest of at most 64 bytes, held in place.
#[derive(Clone, Copy)]
pub struct Output {
    bytes: [u8; 64],
    len: usize,
}

impl Output {
    fn of(slice: &[u8]) -> Output {
        let mut bytes = [0; 64];
        bytes[..slice.len()].copy_from_slice(slice);
        Output {
            bytes,
            len: slice.len(),
        }
    }

    /// The digest's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// A hash in progress.
#[derive(Clone)]
pub enum Hasher {
    Md5(Md5),
    Sha1(Sha1),
    Sha224(Sha224),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
    /// SHA-3 with its digest size.
    Sha3(Sponge, usize),
    /// SHAKE with its strength in bytes.
    Shake(Sponge, usize),
    Blake2b(Box<Blake2b>),
    Blake2s(Box<Blake2s>),
}

impl Hasher {
    /// The algorithm of that name (as `hashlib.new` takes it, any case), or None.
    pub fn by_name(name: &str) -> Option<Hasher> {
        use super::blake2::Parameters;
        Some(match name.to_ascii_lowercase().as_str() {
            "md5" => Hasher::Md5(Md5::new()),
            "sha1" => Hasher::Sha1(Sha1::new()),
            "sha224" => Hasher::Sha224(Sha224::new()),
            "sha256" => Hasher::Sha256(Sha256::new()),
            "sha384" => Hasher::Sha384(Sha384::new()),
            "sha512" => Hasher::Sha512(Sha512::new()),
            "sha3_224" => Hasher::Sha3(Sponge::sha3(28), 28),
            "sha3_256" => Hasher::Sha3(Sponge::sha3(32), 32),
            "sha3_384" => Hasher::Sha3(Sponge::sha3(48), 48),
            "sha3_512" => Hasher::Sha3(Sponge::sha3(64), 64),
            "shake_128" => Hasher::Shake(Sponge::shake(16), 16),
            "shake_256" => Hasher::Shake(Sponge::shake(32), 32),
            "blake2b" => Hasher::Blake2b(Box::new(Blake2b::new(&Parameters::plain(64)))),
            "blake2s" => Hasher::Blake2s(Box::new(Blake2s::new(&Parameters::plain(32)))),
            _ => return None,
        })
    }

    /// Takes in more data.
    pub fn update(&mut self, data: &[u8]) {
        match self {
            Hasher::Md5(h) => h.update(data),
            Hasher::Sha1(h) => h.update(data),
            Hasher::Sha224(h) => h.update(data),
            Hasher::Sha256(h) => h.update(data),
            Hasher::Sha384(h) => h.update(data),
            Hasher::Sha512(h) => h.update(data),
            Hasher::Sha3(h, _) | Hasher::Shake(h, _) => h.update(data),
            Hasher::Blake2b(h) => h.update(data),
            Hasher::Blake2s(h) => h.update(data),
        }
    }

    /// The digest so far; the hash may go on. SHAKE, whose length the caller chooses, gives an empty one.
    pub fn output(&self) -> Output {
        match self {
            Hasher::Md5(h) => Output::of(&h.clone().finalize()),
            Hasher::Sha1(h) => Output::of(&h.clone().finalize()),
            Hasher::Sha224(h) => Output::of(&h.clone().finalize()),
            Hasher::Sha256(h) => Output::of(&h.clone().finalize()),
            Hasher::Sha384(h) => Output::of(&h.clone().finalize()),
            Hasher::Sha512(h) => Output::of(&h.clone().finalize()),
            Hasher::Sha3(h, size) => fill(*size, |out| h.clone().squeeze(out)),
            Hasher::Shake(..) => Output::of(&[]),
            Hasher::Blake2b(h) => fill(h.digest_size(), |out| (**h).clone().finish(out)),
            Hasher::Blake2s(h) => fill(h.digest_size(), |out| (**h).clone().finish(out)),
        }
    }

    /// `length` bytes of a SHAKE; None for the others.
    pub fn extend(&self, length: usize) -> Option<Vec<u8>> {
        let Hasher::Shake(sponge, _) = self else { return None };
        let mut out = vec![0; length];
        sponge.clone().squeeze(&mut out);
        Some(out)
    }

    /// The object's `name`.
    pub fn name(&self) -> &'static str {
        match self {
            Hasher::Md5(_) => "md5",
            Hasher::Sha1(_) => "sha1",
            Hasher::Sha224(_) => "sha224",
            Hasher::Sha256(_) => "sha256",
            Hasher::Sha384(_) => "sha384",
            Hasher::Sha512(_) => "sha512",
            Hasher::Sha3(_, 28) => "sha3_224",
            Hasher::Sha3(_, 32) => "sha3_256",
            Hasher::Sha3(_, 48) => "sha3_384",
            Hasher::Sha3(..) => "sha3_512",
            Hasher::Shake(_, 16) => "shake_128",
            Hasher::Shake(..) => "shake_256",
            Hasher::Blake2b(_) => "blake2b",
            Hasher::Blake2s(_) => "blake2s",
        }
    }

    /// The object's `digest_size`; 0 for SHAKE.
    pub fn digest_size(&self) -> usize {
        match self {
            Hasher::Md5(_) => 16,
            Hasher::Sha1(_) => 20,
            Hasher::Sha224(_) => 28,
            Hasher::Sha256(_) => 32,
            Hasher::Sha384(_) => 48,
            Hasher::Sha512(_) => 64,
            Hasher::Sha3(_, size) => *size,
            Hasher::Shake(..) => 0,
            Hasher::Blake2b(h) => h.digest_size(),
            Hasher::Blake2s(h) => h.digest_size(),
        }
    }

    /// The object's `block_size`.
    pub fn block_size(&self) -> usize {
        match self {
            Hasher::Sha384(_) | Hasher::Sha512(_) => 128,
            Hasher::Sha3(sponge, _) | Hasher::Shake(sponge, _) => sponge.rate(),
            Hasher::Blake2b(_) => Blake2b::BLOCK,
            _ => 64,
        }
    }
}

fn fill(size: usize, write: impl FnOnce(&mut [u8])) -> Output {
    let mut output = Output {
        bytes: [0; 64],
        len: size,
    };
    write(&mut output.bytes[..size]);
    output
}
