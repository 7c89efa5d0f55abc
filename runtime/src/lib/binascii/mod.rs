pub mod base64;
pub mod checksum;
pub mod hex;
