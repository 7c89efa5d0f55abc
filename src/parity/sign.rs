//! Signatures under certificates: Ed25519, with keys as `openssl genpkey -algorithm ed25519` writes them.
//!
//! What is signed are the bytes of `certificate.json`; the signature stands beside it in `certificate.sig`, in hexadecimal.
//! Key files are PEM (RFC 8410), or the 32 bytes of the key in hexadecimal.

use std::fs;
use std::io;
use std::path::Path;

use ed25519_compact::{KeyPair, PublicKey, Seed, Signature};

use super::certificate;
use super::merkle::{hex, unhex};
use super::record::unbase64;

/// The signature's name inside the vessel's folder.
pub const FILE_NAME: &str = "certificate.sig";
/// What stands before the key in the DER of a private and of a public Ed25519 key.
const PRIVATE: &[u8] = &[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const PUBLIC: &[u8] = &[0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];

/// Signs the certificate in the folder.
///
/// # Errors
/// The key cannot be read, or is none; the certificate is missing; the signature cannot be written.
pub fn sign(folder: &Path, key: &Path) -> io::Result<()> {
    let seed = Seed::new(read_key(key, PRIVATE)?);
    let text = fs::read(folder.join(certificate::FILE_NAME))?;
    let signature = KeyPair::from_seed(seed).sk.sign(text, None);
    let beside = folder.join(format!(".{FILE_NAME}.{}", std::process::id()));
    fs::write(&beside, hex(&signature[..]) + "\n")?;
    fs::rename(beside, folder.join(FILE_NAME))
}

/// What is wrong with the signature of the certificate in the folder; `None` where it is the key owner's.
///
/// # Errors
/// The key cannot be read, or is none.
pub fn fault(folder: &Path, key: &Path) -> io::Result<Option<String>> {
    let key = PublicKey::new(read_key(key, PUBLIC)?);
    let Ok(text) = fs::read_to_string(folder.join(FILE_NAME)) else {
        return Ok(Some("the certificate is not signed".to_string()));
    };
    let signature = unhex(text.trim()).and_then(|bytes| Signature::from_slice(&bytes).ok());
    let certificate = fs::read(folder.join(certificate::FILE_NAME))?;
    let holds = signature.is_some_and(|signature| key.verify(certificate, &signature).is_ok());
    Ok((!holds).then(|| "the signature is not that of this key under this certificate".to_string()))
}

/// The 32 bytes of a key.
fn read_key(path: &Path, der_head: &[u8]) -> io::Result<[u8; 32]> {
    let text = fs::read_to_string(path)?;
    let plain = unhex(text.trim());
    let inner: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    let key = plain.or_else(|| unbase64(inner.trim())?.strip_prefix(der_head).map(<[u8]>::to_vec));
    key.and_then(|key| key.try_into().ok()).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            "no Ed25519 key of the kind that is needed here",
        )
    })
}
