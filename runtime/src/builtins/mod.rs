//! Python's builtin functions, types and constants.

mod asynchronous;
mod attributes;
mod characters;
pub mod construct;
mod iterate;
pub mod lazy;
mod numbers;
mod objects;
mod output;

use crate::exc::hierarchy;
use crate::registry::{BuiltinType, Effects, NativeFn};
use crate::types;
use crate::value::Value;

pub use numbers::{round_float, round_int};
pub use objects::{is_instance, is_subclass};

/// A function that looks at its arguments and may run their methods.
const fn reads(name: &'static str, call: Call) -> NativeFn {
    NativeFn {
        name,
        effects: Effects::READS_ARGS.union(Effects::CALLS_BACK),
        call,
    }
}

/// A function that may change its arguments and run their methods.
const fn mutates(name: &'static str, call: Call) -> NativeFn {
    NativeFn {
        name,
        effects: Effects::READS_ARGS
            .union(Effects::MUTATES_ARGS)
            .union(Effects::CALLS_BACK),
        call,
    }
}

/// What a builtin function looks like to the table.
type Call = fn(&[Value], crate::registry::Kwargs) -> crate::exc::Result<Value>;

/// The builtin functions.
pub static FUNCTIONS: &[NativeFn] = &[
    reads("abs", numbers::abs),
    mutates("aiter", asynchronous::aiter),
    mutates("all", iterate::all),
    mutates("anext", asynchronous::anext),
    mutates("any", iterate::any),
    reads("ascii", output::ascii),
    reads("bin", characters::bin),
    reads("callable", objects::callable),
    reads("chr", characters::chr),
    mutates("delattr", attributes::delattr),
    reads("dir", attributes::dir),
    reads("divmod", numbers::divmod),
    reads("format", output::format),
    reads("getattr", attributes::getattr),
    reads("hasattr", attributes::hasattr),
    reads("hash", objects::hash),
    reads("hex", characters::hex),
    reads("id", objects::id),
    NativeFn {
        name: "input",
        effects: Effects::STDIN.union(Effects::STDOUT).union(Effects::CALLS_BACK),
        call: output::input,
    },
    reads("isinstance", objects::isinstance),
    reads("issubclass", objects::issubclass),
    reads("iter", iterate::iter),
    reads("len", iterate::len),
    mutates("max", iterate::max),
    mutates("min", iterate::min),
    mutates("next", iterate::next),
    reads("oct", characters::oct),
    reads("ord", characters::ord),
    reads("pow", numbers::pow),
    NativeFn {
        name: "print",
        effects: Effects::STDOUT.union(Effects::READS_ARGS).union(Effects::CALLS_BACK),
        call: output::print,
    },
    reads("repr", output::repr),
    reads("round", numbers::round),
    mutates("setattr", attributes::setattr),
    mutates("sorted", iterate::sorted),
    mutates("sum", iterate::sum),
    reads("vars", attributes::vars),
];

/// The builtin types a program can name.
pub static TYPES: &[&BuiltinType] = &[
    &types::BOOL,
    &crate::bytes::BYTEARRAY,
    &types::BYTES,
    &types::CLASS_METHOD,
    &types::COMPLEX,
    &types::DICT,
    &types::ENUMERATE,
    &types::FILTER,
    &types::FLOAT,
    &types::FROZENSET,
    &types::INT,
    &types::LIST,
    &types::MAP,
    &types::OBJECT,
    &types::PROPERTY,
    &types::RANGE,
    &types::REVERSED,
    &types::SET,
    &types::SLICE,
    &types::STATIC_METHOD,
    &types::STR,
    &types::SUPER,
    &types::TUPLE,
    &types::TYPE,
    &types::ZIP,
];

/// The builtin of this name: a function, a type, an exception or a constant.
pub fn get(name: &str) -> Option<Value> {
    if let Some(function) = find_function(name) {
        return Some(Value::Builtin(function));
    }
    if let Some(builtin) = find_type(name) {
        return Some(Value::Class(builtin.class().clone()));
    }
    match name {
        "None" => Some(Value::None),
        "True" | "__debug__" => Some(Value::Bool(true)),
        "False" => Some(Value::Bool(false)),
        "Ellipsis" => Some(Value::Ellipsis),
        "NotImplemented" => Some(Value::NotImplemented),
        _ => None,
    }
}

/// The builtin function of this name.
pub fn find_function(name: &str) -> Option<&'static NativeFn> {
    FUNCTIONS
        .iter()
        .chain(crate::lib::BUILTINS)
        .find(|function| function.name == name)
}

/// The builtin type of this name, exceptions included.
pub fn find_type(name: &str) -> Option<&'static BuiltinType> {
    TYPES
        .iter()
        .copied()
        .find(|builtin| builtin.name == name)
        .or_else(|| hierarchy::by_name(name))
}

/// Names of all builtins.
pub fn names() -> impl Iterator<Item = &'static str> {
    let functions = FUNCTIONS
        .iter()
        .chain(crate::lib::BUILTINS)
        .map(|function| function.name);
    let exceptions = hierarchy::DERIVED.iter().map(|builtin| builtin.name);
    let others = [
        "BaseException",
        "EnvironmentError",
        "IOError",
        "None",
        "True",
        "False",
        "Ellipsis",
    ];
    functions
        .chain(TYPES.iter().map(|builtin| builtin.name))
        .chain(exceptions)
        .chain(others)
        .chain(["NotImplemented", "__debug__"])
}
