//! The methods of `deque`, and walking over one.

use std::cell::{Cell, RefCell};

use super::deque::Deque;
use crate::exc::{self, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::params::{between, none, one};
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::text;
use crate::value::Value;

fn this(receiver: &Value) -> Result<&Deque> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 'collections.deque' object"))
}

/// The position of `item` between two positions; a change meanwhile is an error.
pub fn find(deque: &Deque, item: &Value, start: usize, stop: usize) -> Result<Option<usize>> {
    let stamp = deque.stamp();
    let mut position = start;
    while position < stop {
        let Some(candidate) = deque.at(position) else { break };
        let equal = ops::is(&candidate, item) || ops::eq_bool(&candidate, item)?;
        if stamp != deque.stamp() {
            return Err(exc::runtime_error("deque mutated during iteration"));
        }
        if equal {
            return Ok(Some(position));
        }
        position += 1;
    }
    Ok(None)
}

/// Adds the items of an iterable, which may be the deque itself.
pub fn extend_with(deque: &Deque, iterable: &Value, add: fn(&Deque, Value)) -> Result<()> {
    let own = iterable
        .downcast::<Deque>()
        .is_some_and(|other| std::ptr::eq(other, deque));
    let mut items = if own {
        iter::iter(&Value::list(deque.to_vec()))?
    } else {
        iter::iter(iterable)?
    };
    while let Some(item) = items.next()? {
        add(deque, item);
    }
    Ok(())
}

fn append(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    this(receiver)?.append(one("deque.append", args, kwargs)?.clone());
    Ok(Value::None)
}

fn appendleft(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    this(receiver)?.append_left(one("deque.appendleft", args, kwargs)?.clone());
    Ok(Value::None)
}

fn pop(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("deque.pop", args, kwargs)?;
    this(receiver)?.pop()
}

fn popleft(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("deque.popleft", args, kwargs)?;
    this(receiver)?.pop_left()
}

fn extend(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    extend_with(this(receiver)?, one("deque.extend", args, kwargs)?, Deque::append)?;
    Ok(Value::None)
}

fn extendleft(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    extend_with(
        this(receiver)?,
        one("deque.extendleft", args, kwargs)?,
        Deque::append_left,
    )?;
    Ok(Value::None)
}

fn clear(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("deque.clear", args, kwargs)?;
    drop(this(receiver)?.change(std::mem::take));
    Ok(Value::None)
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("deque.copy", args, kwargs)?;
    let this = this(receiver)?;
    Ok(Value::object(Deque::new(this.to_vec(), this.max_len)))
}

fn reverse(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("deque.reverse", args, kwargs)?;
    this(receiver)?.change(|items| items.make_contiguous().reverse());
    Ok(Value::None)
}

fn rotate(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("deque.rotate", args, kwargs, 0, 1).map_err(|_| rotate_count(args.len()))?;
    let steps = args.first().map_or(Ok(1), size)?;
    this(receiver)?.change(|items| {
        if !items.is_empty() {
            let steps = steps.rem_euclid(items.len() as i64) as usize;
            items.rotate_right(steps);
        }
    });
    Ok(Value::None)
}

fn rotate_count(given: usize) -> exc::Exc {
    exc::type_error(&format!("deque.rotate expected at most 1 argument, got {given}"))
}

fn count(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let item = one("deque.count", args, kwargs)?;
    let this = this(receiver)?;
    let (mut count, mut start) = (0, 0);
    while let Some(position) = find(this, item, start, usize::MAX)? {
        count += 1;
        start = position + 1;
    }
    Ok(Value::Int(count))
}

#[cold]
fn absent(item: &Value) -> Result<exc::Exc> {
    Ok(exc::value_error(&format!("{} is not in deque", text::repr(item)?)))
}

fn index(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("index", args, kwargs, 1, 3)?;
    let this = this(receiver)?;
    let len = this.len() as i64;
    let bound = |arg: Option<&Value>, default: i64| -> Result<usize> {
        let bound = arg.map_or(Ok(default), slice_index)?;
        Ok((if bound < 0 {
            bound.saturating_add(len).max(0)
        } else {
            bound
        })
        .min(len) as usize)
    };
    let (start, stop) = (bound(args.get(1), 0)?, bound(args.get(2), i64::MAX)?);
    match find(this, &args[0], start, stop)? {
        Some(position) => Ok(Value::Int(position as i64)),
        None => Err(absent(&args[0])?),
    }
}

/// A bound as slices take it: any int, cut to 64 bits.
fn slice_index(value: &Value) -> Result<i64> {
    match ops::try_index(value)? {
        Some(index) => Ok(ops::saturate(&index)),
        None => Err(exc::type_error(
            "slice indices must be integers or have an __index__ method",
        )),
    }
}

