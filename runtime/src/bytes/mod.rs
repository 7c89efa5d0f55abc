//! `Bytes` and `ByteArray`: Python's bytes and bytearray.

mod array;
mod array_object;
mod native;
pub mod ops;
mod repr;
mod source;

pub use array::ByteArray;
pub use array_object::BYTEARRAY;
pub use repr::{repr, write_repr};
pub use source::{contents, from_arguments, make};

use crate::block::{Block, Literal, NO_HASH};
use crate::hash;

/// Bytes in a `static`, for literals.
pub type BytesLit<const N: usize> = Literal<u8, N>;

/// Immutable bytes: one pointer to a counted block, shared with a `Str` where the text is ASCII.
#[repr(transparent)]
#[derive(Clone)]
pub struct Bytes(Block);

impl Bytes {
    #[inline]
    pub fn empty() -> Bytes {
        Bytes(Block::empty())
    }

    #[inline]
    pub fn from_literal<const N: usize>(literal: &'static BytesLit<N>) -> Bytes {
        Bytes(literal.block())
    }

    /// Bytes over a block that is not wide.
    pub fn from_block(block: Block) -> Bytes {
        debug_assert!(!block.is_wide());
        Bytes(block)
    }

    /// The block behind the handle.
    pub fn block(&self) -> &Block {
        &self.0
    }

    #[inline(always)]
    pub fn as_slice(&self) -> &[u8] {
        self.0.as_bytes()
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Same object (`is`).
    #[inline(always)]
    pub fn same(&self, other: &Bytes) -> bool {
        Block::same(&self.0, &other.0)
    }

    /// `id(b)`.
    pub fn address(&self) -> usize {
        self.0.address()
    }

    /// `hash(b)`, kept after the first time.
    #[inline]
    pub fn hash(&self) -> i64 {
        let kept = self.0.kept_hash();
        if kept != NO_HASH {
            return kept;
        }
        let hash = hash::bytes(self.as_slice());
        self.0.keep_hash(hash);
        hash
    }

    /// Appends in place when nobody else holds these bytes, else makes new ones.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.reserve(bytes.len(), false);
        // SAFETY: `reserve` made the block unique and with room.
        unsafe { self.0.extend_bytes(bytes) };
    }
}

impl From<&[u8]> for Bytes {
    #[inline]
    fn from(bytes: &[u8]) -> Bytes {
        Bytes(Block::from_bytes(bytes))
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Block::from_bytes(&bytes))
    }
}

impl PartialEq for Bytes {
    #[inline]
    fn eq(&self, other: &Bytes) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Bytes {}

impl Ord for Bytes {
    #[inline]
    fn cmp(&self, other: &Bytes) -> std::cmp::Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl PartialOrd for Bytes {
    #[inline]
    fn partial_cmp(&self, other: &Bytes) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.as_slice().escape_ascii())
    }
}
