//! The hash objects: `_hashlib.HASH`, `_hashlib.HASHXOF` and the two of `_blake2`.

use std::borrow::Cow;
use std::cell::RefCell;

use super::algorithm::Hasher;
use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::lib::binascii::hex;
use crate::lib::convert::{bytes_like, size};
use crate::lib::params::{Params, none, one};
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::Str;
use crate::value::Value;

/// A hash in progress as a Python object.
pub struct HashObject(RefCell<Hasher>);

impl HashObject {
    /// A Python object of this hash.
    pub fn value(hasher: Hasher) -> Value {
        Value::object(HashObject(RefCell::new(hasher)))
    }

    /// A copy of the hash as it stands.
    pub fn hasher(&self) -> Hasher {
        self.0.borrow().clone()
    }
}

impl Native for HashObject {
    fn native_type(&self) -> &'static BuiltinType {
        match *self.0.borrow() {
            Hasher::Shake(..) => &HASHXOF,
            Hasher::Blake2b(_) => &BLAKE2B,
            Hasher::Blake2s(_) => &BLAKE2S,
            _ => &HASH,
        }
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        let dotted = self.native_type().dotted_name();
        let address = this.address();
        Ok(match &*self.0.borrow() {
            Hasher::Blake2b(_) | Hasher::Blake2s(_) => format!("<{dotted} object at {address:#x}>"),
            hasher => format!("<{} {dotted} object @ {address:#x}>", hasher.name()),
        }
        .into())
    }
}

/// The data to be hashed: text is refused with a hint.
pub fn data_of(value: &Value) -> Result<Cow<'_, [u8]>> {
    if let Value::Str(_) = value {
        return Err(exc::type_error("Strings must be encoded before hashing"));
    }
    bytes_like(value).ok_or_else(|| exc::type_error("object supporting the buffer API required"))
}

/// Runs `look` on the receiver's hash.
fn with<R>(receiver: &Value, look: impl FnOnce(&mut Hasher) -> Result<R>) -> Result<R> {
    match receiver.downcast::<HashObject>() {
        Some(object) => look(&mut object.0.borrow_mut()),
        None => Err(exc::type_error("descriptor requires a hash object")),
    }
}

fn update(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let data = data_of(one("HASH.update", args, kwargs)?)?;
    with(receiver, |hasher| {
        hasher.update(&data);
        Ok(Value::None)
    })
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("HASH.copy", args, kwargs)?;
    with(receiver, |hasher| Ok(HashObject::value(hasher.clone())))
}

fn digest(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("HASH.digest", args, kwargs)?;
    with(receiver, |hasher| {
        Ok(Value::Bytes(Bytes::from(hasher.output().bytes())))
    })
}

fn hexdigest(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("HASH.hexdigest", args, kwargs)?;
    with(receiver, |hasher| {
        let output = hasher.output();
        let mut text = [0; 128];
        let text = &mut text[..2 * output.bytes().len()];
        hex::write(output.bytes(), text);
        Ok(Value::Str(Str::from_ascii(text)))
    })
}

fn extended(name: &'static str, receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Vec<u8>> {
    let params = Params {
        name,
        names: &["length"],
        posonly: 0,
        required: 1,
        positional: 1,
    };
    let [length] = params.read(args, kwargs)?;
    let length = size(length.unwrap_or(&Value::None))?;
    let Ok(length) = usize::try_from(length) else {
        return Err(exc::system_error("Negative size passed to PyBytes_FromStringAndSize"));
    };
    with(receiver, |hasher| Ok(hasher.extend(length).unwrap_or_default()))
}

fn xof_digest(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(Value::Bytes(Bytes::from(extended("digest", receiver, args, kwargs)?)))
}

fn xof_hexdigest(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(Value::Str(Str::from_ascii(&hex::encode(&extended(
        "hexdigest",
        receiver,
        args,
        kwargs,
    )?))))
}

const UPDATE: Method = Method {
    name: "update",
    effects: Effects::MUTATES_ARGS,
    call: update,
};
const COPY: Method = Method {
    name: "copy",
    effects: Effects::READS_ARGS,
    call: copy,
};

static METHODS: &[Method] = &[
    UPDATE,
    COPY,
    Method {
        name: "digest",
        effects: Effects::READS_ARGS,
        call: digest,
    },
    Method {
        name: "hexdigest",
        effects: Effects::READS_ARGS,
        call: hexdigest,
    },
];

static XOF_METHODS: &[Method] = &[
    UPDATE,
    COPY,
    Method {
        name: "digest",
        effects: Effects::READS_ARGS,
        call: xof_digest,
    },
    Method {
        name: "hexdigest",
        effects: Effects::READS_ARGS,
        call: xof_hexdigest,
    },
];

static FIELDS: &[Field] = &[
    Field {
        name: "name",
        get: |this| with(this, |hasher| Ok(Value::str(hasher.name()))),
        set: None,
    },
    Field {
        name: "digest_size",
        get: |this| with(this, |hasher| Ok(Value::Int(hasher.digest_size() as i64))),
        set: None,
    },
    Field {
        name: "block_size",
        get: |this| with(this, |hasher| Ok(Value::Int(hasher.block_size() as i64))),
        set: None,
    },
];

fn cannot_create(name: &str) -> Result<Value> {
    Err(exc::type_error(&format!("cannot create '{name}' instances")))
}

pub static HASH: BuiltinType = BuiltinType::new("HASH", "_hashlib", |_, _| cannot_create("_hashlib.HASH"))
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
pub static HASHXOF: BuiltinType = BuiltinType::new("HASHXOF", "_hashlib", |_, _| cannot_create("_hashlib.HASHXOF"))
    .in_c()
    .base(&HASH)
    .methods(XOF_METHODS)
    .fields(FIELDS);
pub static BLAKE2B: BuiltinType = BuiltinType::new("blake2b", "_blake2", super::blake2_new::blake2b)
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
pub static BLAKE2S: BuiltinType = BuiltinType::new("blake2s", "_blake2", super::blake2_new::blake2s)
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
