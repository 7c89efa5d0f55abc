//! enumerate, filter, map, reversed, zip: iterators over other iterators.
//!
//! Nothing is borrowed while a source is advanced: its code may come back to the same iterator.

use std::cell::{Cell, RefCell};

use crate::exc::{self, Exc, Result};
use crate::int::Int;
use crate::iter;
use crate::native::Native;
use crate::ops;
use crate::registry::BuiltinType;
use crate::tuple::Tuple;
use crate::types;
use crate::value::Value;

/// What all of these have in common.
macro_rules! iterator {
    ($type:ident) => {
        fn native_type(&self) -> &'static BuiltinType {
            &types::$type
        }

        fn is_iterator(&self) -> bool {
            true
        }
    };
}

/// `enumerate(items, start)`.
pub struct Enumerate {
    items: Value,
    next: RefCell<Int>,
}

impl Enumerate {
    /// `items` is an iterator.
    pub fn new(items: Value, start: Int) -> Enumerate {
        Enumerate {
            items,
            next: RefCell::new(start),
        }
    }
}

impl Native for Enumerate {
    iterator!(ENUMERATE);

    fn next(&self) -> Result<Option<Value>> {
        let Some(item) = iter::next(&self.items)? else {
            return Ok(None);
        };
        let at = self.next.borrow().clone();
        *self.next.borrow_mut() = at.add(&Int::ONE);
        Ok(Some(Value::Tuple(Tuple::from_array([Value::from(at), item]))))
    }
}

/// `zip(*sources, strict=strict)`.
pub struct Zip {
    sources: Vec<Value>,
    strict: bool,
}

impl Zip {
    /// `sources` are iterators.
    pub fn new(sources: Vec<Value>, strict: bool) -> Zip {
        Zip { sources, strict }
    }

    /// The end of a strict zip by the source at `ended`: fine when all sources end together.
    #[cold]
    fn ended_early(&self, ended: usize) -> Result<Option<Value>> {
        if ended > 0 {
            return Err(uneven(ended, "shorter"));
        }
        for (at, source) in self.sources.iter().enumerate().skip(1) {
            if iter::next(source)?.is_some() {
                return Err(uneven(at, "longer"));
            }
        }
        Ok(None)
    }
}

/// "zip() argument 3 is shorter than arguments 1-2", for the argument at position `at`.
fn uneven(at: usize, how: &str) -> Exc {
    let others = if at == 1 {
        "argument 1".to_owned()
    } else {
        format!("arguments 1-{at}")
    };
    exc::value_error(&format!("zip() argument {} is {how} than {others}", at + 1))
}

impl Native for Zip {
    iterator!(ZIP);

    fn next(&self) -> Result<Option<Value>> {
        if let [a, b] = &self.sources[..]
            && !self.strict
        {
            let Some(a) = iter::next(a)? else { return Ok(None) };
            let Some(b) = iter::next(b)? else { return Ok(None) };
            return Ok(Some(Value::Tuple(Tuple::from_array([a, b]))));
        }
        let mut row = Vec::with_capacity(self.sources.len());
        for (at, source) in self.sources.iter().enumerate() {
            match iter::next(source)? {
                Some(item) => row.push(item),
                None if self.strict => return self.ended_early(at),
                None => return Ok(None),
            }
        }
        Ok((!row.is_empty()).then(|| Value::tuple(row)))
    }
}

/// `map(function, *sources)`.
pub struct Map {
    function: Value,
    sources: Vec<Value>,
}

impl Map {
    /// `sources` are iterators.
    pub fn new(function: Value, sources: Vec<Value>) -> Map {
        Map { function, sources }
    }
}

impl Native for Map {
    iterator!(MAP);

    fn next(&self) -> Result<Option<Value>> {
        if let [only] = &self.sources[..] {
            let Some(item) = iter::next(only)? else { return Ok(None) };
            return ops::call(&self.function, &[item]).map(Some);
        }
        let mut row = Vec::with_capacity(self.sources.len());
        for source in &self.sources {
            match iter::next(source)? {
                Some(item) => row.push(item),
                None => return Ok(None),
            }
        }
        ops::call(&self.function, &row).map(Some)
    }
}

/// `filter(function, items)`; None keeps what is true.
pub struct Filter {
    function: Value,
    items: Value,
}

impl Filter {
    /// `items` is an iterator.
    pub fn new(function: Value, items: Value) -> Filter {
        Filter { function, items }
    }
}

impl Native for Filter {
    iterator!(FILTER);

    fn next(&self) -> Result<Option<Value>> {
        while let Some(item) = iter::next(&self.items)? {
            let keep = match &self.function {
                Value::None => ops::truthy(&item)?,
                function => ops::truthy(&ops::call(function, std::slice::from_ref(&item))?)?,
            };
            if keep {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }
}

/// `reversed(sequence)` of anything without a way of its own: by `__len__` and `__getitem__`.
pub struct Reversed {
    sequence: Value,
    left: Cell<i64>,
}

impl Reversed {
    pub fn new(sequence: Value, len: usize) -> Reversed {
        Reversed {
            sequence,
            left: Cell::new(len as i64),
        }
    }

    /// How many items are still to come.
    pub fn left(&self) -> i64 {
        self.left.get()
    }
}

impl Native for Reversed {
    iterator!(REVERSED);

    fn next(&self) -> Result<Option<Value>> {
        let at = self.left.get() - 1;
        if at < 0 {
            return Ok(None);
        }
        self.left.set(at);
        match ops::get_item(&self.sequence, &Value::Int(at)) {
            Ok(item) => Ok(Some(item)),
            Err(end) if end.is(&exc::hierarchy::INDEX_ERROR) || end.is(&exc::hierarchy::STOP_ITERATION) => {
                self.left.set(0);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }
}