fn insert(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [index, item] = args else {
        let given = args.len();
        return Err(exc::type_error(&format!(
            "insert() takes exactly 2 arguments ({given} given)"
        )));
    };
    crate::lib::params::no_keywords("deque.insert", kwargs)?;
    let this = this(receiver)?;
    let index = size(index)?;
    let len = this.len();
    if this.max_len.is_some_and(|most| len >= most) {
        return Err(exc::index_error("deque already at its maximum size"));
    }
    let place = if index < 0 {
        (index + len as i64).max(0)
    } else {
        index.min(len as i64)
    };
    this.change(|items| items.insert(place as usize, item.clone()));
    Ok(Value::None)
}

fn remove(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let item = one("deque.remove", args, kwargs)?;
    let this = this(receiver)?;
    let found = find(this, item, 0, usize::MAX).map_err(|raised| match raised.type_name().as_str() {
        "RuntimeError" => exc::index_error("deque mutated during remove()."),
        _ => raised,
    })?;
    let Some(position) = found else {
        return Err(absent(item)?);
    };
    drop(this.change(|items| items.remove(position)));
    Ok(Value::None)
}

fn reversed(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("deque.__reversed__", args, kwargs)?;
    match receiver {
        Value::Object(object) => Ok(walk(object, true).into_value()),
        _ => Err(exc::type_error("descriptor requires a 'collections.deque' object")),
    }
}

/// An iteration over the deque behind `object`.
pub fn walk(object: &Object, backwards: bool) -> Iter {
    let stamp = object.downcast::<Deque>().map_or(0, Deque::stamp);
    let walk = Walk {
        deque: RefCell::new(Some(object.clone())),
        stamp,
        next: Cell::new(0),
        backwards,
    };
    Iter::Object(Object::new(walk))
}

/// A walk over a deque; a change of the deque ends it with an error.
struct Walk {
    /// None once the walk is over.
    deque: RefCell<Option<Object>>,
    stamp: u64,
    next: Cell<usize>,
    backwards: bool,
}

impl Native for Walk {
    fn native_type(&self) -> &'static BuiltinType {
        if self.backwards { &REVERSE_ITERATOR } else { &ITERATOR }
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Object(this.clone())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        let object = self.deque.borrow().clone();
        let Some(deque) = object.as_ref().and_then(Object::downcast::<Deque>) else {
            return Ok(None);
        };
        if deque.stamp() != self.stamp {
            *self.deque.borrow_mut() = None;
            return Err(exc::runtime_error("deque mutated during iteration"));
        }
        let (next, len) = (self.next.get(), deque.len());
        if next >= len {
            *self.deque.borrow_mut() = None;
            return Ok(None);
        }
        self.next.set(next + 1);
        Ok(deque.at(if self.backwards { len - 1 - next } else { next }))
    }
}

static ITERATOR: BuiltinType = BuiltinType::closed("_deque_iterator", "_collections").in_c();
static REVERSE_ITERATOR: BuiltinType = BuiltinType::closed("_deque_reverse_iterator", "_collections").in_c();

const MUTATES: Effects = Effects::MUTATES_ARGS;
const READS: Effects = Effects::READS_ARGS;

pub static METHODS: &[Method] = &[
    Method {
        name: "append",
        effects: MUTATES,
        call: append,
    },
    Method {
        name: "appendleft",
        effects: MUTATES,
        call: appendleft,
    },
    Method {
        name: "pop",
        effects: MUTATES,
        call: pop,
    },
    Method {
        name: "popleft",
        effects: MUTATES,
        call: popleft,
    },
    Method {
        name: "extend",
        effects: MUTATES,
        call: extend,
    },
    Method {
        name: "extendleft",
        effects: MUTATES,
        call: extendleft,
    },
    Method {
        name: "clear",
        effects: MUTATES,
        call: clear,
    },
    Method {
        name: "copy",
        effects: READS,
        call: copy,
    },
    Method {
        name: "__copy__",
        effects: READS,
        call: copy,
    },
    Method {
        name: "reverse",
        effects: MUTATES,
        call: reverse,
    },
    Method {
        name: "rotate",
        effects: MUTATES,
        call: rotate,
    },
    Method {
        name: "count",
        effects: READS,
        call: count,
    },
    Method {
        name: "index",
        effects: READS,
        call: index,
    },
    Method {
        name: "insert",
        effects: MUTATES,
        call: insert,
    },
    Method {
        name: "remove",
        effects: MUTATES,
        call: remove,
    },
    Method {
        name: "__reversed__",
        effects: READS,
        call: reversed,
    },
];

pub static FIELDS: &[Field] = &[Field {
    name: "maxlen",
    get: |receiver| {
        Ok(this(receiver)?
            .max_len
            .map_or(Value::None, |most| Value::Int(most as i64)))
    },
    set: None,
}];
