//! `collections.Counter`.

use super::counter_math as math;
use super::extended::dict_protocols;
use crate::dict::Dict;
use crate::exc::hierarchy::OVERFLOW_ERROR;
use crate::exc::{self, Result};
use crate::iter::{self, Iter, Part};
use crate::lib::convert::size;
use crate::lib::itertools;
use crate::lib::params::none;
use crate::lib::signature::PyParams;
use crate::list::order::sort_items_by_key;
use crate::native::{Comparison, Native, Object, Operator, Side, Unary};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::types::DICT;
use crate::value::Value;

/// A dict of counts.
pub struct Counter {
    pub(super) dict: Dict<Value, Value>,
    payload: Value,
}

impl Counter {
    /// Extends `dict`.
    pub fn value(dict: Dict<Value, Value>) -> Value {
        let payload = Value::Dict(dict.clone());
        Value::object(Counter { dict, payload })
    }

    /// The count of `key`, 0 where there is none.
    pub(super) fn count(&self, key: &Value) -> Result<Value> {
        self.dict.get_or(key, Value::Int(0))
    }

    /// The items by falling count, equal ones in order of insertion.
    fn ranked(&self) -> Result<Vec<Value>> {
        let mut items = self.dict.items();
        sort_items_by_key(&mut items, |(_, count)| Ok(count.clone()), true)?;
        Ok(items
            .into_iter()
            .map(|(key, count)| Value::tuple(vec![key, count]))
            .collect())
    }
}

