//! `chain` and `cycle`.

use super::shell::{Shell, Step};
use crate::exc::Result;
use crate::iter::{self, Iter};
use crate::lib::params::{between, no_keywords, one};
use crate::registry::{BuiltinType, Effects, Kwargs, Method};
use crate::value::Value;

/// `chain(*iterables)`: one after the other.
struct Chain {
    /// The iterables; None once all are done.
    sources: Option<Iter>,
    current: Option<Iter>,
}

impl Step for Chain {
    fn kind() -> &'static BuiltinType {
        &CHAIN
    }

    fn step(&mut self) -> Result<Option<Value>> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(item) = current.next()? {
                    return Ok(Some(item));
                }
                self.current = None;
            }
            let Some(sources) = &mut self.sources else {
                return Ok(None);
            };
            match sources.next() {
                Ok(Some(source)) => match iter::iter(&source) {
                    Ok(iter) => self.current = Some(iter),
                    Err(raised) => {
                        self.sources = None;
                        return Err(raised);
                    }
                },
                Ok(None) => self.sources = None,
                Err(raised) => {
                    self.sources = None;
                    return Err(raised);
                }
            }
        }
    }
}

fn chain(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords("chain", kwargs)?;
    let sources = Some(iter::iter(&Value::tuple(args.to_vec()))?);
    Ok(Shell::value(Chain { sources, current: None }))
}

/// `chain.from_iterable(sources)`.
pub fn of(sources: Value) -> Result<Value> {
    Ok(Shell::value(Chain {
        sources: Some(iter::iter(&sources)?),
        current: None,
    }))
}

fn from_iterable(_class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    of(one("chain.from_iterable", args, kwargs)?.clone())
}

pub static CHAIN: BuiltinType = BuiltinType::new("chain", "itertools", chain)
    .in_c()
    .class_methods(&[Method {
        name: "from_iterable",
        effects: Effects::READS_ARGS,
        call: from_iterable,
    }]);

/// `cycle(iterable)`: round and round.
struct Cycle {
    source: Option<Iter>,
    saved: Vec<Value>,
    place: usize,
}

impl Step for Cycle {
    fn kind() -> &'static BuiltinType {
        &CYCLE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        if let Some(source) = &mut self.source {
            if let Some(item) = source.next()? {
                self.saved.push(item.clone());
                return Ok(Some(item));
            }
            self.source = None;
        }
        let Some(item) = self.saved.get(self.place).cloned() else {
            return Ok(None);
        };
        self.place = (self.place + 1) % self.saved.len();
        Ok(Some(item))
    }
}

fn cycle(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("cycle", args, kwargs, 1, 1)?;
    let source = Some(iter::iter(&args[0])?);
    Ok(Shell::value(Cycle {
        source,
        saved: Vec::new(),
        place: 0,
    }))
}

pub static CYCLE: BuiltinType = BuiltinType::new("cycle", "itertools", cycle).in_c();
