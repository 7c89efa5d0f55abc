//! `bisect`: places in sorted sequences.

use crate::elem::Sortable;
use crate::exc::{self, Result};
use crate::lib::convert::size;
use crate::lib::params::Params;
use crate::list::List;
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

/// `bisect_left(list, item)` of a typed list.
pub fn left<T: Sortable>(list: &List<T>, item: &T) -> Result<usize> {
    search(0, list.len(), |middle| at(list, middle)?.py_lt(item))
}

/// `bisect_right(list, item)` of a typed list.
pub fn right<T: Sortable>(list: &List<T>, item: &T) -> Result<usize> {
    search(0, list.len(), |middle| item.py_lt(&at(list, middle)?).map(|less| !less))
}

fn at<T: Sortable>(list: &List<T>, place: usize) -> Result<T> {
    list.at(place)
        .ok_or_else(|| exc::index_error("list index out of range"))
}

/// The first place in `lo..hi` that is not `before`.
fn search(lo: usize, hi: usize, before: impl Fn(usize) -> Result<bool>) -> Result<usize> {
    let (mut lo, mut hi) = (lo, hi);
    while lo < hi {
        let middle = (lo + hi) / 2;
        if before(middle)? {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    Ok(lo)
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Left,
    Right,
}

const NAMES: &[&str] = &["a", "x", "lo", "hi", "key"];

/// The arguments of all six functions.
struct Query {
    sequence: Value,
    item: Value,
    lo: usize,
    hi: Option<usize>,
    key: Option<Value>,
}

fn query(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<Query> {
    let params = Params {
        name,
        names: NAMES,
        posonly: 0,
        required: 2,
        positional: 4,
    };
    let [sequence, item, lo, hi, key] = params.read(args, kwargs)?;
    let lo = lo.map_or(Ok(0), size)?;
    let hi = match hi {
        None | Some(Value::None) => -1,
        Some(value) => upper_bound(value)?,
    };
    let Ok(lo) = usize::try_from(lo) else {
        return Err(exc::value_error("lo must be non-negative"));
    };
    Ok(Query {
        sequence: sequence.cloned().unwrap_or(Value::None),
        item: item.cloned().unwrap_or(Value::None),
        lo,
        hi: if hi == -1 { None } else { Some(hi.max(0) as usize) },
        key: key.filter(|key| !matches!(key, Value::None)).cloned(),
    })
}

fn upper_bound(value: &Value) -> Result<i64> {
    match ops::try_index(value)? {
        Some(_) => size(value),
        None => {
            let name = value.type_name();
            Err(exc::type_error(&format!(
                "argument should be integer or None, not '{name}'"
            )))
        }
    }
}

impl Query {
    /// The place of `item` (already a key, where there is a key function).
    fn place(&self, end: End, item: &Value) -> Result<usize> {
        let hi = match self.hi {
            Some(hi) => hi,
            None => ops::len(&self.sequence)?,
        };
        search(self.lo, hi, |middle| {
            let candidate = ops::get_item(&self.sequence, &Value::Int(middle as i64))?;
            let candidate = match &self.key {
                None => candidate,
                Some(key) => ops::call(key, &[candidate])?,
            };
            match end {
                End::Left => ops::lt_bool(&candidate, item),
                End::Right => ops::lt_bool(item, &candidate).map(|less| !less),
            }
        })
    }

    fn insert(&self, end: End) -> Result<Value> {
        let place = match &self.key {
            None => self.place(end, &self.item)?,
            Some(key) => self.place(end, &ops::call(key, std::slice::from_ref(&self.item))?)?,
        };
        if let Value::List(list) = &self.sequence {
            list.insert(place as i64, self.item.clone());
        } else {
            ops::call_method(&self.sequence, "insert", &[Value::Int(place as i64), self.item.clone()])?;
        }
        Ok(Value::None)
    }
}

macro_rules! rows {
    ($($static:ident $name:literal $end:ident $inserts:literal;)*) => {$(
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: if $inserts { Effects::MUTATES_ARGS } else { Effects::READS_ARGS }.union(Effects::CALLS_BACK),
            call: |args, kwargs| {
                let query = query($name, args, kwargs)?;
                if $inserts {
                    return query.insert(End::$end);
                }
                Ok(Value::Int(query.place(End::$end, &query.item)? as i64))
            },
        };
    )*};
}

rows! {
    BISECT_LEFT "bisect_left" Left false;
    BISECT_RIGHT "bisect_right" Right false;
    INSORT_LEFT "insort_left" Left true;
    INSORT_RIGHT "insort_right" Right true;
}

/// The module `bisect`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "bisect",
    items: &[
        ("bisect", Item::Function(&BISECT_RIGHT)),
        ("bisect_left", Item::Function(&BISECT_LEFT)),
        ("bisect_right", Item::Function(&BISECT_RIGHT)),
        ("insort", Item::Function(&INSORT_RIGHT)),
        ("insort_left", Item::Function(&INSORT_LEFT)),
        ("insort_right", Item::Function(&INSORT_RIGHT)),
    ],
};
