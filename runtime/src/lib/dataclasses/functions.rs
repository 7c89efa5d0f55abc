//! `fields`, `asdict`, `astuple`, `replace`, `is_dataclass`.

use super::field::{FieldObject, Spec};
use super::table;
use crate::attr;
use crate::class::Class;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::lib::copy;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::{Effects, Kwargs, NativeFn};
use crate::str::Str;
use crate::types::DICT;
use crate::value::Value;

/// The fields of an instance of a dataclass; None for anything else, classes included.
fn of_instance(value: &Value) -> Option<Vec<Spec>> {
    match value {
        Value::Class(_) => None,
        _ => table::of_class(&value.user_class()?),
    }
}

fn class_of(value: &Value) -> Option<Class> {
    match value {
        Value::Class(class) => Some(class.clone()),
        value => value.user_class(),
    }
}

fn fields(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("fields", &["class_or_instance"], 1);
    let [value] = PARAMS.read(args, kwargs)?;
    let class = class_of(value.unwrap_or(&Value::None));
    match class.and_then(|class| class.lookup(table::FIELDS)) {
        Some(Value::Dict(fields)) => {
            let is_field = |value: &Value| {
                let field = value.downcast::<FieldObject>();
                field.is_none_or(|field| !field.0.borrow().init_only)
            };
            Ok(Value::tuple(fields.values().into_iter().filter(is_field).collect()))
        }
        _ => Err(exc::type_error("must be called with a dataclass type or instance")),
    }
}

fn is_dataclass(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("is_dataclass", &["obj"], 1);
    let [value] = PARAMS.read(args, kwargs)?;
    let class = class_of(value.unwrap_or(&Value::None));
    Ok(Value::Bool(
        class.is_some_and(|class| class.lookup(table::FIELDS).is_some()),
    ))
}

/// How a dataclass is written out: as what `make` makes of its names and values.
struct Writer<'a> {
    make: &'a dyn Fn(Vec<(Str, Value)>) -> Result<Value>,
}

impl Writer<'_> {
    fn write(&self, value: &Value) -> Result<Value> {
        if let Some(specs) = of_instance(value) {
            return self.instance(value, &specs);
        }
        match value.payload() {
            Value::List(list) => self.rebuild(value, list.to_vec()),
            Value::Tuple(items) => self.rebuild(value, items.to_vec()),
            Value::Dict(dict) => self.dict(value, dict),
            _ => copy::deep(value),
        }
    }

    fn instance(&self, value: &Value, specs: &[Spec]) -> Result<Value> {
        let mut rows = Vec::with_capacity(specs.len());
        for spec in specs.iter().filter(|spec| !spec.init_only) {
            let inner = attr::get_attr(value, &spec.name.to_rust_string())?;
            rows.push((spec.name.clone(), self.write(&inner)?));
        }
        (self.make)(rows)
    }

    /// A list or tuple of the same class; named tuples take their items one by one.
    fn rebuild(&self, value: &Value, items: Vec<Value>) -> Result<Value> {
        let items = items
            .iter()
            .map(|item| self.write(item))
            .collect::<Result<Vec<Value>>>()?;
        match value {
            Value::List(_) => Ok(Value::list(items)),
            Value::Tuple(_) => Ok(Value::tuple(items)),
            _ => {
                let class = Value::Class(value.class());
                if attr::get_attr_or_none(&class, "_fields")?.is_some() {
                    return ops::call(&class, &items);
                }
                ops::call(&class, &[Value::list(items)])
            }
        }
    }

    fn dict(&self, value: &Value, dict: &Dict<Value, Value>) -> Result<Value> {
        let copied = Dict::new();
        for (key, item) in dict.items() {
            copied.set(self.write(&key)?, self.write(&item)?)?;
        }
        match value {
            Value::Dict(_) => Ok(Value::Dict(copied)),
            _ => match attr::get_attr_or_none(value, "default_factory")? {
                Some(factory) => ops::call(&Value::Class(value.class()), &[factory, Value::Dict(copied)]),
                None => ops::call(&Value::Class(value.class()), &[Value::Dict(copied)]),
            },
        }
    }
}

fn asdict(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("asdict", &["obj", "dict_factory"], 1).positional(1);
    let [value, factory] = PARAMS.read(args, kwargs)?;
    let value = value.unwrap_or(&Value::None);
    if of_instance(value).is_none() {
        return Err(exc::type_error("asdict() should be called on dataclass instances"));
    }
    let plain =
        factory.is_none_or(|factory| matches!(factory, Value::Class(class) if Class::same(class, DICT.class())));
    let make = |rows: Vec<(Str, Value)>| {
        if plain {
            return Ok(Value::Dict(Dict::from_items(
                rows.into_iter().map(|(name, item)| (Value::Str(name), item)),
            )?));
        }
        let pairs = rows
            .into_iter()
            .map(|(name, item)| Value::tuple(vec![Value::Str(name), item]))
            .collect();
        ops::call(factory.unwrap_or(&Value::None), &[Value::list(pairs)])
    };
    Writer { make: &make }.write(value)
}

fn astuple(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("astuple", &["obj", "tuple_factory"], 1).positional(1);
    let [value, factory] = PARAMS.read(args, kwargs)?;
    let value = value.unwrap_or(&Value::None);
    if of_instance(value).is_none() {
        return Err(exc::type_error("astuple() should be called on dataclass instances"));
    }
    let make = |rows: Vec<(Str, Value)>| {
        let items: Vec<Value> = rows.into_iter().map(|(_, item)| item).collect();
        match factory {
            None => Ok(Value::tuple(items)),
            Some(factory) => ops::call(factory, &[Value::list(items)]),
        }
    };
    Writer { make: &make }.write(value)
}

fn replace(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("replace", &["obj"], 1).posonly().varkw();
    let ([value], changes) = PARAMS.read_with_keywords(args, kwargs)?;
    let value = value.unwrap_or(&Value::None);
    let Some(specs) = of_instance(value) else {
        return Err(exc::type_error("replace() should be called on dataclass instances"));
    };
    let mut all: Vec<(Str, Value)> = changes
        .iter()
        .map(|(name, item)| ((*name).clone(), (*item).clone()))
        .collect();
    for spec in &specs {
        let changed = all.iter().any(|(name, _)| *name == spec.name);
        if !spec.init {
            if changed {
                let name = &spec.name;
                return Err(exc::value_error(&format!(
                    "field {name} is declared with init=False, it cannot be specified with replace()"
                )));
            }
            continue;
        }
        if !changed && spec.init_only && spec.default.is_none() {
            let name = spec.name.repr();
            let message = format!("InitVar {name} must be specified with replace()");
            return Err(exc::value_error(&message));
        }
        if !changed {
            all.push((spec.name.clone(), attr::get_attr(value, &spec.name.to_rust_string())?));
        }
    }
    ops::call_kw(&Value::Class(value.class()), &[], &all)
}

const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

pub static FIELDS: NativeFn = NativeFn {
    name: "fields",
    effects: Effects::READS_ARGS,
    call: fields,
};
pub static IS_DATACLASS: NativeFn = NativeFn {
    name: "is_dataclass",
    effects: Effects::READS_ARGS,
    call: is_dataclass,
};
pub static ASDICT: NativeFn = NativeFn {
    name: "asdict",
    effects: CALLS,
    call: asdict,
};
pub static ASTUPLE: NativeFn = NativeFn {
    name: "astuple",
    effects: CALLS,
    call: astuple,
};
pub static REPLACE: NativeFn = NativeFn {
    name: "replace",
    effects: CALLS,
    call: replace,
};
