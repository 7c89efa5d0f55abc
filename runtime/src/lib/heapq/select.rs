//! `nlargest`, `nsmallest` and `merge`.

use crate::exc::Result;
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::itertools::shell::{Shell, Step};
use crate::lib::signature::PyParams;
use crate::list::order::{sort_items, sort_items_by_key};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::types::GENERATOR;
use crate::value::Value;

/// A heap of rows; `less` decides what is nearer to the root.
struct Heap<T, F: Fn(&T, &T) -> Result<bool>> {
    rows: Vec<T>,
    less: F,
}

impl<T, F: Fn(&T, &T) -> Result<bool>> Heap<T, F> {
    fn new(rows: Vec<T>, less: F) -> Result<Heap<T, F>> {
        let mut heap = Heap { rows, less };
        (0..heap.rows.len() / 2)
            .rev()
            .try_for_each(|place| heap.sift_up(place))?;
        Ok(heap)
    }

    fn sift_up(&mut self, start: usize) -> Result<()> {
        let mut place = start;
        while place < self.rows.len() / 2 {
            let mut child = 2 * place + 1;
            if child + 1 < self.rows.len() && !(self.less)(&self.rows[child], &self.rows[child + 1])? {
                child += 1;
            }
            self.rows.swap(place, child);
            place = child;
        }
        while place > start {
            let parent = (place - 1) / 2;
            if !(self.less)(&self.rows[place], &self.rows[parent])? {
                break;
            }
            self.rows.swap(place, parent);
            place = parent;
        }
        Ok(())
    }

    fn pop(&mut self) -> Result<()> {
        if !self.rows.is_empty() {
            self.rows.swap_remove(0);
            self.sift_up(0)?;
        }
        Ok(())
    }
}

fn key_of(key: Option<&Value>, item: &Value) -> Result<Value> {
    match key {
        None => Ok(item.clone()),
        Some(key) => ops::call(key, std::slice::from_ref(item)),
    }
}

/// The `n` first items in an order: ascending, or descending when `largest`.
fn select(largest: bool, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let params = PyParams::new(
        if largest { "nlargest" } else { "nsmallest" },
        &["n", "iterable", "key"],
        2,
    );
    let [n, iterable, key] = params.read(args, kwargs)?;
    let (n, iterable) = (n.unwrap_or(&Value::None), iterable.unwrap_or(&Value::None));
    let key = key.filter(|key| !matches!(key, Value::None));
    if ops::eq_bool(n, &Value::Int(1))? {
        return best(largest, iterable, key);
    }
    if let Some(len) = ops::len_or_none(iterable)?
        && ops::ge_bool(n, &Value::Int(len as i64))?
    {
        let mut items = iter::collect(iterable)?;
        match key {
            None => sort_items(&mut items, largest)?,
            Some(key) => sort_items_by_key(&mut items, |item| key_of(Some(key), item), largest)?,
        }
        items.truncate(usize::try_from(size(n)?).unwrap_or(0));
        return Ok(Value::list(items));
    }
    let n = usize::try_from(size(n)?).unwrap_or(0);
    top(largest, n, iterable, key)
}

/// The one best item, as `min` and `max` find it.
fn best(largest: bool, iterable: &Value, key: Option<&Value>) -> Result<Value> {
    let mut items = iter::iter(iterable)?;
    let Some(mut best) = items.next()? else {
        return Ok(Value::list(Vec::new()));
    };
    let mut best_key = key_of(key, &best)?;
    while let Some(item) = items.next()? {
        let item_key = key_of(key, &item)?;
        let better = if largest {
            ops::gt_bool(&item_key, &best_key)?
        } else {
            ops::lt_bool(&item_key, &best_key)?
        };
        if better {
            (best, best_key) = (item, item_key);
        }
    }
    Ok(Value::list(vec![best]))
}

