//! The operations that cases name.

use crate::item::{Answer, Item};
use crate::{numbers, sequences, templates};

pub fn call(name: &str, args: &[Item]) -> Answer {
    let (group, operation) = name.split_once('.').expect("an operation has a group");
    match group {
        "int" => numbers::int(operation, args),
        "float" => numbers::float(operation, args),
        "complex" => numbers::complex(operation, args),
        "format" => numbers::format(operation, args),
        "hash" => numbers::hash(operation, args),
        "str" | "bytes" | "bytearray" => sequences::sequence(group, operation, args),
        "chars" => sequences::chars(operation, args),
        "codec" => sequences::codec(operation, args),
        "builtin" | "method" => sequences::called(group, operation, args),
        "bulk" => numbers::bulk(operation, args),
        "percent" | "template" => templates::call(group, args),
        _ => panic!("unknown group {group}"),
    }
}
