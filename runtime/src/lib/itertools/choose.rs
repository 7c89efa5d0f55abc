//! `combinations`, `combinations_with_replacement` and `permutations`: positions advance in lexicographic order.

use super::shell::{Shell, Step};
use crate::exc::{self, Result};
use crate::iter;
use crate::lib::convert::size;
use crate::lib::params::Params;
use crate::registry::{BuiltinType, Kwargs};
use crate::value::Value;

/// The pool and the positions that make the next result.
struct Places {
    pool: Vec<Value>,
    places: Vec<usize>,
    started: bool,
    done: bool,
}

impl Places {
    fn new(pool: Vec<Value>, places: Vec<usize>, done: bool) -> Places {
        Places {
            pool,
            places,
            started: false,
            done,
        }
    }

    /// The result at the present positions, after `advance` made them (it tells when there are no more).
    fn next(&mut self, advance: impl FnOnce(&mut Places) -> bool) -> Option<Value> {
        if self.done {
            return None;
        }
        if self.started && !advance(self) {
            self.done = true;
            return None;
        }
        self.started = true;
        Some(Value::tuple(
            self.places.iter().map(|&place| self.pool[place].clone()).collect(),
        ))
    }
}

/// The iterable's items and the checked length `r`.
fn pool_and_length(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<(Vec<Value>, usize)> {
    let params = Params {
        name,
        names: &["iterable", "r"],
        posonly: 0,
        required: 2,
        positional: 2,
    };
    let [iterable, r] = params.read(args, kwargs)?.map(|value| value.unwrap_or(&Value::None));
    let r = size(r)?;
    let pool = iter::collect(iterable)?;
    match usize::try_from(r) {
        Ok(r) => Ok((pool, r)),
        Err(_) => Err(exc::value_error("r must be non-negative")),
    }
}

struct Combinations(Places);

impl Step for Combinations {
    fn kind() -> &'static BuiltinType {
        &COMBINATIONS
    }

    fn step(&mut self) -> Result<Option<Value>> {
        Ok(self.0.next(|this| {
            let (n, r) = (this.pool.len(), this.places.len());
            let Some(at) = (0..r).rev().find(|&at| this.places[at] != at + n - r) else {
                return false;
            };
            this.places[at] += 1;
            for next in at + 1..r {
                this.places[next] = this.places[next - 1] + 1;
            }
            true
        }))
    }
}

pub static COMBINATIONS: BuiltinType = BuiltinType::new("combinations", "itertools", |args, kwargs| {
    let (pool, r) = pool_and_length("combinations", args, kwargs)?;
    let done = r > pool.len();
    let places = if done { Vec::new() } else { (0..r).collect() };
    Ok(Shell::value(Combinations(Places::new(pool, places, done))))
})
.in_c();

struct WithReplacement(Places);

impl Step for WithReplacement {
    fn kind() -> &'static BuiltinType {
        &COMBINATIONS_WITH_REPLACEMENT
    }

    fn step(&mut self) -> Result<Option<Value>> {
        Ok(self.0.next(|this| {
            let (n, r) = (this.pool.len(), this.places.len());
            let Some(at) = (0..r).rev().find(|&at| this.places[at] != n - 1) else {
                return false;
            };
            let place = this.places[at] + 1;
            this.places[at..].fill(place);
            true
        }))
    }
}

pub static COMBINATIONS_WITH_REPLACEMENT: BuiltinType =
    BuiltinType::new("combinations_with_replacement", "itertools", |args, kwargs| {
        let (pool, r) = pool_and_length("combinations_with_replacement", args, kwargs)?;
        let done = pool.is_empty() && r > 0;
        let places = if done { Vec::new() } else { vec![0; r] };
        Ok(Shell::value(WithReplacement(Places::new(pool, places, done))))
    })
    .in_c();

/// Permutations of `r` of the items: `order` holds all positions, the first `r` of them the result.
struct Permutations {
    places: Places,
    order: Vec<usize>,
    cycles: Vec<usize>,
}

impl Step for Permutations {
    fn kind() -> &'static BuiltinType {
        &PERMUTATIONS
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let (order, cycles) = (&mut self.order, &mut self.cycles);
        Ok(self.places.next(|this| {
            let n = order.len();
            for at in (0..cycles.len()).rev() {
                cycles[at] -= 1;
                if cycles[at] == 0 {
                    order[at..].rotate_left(1);
                    cycles[at] = n - at;
                } else {
                    order.swap(at, n - cycles[at]);
                    this.places.copy_from_slice(&order[..cycles.len()]);
                    return true;
                }
            }
            false
        }))
    }
}

fn permutations(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("permutations", &["iterable", "r"], 1);
    let [iterable, r] = PARAMS.read(args, kwargs)?;
    let pool = iter::collect(iterable.unwrap_or(&Value::None))?;
    let n = pool.len();
    let r = match r {
        None | Some(Value::None) => n as i64,
        Some(r @ (Value::Int(_) | Value::BigInt(_) | Value::Bool(_))) => size(r)?,
        Some(_) => return Err(exc::type_error("Expected int as r")),
    };
    let Ok(r) = usize::try_from(r) else {
        return Err(exc::value_error("r must be non-negative"));
    };
    let done = r > n;
    let kept = if done { 0 } else { r };
    Ok(Shell::value(Permutations {
        places: Places::new(pool, (0..kept).collect(), done),
        order: (0..n).collect(),
        cycles: (0..kept).map(|at| n - at).collect(),
    }))
}

pub static PERMUTATIONS: BuiltinType = BuiltinType::new("permutations", "itertools", permutations).in_c();
