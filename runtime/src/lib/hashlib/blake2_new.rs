//! `hashlib.blake2b` and `hashlib.blake2s` with all their parameters.

use super::algorithm::Hasher;
use super::blake2::{Blake2b, Blake2s, Parameters};
use super::hash_object::{HashObject, data_of};
use crate::exc::{self, Result};
use crate::lib::convert::{bytes_required, c_int, index};
use crate::lib::params::Params;
use crate::registry::Kwargs;
use crate::value::Value;

const NAMES: &[&str] = &[
    "data",
    "digest_size",
    "key",
    "salt",
    "person",
    "fanout",
    "depth",
    "leaf_size",
    "node_offset",
    "node_depth",
    "inner_size",
    "last_node",
    "usedforsecurity",
];

/// What differs between the two.
struct Limits {
    name: &'static str,
    digest: usize,
    text: usize,
    offset_bits: u32,
}

/// `hashlib.blake2b(...)`.
pub fn blake2b(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let limits = Limits {
        name: "blake2b",
        digest: 64,
        text: 16,
        offset_bits: 64,
    };
    new(&limits, args, kwargs, |parameters| {
        Hasher::Blake2b(Box::new(Blake2b::new(parameters)))
    })
}

/// `hashlib.blake2s(...)`.
pub fn blake2s(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let limits = Limits {
        name: "blake2s",
        digest: 32,
        text: 8,
        offset_bits: 48,
    };
    new(&limits, args, kwargs, |parameters| {
        Hasher::Blake2s(Box::new(Blake2s::new(parameters)))
    })
}

fn new(limits: &Limits, args: &[Value], kwargs: Kwargs, make: fn(&Parameters) -> Hasher) -> Result<Value> {
    let params = Params {
        name: limits.name,
        names: NAMES,
        posonly: 1,
        required: 0,
        positional: 1,
    };
    let given: [Option<&Value>; 13] = params.read(args, kwargs)?;
    let mut hasher = make(&parameters(limits, &given)?);
    if let Some(data) = given[0] {
        hasher.update(&data_of(data)?);
    }
    Ok(HashObject::value(hasher))
}

fn parameters(limits: &Limits, given: &[Option<&Value>; 13]) -> Result<Parameters> {
    let mut parameters = Parameters::plain(limits.digest as u8);
    if let Some(value) = given[1] {
        let message = format!("digest_size must be between 1 and {} bytes", limits.digest);
        parameters.digest_size = small(value, 1, limits.digest as i32, &message)?;
    }
    parameters.salt = short(given[3], limits.text, "salt")?;
    parameters.person = short(given[4], limits.text, "person")?;
    if let Some(value) = given[5] {
        parameters.fanout = small(value, 0, 255, "fanout must be between 0 and 255")?;
    }
    if let Some(value) = given[6] {
        parameters.depth = small(value, 1, 255, "depth must be between 1 and 255")?;
    }
    if let Some(value) = given[7] {
        parameters.leaf_size =
            u32::try_from(unsigned(value)?).map_err(|_| exc::overflow_error("leaf_size is too large"))?;
    }
    if let Some(value) = given[8] {
        parameters.node_offset = unsigned(value)?;
        if limits.offset_bits < 64 && parameters.node_offset >> limits.offset_bits != 0 {
            return Err(exc::overflow_error("node_offset is too large"));
        }
    }
    if let Some(value) = given[9] {
        parameters.node_depth = small(value, 0, 255, "node_depth must be between 0 and 255")?;
    }
    if let Some(value) = given[10] {
        let message = format!("inner_size must be between 0 and is {}", limits.digest);
        parameters.inner_size = small(value, 0, limits.digest as i32, &message)?;
    }
    if let Some(value) = given[11] {
        parameters.last_node = crate::ops::truthy(value)?;
    }
    parameters.key = short(given[2], limits.digest, "key")?;
    Ok(parameters)
}

fn small(value: &Value, min: i32, max: i32, message: &str) -> Result<u8> {
    let n = c_int(value)?;
    if (min..=max).contains(&n) {
        Ok(n as u8)
    } else {
        Err(exc::value_error(message))
    }
}

fn unsigned(value: &Value) -> Result<u64> {
    let n = index(value)?;
    if n.is_negative() {
        return Err(exc::value_error("value must be positive"));
    }
    u64::try_from(n.to_big()).map_err(|_| exc::overflow_error("int too big to convert"))
}

fn short(value: Option<&Value>, limit: usize, name: &str) -> Result<Vec<u8>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let bytes = bytes_required(value)?;
    if bytes.len() > limit {
        return Err(exc::value_error(&format!("maximum {name} length is {limit} bytes")));
    }
    Ok(bytes.into_owned())
}
