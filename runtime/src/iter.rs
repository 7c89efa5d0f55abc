//! The iteration protocol.

use std::cell::UnsafeCell;

use crate::bytes::Bytes;
use crate::dict::DictIter;
use crate::exc::{self, Exc, Result, hierarchy};
use crate::int::Int;
use crate::list::List;
use crate::native::Object;
use crate::ops;
use crate::range::Range;
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::set::SetIter;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types;
use crate::value::Value;

/// An iteration in progress.
pub enum Iter {
    /// Run out.
    Empty,
    List {
        list: List<Value>,
        next: usize,
    },
    /// `reversed(list)`; `left` items are still to come.
    ListBack {
        list: List<Value>,
        left: usize,
    },
    Tuple {
        tuple: Tuple,
        next: usize,
    },
    Str {
        text: Str,
        next: usize,
    },
    Bytes {
        bytes: Bytes,
        next: usize,
    },
    Range {
        next: i64,
        step: i64,
        left: u64,
    },
    BigRange {
        next: Int,
        step: Int,
        left: Int,
    },
    Dict {
        walk: DictIter<Value, Value>,
        part: Part,
    },
    Set(SetIter<Value>),
    /// An iterator among the library objects.
    Object(Object),
    /// An iterator that others hold as well.
    Shared(IterObject),
    /// An iterator of the program: an object with `__next__`.
    User(Value),
    /// An object with `__getitem__` only.
    Sequence {
        object: Value,
        next: i64,
    },
    /// `iter(function, sentinel)`.
    Call {
        function: Value,
        sentinel: Value,
    },
}

/// What of a dict's entries an iteration gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Keys,
    Values,
    Items,
}

/// An iterator as a Python object.
#[derive(Clone)]
pub struct IterObject(Ref<Shared>);

struct Shared {
    kind: &'static BuiltinType,
    iter: UnsafeCell<Iter>,
}

impl IterObject {
    fn new(iter: Iter) -> IterObject {
        IterObject(Ref::new(Shared {
            kind: iter.kind(),
            iter: UnsafeCell::new(iter),
        }))
    }

    /// The iterator's type.
    pub fn kind(&self) -> &'static BuiltinType {
        self.0.kind
    }

    /// True when both are one iterator.
    pub fn same(a: &IterObject, b: &IterObject) -> bool {
        Ref::same(&a.0, &b.0)
    }

    /// The iterator's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// `next(iterator)`. Where code of the program runs, the iterator is not borrowed meanwhile.
    ///
    /// # Errors
    /// What the iteration raises.
    pub fn next(&self) -> Result<Option<Value>> {
        // SAFETY: only kinds that run no code of the program are advanced while borrowed.
        let iter = unsafe { &mut *self.0.iter.get() };
        let step = match iter {
            Iter::Sequence { object, next } => {
                *next += 1;
                sequence_item(&object.clone(), *next - 1)
            }
            Iter::Call { function, sentinel } => call_until(&function.clone(), &sentinel.clone()),
            plain => return plain.next(),
        };
        if !matches!(step, Ok(Some(_))) {
            // SAFETY: the old state is dropped after the borrow.
            drop(std::mem::replace(unsafe { &mut *self.0.iter.get() }, Iter::Empty));
        }
        step
    }

    /// How many items are left, where that is known: `operator.length_hint`.
    pub fn remaining(&self) -> Option<usize> {
        // SAFETY: a look at lengths.
        unsafe { (*self.0.iter.get()).remaining() }
    }
}

