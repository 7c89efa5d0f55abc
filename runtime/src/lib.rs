//! pivot-runtime: Python's semantics for the crates that pivot generates.

pub mod block;
pub mod bytes;
pub mod hash;
pub mod int;
pub mod rc;
pub mod str;
