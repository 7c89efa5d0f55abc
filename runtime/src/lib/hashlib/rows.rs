//! The rows of `hashlib`.

use super::algorithm::Hasher;
use super::hash_object::{BLAKE2B, BLAKE2S, HashObject, data_of};
use super::pbkdf2;
use crate::bytes::Bytes;
use crate::exc::hierarchy::VALUE_ERROR;
use crate::exc::{self, Result};
use crate::lib::convert::{bytes_required, size};
use crate::lib::errors::{library_error, raise};
use crate::lib::params::Params;
use crate::lib::signature::PyParams;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

library_error!(
    /// What OpenSSL raises for an algorithm it does not have.
    UNSUPPORTED, "UnsupportedDigestmodError", "_hashlib", &VALUE_ERROR
);

fn open(name: &'static str, algorithm: &str, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let params = Params {
        name,
        names: &["string", "usedforsecurity"],
        posonly: 0,
        required: 0,
        positional: 1,
    };
    let [data, _] = params.read(args, kwargs)?;
    start(algorithm, data)
}

/// A new hash object of a known algorithm, fed with `data`.
fn start(algorithm: &str, data: Option<&Value>) -> Result<Value> {
    let Some(mut hasher) = Hasher::by_name(algorithm) else {
        return Err(exc::value_error(&format!("unsupported hash type {algorithm}")));
    };
    if let Some(data) = data {
        hasher.update(&data_of(data)?);
    }
    Ok(HashObject::value(hasher))
}

macro_rules! constructors {
    ($($static:ident $name:literal;)*) => {
        $(static $static: NativeFn = NativeFn {
            name: concat!("openssl_", $name),
            effects: Effects::READS_ARGS,
            call: |args, kwargs| open(concat!("openssl_", $name), $name, args, kwargs),
        };)*
    };
}

constructors! {
    MD5 "md5"; SHA1 "sha1"; SHA224 "sha224"; SHA256 "sha256"; SHA384 "sha384"; SHA512 "sha512";
    SHA3_224 "sha3_224"; SHA3_256 "sha3_256"; SHA3_384 "sha3_384"; SHA3_512 "sha3_512";
    SHAKE_128 "shake_128"; SHAKE_256 "shake_256";
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("__hash_new", &["name", "data"], 1).varkw();
    let (given, options): ([Option<&Value>; 2], _) = PARAMS.read_with_keywords(args, kwargs)?;
    let [name, data] = given;
    let Some(Value::Str(name)) = name else {
        return Err(exc::type_error("name must be a string"));
    };
    let name = name.to_rust_string();
    if let Some((key, _)) = options.iter().find(|(key, _)| **key != *"usedforsecurity") {
        return Err(exc::type_error(&format!(
            "'{key}' is an invalid keyword argument for new()"
        )));
    }
    start(&name, data)
}

fn pbkdf2_hmac(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new(
        "pbkdf2_hmac",
        &["hash_name", "password", "salt", "iterations", "dklen"],
        4,
    );
    let [name, password, salt, iterations, length] =
        PARAMS.read(args, kwargs)?.map(|value| value.unwrap_or(&Value::None));
    let Value::Str(algorithm) = name else {
        let given = name.type_name();
        return Err(exc::type_error(&format!(
            "pbkdf2_hmac() argument 'hash_name' must be str, not {given}"
        )));
    };
    let (password, salt) = (bytes_required(password)?, bytes_required(salt)?);
    let iterations = size(iterations)?;
    let Some(hasher) = Hasher::by_name(&algorithm.to_rust_string()) else {
        return Err(raise(&UNSUPPORTED, "[digital envelope routines] unsupported"));
    };
    if iterations < 1 {
        return Err(exc::value_error("iteration value must be greater than 0."));
    }
    if iterations > i64::from(i32::MAX) {
        return Err(exc::overflow_error("iteration value is too great."));
    }
    let length = if let Value::None = length {
        hasher.digest_size() as i64
    } else {
        size(length)?
    };
    if length < 1 {
        return Err(exc::value_error("key length must be greater than 0."));
    }
    let key = pbkdf2::derive(&hasher, &password, &salt, iterations as u64, length as usize);
    Ok(Value::Bytes(Bytes::from(key)))
}

static NEW: NativeFn = NativeFn {
    name: "__hash_new",
    effects: Effects::READS_ARGS,
    call: new,
};
static PBKDF2_HMAC: NativeFn = NativeFn {
    name: "pbkdf2_hmac",
    effects: Effects::READS_ARGS,
    call: pbkdf2_hmac,
};

/// The module `hashlib`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "hashlib",
    items: &[
        ("md5", Item::Function(&MD5)),
        ("sha1", Item::Function(&SHA1)),
        ("sha224", Item::Function(&SHA224)),
        ("sha256", Item::Function(&SHA256)),
        ("sha384", Item::Function(&SHA384)),
        ("sha512", Item::Function(&SHA512)),
        ("sha3_224", Item::Function(&SHA3_224)),
        ("sha3_256", Item::Function(&SHA3_256)),
        ("sha3_384", Item::Function(&SHA3_384)),
        ("sha3_512", Item::Function(&SHA3_512)),
        ("shake_128", Item::Function(&SHAKE_128)),
        ("shake_256", Item::Function(&SHAKE_256)),
        ("blake2b", Item::Type(&BLAKE2B)),
        ("blake2s", Item::Type(&BLAKE2S)),
        ("new", Item::Function(&NEW)),
        ("pbkdf2_hmac", Item::Function(&PBKDF2_HMAC)),
    ],
};
