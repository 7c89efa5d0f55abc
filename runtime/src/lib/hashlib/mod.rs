//! `hashlib`: digests of bytes. The typed functions at the end are for native code.

pub mod algorithm;
pub mod blake2;
mod blake2_new;
mod hash_object;
pub mod pbkdf2;
mod rows;
mod short;
mod sponge;

pub use hash_object::{HashObject, data_of};
pub use rows::MODULE;

use crate::lib::binascii::hex;
use crate::str::Str;
use sha2::Digest as _;

macro_rules! typed {
    ($($digest:ident $hexdigest:ident $algorithm:ty, $bytes:literal;)*) => {$(
        #[doc = concat!("The ", $bytes, " bytes of `hashlib.", stringify!($digest), "(data).digest()`.")]
        #[inline]
        pub fn $digest(data: &[u8]) -> [u8; $bytes] {
            <$algorithm>::digest(data).into()
        }

        #[doc = concat!("`hashlib.", stringify!($digest), "(data).hexdigest()`.")]
        pub fn $hexdigest(data: &[u8]) -> Str {
            let mut text = [0; 2 * $bytes];
            hex::write(&$digest(data), &mut text);
            Str::from_ascii(&text)
        }
    )*};
}

/// The 32 bytes of `hashlib.sha256(data).digest()`.
#[inline]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    short::sha256(data).unwrap_or_else(|| sha2::Sha256::digest(data).into())
}

/// `hashlib.sha256(data).hexdigest()`.
pub fn sha256_hex(data: &[u8]) -> Str {
    let mut text = [0; 64];
    hex::write(&sha256(data), &mut text);
    Str::from_ascii(&text)
}

typed! {
    md5 md5_hex md5::Md5, 16;
    sha1 sha1_hex sha1::Sha1, 20;
    sha224 sha224_hex sha2::Sha224, 28;
    sha384 sha384_hex sha2::Sha384, 48;
    sha512 sha512_hex sha2::Sha512, 64;
}