/// The next item of an object with `__getitem__` only: IndexError and StopIteration end it.
fn sequence_item(object: &Value, index: i64) -> Result<Option<Value>> {
    match ops::get_item(object, &Value::Int(index)) {
        Ok(item) => Ok(Some(item)),
        Err(end) if end.is(&hierarchy::INDEX_ERROR) || end.is(&hierarchy::STOP_ITERATION) => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn call_until(function: &Value, sentinel: &Value) -> Result<Option<Value>> {
    match ops::call(function, &[]) {
        Ok(value) if ops::eq_bool(sentinel, &value)? => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(end) if end.is(&hierarchy::STOP_ITERATION) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// `next()` of an iterator of the program.
fn user_next(iterator: &Value) -> Result<Option<Value>> {
    match ops::call_method(iterator, "__next__", &[]) {
        Ok(value) => Ok(Some(value)),
        Err(end) if end.is(&hierarchy::STOP_ITERATION) => Ok(None),
        Err(failure) => Err(failure),
    }
}

impl Iter {
    /// The next item; None at the end.
    ///
    /// # Errors
    /// What the iteration raises.
    #[inline]
    pub fn next(&mut self) -> Result<Option<Value>> {
        match self {
            Iter::List { list, next } => match list.at(*next) {
                Some(item) => {
                    *next += 1;
                    Ok(Some(item))
                }
                None => self.finish(),
            },
            Iter::Range { next, step, left } if *left > 0 => {
                let item = *next;
                *left -= 1;
                *next = next.wrapping_add(*step);
                Ok(Some(Value::Int(item)))
            }
            _ => self.next_slowly(),
        }
    }

    fn next_slowly(&mut self) -> Result<Option<Value>> {
        let item = match self {
            Iter::List { .. } | Iter::Range { .. } | Iter::Empty => None,
            Iter::ListBack { list, left } => {
                let item = left.checked_sub(1).and_then(|at| list.at(at));
                *left = left.saturating_sub(1);
                item
            }
            Iter::Tuple { tuple, next } => advance(next, |at| tuple.get(at as i64).ok()),
            Iter::Str { text, next } => advance(next, |at| (at < text.len()).then(|| Value::Str(text.char_at(at)))),
            Iter::Bytes { bytes, next } => advance(next, |at| bytes.as_slice().get(at).map(|&b| Value::Int(b as i64))),
            Iter::BigRange { next, step, left } => big_range_item(next, step, left),
            Iter::Dict { walk, part } => return dict_item(walk, *part),
            Iter::Set(walk) => return walk.next_item(),
            Iter::Object(object) => return object.native().next(),
            Iter::Shared(iterator) => return iterator.next(),
            Iter::User(iterator) => return user_next(iterator),
            Iter::Sequence { object, next } => {
                *next += 1;
                sequence_item(object, *next - 1)?
            }
            Iter::Call { function, sentinel } => call_until(function, sentinel)?,
        };
        if item.is_none() { self.finish() } else { Ok(item) }
    }

    #[cold]
    fn finish(&mut self) -> Result<Option<Value>> {
        drop(std::mem::replace(self, Iter::Empty));
        Ok(None)
    }

    /// The iterator as a Python object.
    pub fn into_value(self) -> Value {
        match self {
            Iter::Object(object) => Value::Object(object),
            Iter::Shared(iterator) => Value::Iter(iterator),
            Iter::User(iterator) => iterator,
            plain => Value::Iter(IterObject::new(plain)),
        }
    }

    /// The type that `into_value` shows.
    fn kind(&self) -> &'static BuiltinType {
        match self {
            Iter::List { .. } | Iter::Empty | Iter::Object(_) | Iter::User(_) => &types::LIST_ITERATOR,
            Iter::ListBack { .. } => &types::LIST_REVERSE_ITERATOR,
            Iter::Tuple { .. } => &types::TUPLE_ITERATOR,
            Iter::Str { text, .. } if text.is_ascii() => &types::STR_ASCII_ITERATOR,
            Iter::Str { .. } => &types::STR_ITERATOR,
            Iter::Bytes { .. } => &types::BYTES_ITERATOR,
            Iter::Range { .. } => &types::RANGE_ITERATOR,
            Iter::BigRange { .. } => &types::LONG_RANGE_ITERATOR,
            Iter::Dict { walk, part } => dict_kind(walk.is_backwards(), *part),
            Iter::Set(_) => &types::SET_ITERATOR,
            Iter::Shared(iterator) => iterator.kind(),
            Iter::Sequence { .. } => &types::SEQUENCE_ITERATOR,
            Iter::Call { .. } => &types::CALLABLE_ITERATOR,
        }
    }

    /// How many items are left, where that is known without running code of the program.
    pub fn remaining(&self) -> Option<usize> {
        match self {
            Iter::Empty => Some(0),
            Iter::List { list, next } => Some(list.len().saturating_sub(*next)),
            Iter::ListBack { left, .. } => Some(*left),
            Iter::Tuple { tuple, next } => Some(tuple.len() - next),
            Iter::Str { text, next } => Some(text.len() - next),
            Iter::Bytes { bytes, next } => Some(bytes.len() - next),
            Iter::Range { left, .. } => usize::try_from(*left).ok(),
            Iter::BigRange { left, .. } => left.as_i64().and_then(|left| usize::try_from(left).ok()),
            Iter::Dict { walk, .. } => Some(walk.remaining()),
            Iter::Set(walk) => Some(walk.remaining()),
            Iter::Shared(iterator) => iterator.remaining(),
            Iter::Object(_) | Iter::User(_) | Iter::Sequence { .. } | Iter::Call { .. } => None,
        }
    }

    /// The numbers of a range.
    pub fn range(range: &Range) -> Iter {
        // The last step may leave 64 bits; only the numbers before it are given.
        match (
            range.start.as_i64(),
            range.stop.as_i64(),
            range.step.as_i64(),
            range.len.as_i64(),
        ) {
            (Some(next), Some(_), Some(step), Some(left)) => Iter::Range {
                next,
                step,
                left: left as u64,
            },
            _ => Iter::BigRange {
                next: range.start.clone(),
                step: range.step.clone(),
                left: range.len.clone(),
            },
        }
    }

    /// All items left.
    ///
    /// # Errors
    /// What the iteration raises.
    pub fn collect(mut self) -> Result<Vec<Value>> {
        let mut items = Vec::with_capacity(self.remaining().unwrap_or(0));
        while let Some(item) = self.next()? {
            items.push(item);
        }
        Ok(items)
    }
}

/// Takes the item at `*next`, which moves on when there is one.
fn advance(next: &mut usize, item: impl FnOnce(usize) -> Option<Value>) -> Option<Value> {
    let item = item(*next);
    *next += item.is_some() as usize;
    item
}

fn big_range_item(next: &mut Int, step: &Int, left: &mut Int) -> Option<Value> {
    if left.is_zero() {
        return None;
    }
    let item = next.clone();
    *next = next.add(step);
    *left = left.sub(&Int::ONE);
    Some(Value::from(item))
}

fn dict_item(walk: &mut DictIter<Value, Value>, part: Part) -> Result<Option<Value>> {
    Ok(walk.next_entry()?.map(|(key, value)| match part {
        Part::Keys => key,
        Part::Values => value,
        Part::Items => Value::Tuple(Tuple::from_array([key, value])),
    }))
}

fn dict_kind(backwards: bool, part: Part) -> &'static BuiltinType {
    match (part, backwards) {
        (Part::Keys, false) => &types::DICT_KEY_ITERATOR,
        (Part::Values, false) => &types::DICT_VALUE_ITERATOR,
        (Part::Items, false) => &types::DICT_ITEM_ITERATOR,
        (Part::Keys, true) => &types::DICT_REVERSE_KEY_ITERATOR,
        (Part::Values, true) => &types::DICT_REVERSE_VALUE_ITERATOR,
        (Part::Items, true) => &types::DICT_REVERSE_ITEM_ITERATOR,
    }
}

/// `iter(value)`.
///
/// # Errors
/// TypeError when the value is not iterable; what its `__iter__` raises.
#[inline]
pub fn iter(value: &Value) -> Result<Iter> {
    match value {
        Value::List(list) => Ok(Iter::List {
            list: list.clone(),
            next: 0,
        }),
        _ => iter_slowly(value),
    }
}

fn iter_slowly(value: &Value) -> Result<Iter> {
    Ok(match value {
        Value::List(list) => Iter::List {
            list: list.clone(),
            next: 0,
        },
        Value::Tuple(tuple) => Iter::Tuple {
            tuple: tuple.clone(),
            next: 0,
        },
        Value::Range(range) => Iter::range(range),
        Value::Str(text) => Iter::Str {
            text: text.clone(),
            next: 0,
        },
        Value::Bytes(bytes) => Iter::Bytes {
            bytes: bytes.clone(),
            next: 0,
        },
        Value::Dict(dict) => Iter::Dict {
            walk: dict.iter(),
            part: Part::Keys,
        },
        Value::Set(set) => Iter::Set(set.iter()),
        Value::FrozenSet(set) => Iter::Set(set.items().iter()),
        Value::Iter(iterator) => Iter::Shared(iterator.clone()),
        Value::Object(object) => return iter_object(value, object),
        Value::Instance(_) | Value::Exception(_) | Value::Class(_) => return iter_user(value),
        _ => return Err(not_iterable(value)),
    })
}

fn iter_object(value: &Value, object: &Object) -> Result<Iter> {
    if object.native().is_iterator() {
        return Ok(Iter::Object(object.clone()));
    }
    match object.native().iter(object)? {
        Some(iter) => Ok(iter),
        None => match object.native().payload() {
            Some(inner) => iter(inner),
            None => Err(not_iterable(value)),
        },
    }
}

/// An object of a class of the program: `__iter__`, or else `__getitem__`.
fn iter_user(value: &Value) -> Result<Iter> {
    let class = value.class();
    match class.lookup("__iter__") {
        Some(Value::None) => Err(not_iterable(value)),
        Some(_) => match ops::call_special(value, "__iter__", &[])? {
            Some(answer) => as_iterator(answer),
            None => Err(not_iterable(value)),
        },
        None if class.lookup("__getitem__").is_some() => Ok(Iter::Sequence {
            object: value.clone(),
            next: 0,
        }),
        None => Err(not_iterable(value)),
    }
}

/// What `__iter__` answered, as an iteration.
fn as_iterator(answer: Value) -> Result<Iter> {
    match answer {
        Value::Iter(iterator) => Ok(Iter::Shared(iterator)),
        Value::Object(object) if object.native().is_iterator() => Ok(Iter::Object(object)),
        Value::Instance(_) if answer.class().lookup("__next__").is_some() => Ok(Iter::User(answer)),
        other => Err(exc::type_error(&format!(
            "iter() returned non-iterator of type '{}'",
            other.type_name()
        ))),
    }
}

#[cold]
fn not_iterable(value: &Value) -> Exc {
    exc::type_error(&format!("'{}' object is not iterable", value.type_name()))
}

/// `next(iterator)`; None at the end.
///
/// # Errors
/// TypeError when the value is no iterator; what the iteration raises.
pub fn next(iterator: &Value) -> Result<Option<Value>> {
    match iterator {
        Value::Iter(iterator) => iterator.next(),
        Value::Object(object) if object.native().is_iterator() => object.native().next(),
        Value::Instance(_) if iterator.class().lookup("__next__").is_some() => user_next(iterator),
        other => Err(exc::type_error(&format!(
            "'{}' object is not an iterator",
            other.type_name()
        ))),
    }
}

/// The items of an iterable: `list(value)` without the list.
///
/// # Errors
/// TypeError when the value is not iterable; what the iteration raises.
#[inline]
pub fn collect(value: &Value) -> Result<Vec<Value>> {
    match value {
        Value::List(list) => Ok(list.to_vec()),
        Value::Tuple(tuple) => Ok(tuple.to_vec()),
        _ => iter(value)?.collect(),
    }
}

/// The items of an iterable for a list or tuple to be made of them: it is asked for its length first, to have room.
///
/// # Errors
/// As `collect`; what asking raises.
pub fn collect_sized(value: &Value) -> Result<Vec<Value>> {
    match value {
        Value::Instance(_) => sized(value)?.collect(),
        _ => collect(value),
    }
}

/// `iter(value)`, and then the question for its length.
///
/// # Errors
/// TypeError when the value is not iterable; what asking raises.
pub fn sized(value: &Value) -> Result<Iter> {
    let items = iter(value)?;
    if let Value::Instance(_) = value {
        ops::length_hint(value)?;
    }
    Ok(items)
}

/// `a, b = value` for `N` targets.
///
/// # Errors
/// TypeError when the value is not iterable, ValueError when it holds more or fewer items.
#[inline]
pub fn unpack<const N: usize>(value: &Value) -> Result<[Value; N]> {
    match value {
        Value::Tuple(tuple) => unpack_slice(tuple),
        // SAFETY: cloning items runs no code of the program.
        Value::List(list) => unpack_slice(unsafe { list.as_slice() }),
        _ => unpack_iter(value),
    }
}

#[inline]
fn unpack_slice<const N: usize>(items: &[Value]) -> Result<[Value; N]> {
    match <&[Value; N]>::try_from(items) {
        Ok(items) => Ok(items.clone()),
        Err(_) if items.len() > N => Err(too_many(N)),
        Err(_) => Err(too_few(N, items.len(), "")),
    }
}

fn unpack_iter<const N: usize>(value: &Value) -> Result<[Value; N]> {
    let items = unpack_some(value, N)?;
    unpack_slice(&items)
}

/// Up to one item more than wanted.
fn unpack_some(value: &Value, wanted: usize) -> Result<Vec<Value>> {
    let mut iter = iter_to_unpack(value)?;
    let mut items = Vec::with_capacity(wanted + 1);
    while items.len() <= wanted {
        match iter.next()? {
            Some(item) => items.push(item),
            None => break,
        }
    }
    Ok(items)
}

fn iter_to_unpack(value: &Value) -> Result<Iter> {
    iter(value).map_err(|failure| {
        let iterable = match value {
            Value::Instance(_) | Value::Exception(_) => {
                let class = value.class();
                class.lookup("__iter__").is_some() || class.lookup("__getitem__").is_some()
            }
            _ => !failure.is(&hierarchy::TYPE_ERROR),
        };
        if iterable {
            return failure;
        }
        exc::type_error(&format!("cannot unpack non-iterable {} object", value.type_name()))
    })
}

#[cold]
fn too_many(wanted: usize) -> Exc {
    exc::value_error(&format!("too many values to unpack (expected {wanted})"))
}

#[cold]
fn too_few(wanted: usize, got: usize, at_least: &str) -> Exc {
    exc::value_error(&format!(
        "not enough values to unpack (expected {at_least}{wanted}, got {got})"
    ))
}

/// `a, *b, c = value`: the first `before` items, the list in the middle, the last `after` items.
///
/// # Errors
/// TypeError when the value is not iterable, ValueError when it holds too few items.
pub fn unpack_star(value: &Value, before: usize, after: usize) -> Result<(Vec<Value>, List<Value>, Vec<Value>)> {
    let mut items = iter_to_unpack(value)?.collect()?;
    if items.len() < before + after {
        return Err(too_few(before + after, items.len(), "at least "));
    }
    let last = items.split_off(items.len() - after);
    let middle = items.split_off(before);
    Ok((items, List::from_vec(middle), last))
}
