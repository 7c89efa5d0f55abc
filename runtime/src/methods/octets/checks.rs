//! The receiver and the arguments of the methods of bytes and bytearray.

use crate::args;
use crate::bytes::{ByteArray, Bytes, contents};
use crate::exc::{self, Exc, Result};
use crate::ops;
use crate::value::Value;

/// Looks at the receiver's bytes; `look` runs no Python code.
pub(super) fn with<R>(this: &Value, look: impl FnOnce(&[u8]) -> R) -> R {
    match this.payload() {
        Value::Bytes(bytes) => look(bytes.as_slice()),
        other => array(other).with(look),
    }
}

/// The receiver, a bytearray.
pub(super) fn array(this: &Value) -> &ByteArray {
    this.payload().downcast().expect("the receiver is a bytearray")
}

/// Bytes in the kind of the receiver.
pub(super) fn like(this: &Value, bytes: Vec<u8>) -> Value {
    match this.payload() {
        Value::Bytes(_) => Value::Bytes(Bytes::from(bytes)),
        _ => Value::object(ByteArray::new(bytes)),
    }
}

/// The receiver itself where it is immutable, else a copy.
pub(super) fn same(this: &Value) -> Value {
    match this.payload() {
        Value::Bytes(bytes) => Value::Bytes(bytes.clone()),
        _ => like(this, with(this, <[u8]>::to_vec)),
    }
}

/// The bytes of an argument that must have some.
pub(super) fn octets(value: &Value) -> Result<Vec<u8>> {
    contents(value).ok_or_else(|| required(value))
}

#[cold]
fn required(value: &Value) -> Exc {
    exc::type_error(&format!("a bytes-like object is required, not '{}'", value.type_name()))
}

/// What to search for: bytes, or one byte as an integer.
pub(super) fn needle(value: &Value) -> Result<Vec<u8>> {
    if let Some(bytes) = contents(value) {
        return Ok(bytes);
    }
    match ops::try_index(value)? {
        Some(_) => Ok(vec![byte(value)?]),
        None => {
            let kind = value.type_name();
            Err(exc::type_error(&format!(
                "argument should be integer or bytes-like object, not '{kind}'"
            )))
        }
    }
}

/// One byte, as an integer.
pub(crate) fn byte(value: &Value) -> Result<u8> {
    let int = args::integer(value)?;
    int.as_i64()
        .and_then(|int| u8::try_from(int).ok())
        .ok_or_else(|| exc::value_error("byte must be in range(0, 256)"))
}
