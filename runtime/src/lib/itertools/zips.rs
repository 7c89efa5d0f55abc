//! `zip_longest`, `pairwise` and `tee`.

use std::cell::RefCell;

use super::shell::{Shell, Step};
use crate::exc::{self, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::params::{between, one};
use crate::rc::Ref;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::value::Value;

/// `zip_longest(*iterables, fillvalue=None)`.
struct ZipLongest {
    sources: Vec<Option<Iter>>,
    fill: Value,
}

impl Step for ZipLongest {
    fn kind() -> &'static BuiltinType {
        &ZIP_LONGEST
    }

    fn step(&mut self) -> Result<Option<Value>> {
        if self.sources.iter().all(Option::is_none) {
            return Ok(None);
        }
        let mut row = Vec::with_capacity(self.sources.len());
        for at in 0..self.sources.len() {
            row.push(self.item(at)?);
            if self.sources.iter().all(Option::is_none) {
                return Ok(None);
            }
        }
        Ok(Some(Value::tuple(row)))
    }
}

impl ZipLongest {
    /// The next item of one source, or what fills its place once it has run out.
    fn item(&mut self, at: usize) -> Result<Value> {
        let Some(source) = &mut self.sources[at] else {
            return Ok(self.fill.clone());
        };
        match source.next() {
            Ok(Some(item)) => Ok(item),
            Ok(None) => {
                self.sources[at] = None;
                Ok(self.fill.clone())
            }
            Err(raised) => {
                self.sources.iter_mut().for_each(|source| *source = None);
                Err(raised)
            }
        }
    }
}

fn zip_longest(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let mut fill = Value::None;
    for (key, value) in kwargs {
        if *key != *"fillvalue" {
            return Err(exc::type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value.clone();
    }
    let sources = args
        .iter()
        .map(|arg| iter::iter(arg).map(Some))
        .collect::<Result<Vec<_>>>()?;
    Ok(Shell::value(ZipLongest { sources, fill }))
}

pub static ZIP_LONGEST: BuiltinType = BuiltinType::new("zip_longest", "itertools", zip_longest).in_c();

/// `pairwise(iterable)`.
struct Pairwise {
    source: Option<Iter>,
    before: Option<Value>,
}

impl Step for Pairwise {
    fn kind() -> &'static BuiltinType {
        &PAIRWISE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let Some(source) = &mut self.source else {
            return Ok(None);
        };
        let before = match self.before.take() {
            Some(before) => Some(before),
            None => source.next()?,
        };
        let after = if before.is_some() { source.next()? } else { None };
        match (before, after) {
            (Some(before), Some(after)) => {
                self.before = Some(after.clone());
                Ok(Some(Value::tuple(vec![before, after])))
            }
            _ => {
                self.source = None;
                Ok(None)
            }
        }
    }
}

fn pairwise(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("pairwise", args, kwargs, 1, 1)?;
    Ok(Shell::value(Pairwise {
        source: Some(iter::iter(&args[0])?),
        before: None,
    }))
}

pub static PAIRWISE: BuiltinType = BuiltinType::new("pairwise", "itertools", pairwise).in_c();

/// A link of the chain that the copies of a `tee` walk: an item and what follows it, read when first asked for.
struct Link {
    source: Ref<RefCell<Iter>>,
    next: RefCell<Option<(Value, Ref<Link>)>>,
}

/// One of the iterators that `tee` gives.
struct Tee(Ref<Link>);

impl Step for Tee {
    fn kind() -> &'static BuiltinType {
        &TEE_TYPE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let known = self.0.next.borrow().clone();
        let (item, following) = match known {
            Some(known) => known,
            None => {
                let Ok(mut source) = self.0.source.try_borrow_mut() else {
                    return Err(exc::runtime_error("reentrant call to itertools.tee"));
                };
                let Some(item) = source.next()? else { return Ok(None) };
                drop(source);
                let link = Link {
                    source: self.0.source.clone(),
                    next: RefCell::new(None),
                };
                let made = (item, Ref::new(link));
                *self.0.next.borrow_mut() = Some(made.clone());
                made
            }
        };
        self.0 = following;
        Ok(Some(item))
    }
}

impl Drop for Link {
    /// Unlinks a long chain step by step: dropping it in one go would nest a call for each link.
    fn drop(&mut self) {
        let mut next = self.next.get_mut().take();
        while let Some((_, mut link)) = next {
            next = match Ref::unique(&mut link) {
                Some(link) => link.next.get_mut().take(),
                None => None,
            };
        }
    }
}

fn tee(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("tee", args, kwargs, 1, 2)?;
    let n = args.get(1).map_or(Ok(2), size)?;
    if n < 0 {
        return Err(exc::value_error("n must be >= 0"));
    }
    let first = match args[0].downcast::<Shell<Tee>>() {
        Some(shell) => shell.0.borrow().0.clone(),
        None => {
            let source = Ref::new(RefCell::new(iter::iter(&args[0])?));
            Ref::new(Link {
                source,
                next: RefCell::new(None),
            })
        }
    };
    Ok(Value::tuple((0..n).map(|_| Shell::value(Tee(first.clone()))).collect()))
}

fn copy_tee(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let copied = tee(&[one("_tee", args, kwargs)?.clone(), Value::Int(1)], &[])?;
    iter::unpack::<1>(&copied).map(|[copy]| copy)
}

static TEE_TYPE: BuiltinType = BuiltinType::new("_tee", "itertools", copy_tee).in_c();
pub static TEE: NativeFn = NativeFn {
    name: "tee",
    effects: Effects::MUTATES_ARGS,
    call: tee,
};
