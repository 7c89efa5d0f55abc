//! `accumulate` and `groupby`.

use std::cell::RefCell;

use super::shell::{Shell, Step};
use crate::exc::Result;
use crate::iter::{self, Iter};
use crate::lib::params::Params;
use crate::ops;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Kwargs};
use crate::value::Value;

/// `accumulate(iterable, func, initial=...)`.
struct Accumulate {
    source: Iter,
    function: Option<Value>,
    initial: Option<Value>,
    total: Option<Value>,
}

impl Step for Accumulate {
    fn kind() -> &'static BuiltinType {
        &ACCUMULATE
    }

    fn step(&mut self) -> Result<Option<Value>> {
        if let Some(initial) = self.initial.take() {
            self.total = Some(initial.clone());
            return Ok(Some(initial));
        }
        let Some(item) = self.source.next()? else {
            return Ok(None);
        };
        let total = match (&self.total, &self.function) {
            (None, _) => item,
            (Some(total), None) => ops::add(total, &item)?,
            (Some(total), Some(function)) => ops::call(function, &[total.clone(), item])?,
        };
        self.total = Some(total.clone());
        Ok(Some(total))
    }
}

fn given(value: Option<&Value>) -> Option<Value> {
    value.filter(|value| !matches!(value, Value::None)).cloned()
}

fn accumulate(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("accumulate", &["iterable", "func", "initial"], 1).positional(2);
    let [iterable, function, initial] = PARAMS.read(args, kwargs)?;
    let source = iter::iter(iterable.unwrap_or(&Value::None))?;
    Ok(Shell::value(Accumulate {
        source,
        function: given(function),
        initial: given(initial),
        total: None,
    }))
}

pub static ACCUMULATE: BuiltinType = BuiltinType::new("accumulate", "itertools", accumulate).in_c();

/// What a `groupby` and its groups share.
struct Grouping {
    source: Iter,
    key: Option<Value>,
    /// The key of the group last given.
    target: Option<Value>,
    /// The key and value of the item at hand.
    current_key: Option<Value>,
    current: Option<Value>,
    /// Which group is the live one.
    serial: usize,
}

impl Grouping {
    /// Takes the next item; false at the end.
    fn advance(&mut self) -> Result<bool> {
        let Some(item) = self.source.next()? else {
            return Ok(false);
        };
        let key = match &self.key {
            None => item.clone(),
            Some(key) => ops::call(key, std::slice::from_ref(&item))?,
        };
        self.current = Some(item);
        self.current_key = Some(key);
        Ok(true)
    }

    /// True when the item at hand belongs to the group last given.
    fn in_group(&self) -> Result<bool> {
        match (&self.target, &self.current_key) {
            (Some(target), Some(key)) => Ok(ops::is(target, key) || ops::eq_bool(target, key)?),
            _ => Ok(false),
        }
    }
}

/// `groupby(iterable, key)`.
struct GroupBy(Ref<RefCell<Grouping>>);

impl Step for GroupBy {
    fn kind() -> &'static BuiltinType {
        &GROUPBY
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let mut grouping = self.0.borrow_mut();
        grouping.serial += 1;
        loop {
            let settled = grouping.current_key.is_some() && (grouping.target.is_none() || !grouping.in_group()?);
            if settled {
                break;
            }
            if !grouping.advance()? {
                return Ok(None);
            }
        }
        let Some(key) = grouping.current_key.clone() else {
            return Ok(None);
        };
        grouping.target = Some(key.clone());
        let group = Group {
            grouping: self.0.clone(),
            key: key.clone(),
            serial: grouping.serial,
        };
        Ok(Some(Value::tuple(vec![key, Shell::value(group)])))
    }
}

/// One group's items: good until the `groupby` moves on.
struct Group {
    grouping: Ref<RefCell<Grouping>>,
    key: Value,
    serial: usize,
}

impl Step for Group {
    fn kind() -> &'static BuiltinType {
        &GROUPER
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let mut grouping = self.grouping.borrow_mut();
        if grouping.serial != self.serial {
            return Ok(None);
        }
        if grouping.current.is_none() && !grouping.advance()? {
            return Ok(None);
        }
        let Some(key) = &grouping.current_key else {
            return Ok(None);
        };
        if !(ops::is(&self.key, key) || ops::eq_bool(&self.key, key)?) {
            return Ok(None);
        }
        Ok(grouping.current.take())
    }
}

fn groupby(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("groupby", &["iterable", "key"], 1);
    let [iterable, key] = PARAMS.read(args, kwargs)?;
    let grouping = Grouping {
        source: iter::iter(iterable.unwrap_or(&Value::None))?,
        key: given(key),
        target: None,
        current_key: None,
        current: None,
        serial: 0,
    };
    Ok(Shell::value(GroupBy(Ref::new(RefCell::new(grouping)))))
}

pub static GROUPBY: BuiltinType = BuiltinType::new("groupby", "itertools", groupby).in_c();
static GROUPER: BuiltinType = BuiltinType::closed("_grouper", "itertools").in_c();
