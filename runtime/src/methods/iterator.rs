//! Methods of the builtin iterators.

use super::mutates;
use crate::args;
use crate::builtins::lazy::Reversed;
use crate::exc::{self, Result};
use crate::iter;
use crate::registry::{Kwargs, Method};
use crate::value::Value;

/// Those of iterators that know how many items are left.
pub static METHODS: &[Method] = &[ITER, NEXT, super::reads("__length_hint__", hint)];

/// Those of iterators that do not.
pub static LAZY_METHODS: &[Method] = &[ITER, NEXT];

const ITER: Method = mutates("__iter__", |this, _, _| Ok(this.clone()));
const NEXT: Method = mutates("__next__", next);

fn next(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("iterator.__next__", args, kwargs)?;
    iter::next(this)?.ok_or_else(|| exc::stop_iteration(Value::None))
}

fn hint(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [] = args::exactly("iterator.__length_hint__", args, kwargs)?;
    let left = match this {
        Value::Iter(iterator) => iterator.remaining().map(|left| left as i64),
        other => other.downcast::<Reversed>().map(Reversed::left),
    };
    Ok(left.map_or(Value::NotImplemented, Value::Int))
}
