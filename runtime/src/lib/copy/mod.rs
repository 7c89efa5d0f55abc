//! `copy`: shallow and deep copies.

mod deep;

pub use deep::deep;

use crate::exc::hierarchy::EXCEPTION;
use crate::exc::{self, Exc, Result};
use crate::instance::Instance;
use crate::lib::collections::Deque;
use crate::lib::errors::library_error;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

library_error!(
    /// `copy.Error`.
    ERROR, "Error", "copy", &EXCEPTION
);

#[cold]
fn refused(value: &Value) -> Exc {
    exc::not_implemented_error(&format!("copies of '{}' objects are not supported", value.type_name()))
}

/// True for what a copy may share with the original.
fn is_atomic(value: &Value) -> bool {
    match value {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Str(_) => true,
        Value::Bytes(_) | Value::Range(_) | Value::Slice(_) | Value::Ellipsis | Value::NotImplemented => true,
        Value::Function(_) | Value::Builtin(_) | Value::Class(_) => true,
        Value::Object(object) => ["complex", "property", "module"].contains(&object.native().native_type().name),
        _ => false,
    }
}

/// `copy.copy(value)`.
pub fn shallow(value: &Value) -> Result<Value> {
    if is_atomic(value) {
        return Ok(value.clone());
    }
    match value {
        Value::List(list) => Ok(Value::List(list.copy())),
        Value::Tuple(_) | Value::FrozenSet(_) => Ok(value.clone()),
        Value::Dict(dict) => Ok(Value::Dict(dict.copy())),
        Value::Set(set) => Ok(Value::Set(set.copy()?)),
        Value::Instance(instance) => shallow_instance(value, instance),
        _ => match ops::call_special(value, "__copy__", &[])? {
            Some(copied) => Ok(copied),
            None => match value.payload() {
                Value::Dict(_) => ops::call_method(value, "copy", &[]),
                _ => Err(refused(value)),
            },
        },
    }
}

fn shallow_instance(value: &Value, instance: &Instance) -> Result<Value> {
    if let Some(copied) = ops::call_special(value, "__copy__", &[])? {
        return Ok(copied);
    }
    check_plain(value)?;
    let copied = Instance::new(instance.class(), instance.payload().map(shallow).transpose()?);
    instance.copy_attributes(&copied);
    Ok(Value::Instance(copied))
}

/// Classes that say themselves how they are rebuilt are refused.
fn check_plain(value: &Value) -> Result<()> {
    const OWN_WAYS: [&str; 6] = [
        "__reduce__",
        "__reduce_ex__",
        "__getstate__",
        "__setstate__",
        "__getnewargs__",
        "__getnewargs_ex__",
    ];
    let class = value.class();
    let own = |name: &&str| {
        class
            .lookup(name)
            .is_some_and(|found| matches!(found, Value::Function(_)))
    };
    match OWN_WAYS.iter().find(|name| own(name)) {
        None => Ok(()),
        Some(_) => Err(refused(value)),
    }
}

fn copy(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("copy", &["x"], 1);
    let [value] = PARAMS.read(args, kwargs)?;
    shallow(value.unwrap_or(&Value::None))
}

/// The items of a deque, for copies.
fn deque_items(value: &Value) -> Option<(Vec<Value>, Option<usize>)> {
    value.downcast::<Deque>().map(|deque| (deque.to_vec(), deque.max_len))
}

const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

static COPY: NativeFn = NativeFn {
    name: "copy",
    effects: CALLS,
    call: copy,
};
static DEEPCOPY: NativeFn = NativeFn {
    name: "deepcopy",
    effects: CALLS,
    call: deep::deepcopy,
};

/// The module `copy`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "copy",
    items: &[
        ("copy", Item::Function(&COPY)),
        ("deepcopy", Item::Function(&DEEPCOPY)),
        ("Error", Item::Type(&ERROR)),
        ("error", Item::Type(&ERROR)),
    ],
};
