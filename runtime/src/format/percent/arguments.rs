//! The right operand of `%`: a tuple of arguments, one argument, or a mapping.

use crate::exc::{self, Result};
use crate::ops;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

pub(super) struct Arguments<'a> {
    operand: &'a Value,
    source: Source,
    next: usize,
    /// The template, to cut keys from.
    key: &'a dyn Fn(usize, usize) -> Value,
    mapping: bool,
}

enum Source {
    Tuple(Tuple),
    One(Value),
}

impl<'a> Arguments<'a> {
    pub(super) fn new(operand: &'a Value, mapping: bool, key: &'a dyn Fn(usize, usize) -> Value) -> Arguments<'a> {
        let source = match operand.payload() {
            Value::Tuple(items) => Source::Tuple(items.clone()),
            _ => Source::One(operand.clone()),
        };
        Arguments {
            operand,
            source,
            next: 0,
            key,
            mapping,
        }
    }

    /// Makes the value of a key the one next argument; TypeError where the operand is no mapping.
    pub(super) fn select(&mut self, key: (usize, usize)) -> Result<()> {
        if !self.mapping {
            return Err(exc::type_error("format requires a mapping"));
        }
        let value = ops::get_item(self.operand, &(self.key)(key.0, key.1))?;
        (self.source, self.next) = (Source::One(value), 0);
        Ok(())
    }

    /// The next argument; TypeError when there is none.
    pub(super) fn next(&mut self) -> Result<Value> {
        let found = match &self.source {
            Source::Tuple(items) => items[..].get(self.next).cloned(),
            Source::One(value) => (self.next == 0).then(|| value.clone()),
        };
        self.next += 1;
        found.ok_or_else(|| exc::type_error("not enough arguments for format string"))
    }

    /// TypeError when an argument of a tuple, or the one argument, is left over.
    pub(super) fn finish(&self, what: &str) -> Result<()> {
        let left = match &self.source {
            Source::Tuple(items) => self.next < items.len(),
            Source::One(_) => self.next == 0,
        };
        if left && !self.mapping {
            return Err(exc::type_error(&format!(
                "not all arguments converted during {what} formatting"
            )));
        }
        Ok(())
    }
}

/// Whether a value can be subscripted by keys, as CPython tests it here: lists can, strings and tuples are set aside.
pub(super) fn is_mapping(value: &Value) -> bool {
    match value.payload() {
        Value::Tuple(_) | Value::Str(_) => false,
        Value::List(_) | Value::Dict(_) | Value::Range(_) | Value::Bytes(_) => true,
        Value::Instance(_) | Value::Object(_) => {
            crate::attr::get_attr_or_none(&Value::Class(value.class()), "__getitem__")
                .is_ok_and(|found| found.is_some())
        }
        _ => false,
    }
}

/// The name of a key in the template.
pub(super) fn text_key(template: &Str) -> impl Fn(usize, usize) -> Value + '_ {
    |start, end| Value::Str(template.cut(start, end))
}
