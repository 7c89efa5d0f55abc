//! `collections.OrderedDict`.

use super::extended::dict_protocols;
use crate::builtins::construct;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::iter::{Iter, Part};
use crate::lib::params::{Params, none};
use crate::lib::signature::PyParams;
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text::{self, ReprGuard};
use crate::types::DICT;
use crate::value::Value;

/// A dict whose order counts in `==` and can be changed.
pub struct OrderedDict {
    dict: Dict<Value, Value>,
    payload: Value,
}

impl OrderedDict {
    /// Extends `dict`.
    pub fn value(dict: Dict<Value, Value>) -> Value {
        let payload = Value::Dict(dict.clone());
        Value::object(OrderedDict { dict, payload })
    }

    /// Equal as dicts, and in the same order.
    fn equals(&self, other: &OrderedDict) -> Result<bool> {
        if !self.dict.equals(&other.dict)? {
            return Ok(false);
        }
        for (a, b) in self.dict.keys().iter().zip(other.dict.keys().iter()) {
            if !ops::is(a, b) && !ops::eq_bool(a, b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Native for OrderedDict {
    fn native_type(&self) -> &'static BuiltinType {
        &ORDERED_DICT
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        if self.dict.is_empty() {
            return Ok(crate::lit!("OrderedDict()"));
        }
        let Some(_guard) = ReprGuard::enter(this.address())? else {
            return Ok(crate::lit!("..."));
        };
        let mut out = StrBuf::new();
        out.push_ascii("OrderedDict([");
        for (at, (key, value)) in self.dict.items().into_iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            text::repr_into(&Value::tuple(vec![key, value]), &mut out)?;
        }
        out.push_ascii("])");
        Ok(out.finish())
    }

    dict_protocols!();

    fn get_item(&self, key: &Value) -> Result<Value> {
        self.dict.get(key)
    }

    fn del_item(&self, key: &Value) -> Result<()> {
        self.dict.delete(key)
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let Some(ordered) = other.downcast::<OrderedDict>() else {
            return super::defaultdict::compare_dicts(&self.dict, op, other);
        };
        Ok(match op {
            Comparison::Eq => Some(Value::Bool(self.equals(ordered)?)),
            Comparison::Ne => Some(Value::Bool(!self.equals(ordered)?)),
            _ => None,
        })
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        let (Operator::BitOr, Some(other)) = (op, other.as_dict()) else {
            return Ok(None);
        };
        let merged = match side {
            Side::Left => self.dict.merged(other)?,
            Side::Right => other.merged(&self.dict)?,
        };
        Ok(Some(OrderedDict::value(merged)))
    }

    fn in_place(&self, this: &Object, op: Operator, other: &Value) -> Result<Option<Value>> {
        let (Operator::BitOr, Some(other)) = (op, other.as_dict()) else {
            return Ok(None);
        };
        self.dict.update(other)?;
        Ok(Some(Value::Object(this.clone())))
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match construct::dict(args, kwargs)? {
        Value::Dict(dict) => Ok(OrderedDict::value(dict)),
        other => Ok(other),
    }
}

fn this(receiver: &Value) -> Result<&OrderedDict> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 'collections.OrderedDict' object"))
}

fn popitem(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("popitem", &["last"], 0);
    let [last] = PARAMS.read(args, kwargs)?;
    let dict = &this(receiver)?.dict;
    if dict.is_empty() {
        return Err(exc::key_error(&Value::str("dictionary is empty")));
    }
    let (key, value) = if last.map_or(Ok(true), ops::truthy)? {
        dict.popitem()?
    } else {
        let first = dict.entry_from(&mut 0).map(|(_, key, _)| key);
        let key = first.unwrap_or(Value::None);
        dict.take(&key)?.ok_or_else(|| exc::key_error(&key))?
    };
    Ok(Value::tuple(vec![key, value]))
}

fn move_to_end(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("move_to_end", &["key", "last"], 1);
    let [key, last] = PARAMS.read(args, kwargs)?;
    let dict = &this(receiver)?.dict;
    let key = key.unwrap_or(&Value::None);
    let Some((key, value)) = dict.take(key)? else {
        return Err(exc::key_error(key));
    };
    if last.map_or(Ok(true), ops::truthy)? {
        dict.set(key, value)?;
        return Ok(Value::None);
    }
    let others = dict.items();
    dict.clear();
    dict.set(key, value)?;
    for (key, value) in others {
        dict.set(key, value)?;
    }
    Ok(Value::None)
}

fn copy(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("OrderedDict.copy", args, kwargs)?;
    Ok(OrderedDict::value(this(receiver)?.dict.copy()))
}

fn fromkeys(_class: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("fromkeys", &["iterable", "value"], 1);
    let [iterable, value] = PARAMS.read(args, kwargs)?;
    let dict = Dict::new();
    for key in crate::iter::collect(iterable.unwrap_or(&Value::None))? {
        dict.set(key, value.cloned().unwrap_or(Value::None))?;
    }
    Ok(OrderedDict::value(dict))
}

static METHODS: &[Method] = &[
    Method {
        name: "popitem",
        effects: Effects::MUTATES_ARGS,
        call: popitem,
    },
    Method {
        name: "move_to_end",
        effects: Effects::MUTATES_ARGS,
        call: move_to_end,
    },
    Method {
        name: "copy",
        effects: Effects::READS_ARGS,
        call: copy,
    },
    Method {
        name: "__copy__",
        effects: Effects::READS_ARGS,
        call: copy,
    },
];

pub static ORDERED_DICT: BuiltinType = BuiltinType::new("OrderedDict", "collections", new)
    .in_c()
    .base(&DICT)
    .protocols(&[crate::methods::protocol::OWN_TEXT])
    .methods(METHODS)
    .class_methods(&[Method {
        name: "fromkeys",
        effects: Effects::READS_ARGS,
        call: fromkeys,
    }]);
