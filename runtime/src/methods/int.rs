//! Methods and fields of int.

use super::pure;
use crate::args::{self, Parameters};
use crate::exc::{self, Result};
use crate::int::Int;
use crate::iter;
use crate::ops;
use crate::registry::{Field, Kwargs, Method};
use crate::tuple::Tuple;
use crate::value::Value;

pub static METHODS: &[Method] = &[
    pure("as_integer_ratio", |this, args, kwargs| {
        let [] = args::exactly("int.as_integer_ratio", args, kwargs)?;
        Ok(Value::Tuple(Tuple::from_array([whole(this)?, Value::Int(1)])))
    }),
    pure("bit_count", |this, args, kwargs| {
        let [] = args::exactly("int.bit_count", args, kwargs)?;
        Ok(Value::Int(of(this)?.bit_count() as i64))
    }),
    pure("bit_length", |this, args, kwargs| {
        let [] = args::exactly("int.bit_length", args, kwargs)?;
        Ok(Value::Int(of(this)?.bit_length() as i64))
    }),
    pure("conjugate", same),
    pure("to_bytes", to_bytes),
    pure("__int__", same),
    pure("__trunc__", same),
    pure("__floor__", same),
    pure("__ceil__", same),
    pure("__float__", |this, _, _| of(this)?.to_f64().map(Value::Float)),
    pure("__round__", |this, args, kwargs| {
        let args = args::between("int.__round__", args, kwargs, 0, 1)?;
        crate::builtins::round_int(&of(this)?, args.first())
    }),
];

pub static CLASS_METHODS: &[Method] = &[pure("from_bytes", from_bytes)];

pub static FIELDS: &[Field] = &[
    Field {
        name: "real",
        get: whole,
        set: None,
    },
    Field {
        name: "imag",
        get: |_| Ok(Value::Int(0)),
        set: None,
    },
    Field {
        name: "numerator",
        get: whole,
        set: None,
    },
    Field {
        name: "denominator",
        get: |_| Ok(Value::Int(1)),
        set: None,
    },
];

fn of(this: &Value) -> Result<Int> {
    this.as_int()
        .ok_or_else(|| exc::type_error(&format!("expected an int, not '{}'", this.type_name())))
}

/// The receiver as a plain int: no bool, no subclass.
fn whole(this: &Value) -> Result<Value> {
    of(this).map(Value::from)
}

fn same(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("int.conjugate", args, kwargs)?;
    whole(this)
}

const TO_BYTES: Parameters<3> = Parameters {
    function: "to_bytes",
    names: ["length", "byteorder", "signed"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

fn to_bytes(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [length, byteorder, signed] = TO_BYTES.bind(args, kwargs)?;
    let length = length.map_or(Ok(1), args::index)?;
    let little = little_end("to_bytes", byteorder)?;
    let signed = signed.map_or(Ok(false), ops::truthy)?;
    of(this)?.to_bytes(length, little, signed).map(Value::Bytes)
}

fn little_end(function: &str, byteorder: Option<&Value>) -> Result<bool> {
    match byteorder {
        None => Ok(false),
        Some(order) => {
            let order = args::text(&format!("{function}() argument 'byteorder'"), order)?;
            crate::int::is_little(&order.to_rust_string())
        }
    }
}

const FROM_BYTES: Parameters<3> = Parameters {
    function: "from_bytes",
    names: ["bytes", "byteorder", "signed"],
    positional_only: 0,
    positional: 2,
    required: 1,
};

fn from_bytes(class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [bytes, byteorder, signed] = FROM_BYTES.bind(args, kwargs)?;
    let little = little_end("from_bytes", byteorder)?;
    let bytes = octets(bytes.unwrap_or(&Value::None))?;
    let signed = signed.map_or(Ok(false), ops::truthy)?;
    let int = Value::from(Int::from_bytes(&bytes, little, signed));
    match class {
        Value::Class(class) if class.builtin().is_some_and(|kind| kind.name == "int") => Ok(int),
        subclass => ops::call(subclass, &[int]),
    }
}

/// The bytes of a bytes-like object or an iterable of ints.
fn octets(value: &Value) -> Result<Vec<u8>> {
    if let Value::Bytes(bytes) = value.payload() {
        return Ok(bytes.as_slice().to_vec());
    }
    if let Value::Str(_) = value {
        return Err(exc::type_error("cannot convert 'str' object to bytes"));
    }
    let numbers = iter::collect(value)
        .map_err(|_| exc::type_error(&format!("cannot convert '{}' object to bytes", value.type_name())))?;
    numbers.iter().map(octet).collect()
}

fn octet(number: &Value) -> Result<u8> {
    u8::try_from(args::index(number)?).map_err(|_| exc::value_error("bytes must be in range(0, 256)"))
}
