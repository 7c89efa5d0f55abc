//! `product`: every choice of one item from each iterable, the last one turning fastest.

use super::shell::{Shell, Step};
use crate::exc::{self, Result};
use crate::iter;
use crate::lib::convert::size;
use crate::registry::{BuiltinType, Kwargs};
use crate::value::Value;

struct Product {
    /// The different pools; `product(a, repeat=2)` reads the one twice.
    pools: Vec<Vec<Value>>,
    places: Vec<usize>,
    started: bool,
    done: bool,
}

impl Product {
    fn pool(&self, at: usize) -> &[Value] {
        &self.pools[at % self.pools.len()]
    }

    fn advance(&mut self) -> bool {
        for at in (0..self.places.len()).rev() {
            self.places[at] += 1;
            if self.places[at] < self.pool(at).len() {
                return true;
            }
            self.places[at] = 0;
        }
        false
    }
}

impl Step for Product {
    fn kind() -> &'static BuiltinType {
        &PRODUCT
    }

    fn step(&mut self) -> Result<Option<Value>> {
        if self.done {
            return Ok(None);
        }
        if self.started && !self.advance() {
            self.done = true;
            return Ok(None);
        }
        self.started = true;
        let row = self
            .places
            .iter()
            .enumerate()
            .map(|(at, &place)| self.pool(at)[place].clone())
            .collect();
        Ok(Some(Value::tuple(row)))
    }
}

fn product(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let mut repeat = 1;
    for (key, value) in kwargs {
        if *key != *"repeat" {
            return Err(exc::type_error(&format!(
                "'{key}' is an invalid keyword argument for product()"
            )));
        }
        repeat = size(value)?;
    }
    let Ok(repeat) = usize::try_from(repeat) else {
        return Err(exc::value_error("repeat argument cannot be negative"));
    };
    let used = if repeat == 0 { &[][..] } else { args };
    let pools = used.iter().map(iter::collect).collect::<Result<Vec<_>>>()?;
    let done = pools.iter().any(Vec::is_empty);
    let places = vec![0; pools.len() * repeat];
    Ok(Shell::value(Product {
        pools,
        places,
        started: false,
        done,
    }))
}

pub static PRODUCT: BuiltinType = BuiltinType::new("product", "itertools", product).in_c();
