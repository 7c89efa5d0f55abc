//! The Mersenne Twister MT19937 (Matsumoto and Nishimura), the generator behind Python's `random`.

const N: usize = 624;
const M: usize = 397;

/// The generator's state: 624 words and the place of the next one.
#[derive(Clone)]
pub struct MersenneTwister {
    state: [u32; N],
    index: usize,
}

impl MersenneTwister {
    fn from_word(seed: u32) -> MersenneTwister {
        let mut state = [0u32; N];
        state[0] = seed;
        for i in 1..N {
            let before = state[i - 1];
            state[i] = 1812433253u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(i as u32);
        }
        MersenneTwister { state, index: N }
    }

    /// Seeds from the 32-bit digits of a number, least significant first; no digits count as the number 0.
    pub fn from_key(key: &[u32]) -> MersenneTwister {
        let key = if key.is_empty() { &[0][..] } else { key };
        let mut twister = MersenneTwister::from_word(19650218);
        let state = &mut twister.state;
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ (before >> 30)).wrapping_mul(1664525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i = advance(state, i);
            j = (j + 1) % key.len();
        }
        for _ in 0..N - 1 {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ (before >> 30)).wrapping_mul(1566083941)).wrapping_sub(i as u32);
            i = advance(state, i);
        }
        state[0] = 0x8000_0000;
        twister
    }

    /// The next 32 bits.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        if self.index >= N {
            self.refill();
        }
        let mut y = self.state[self.index];
        self.index += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn refill(&mut self) {
        let state = &mut self.state;
        for i in 0..N {
            let y = (state[i] & 0x8000_0000) | (state[(i + 1) % N] & 0x7fff_ffff);
            let twist = if y & 1 == 0 { 0 } else { 0x9908_b0df };
            state[i] = state[(i + M) % N] ^ (y >> 1) ^ twist;
        }
        self.index = 0;
    }

    /// A double in [0, 1) with 53 random bits: Python's `random.random()`.
    #[inline]
    pub fn next_f64(&mut self) -> f64 {
        let a = self.next_u32() >> 5;
        let b = self.next_u32() >> 6;
        (f64::from(a) * 67108864.0 + f64::from(b)) * (1.0 / 9007199254740992.0)
    }

    /// `getrandbits(k)` for k in 1..=64.
    #[inline]
    pub fn bits(&mut self, k: u32) -> u64 {
        if k <= 32 {
            return u64::from(self.next_u32() >> (32 - k));
        }
        let low = u64::from(self.next_u32());
        let high = u64::from(self.next_u32() >> (64 - k));
        high << 32 | low
    }

    /// `getrandbits(k)` for any k, as 32-bit digits, least significant first.
    pub fn digits(&mut self, k: u64) -> Vec<u32> {
        let mut left = k;
        let mut digits = Vec::with_capacity(k.div_ceil(32) as usize);
        while left > 0 {
            let r = self.next_u32();
            digits.push(if left < 32 { r >> (32 - left) } else { r });
            left = left.saturating_sub(32);
        }
        digits
    }

    /// A number in 0..n by rejection, n at least 1: `Random._randbelow`.
    #[inline]
    pub fn below(&mut self, n: u64) -> u64 {
        let k = 64 - n.leading_zeros();
        loop {
            let r = self.bits(k);
            if r < n {
                return r;
            }
        }
    }

    /// The 624 words and the index, as `getstate()` shows them.
    pub fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.state.iter().copied().chain([self.index as u32])
    }

    /// The state that `words` gave; None where the count or the index is out of range.
    pub fn from_words(words: &[u32]) -> Option<MersenneTwister> {
        let (&index, state) = words.split_last()?;
        let state: [u32; N] = state.try_into().ok()?;
        (index as usize <= N).then_some(MersenneTwister {
            state,
            index: index as usize,
        })
    }
}

/// One step round the state, carrying the last word to the front.
fn advance(state: &mut [u32; N], i: usize) -> usize {
    if i + 1 < N {
        return i + 1;
    }
    state[0] = state[N - 1];
    1
}