/// A heap of the best so far, the worst of them at the root. Rows are (key, order, item); orders never meet.
fn top(largest: bool, n: usize, iterable: &Value, key: Option<&Value>) -> Result<Value> {
    let mut items = iter::iter(iterable)?;
    let sign = if largest { -1 } else { 1 };
    let mut rows = Vec::new();
    while rows.len() < n {
        let Some(item) = items.next()? else { break };
        let order = Value::Int(sign * rows.len() as i64);
        rows.push(Value::tuple(vec![key_of(key, &item)?, order, item]));
    }
    if rows.is_empty() {
        return Ok(Value::list(rows));
    }
    let less = |a: &Value, b: &Value| {
        if largest {
            ops::lt_bool(a, b)
        } else {
            ops::lt_bool(b, a)
        }
    };
    let mut heap = Heap::new(rows, less)?;
    let mut order = sign * n as i64;
    while let Some(item) = items.next()? {
        let item_key = key_of(key, &item)?;
        let root = key_in(&heap.rows[0]);
        let better = if largest {
            ops::lt_bool(&root, &item_key)?
        } else {
            ops::lt_bool(&item_key, &root)?
        };
        if better {
            heap.rows[0] = Value::tuple(vec![item_key, Value::Int(order), item]);
            heap.sift_up(0)?;
            order += sign;
        }
    }
    let mut rows = heap.rows;
    sort_items(&mut rows, largest)?;
    Ok(Value::list(rows.iter().map(|row| row_part(row, 2)).collect()))
}

fn row_part(row: &Value, part: usize) -> Value {
    match row {
        Value::Tuple(row) => row[part].clone(),
        other => other.clone(),
    }
}

fn key_in(row: &Value) -> Value {
    row_part(row, 0)
}

/// One source of a merge.
struct Source {
    key: Value,
    order: i64,
    value: Value,
    rest: Iter,
}

/// Sources in a heap, with their comparison.
type Sources = Heap<Source, Box<dyn Fn(&Source, &Source) -> Result<bool>>>;

/// `merge(*iterables, key=None, reverse=False)`.
struct Merge {
    iterables: Vec<Value>,
    key: Option<Value>,
    reverse: bool,
    heap: Option<Sources>,
}

impl Step for Merge {
    fn kind() -> &'static BuiltinType {
        &GENERATOR
    }

    fn step(&mut self) -> Result<Option<Value>> {
        match self.heap.take() {
            None => self.heap = Some(self.start()?),
            Some(mut heap) => {
                self.advance(&mut heap)?;
                self.heap = Some(heap);
            }
        }
        Ok(self
            .heap
            .as_ref()
            .and_then(|heap| heap.rows.first())
            .map(|source| source.value.clone()))
    }
}

impl Merge {
    fn start(&mut self) -> Result<Sources> {
        let sign = if self.reverse { -1 } else { 1 };
        let mut rows = Vec::new();
        for (order, iterable) in self.iterables.drain(..).enumerate() {
            let mut rest = iter::iter(&iterable)?;
            if let Some(value) = rest.next()? {
                let key = key_of(self.key.as_ref(), &value)?;
                rows.push(Source {
                    key,
                    order: sign * order as i64,
                    value,
                    rest,
                });
            }
        }
        let reverse = self.reverse;
        let less = move |a: &Source, b: &Source| if reverse { before(b, a) } else { before(a, b) };
        Heap::new(rows, Box::new(less))
    }

    /// Takes the next value of the source at the root.
    fn advance(&self, heap: &mut Sources) -> Result<()> {
        let last = heap.rows.len() == 1;
        let Some(source) = heap.rows.first_mut() else {
            return Ok(());
        };
        let Some(value) = source.rest.next()? else {
            return heap.pop();
        };
        if !last {
            source.key = key_of(self.key.as_ref(), &value)?;
        }
        source.value = value;
        if last { Ok(()) } else { heap.sift_up(0) }
    }
}

/// As the lists `[key, order, ...]` compare: by key, and by order where keys are equal.
fn before(a: &Source, b: &Source) -> Result<bool> {
    if ops::is(&a.key, &b.key) || ops::eq_bool(&a.key, &b.key)? {
        return Ok(a.order < b.order);
    }
    ops::lt_bool(&a.key, &b.key)
}

fn merge(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("merge", &["key", "reverse"], 0).positional(0);
    let [key, reverse] = PARAMS.read(&[], kwargs)?;
    Ok(Shell::value(Merge {
        iterables: args.to_vec(),
        key: key.filter(|key| !matches!(key, Value::None)).cloned(),
        reverse: reverse.map_or(Ok(false), ops::truthy)?,
        heap: None,
    }))
}

const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

pub static NLARGEST: NativeFn = NativeFn {
    name: "nlargest",
    effects: CALLS,
    call: |args, kwargs| select(true, args, kwargs),
};
pub static NSMALLEST: NativeFn = NativeFn {
    name: "nsmallest",
    effects: CALLS,
    call: |args, kwargs| select(false, args, kwargs),
};
pub static MERGE: NativeFn = NativeFn {
    name: "merge",
    effects: CALLS,
    call: merge,
};
