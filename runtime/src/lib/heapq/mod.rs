//! `heapq`: heaps in lists, comparing in CPython's order.

mod select;

use crate::elem::Sortable;
use crate::exc::{self, Result};
use crate::lib::params::{between, one};
use crate::list::List;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

/// Compares two items of a heap; code that changes the heap's length meanwhile is an error.
fn less<T: Sortable>(heap: &List<T>, a: usize, b: usize) -> Result<bool> {
    let len = heap.len();
    let (Some(first), Some(second)) = (heap.at(a), heap.at(b)) else {
        return Err(exc::index_error("index out of range"));
    };
    let verdict = first.py_lt(&second)?;
    if heap.len() != len {
        return Err(exc::runtime_error("list changed size during iteration"));
    }
    Ok(verdict)
}

fn swap<T>(heap: &List<T>, a: usize, b: usize) {
    // SAFETY: swapping runs no code of the program, and the borrow ends with it.
    unsafe { heap.as_vec() }.swap(a, b);
}

/// Moves an item towards the root until its parent is not greater.
fn sift_down<T: Sortable>(heap: &List<T>, start: usize, place: usize) -> Result<()> {
    let mut place = place;
    while place > start {
        let parent = (place - 1) / 2;
        if !less(heap, place, parent)? {
            break;
        }
        swap(heap, place, parent);
        place = parent;
    }
    Ok(())
}

/// Moves an item to a leaf along the smaller children, then back up to its place.
fn sift_up<T: Sortable>(heap: &List<T>, start: usize) -> Result<()> {
    let len = heap.len();
    let mut place = start;
    while place < len / 2 {
        let mut child = 2 * place + 1;
        if child + 1 < len && !less(heap, child, child + 1)? {
            child += 1;
        }
        swap(heap, place, child);
        place = child;
    }
    sift_down(heap, start, place)
}

/// `heappush(heap, item)`.
pub fn push<T: Sortable>(heap: &List<T>, item: T) -> Result<()> {
    heap.append(item);
    sift_down(heap, 0, heap.len() - 1)
}

/// `heappop(heap)`.
pub fn pop<T: Sortable>(heap: &List<T>) -> Result<T> {
    if heap.is_empty() {
        return Err(exc::index_error("index out of range"));
    }
    let last = heap.pop()?;
    if heap.is_empty() {
        return Ok(last);
    }
    replace(heap, last)
}

/// `heapreplace(heap, item)`.
pub fn replace<T: Sortable>(heap: &List<T>, item: T) -> Result<T> {
    let Some(first) = heap.at(0) else {
        return Err(exc::index_error("index out of range"));
    };
    heap.set(0, item)?;
    sift_up(heap, 0)?;
    Ok(first)
}

/// `heappushpop(heap, item)`.
pub fn push_pop<T: Sortable>(heap: &List<T>, item: T) -> Result<T> {
    let Some(first) = heap.at(0) else { return Ok(item) };
    if !first.py_lt(&item)? {
        return Ok(item);
    }
    if heap.is_empty() {
        return Err(exc::index_error("index out of range"));
    }
    replace(heap, item)
}

/// `heapify(heap)`.
pub fn heapify<T: Sortable>(heap: &List<T>) -> Result<()> {
    (0..heap.len() / 2).rev().try_for_each(|place| sift_up(heap, place))
}

fn list_of<'a>(value: &'a Value, function: &str) -> Result<&'a List<Value>> {
    match value.payload() {
        Value::List(list) => Ok(list),
        other => {
            // Arguments of C functions are None, not NoneType.
            let name = match other {
                Value::None => "None".into(),
                _ => other.type_name(),
            };
            Err(exc::type_error(&format!("{function} must be list, not {name}")))
        }
    }
}

fn heap_and_item<'a>(name: &str, args: &'a [Value], kwargs: Kwargs) -> Result<(&'a List<Value>, Value)> {
    between(&format!("_heapq.{name}"), args, kwargs, 2, 2)?;
    Ok((list_of(&args[0], &format!("{name}() argument 1"))?, args[1].clone()))
}

fn heap<'a>(name: &str, args: &'a [Value], kwargs: Kwargs) -> Result<&'a List<Value>> {
    list_of(
        one(&format!("_heapq.{name}"), args, kwargs)?,
        &format!("{name}() argument"),
    )
}

const EFFECTS: Effects = Effects::MUTATES_ARGS.union(Effects::CALLS_BACK);

static HEAPPUSH: NativeFn = NativeFn {
    name: "heappush",
    effects: EFFECTS,
    call: |args, kwargs| {
        let (heap, item) = heap_and_item("heappush", args, kwargs)?;
        push(heap, item)?;
        Ok(Value::None)
    },
};
static HEAPPOP: NativeFn = NativeFn {
    name: "heappop",
    effects: EFFECTS,
    call: |args, kwargs| pop(heap("heappop", args, kwargs)?),
};
static HEAPREPLACE: NativeFn = NativeFn {
    name: "heapreplace",
    effects: EFFECTS,
    call: |args, kwargs| {
        let (heap, item) = heap_and_item("heapreplace", args, kwargs)?;
        replace(heap, item)
    },
};
static HEAPPUSHPOP: NativeFn = NativeFn {
    name: "heappushpop",
    effects: EFFECTS,
    call: |args, kwargs| {
        let (heap, item) = heap_and_item("heappushpop", args, kwargs)?;
        push_pop(heap, item)
    },
};
static HEAPIFY: NativeFn = NativeFn {
    name: "heapify",
    effects: EFFECTS,
    call: |args, kwargs| {
        heapify(heap("heapify", args, kwargs)?)?;
        Ok(Value::None)
    },
};

/// The module `heapq`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "heapq",
    items: &[
        ("heappush", Item::Function(&HEAPPUSH)),
        ("heappop", Item::Function(&HEAPPOP)),
        ("heapreplace", Item::Function(&HEAPREPLACE)),
        ("heappushpop", Item::Function(&HEAPPUSHPOP)),
        ("heapify", Item::Function(&HEAPIFY)),
        ("nlargest", Item::Function(&select::NLARGEST)),
        ("nsmallest", Item::Function(&select::NSMALLEST)),
        ("merge", Item::Function(&select::MERGE)),
    ],
};
