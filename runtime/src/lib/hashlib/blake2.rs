//! BLAKE2b and BLAKE2s (RFC 7693) with every field of the parameter block, as `hashlib` offers them.

/// The message word order of each round.
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The places that each of a round's eight mixing steps touches: four columns, then four diagonals.
const STEPS: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// What the caller may choose; the defaults are those of sequential hashing.
#[derive(Clone)]
pub struct Parameters {
    pub digest_size: u8,
    pub key: Vec<u8>,
    pub salt: Vec<u8>,
    pub person: Vec<u8>,
    pub fanout: u8,
    pub depth: u8,
    pub leaf_size: u32,
    pub node_offset: u64,
    pub node_depth: u8,
    pub inner_size: u8,
    pub last_node: bool,
}

impl Parameters {
    /// Plain hashing to `digest_size` bytes.
    pub fn plain(digest_size: u8) -> Parameters {
        Parameters {
            digest_size,
            key: Vec::new(),
            salt: Vec::new(),
            person: Vec::new(),
            fanout: 1,
            depth: 1,
            leaf_size: 0,
            node_offset: 0,
            node_depth: 0,
            inner_size: 0,
            last_node: false,
        }
    }

    /// The parameter block; `offset_bytes` is the width of the node offset, `text` that of salt and person.
    fn block(&self, offset_bytes: usize, text: usize) -> Vec<u8> {
        let mut block = vec![self.digest_size, self.key.len() as u8, self.fanout, self.depth];
        block.extend(self.leaf_size.to_le_bytes());
        block.extend(&self.node_offset.to_le_bytes()[..offset_bytes]);
        block.extend([self.node_depth, self.inner_size]);
        if offset_bytes == 8 {
            block.extend([0; 14]);
        }
        for part in [&self.salt, &self.person] {
            block.extend(part);
            block.resize(block.len() + text - part.len(), 0);
        }
        block
    }
}

macro_rules! blake2 {
    ($name:ident, $word:ty, $count:ty, $doc:literal, rounds $rounds:literal, rotations $rotations:expr,
     offset $offset:literal, text $text:literal, iv $iv:expr) => {
        #[doc = $doc]
        #[derive(Clone)]
        pub struct $name {
            chain: [$word; 8],
            count: $count,
            buffer: [u8; $name::BLOCK],
            filled: usize,
            digest_size: usize,
            last_node: bool,
        }

        impl $name {
            const WORD: usize = size_of::<$word>();
            /// The block size in bytes.
            pub const BLOCK: usize = 16 * $name::WORD;
            const IV: [$word; 8] = $iv;

            /// A fresh hash; the lengths in `parameters` were checked by the caller.
            pub fn new(parameters: &Parameters) -> $name {
                let mut chain = $name::IV;
                let block = parameters.block($offset, $text);
                for (word, bytes) in chain.iter_mut().zip(block.chunks_exact($name::WORD)) {
                    *word ^= <$word>::from_le_bytes(bytes.try_into().unwrap_or_default());
                }
                let mut hash = $name {
                    chain,
                    count: 0,
                    buffer: [0; $name::BLOCK],
                    filled: 0,
                    digest_size: usize::from(parameters.digest_size),
                    last_node: parameters.last_node,
                };
                if !parameters.key.is_empty() {
                    hash.buffer[..parameters.key.len()].copy_from_slice(&parameters.key);
                    hash.filled = $name::BLOCK;
                }
                hash
            }

            /// The digest's length in bytes.
            pub fn digest_size(&self) -> usize {
                self.digest_size
            }

            /// Takes in more data. A full buffer waits: the last block is compressed differently.
            pub fn update(&mut self, mut data: &[u8]) {
                while !data.is_empty() {
                    if self.filled == $name::BLOCK {
                        self.count += $name::BLOCK as $count;
                        self.compress(false);
                        self.filled = 0;
                    }
                    let take = data.len().min($name::BLOCK - self.filled);
                    self.buffer[self.filled..self.filled + take].copy_from_slice(&data[..take]);
                    self.filled += take;
                    data = &data[take..];
                }
            }

            fn compress(&mut self, last: bool) {
                let mut m = [0 as $word; 16];
                for (word, bytes) in m.iter_mut().zip(self.buffer.chunks_exact($name::WORD)) {
                    *word = <$word>::from_le_bytes(bytes.try_into().unwrap_or_default());
                }
                let mut v = [0 as $word; 16];
                v[..8].copy_from_slice(&self.chain);
                v[8..].copy_from_slice(&$name::IV);
                v[12] ^= self.count as $word;
                v[13] ^= (self.count >> <$word>::BITS) as $word;
                if last {
                    v[14] = !v[14];
                    if self.last_node {
                        v[15] = !v[15];
                    }
                }
                for round in 0..$rounds {
                    let order = &SIGMA[round % 10];
                    for (step, &[a, b, c, d]) in STEPS.iter().enumerate() {
                        let [r1, r2, r3, r4] = $rotations;
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(m[order[2 * step]]);
                        v[d] = (v[d] ^ v[a]).rotate_right(r1);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right(r2);
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(m[order[2 * step + 1]]);
                        v[d] = (v[d] ^ v[a]).rotate_right(r3);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right(r4);
                    }
                }
                for i in 0..8 {
                    self.chain[i] ^= v[i] ^ v[i + 8];
                }
            }

            /// Writes the digest (`self` is a copy; the original may go on).
            pub fn finish(mut self, out: &mut [u8]) {
                self.count += self.filled as $count;
                self.buffer[self.filled..].fill(0);
                self.compress(true);
                for (byte, value) in out
                    .iter_mut()
                    .zip(self.chain.iter().flat_map(|word| word.to_le_bytes()))
                {
                    *byte = value;
                }
            }
        }
    };
}

blake2!(Blake2b, u64, u128, "BLAKE2b.", rounds 12, rotations [32, 24, 16, 63], offset 8, text 16, iv [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
]);

blake2!(Blake2s, u32, u64, "BLAKE2s.", rounds 10, rotations [16, 12, 8, 7], offset 6, text 8, iv [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
