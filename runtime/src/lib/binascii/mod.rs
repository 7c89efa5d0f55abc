//! `binascii`.

pub mod base64;
pub mod checksum;
pub mod hex;
mod rows;

pub use rows::{ERROR, MODULE, ascii_or_bytes, failed};
