//! `sys`.

mod info;
mod stream;

use crate::depth;
use crate::exc::{self, Result};
use crate::int::limit;
use crate::lib::convert::{c_int, size};
use crate::lib::params::{Params, between, none, one};
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::settings;
use crate::str::Str;
use crate::value::Value;

fn exit(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("sys.exit", args, kwargs, 0, 1)?;
    Err(exc::of_kind("SystemExit", args.to_vec()))
}

fn getrecursionlimit(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("sys.getrecursionlimit", args, kwargs)?;
    Ok(Value::Int(depth::limit() as i64))
}

fn setrecursionlimit(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let limit = c_int(one("sys.setrecursionlimit", args, kwargs)?)?;
    if limit < 1 {
        return Err(exc::value_error("recursion limit must be greater or equal than 1"));
    }
    depth::set_limit(i64::from(limit))?;
    Ok(Value::None)
}

fn intern(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match one("sys.intern", args, kwargs)? {
        text @ Value::Str(_) => Ok(text.clone()),
        other => Err(exc::type_error(&format!(
            "intern() argument must be str, not {}",
            other.type_name()
        ))),
    }
}

fn get_digits(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("sys.get_int_max_str_digits", args, kwargs)?;
    Ok(Value::Int(limit::get() as i64))
}

fn set_digits(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("set_int_max_str_digits", &["maxdigits"], 1);
    let [digits] = PARAMS.read(args, kwargs)?;
    limit::set(size(digits.unwrap_or(&Value::None))?)?;
    Ok(Value::None)
}

fn utf8(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("sys.getdefaultencoding", args, kwargs)?;
    Ok(Value::str("utf-8"))
}

fn is_finalizing(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("sys.is_finalizing", args, kwargs)?;
    Ok(Value::Bool(false))
}

/// `sys.argv`: the words that began the vessel.
fn argv() -> Value {
    let words = settings::argv();
    Value::list(
        words
            .iter()
            .map(|word| Value::Str(Str::from(word.to_string_lossy().as_ref())))
            .collect(),
    )
}

const READS: Effects = Effects::READS_ARGS;

static EXIT: NativeFn = NativeFn {
    name: "exit",
    effects: READS,
    call: exit,
};
static GETRECURSIONLIMIT: NativeFn = NativeFn {
    name: "getrecursionlimit",
    effects: READS,
    call: getrecursionlimit,
};
static SETRECURSIONLIMIT: NativeFn = NativeFn {
    name: "setrecursionlimit",
    effects: Effects::MUTATES_ARGS,
    call: setrecursionlimit,
};
static INTERN: NativeFn = NativeFn {
    name: "intern",
    effects: Effects::PURE,
    call: intern,
};
static GET_DIGITS: NativeFn = NativeFn {
    name: "get_int_max_str_digits",
    effects: READS,
    call: get_digits,
};
static SET_DIGITS: NativeFn = NativeFn {
    name: "set_int_max_str_digits",
    effects: Effects::MUTATES_ARGS,
    call: set_digits,
};
static DEFAULT_ENCODING: NativeFn = NativeFn {
    name: "getdefaultencoding",
    effects: Effects::PURE,
    call: utf8,
};
static FILE_ENCODING: NativeFn = NativeFn {
    name: "getfilesystemencoding",
    effects: Effects::PURE,
    call: utf8,
};
static AUDIT: NativeFn = NativeFn {
    name: "audit",
    effects: Effects::PURE,
    call: |_, _| Ok(Value::None),
};
static IS_FINALIZING: NativeFn = NativeFn {
    name: "is_finalizing",
    effects: Effects::PURE,
    call: is_finalizing,
};

/// The module `sys`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "sys",
    items: &[
        ("__stderr__", Item::Value(stream::stderr)),
        ("__stdin__", Item::Value(stream::stdin)),
        ("__stdout__", Item::Value(stream::stdout)),
        ("argv", Item::Value(argv)),
        ("audit", Item::Function(&AUDIT)),
        ("byteorder", Item::Value(|| Value::str("little"))),
        ("exit", Item::Function(&EXIT)),
        ("float_info", Item::Value(info::float_info)),
        ("float_repr_style", Item::Value(|| Value::str("short"))),
        ("get_int_max_str_digits", Item::Function(&GET_DIGITS)),
        ("getdefaultencoding", Item::Function(&DEFAULT_ENCODING)),
        ("getfilesystemencoding", Item::Function(&FILE_ENCODING)),
        ("getrecursionlimit", Item::Function(&GETRECURSIONLIMIT)),
        ("hash_info", Item::Value(info::hash_info)),
        ("hexversion", Item::Value(|| Value::Int(0x030b_07f0))),
        ("int_info", Item::Value(info::int_info)),
        ("intern", Item::Function(&INTERN)),
        ("is_finalizing", Item::Function(&IS_FINALIZING)),
        ("maxsize", Item::Value(|| Value::Int(i64::MAX))),
        ("maxunicode", Item::Value(|| Value::Int(0x10_ffff))),
        ("platform", Item::Value(|| Value::str("linux"))),
        ("set_int_max_str_digits", Item::Function(&SET_DIGITS)),
        ("setrecursionlimit", Item::Function(&SETRECURSIONLIMIT)),
        ("stderr", Item::Value(stream::stderr)),
        ("stdin", Item::Value(stream::stdin)),
        ("stdout", Item::Value(stream::stdout)),
        ("version_info", Item::Value(info::version_info)),
    ],
};
