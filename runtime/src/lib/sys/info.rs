//! What `sys` tells of the interpreter: the one that pivot equals.

use crate::exc;
use crate::int::Int;
use crate::lib::structseq::StructSeq;
use crate::registry::BuiltinType;
use crate::types::TUPLE;
use crate::value::Value;

/// Declares the type of an info tuple.
macro_rules! kinds {
    ($($constant:ident $name:literal;)*) => {$(
        static $constant: BuiltinType =
            BuiltinType::new($name, "sys", |_, _| Err(exc::type_error(concat!("cannot create 'sys.", $name, "' instances"))))
                .base(&TUPLE)
                .sealed()
                .in_c();
    )*};
}

kinds! {
    VERSION_INFO "version_info";
    FLOAT_INFO "float_info";
    INT_INFO "int_info";
    HASH_INFO "hash_info";
}

pub fn version_info() -> Value {
    const FIELDS: &[&str] = &["major", "minor", "micro", "releaselevel", "serial"];
    let items = vec![
        Value::Int(3),
        Value::Int(11),
        Value::Int(7),
        Value::str("final"),
        Value::Int(0),
    ];
    StructSeq::value(&VERSION_INFO, FIELDS, items)
}

pub fn float_info() -> Value {
    const FIELDS: &[&str] = &[
        "max",
        "max_exp",
        "max_10_exp",
        "min",
        "min_exp",
        "min_10_exp",
        "dig",
        "mant_dig",
        "epsilon",
        "radix",
        "rounds",
    ];
    let items = vec![
        Value::Float(f64::MAX),
        Value::Int(1024),
        Value::Int(308),
        Value::Float(f64::MIN_POSITIVE),
        Value::Int(-1021),
        Value::Int(-307),
        Value::Int(15),
        Value::Int(53),
        Value::Float(f64::EPSILON),
        Value::Int(2),
        Value::Int(1),
    ];
    StructSeq::value(&FLOAT_INFO, FIELDS, items)
}

pub fn int_info() -> Value {
    const FIELDS: &[&str] = &[
        "bits_per_digit",
        "sizeof_digit",
        "default_max_str_digits",
        "str_digits_check_threshold",
    ];
    StructSeq::value(&INT_INFO, FIELDS, [30, 4, 4300, 640].map(Value::Int).to_vec())
}

pub fn hash_info() -> Value {
    const FIELDS: &[&str] = &[
        "width",
        "modulus",
        "inf",
        "nan",
        "imag",
        "algorithm",
        "hash_bits",
        "seed_bits",
        "cutoff",
    ];
    let items = vec![
        Value::Int(64),
        Value::from(Int::from((1i64 << 61) - 1)),
        Value::Int(314159),
        Value::Int(0),
        Value::Int(1000003),
        Value::str("siphash13"),
        Value::Int(64),
        Value::Int(128),
        Value::Int(0),
    ];
    StructSeq::value(&HASH_INFO, FIELDS, items)
}
