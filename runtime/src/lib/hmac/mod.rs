//! `hmac`: keyed hashing.

use std::cell::RefCell;

use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::lib::binascii::hex;
use crate::lib::convert::{bytes_like, bytes_required};
use crate::lib::hashlib::algorithm::Hasher;
use crate::lib::hashlib::pbkdf2::Mac;
use crate::lib::hashlib::{HashObject, data_of};
use crate::lib::params::{between, none};
use crate::lib::signature::PyParams;
use crate::native::Native;
use crate::ops;
use crate::registry::{BuiltinType, Effects, Field, Item, Kwargs, Method, ModuleDef, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// `hmac.HMAC`.
struct Hmac(RefCell<Mac>);

impl Native for Hmac {
    fn native_type(&self) -> &'static BuiltinType {
        &HMAC
    }
}

const NAMES: &[&str] = &["key", "msg", "digestmod"];

fn create(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("new", NAMES, 1);
    start(PARAMS.read(args, kwargs)?)
}

fn construct(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("HMAC.__init__", NAMES, 1).method();
    start(PARAMS.read(args, kwargs)?)
}

fn start([key, message, digest]: [Option<&Value>; 3]) -> Result<Value> {
    let key = key.unwrap_or(&Value::None);
    let Some(bytes) = bytes_like(key) else {
        let name = Str::from(key.type_name()).repr();
        let message = format!("key: expected bytes or bytearray, but got {name}");
        return Err(exc::type_error(&message));
    };
    let digest = digest.filter(|digest| !matches!(digest, Value::Str(name) if name.is_empty()));
    let Some(digest) = digest.filter(|digest| !matches!(digest, Value::None)) else {
        return Err(exc::type_error("Missing required parameter 'digestmod'."));
    };
    let mut mac = Mac::new(&hasher_of(digest)?, &bytes);
    if let Some(message) = message.filter(|message| !matches!(message, Value::None)) {
        mac.update(&data_of(message)?);
    }
    Ok(Value::object(Hmac(RefCell::new(mac))))
}

/// A fresh hash: by name, or what the constructor makes.
fn hasher_of(digest: &Value) -> Result<Hasher> {
    if let Value::Str(name) = digest {
        let name = name.to_rust_string();
        return Hasher::by_name(&name).ok_or_else(|| exc::value_error(&format!("unsupported hash type {name}")));
    }
    let made = ops::call(digest, &[])?;
    match made.downcast::<HashObject>() {
        Some(object) => Ok(object.hasher()),
        None => Err(exc::not_implemented_error("hmac over a hash of the program's own")),
    }
}

fn with<R>(receiver: &Value, look: impl FnOnce(&mut Mac) -> R) -> Result<R> {
    match receiver.downcast::<Hmac>() {
        Some(hmac) => Ok(look(&mut hmac.0.borrow_mut())),
        None => Err(exc::type_error("descriptor requires an 'HMAC' object")),
    }
}

fn update(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("HMAC.update", &["msg"], 1).method();
    let [message] = PARAMS.read(args, kwargs)?;
    let data = data_of(message.unwrap_or(&Value::None))?;
    with(receiver, |mac| mac.update(&data))?;
    Ok(Value::None)
}

fn digest(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("HMAC.digest", args, kwargs)?;
    with(receiver, |mac| Value::Bytes(Bytes::from(mac.output().bytes())))
}

fn hexdigest(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("HMAC.hexdigest", args, kwargs)?;
    with(receiver, |mac| {
        Value::Str(Str::from_ascii(&hex::encode(mac.output().bytes())))
    })
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("HMAC.copy", args, kwargs)?;
    with(receiver, |mac| Value::object(Hmac(RefCell::new(mac.clone()))))
}

/// `hmac.digest(key, msg, digest)`.
fn one_shot(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("digest", &["key", "msg", "digest"], 3);
    let [key, message, digest] = PARAMS.read(args, kwargs)?.map(|value| value.unwrap_or(&Value::None));
    let hasher = hasher_of(digest)?;
    let mut mac = Mac::new(&hasher, &bytes_required(key)?);
    mac.update(&bytes_required(message)?);
    Ok(Value::Bytes(Bytes::from(mac.output().bytes())))
}

/// `hmac.compare_digest(a, b)`.
pub fn compare_digest(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("compare_digest", args, kwargs, 2, 2)?;
    if let (Value::Str(a), Value::Str(b)) = (&args[0], &args[1]) {
        if a.as_ascii().is_none() || b.as_ascii().is_none() {
            return Err(exc::type_error(
                "comparing strings with non-ASCII characters is not supported",
            ));
        }
        return Ok(Value::Bool(a == b));
    }
    // CPython asks for the buffers in turn and complains of the first operand that has none.
    let (a, b) = (bytes_required(&args[0])?, bytes_required(&args[1])?);
    Ok(Value::Bool(a == b))
}

static METHODS: &[Method] = &[
    Method {
        name: "update",
        effects: Effects::MUTATES_ARGS,
        call: update,
    },
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
    Method {
        name: "copy",
        effects: Effects::READS_ARGS,
        call: copy,
    },
];

static FIELDS: &[Field] = &[
    Field {
        name: "digest_size",
        get: |this| with(this, |mac| Value::Int(mac.hasher().digest_size() as i64)),
        set: None,
    },
    Field {
        name: "block_size",
        get: |this| with(this, |mac| Value::Int(mac.hasher().block_size() as i64)),
        set: None,
    },
    Field {
        name: "name",
        get: |this| with(this, |mac| Value::str(&format!("hmac-{}", mac.hasher().name()))),
        set: None,
    },
];

static HMAC: BuiltinType = BuiltinType::new("HMAC", "hmac", construct)
    .methods(METHODS)
    .fields(FIELDS);
static NEW: NativeFn = NativeFn {
    name: "new",
    effects: Effects::READS_ARGS,
    call: create,
};
static DIGEST: NativeFn = NativeFn {
    name: "digest",
    effects: Effects::READS_ARGS,
    call: one_shot,
};
static COMPARE_DIGEST: NativeFn = NativeFn {
    name: "compare_digest",
    effects: Effects::READS_ARGS,
    call: compare_digest,
};

/// The module `hmac`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "hmac",
    items: &[
        ("new", Item::Function(&NEW)),
        ("digest", Item::Function(&DIGEST)),
        ("compare_digest", Item::Function(&COMPARE_DIGEST)),
        ("HMAC", Item::Type(&HMAC)),
    ],
};