impl Native for Counter {
    fn native_type(&self) -> &'static BuiltinType {
        &COUNTER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        if self.dict.is_empty() {
            return Ok(crate::lit!("Counter()"));
        }
        let shown = match self.ranked() {
            Ok(ranked) => {
                let dict = Dict::with_capacity(ranked.len());
                for pair in ranked {
                    let [key, count] = iter::unpack::<2>(&pair)?;
                    dict.set(key, count)?;
                }
                dict
            }
            // Counts that have no order are shown as they stand.
            Err(raised) if raised.is(&exc::hierarchy::TYPE_ERROR) => self.dict.clone(),
            Err(raised) => return Err(raised),
        };
        let mut out = StrBuf::new();
        out.push_ascii("Counter(");
        text::repr_into(&Value::Dict(shown), &mut out)?;
        out.push_ascii(")");
        Ok(out.finish())
    }

    dict_protocols!();

    fn get_item(&self, key: &Value) -> Result<Value> {
        self.count(key)
    }

    /// Deleting what is not there is no error.
    fn del_item(&self, key: &Value) -> Result<()> {
        self.dict.take(key).map(drop)
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        match other.downcast::<Counter>() {
            Some(other) => math::compare(self, op, other).map(|verdict| Some(Value::Bool(verdict))),
            None => super::defaultdict::compare_dicts(&self.dict, op, other),
        }
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        match (side, other.downcast::<Counter>()) {
            (Side::Left, Some(other)) => math::binary(self, op, other),
            (_, None) if op == Operator::BitOr => match other.as_dict() {
                Some(other) => math::merged(self, other, side).map(Some),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn in_place(&self, this: &Object, op: Operator, other: &Value) -> Result<Option<Value>> {
        Ok(math::in_place(self, op, other)?.then(|| Value::Object(this.clone())))
    }

    fn unary(&self, op: Unary) -> Result<Option<Value>> {
        math::unary(self, op)
    }
}

/// Adds (or takes away) what an iterable or mapping counts.
fn tally(dict: &Dict<Value, Value>, source: &Value, combine: fn(&Value, &Value) -> Result<Value>) -> Result<()> {
    if let Some(counts) = mapping(source)? {
        for (key, count) in counts {
            let before = dict.get_or(&key, Value::Int(0))?;
            dict.set(key, combine(&before, &count)?)?;
        }
        return Ok(());
    }
    let mut items = iter::iter(source)?;
    while let Some(item) = items.next()? {
        dict.update_value(item, Value::Int(0), |count| combine(&count, &Value::Int(1)))?;
    }
    Ok(())
}

/// The items of a mapping; None when the value is none.
fn mapping(source: &Value) -> Result<Option<Vec<(Value, Value)>>> {
    Ok(source.as_dict().map(Dict::items))
}

/// The counts of an iterable or mapping and of keywords.
fn update_all(
    this: &Counter,
    source: Option<&Value>,
    kwargs: Vec<(&Str, &Value)>,
    combine: fn(&Value, &Value) -> Result<Value>,
    copies: bool,
) -> Result<()> {
    if let Some(source) = source.filter(|source| !matches!(source, Value::None)) {
        match mapping(source)? {
            // The counts of a mapping are taken over as they are when there are none yet.
            Some(counts) if copies && this.dict.is_empty() => {
                counts
                    .into_iter()
                    .try_for_each(|(key, count)| this.dict.set(key, count))?;
            }
            _ => tally(&this.dict, source, combine)?,
        }
    }
    for (key, count) in kwargs {
        let key = Value::Str(key.clone());
        let copied = copies && this.dict.is_empty();
        let before = this.dict.get_or(&key, Value::Int(0))?;
        this.dict.set(
            key,
            if copied {
                count.clone()
            } else {
                combine(&before, count)?
            },
        )?;
    }
    Ok(())
}

fn added(before: &Value, count: &Value) -> Result<Value> {
    ops::add(count, before)
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Counter.__init__", &["iterable"], 0)
        .method()
        .posonly()
        .varkw();
    let ([source], rest) = PARAMS.read_with_keywords(args, kwargs)?;
    let counter = Counter::value(Dict::new());
    update_all(this(&counter)?, source, rest, added, true)?;
    Ok(counter)
}

fn this(receiver: &Value) -> Result<&Counter> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 'Counter' object"))
}

fn update(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Counter.update", &["iterable"], 0)
        .method()
        .posonly()
        .varkw();
    let ([source], rest) = PARAMS.read_with_keywords(args, kwargs)?;
    update_all(this(receiver)?, source, rest, added, true)?;
    Ok(Value::None)
}

fn subtract(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Counter.subtract", &["iterable"], 0)
        .method()
        .posonly()
        .varkw();
    let ([source], rest) = PARAMS.read_with_keywords(args, kwargs)?;
    update_all(this(receiver)?, source, rest, ops::sub, false)?;
    Ok(Value::None)
}

fn most_common(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Counter.most_common", &["n"], 0).method();
    let [n] = PARAMS.read(args, kwargs)?;
    let this = this(receiver)?;
    let Some(n) = n.filter(|n| !matches!(n, Value::None)) else {
        return Ok(Value::list(this.ranked()?));
    };
    // As `heapq.nlargest` does it: one is the greatest, all and more are a slice, fewer are counted off.
    let mut ranked = this.ranked()?;
    if ops::eq_bool(n, &Value::Int(1))? {
        ranked.truncate(1);
    } else if ops::ge_bool(n, &Value::Int(this.dict.len() as i64))? {
        return ops::get_item(&Value::list(ranked), &ops::slice(Value::None, n.clone(), Value::None));
    } else {
        // Below the number of items and beyond what a size can be: far below zero.
        let count = match size(n) {
            Err(error) if error.is(&OVERFLOW_ERROR) => 0,
            count => usize::try_from(count?).unwrap_or(0),
        };
        ranked.truncate(count);
    }
    Ok(Value::list(ranked))
}

fn total(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Counter.total", &[], 0).method();
    let [] = PARAMS.read(args, kwargs)?;
    this(receiver)?
        .dict
        .values()
        .iter()
        .try_fold(Value::Int(0), |sum, count| ops::add(&sum, count))
}

fn elements(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Counter.elements", &[], 0).method();
    let [] = PARAMS.read(args, kwargs)?;
    itertools::repeated(Iter::Dict {
        walk: this(receiver)?.dict.iter(),
        part: Part::Items,
    })
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("Counter.copy", args, kwargs)?;
    Ok(Counter::value(this(receiver)?.dict.copy()))
}

fn missing(_receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    Ok(Value::Int(0))
}

fn fromkeys(_class: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    Err(exc::not_implemented_error(
        "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.",
    ))
}

static METHODS: &[Method] = &[
    Method {
        name: "most_common",
        effects: Effects::READS_ARGS,
        call: most_common,
    },
    Method {
        name: "elements",
        effects: Effects::READS_ARGS,
        call: elements,
    },
    Method {
        name: "total",
        effects: Effects::READS_ARGS,
        call: total,
    },
    Method {
        name: "update",
        effects: Effects::MUTATES_ARGS,
        call: update,
    },
    Method {
        name: "subtract",
        effects: Effects::MUTATES_ARGS,
        call: subtract,
    },
    Method {
        name: "copy",
        effects: Effects::READS_ARGS,
        call: copy,
    },
    Method {
        name: "__missing__",
        effects: Effects::PURE,
        call: missing,
    },
];

pub static COUNTER: BuiltinType = BuiltinType::new("Counter", "collections", new)
    .base(&DICT)
    .protocols(&[crate::methods::protocol::OWN_TEXT])
    .methods(METHODS)
    .class_methods(&[Method {
        name: "fromkeys",
        effects: Effects::PURE,
        call: fromkeys,
    }]);
