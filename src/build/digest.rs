//! SHA-256 over a list of parts, for keys and for comparing files.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// The digest of the parts in order, each with its length before it so that no two lists meet.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// The SHA-256 of a file's bytes, in hex.
///
/// # Errors
/// The file cannot be read.
pub fn digest_file(path: &Path) -> io::Result<String> {
    Ok(hex(&Sha256::digest(fs::read(path)?)))
}

/// Enough of a digest for the name of a folder.
pub fn short(digest: &str) -> &str {
    &digest[..12]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
