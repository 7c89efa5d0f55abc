//! What asyncio's event loop cannot do in Python: knowing of asynchronous generators that nobody holds any more.

use crate::args;
use crate::exc::Result;
use crate::generator;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

/// `_asyncio`
pub static MODULE: ModuleDef = ModuleDef {
    name: "_asyncio",
    items: &[
        ("_set_finalizer", Item::Function(&SET_FINALIZER)),
        ("_alive", Item::Function(&ALIVE)),
    ],
};

static SET_FINALIZER: NativeFn = NativeFn {
    name: "_set_finalizer",
    effects: Effects::READS_ARGS.union(Effects::CALLS_BACK),
    call: set_finalizer,
};

static ALIVE: NativeFn = NativeFn {
    name: "_alive",
    effects: Effects::READS_ARGS.union(Effects::CALLS_BACK),
    call: alive,
};

/// Sets what is called with an asynchronous generator that nobody holds any more; None for nothing.
fn set_finalizer(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [finalizer] = args::exactly("_set_finalizer", args, kwargs)?;
    generator::set_finalizer((!matches!(finalizer, Value::None)).then(|| finalizer.clone()));
    Ok(Value::None)
}

/// The asynchronous generators that began and have not ended.
fn alive(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("_alive", args, kwargs)?;
    Ok(Value::list(generator::alive()))
}
