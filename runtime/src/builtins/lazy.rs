//! enumerate, filter, map, reversed, zip: iterators over other iterators.

use std::cell::{RefCell, RefMut};

use crate::exc::{self, Result};
use crate::int::Int;
use crate::iter::Iter;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::BuiltinType;
use crate::tuple::Tuple;
use crate::types;
use crate::value::Value;

/// The state of an iterator, while nobody else advances it.
///
/// # Errors
/// ValueError when the iterator is being advanced already: its source asked it for items.
fn state<T>(cell: &RefCell<T>) -> Result<RefMut<'_, T>> {
    cell.try_borrow_mut()
        .map_err(|_| exc::value_error("iterator already executing"))
}

/// What all of these have in common.
macro_rules! iterator {
    ($type:ident) => {
        fn native_type(&self) -> &'static BuiltinType {
            &types::$type
        }

        fn is_iterator(&self) -> bool {
            true
        }

        fn iter(&self, this: &Object) -> Result<Option<Iter>> {
            Ok(Some(Iter::Object(this.clone())))
        }
    };
}

/// `enumerate(items, start)`.
pub struct Enumerate(RefCell<(Iter, Int)>);

impl Enumerate {
    pub fn new(items: Iter, start: Int) -> Enumerate {
        Enumerate(RefCell::new((items, start)))
    }
}

impl Native for Enumerate {
    iterator!(ENUMERATE);

    fn next(&self) -> Result<Option<Value>> {
        let mut state = state(&self.0)?;
        let Some(item) = state.0.next()? else { return Ok(None) };
        let at = state.1.clone();
        state.1 = at.add(&Int::ONE);
        Ok(Some(Value::Tuple(Tuple::from_array([Value::from(at), item]))))
    }
}

/// `zip(*sources, strict=strict)`.
pub struct Zip {
    sources: RefCell<Vec<Iter>>,
    strict: bool,
}

impl Zip {
    pub fn new(sources: Vec<Iter>, strict: bool) -> Zip {
        Zip {
            sources: RefCell::new(sources),
            strict,
        }
    }
}

impl Native for Zip {
    iterator!(ZIP);

    fn next(&self) -> Result<Option<Value>> {
        let mut sources = state(&self.sources)?;
        let mut row = Vec::with_capacity(sources.len());
        for at in 0..sources.len() {
            match sources[at].next()? {
                Some(item) => row.push(item),
                None if self.strict => return ended_early(&mut sources, at),
                None => return Ok(None),
            }
        }
        Ok((!row.is_empty()).then(|| Value::tuple(row)))
    }
}

/// The end of a strict zip: fine when all sources end together.
fn ended_early(sources: &mut [Iter], at: usize) -> Result<Option<Value>> {
    let others = |count: usize| {
        if count == 1 {
            "argument 1".to_owned()
        } else {
            format!("arguments 1-{count}")
        }
    };
    if at > 0 {
        let others = others(at);
        return Err(exc::value_error(&format!(
            "zip() argument {} is shorter than {others}",
            at + 1
        )));
    }
    for (at, source) in sources.iter_mut().enumerate().skip(1) {
        if source.next()?.is_some() {
            let others = others(at);
            return Err(exc::value_error(&format!(
                "zip() argument {} is longer than {others}",
                at + 1
            )));
        }
    }
    Ok(None)
}

/// `map(function, *sources)`.
pub struct Map {
    function: Value,
    sources: RefCell<Vec<Iter>>,
}

impl Map {
    pub fn new(function: Value, sources: Vec<Iter>) -> Map {
        Map {
            function,
            sources: RefCell::new(sources),
        }
    }
}

impl Native for Map {
    iterator!(MAP);

    fn next(&self) -> Result<Option<Value>> {
        let mut sources = state(&self.sources)?;
        if let [only] = &mut sources[..] {
            let Some(item) = only.next()? else { return Ok(None) };
            drop(sources);
            return ops::call(&self.function, &[item]).map(Some);
        }
        let mut row = Vec::with_capacity(sources.len());
        for source in sources.iter_mut() {
            match source.next()? {
                Some(item) => row.push(item),
                None => return Ok(None),
            }
        }
        drop(sources);
        ops::call(&self.function, &row).map(Some)
    }
}

/// `filter(function, items)`; None keeps what is true.
pub struct Filter {
    function: Value,
    items: RefCell<Iter>,
}

impl Filter {
    pub fn new(function: Value, items: Iter) -> Filter {
        Filter {
            function,
            items: RefCell::new(items),
        }
    }
}

impl Native for Filter {
    iterator!(FILTER);

    fn next(&self) -> Result<Option<Value>> {
        loop {
            let Some(item) = state(&self.items)?.next()? else {
                return Ok(None);
            };
            let keep = match &self.function {
                Value::None => ops::truthy(&item)?,
                function => ops::truthy(&ops::call(function, std::slice::from_ref(&item))?)?,
            };
            if keep {
                return Ok(Some(item));
            }
        }
    }
}

/// `reversed(sequence)` of anything without a way of its own: by `__len__` and `__getitem__`.
pub struct Reversed(RefCell<(Value, i64)>);

impl Reversed {
    pub fn new(sequence: Value, len: usize) -> Reversed {
        Reversed(RefCell::new((sequence, len as i64)))
    }
}

impl Native for Reversed {
    iterator!(REVERSED);

    fn next(&self) -> Result<Option<Value>> {
        let (sequence, at) = {
            let mut state = state(&self.0)?;
            if state.1 <= 0 {
                return Ok(None);
            }
            state.1 -= 1;
            (state.0.clone(), state.1)
        };
        match ops::get_item(&sequence, &Value::Int(at)) {
            Ok(item) => Ok(Some(item)),
            Err(end) if end.is(&exc::hierarchy::INDEX_ERROR) || end.is(&exc::hierarchy::STOP_ITERATION) => {
                state(&self.0)?.1 = 0;
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }
}
