//! Canonical bytes of values and outcomes: equal bytes if and only if two outcomes are equal.
//!
//! One tag byte, then the content, integers little-endian. Containers that can be changed, and instances, are numbered
//! in the order in which they are met, and a second meeting is written as a reference to that number: sharing inside
//! an outcome is part of its bytes. CPython's side of the proof writes the same bytes.

mod decode;
mod encode;
mod names;
mod slots;

pub use decode::Reader;
pub use encode::Writer;
pub use names::{bytearray, bytearray_content, qualified, resolve};

/// Items taken from an iterator before the rest is left unread and the outcome says so.
pub const MOST_DRAINED: usize = 10_000;
