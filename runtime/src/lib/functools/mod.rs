//! `functools`.

mod cached_property;
mod compare;
mod dispatch;
mod lru_cache;
mod ordering;
pub mod partial;
mod wrapper;

use crate::exc::{self, Result};
use crate::iter;
use crate::lib::params::between;
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

fn reduce(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("reduce", args, kwargs, 2, 3)?;
    let mut items = iter::iter(&args[1]).map_err(|raised| match raised.is(&exc::hierarchy::TYPE_ERROR) {
        true => exc::type_error("reduce() arg 2 must support iteration"),
        false => raised,
    })?;
    let mut result = match args.get(2) {
        Some(initial) => initial.clone(),
        None => match items.next()? {
            Some(first) => first,
            None => return Err(exc::type_error("reduce() of empty iterable with no initial value")),
        },
    };
    while let Some(item) = items.next()? {
        result = ops::call(&args[0], &[result, item])?;
    }
    Ok(result)
}

static REDUCE: NativeFn = NativeFn {
    name: "reduce",
    effects: CALLS,
    call: reduce,
};

/// The module `functools`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "functools",
    items: &[
        ("reduce", Item::Function(&REDUCE)),
        ("partial", Item::Type(&partial::PARTIAL)),
        ("lru_cache", Item::Function(&lru_cache::LRU_CACHE)),
        ("cache", Item::Function(&lru_cache::CACHE)),
        ("cached_property", Item::Type(&cached_property::CACHED_PROPERTY)),
        ("cmp_to_key", Item::Function(&compare::CMP_TO_KEY)),
        ("total_ordering", Item::Function(&ordering::TOTAL_ORDERING)),
        ("singledispatch", Item::Function(&dispatch::SINGLEDISPATCH)),
        ("update_wrapper", Item::Function(&wrapper::UPDATE_WRAPPER)),
        ("wraps", Item::Function(&wrapper::WRAPS)),
        ("WRAPPER_ASSIGNMENTS", Item::Value(wrapper::assignments)),
        ("WRAPPER_UPDATES", Item::Value(wrapper::updates)),
    ],
};
