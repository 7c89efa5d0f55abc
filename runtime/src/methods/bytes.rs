//! Methods of bytes.

pub use super::octets::{BYTES_CLASS_METHODS as CLASS_METHODS, BYTES_METHODS as METHODS};
