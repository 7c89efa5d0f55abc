//! `copy.deepcopy`: what was copied once is shared in the copy, too.

use super::{check_plain, deque_items, is_atomic, refused};
use crate::depth;
use crate::dict::Dict;
use crate::exc::Result;
use crate::instance::Instance;
use crate::lib::collections::{Counter, DefaultDict, Deque, OrderedDict};
use crate::lib::signature::PyParams;
use crate::list::List;
use crate::ops;
use crate::registry::Kwargs;
use crate::set::{FrozenSet, Set};
use crate::value::Value;

/// What has been copied, by the original's identity, and the originals, which must not go meanwhile.
struct Copier {
    memo: Dict<Value, Value>,
    kept: Vec<Value>,
}

pub fn deepcopy(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("deepcopy", &["x", "memo"], 1);
    let [value, memo] = PARAMS.read(args, kwargs)?;
    let memo = match memo {
        Some(Value::Dict(memo)) => memo.clone(),
        _ => Dict::new(),
    };
    Copier { memo, kept: Vec::new() }.copy(value.unwrap_or(&Value::None))
}

/// `copy.deepcopy(value)`.
pub fn deep(value: &Value) -> Result<Value> {
    Copier {
        memo: Dict::new(),
        kept: Vec::new(),
    }
    .copy(value)
}

impl Copier {
    fn copy(&mut self, value: &Value) -> Result<Value> {
        if is_atomic(value) {
            return Ok(value.clone());
        }
        let identity = Value::Int(ops::identity(value));
        if let Some(copied) = self.memo.find_value(&identity)? {
            return Ok(copied);
        }
        let _deeper = depth::enter()?;
        let copied = match value {
            Value::List(list) => self.list(identity.clone(), list)?,
            Value::Tuple(items) => return self.tuple(value, identity, items),
            Value::Dict(dict) => self.dict(identity.clone(), dict)?,
            Value::Set(set) => Value::Set(Set::from_items(self.items(&set.items())?)?),
            Value::FrozenSet(set) => {
                let items = self.items(&set.items().items())?;
                Value::FrozenSet(FrozenSet::from_set(Set::from_items(items)?))
            }
            Value::Instance(instance) => self.instance(value, identity.clone(), instance)?,
            other => self.object(other)?,
        };
        self.remember(identity, value, &copied)?;
        Ok(copied)
    }

    fn remember(&mut self, identity: Value, value: &Value, copied: &Value) -> Result<()> {
        self.kept.push(value.clone());
        self.memo.set(identity, copied.clone())
    }

    fn items(&mut self, items: &[Value]) -> Result<Vec<Value>> {
        items.iter().map(|item| self.copy(item)).collect()
    }

    fn list(&mut self, identity: Value, list: &List<Value>) -> Result<Value> {
        let copied = List::new();
        self.memo.set(identity, Value::List(copied.clone()))?;
        let mut position = 0;
        while let Some(item) = list.at(position) {
            copied.append(self.copy(&item)?);
            position += 1;
        }
        Ok(Value::List(copied))
    }

    /// A tuple whose items are their own copies is its own copy.
    fn tuple(&mut self, value: &Value, identity: Value, items: &[Value]) -> Result<Value> {
        let copied = self.items(items)?;
        if let Some(known) = self.memo.find_value(&identity)? {
            return Ok(known);
        }
        let same = items.iter().zip(&copied).all(|(a, b)| ops::is(a, b));
        let copied = if same { value.clone() } else { Value::tuple(copied) };
        self.remember(identity, value, &copied)?;
        Ok(copied)
    }

    fn dict(&mut self, identity: Value, dict: &Dict<Value, Value>) -> Result<Value> {
        let copied = Dict::new();
        self.memo.set(identity, Value::Dict(copied.clone()))?;
        self.fill(dict, &copied)?;
        Ok(Value::Dict(copied))
    }

    fn fill(&mut self, from: &Dict<Value, Value>, to: &Dict<Value, Value>) -> Result<()> {
        let mut walk = from.iter();
        while let Some((key, value)) = walk.next_entry()? {
            let key = self.copy(&key)?;
            to.set(key, self.copy(&value)?)?;
        }
        Ok(())
    }

    fn instance(&mut self, value: &Value, identity: Value, instance: &Instance) -> Result<Value> {
        if value.class().lookup("__deepcopy__").is_some() {
            let memo = Value::Dict(self.memo.clone());
            return ops::call_method(value, "__deepcopy__", &[memo]);
        }
        check_plain(value)?;
        let payload = match instance.payload() {
            None => None,
            Some(payload) => Some(self.copy(payload)?),
        };
        let copied = Instance::new(instance.class(), payload);
        self.memo.set(identity, Value::Instance(copied.clone()))?;
        match instance.dict_if_made() {
            Some(attrs) => self.fill(&attrs, &copied.attrs())?,
            None => {
                for (name, value) in instance.named_attributes() {
                    copied.set(&name.to_rust_string(), self.copy(&value)?);
                }
            }
        }
        for position in 0..instance.class().slot_count() {
            let slot = instance.slot(position).map(|slot| self.copy(&slot)).transpose()?;
            copied.replace_slot(position, slot);
        }
        Ok(Value::Instance(copied))
    }

    /// Objects of the library.
    fn object(&mut self, value: &Value) -> Result<Value> {
        if let Some((items, max_len)) = deque_items(value) {
            return Ok(Value::object(Deque::new(self.items(&items)?, max_len)));
        }
        if let Value::Dict(dict) = value.payload() {
            let copied = Dict::new();
            self.fill(dict, &copied)?;
            if let Some(extended) = value.downcast::<DefaultDict>() {
                return Ok(DefaultDict::value(extended.factory(), copied));
            }
            if value.downcast::<OrderedDict>().is_some() {
                return Ok(OrderedDict::value(copied));
            }
            if value.downcast::<Counter>().is_some() {
                return Ok(Counter::value(copied));
            }
        }
        let memo = Value::Dict(self.memo.clone());
        match ops::call_special(value, "__deepcopy__", &[memo])? {
            Some(copied) => Ok(copied),
            None => Err(refused(value)),
        }
    }
}
