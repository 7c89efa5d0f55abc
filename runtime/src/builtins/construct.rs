//! What calling the builtin types does.

use super::lazy::{Enumerate, Filter, Map, Reversed, Zip};
use crate::args::{self, Parameters};
use crate::class::descriptor::{ClassMethod, Property, StaticMethod};
use crate::class::super_of;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::float as floats;
use crate::int::Int;
use crate::iter::{self, Iter};
use crate::list::List;
use crate::methods::{self, str::codec_name};
use crate::ops;
use crate::range::Range;
use crate::rc::Ref;
use crate::registry::Kwargs;
use crate::set::{FrozenSet, Set};
use crate::str::Str;
use crate::text;
use crate::tuple::Tuple;
use crate::value::Value;

pub(crate) fn object(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if !args.is_empty() || !kwargs.is_empty() {
        return Err(exc::type_error("object() takes no arguments"));
    }
    let class = crate::types::OBJECT.class().clone();
    Ok(Value::Instance(crate::instance::Instance::new(class, None)))
}

/// `type(None)()` and its like: the one instance there is.
fn singleton(name: &str, value: Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if args.is_empty() && kwargs.is_empty() {
        return Ok(value);
    }
    Err(exc::type_error(&format!("{name} takes no arguments")))
}

pub(crate) fn none(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    singleton("NoneType", Value::None, args, kwargs)
}

pub(crate) fn ellipsis(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    singleton("EllipsisType", Value::Ellipsis, args, kwargs)
}

pub(crate) fn not_implemented(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    singleton("NotImplementedType", Value::NotImplemented, args, kwargs)
}

/// `type(value)`, or a new class from `type(name, bases, namespace)`.
pub(crate) fn type_of(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args {
        [value] if kwargs.is_empty() => Ok(Value::Class(value.class())),
        [_, _, _] => crate::class::type_new(crate::types::TYPE.class(), args, kwargs),
        [_] => Err(exc::type_error("type() takes no keyword arguments")),
        _ => Err(exc::type_error("type() takes 1 or 3 arguments")),
    }
}

const INT: Parameters<2> = Parameters {
    function: "int",
    names: ["x", "base"],
    positional_only: 1,
    positional: 2,
    required: 0,
};

pub(crate) fn int(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match INT.bind(args, kwargs)? {
        [None, None] => Ok(Value::Int(0)),
        [None, Some(_)] => Err(exc::type_error("int() missing string argument")),
        [Some(value), None] => int_of(value),
        [Some(text), Some(base)] => int_in_base(text, args::integer(base)?),
    }
}

fn int_in_base(text: &Value, base: Int) -> Result<Value> {
    let base = match base.as_i64() {
        Some(base) if base == 0 || (2..=36).contains(&base) => base,
        _ => return Err(exc::value_error("int() base must be >= 2 and <= 36, or 0")),
    };
    match text.payload() {
        Value::Str(text) => Int::parse(text, base).map(Value::from),
        other => match crate::bytes::contents(other) {
            Some(bytes) => Int::parse_bytes(&bytes, base).map(Value::from),
            None => Err(exc::type_error("int() can't convert non-string with explicit base")),
        },
    }
}

/// `int(value)`.
fn int_of(value: &Value) -> Result<Value> {
    match value {
        Value::Int(_) | Value::BigInt(_) => return Ok(value.clone()),
        Value::Bool(value) => return Ok(Value::Int(*value as i64)),
        Value::Float(value) => return floats::trunc(*value).map(Value::from),
        Value::Str(text) => return Int::parse(text, 10).map(Value::from),
        Value::Bytes(bytes) => return Int::parse_bytes(bytes.as_slice(), 10).map(Value::from),
        _ => {}
    }
    for method in ["__int__", "__index__", "__trunc__"] {
        if let Some(answer) = ops::call_special(value, method, &[])? {
            return match answer.as_int() {
                Some(int) => Ok(Value::from(int)),
                None if method == "__trunc__" => int_of(&answer),
                None => {
                    let kind = answer.type_name();
                    Err(exc::type_error(&format!("{method} returned non-int (type {kind})")))
                }
            };
        }
    }
    match (value.payload(), crate::bytes::contents(value)) {
        (text @ Value::Str(_), _) => int_of(text),
        (_, Some(bytes)) => Int::parse_bytes(&bytes, 10).map(Value::from),
        _ => Err(exc::type_error(&format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            value.type_name()
        ))),
    }
}

pub(crate) fn bool(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("bool", args, kwargs, 0, 1)? {
        [value] => ops::truthy(value).map(Value::Bool),
        _ => Ok(Value::Bool(false)),
    }
}

pub(crate) fn float(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("float", args, kwargs, 0, 1)? {
        [value] => float_of(value).map(Value::Float),
        _ => Ok(Value::Float(0.0)),
    }
}

/// `float(value)`.
///
/// # Errors
/// ValueError for text that is no number, OverflowError for ints too large, TypeError for anything else.
pub fn float_of(value: &Value) -> Result<f64> {
    match value {
        Value::Float(value) => return Ok(*value),
        Value::Int(_) | Value::BigInt(_) | Value::Bool(_) => {
            if let Some(int) = value.as_int() {
                return int.to_f64();
            }
        }
        Value::Str(text) => return floats::parse(text),
        Value::Bytes(bytes) => return floats::parse_bytes(bytes.as_slice()),
        _ => {}
    }
    if let Some(answer) = ops::call_special(value, "__float__", &[])? {
        return match answer.payload() {
            Value::Float(value) => Ok(*value),
            other => Err(exc::type_error(&format!(
                "{}.__float__ returned non-float (type {})",
                value.type_name(),
                other.type_name()
            ))),
        };
    }
    match (ops::try_index(value)?, value.payload(), crate::bytes::contents(value)) {
        (Some(int), ..) => int.to_f64(),
        (None, text @ Value::Str(_), _) => float_of(text),
        (None, _, Some(bytes)) => floats::parse_shown(&bytes, || text::repr(value)),
        _ => Err(exc::type_error(&format!(
            "float() argument must be a string or a real number, not '{}'",
            value.type_name()
        ))),
    }
}

const STR: Parameters<3> = Parameters {
    function: "str",
    names: ["object", "encoding", "errors"],
    positional_only: 0,
    positional: 3,
    required: 0,
};

pub(crate) fn str(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match STR.bind(args, kwargs)? {
        [None, ..] => Ok(Value::Str(Str::empty())),
        [Some(value), None, None] => text::str_of(value).map(Value::Str),
        [Some(bytes), encoding, errors] => {
            let encoding = codec_name("str", "encoding", encoding, "utf-8")?;
            let errors = codec_name("str", "errors", errors, "strict")?;
            if bytes.as_str().is_some() {
                return Err(exc::type_error("decoding str is not supported"));
            }
            let Some(octets) = crate::bytes::contents(bytes) else {
                let kind = bytes.type_name();
                return Err(exc::type_error(&format!(
                    "decoding to str: need a bytes-like object, {kind} found"
                )));
            };
            crate::codec::decode(&octets, &encoding, &errors).map(Value::Str)
        }
    }
}

pub(crate) fn list(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("list", args, kwargs, 0, 1)? {
        [items] => {
            let list = List::new();
            methods::list::extend_by(&list, items)?;
            Ok(Value::List(list))
        }
        _ => Ok(Value::List(List::new())),
    }
}

pub(crate) fn tuple(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("tuple", args, kwargs, 0, 1)? {
        [tuple @ Value::Tuple(_)] => Ok(tuple.clone()),
        [items] => Ok(Value::tuple(iter::collect_sized(items)?)),
        _ => Ok(Value::Tuple(Tuple::empty())),
    }
}

pub(crate) fn dict(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let dict = Dict::new();
    methods::dict::fill("dict", &dict, args, kwargs)?;
    Ok(Value::Dict(dict))
}

pub(crate) fn set(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("set", args, kwargs, 0, 1)? {
        [items] => methods::set::from_iterable(items).map(Value::Set),
        _ => Ok(Value::Set(Set::new())),
    }
}

pub(crate) fn frozenset(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("frozenset", args, kwargs, 0, 1)? {
        [frozen @ Value::FrozenSet(_)] => Ok(frozen.clone()),
        [items] => Ok(Value::FrozenSet(FrozenSet::from_set(methods::set::from_iterable(
            items,
        )?))),
        _ => Ok(Value::FrozenSet(FrozenSet::from_set(Set::new()))),
    }
}

pub(crate) fn range(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("range", kwargs)?;
    let range = match args {
        [] => return Err(exc::type_error("range expected at least 1 argument, got 0")),
        [stop] => Range::new(Int::ZERO, args::integer(stop)?, Int::ONE)?,
        [start, stop] => Range::new(args::integer(start)?, args::integer(stop)?, Int::ONE)?,
        [start, stop, step] => Range::new(args::integer(start)?, args::integer(stop)?, args::integer(step)?)?,
        more => {
            let given = more.len();
            return Err(exc::type_error(&format!(
                "range expected at most 3 arguments, got {given}"
            )));
        }
    };
    Ok(Value::Range(Ref::new(range)))
}

pub(crate) fn slice(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(match args::between("slice", args, kwargs, 1, 3)? {
        [stop] => ops::slice(Value::None, stop.clone(), Value::None),
        [start, stop] => ops::slice(start.clone(), stop.clone(), Value::None),
        args => ops::slice(args[0].clone(), args[1].clone(), args[2].clone()),
    })
}

pub(crate) fn static_method(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [function] = args::between("staticmethod", args, kwargs, 1, 1)? else {
        return Ok(Value::None);
    };
    Ok(Value::object(StaticMethod {
        function: function.clone(),
    }))
}

pub(crate) fn class_method(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [function] = args::between("classmethod", args, kwargs, 1, 1)? else {
        return Ok(Value::None);
    };
    Ok(Value::object(ClassMethod {
        function: function.clone(),
    }))
}

const PROPERTY: Parameters<4> = Parameters {
    function: "property",
    names: ["fget", "fset", "fdel", "doc"],
    positional_only: 0,
    positional: 4,
    required: 0,
};

pub(crate) fn property(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [get, set, delete, doc] = PROPERTY
        .bind(args, kwargs)?
        .map(|value| value.cloned().unwrap_or(Value::None));
    let doc = match (doc, &get) {
        (Value::None, Value::None) => Value::None,
        (Value::None, get) => ops::get_attr_or_none(get, "__doc__")?.unwrap_or(Value::None),
        (doc, _) => doc,
    };
    Ok(Value::object(Property { get, set, delete, doc }))
}

pub(crate) fn super_(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("super", kwargs)?;
    match args {
        [class, receiver] => super_of(class, receiver),
        [] => Err(exc::runtime_error("super(): no arguments")),
        [Value::Class(_)] => Err(exc::not_implemented_error("super() with one argument")),
        [other] => {
            let kind = other.type_name();
            Err(exc::type_error(&format!(
                "super() argument 1 must be a type, not {kind}"
            )))
        }
        more => Err(exc::type_error(&format!(
            "super() expected at most 2 arguments, got {}",
            more.len()
        ))),
    }
}

pub(crate) fn mapping_proxy(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [mapping] = args::exactly("mappingproxy", args, kwargs)?;
    match mapping.as_dict() {
        Some(dict) => Ok(Value::object(methods::class::MappingProxy { dict: dict.clone() })),
        None => {
            let kind = mapping.type_name();
            Err(exc::type_error(&format!(
                "mappingproxy() argument must be a mapping, not {kind}"
            )))
        }
    }
}

/// `enumerate` reads its arguments in a way of its own, and complains so.
pub(crate) fn enumerate(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let given = args.len() + kwargs.len();
    if given > 2 {
        return Err(exc::type_error(&format!(
            "enumerate() takes at most 2 arguments ({given} given)"
        )));
    }
    let named = |name: &str| kwargs.iter().find(|(known, _)| *known == *name).map(|(_, value)| value);
    let (items, start) = match args {
        [] if given == 0 => return Err(exc::type_error("enumerate() missing required argument 'iterable'")),
        [] => (named("iterable"), named("start")),
        [items, rest @ ..] => (Some(items), rest.first().or_else(|| named("start"))),
    };
    let understood = items.is_some() as usize + start.is_some() as usize;
    let (Some(items), true) = (items, understood == given) else {
        let position = kwargs
            .iter()
            .position(|(name, _)| *name != *"iterable" && (*name != *"start" || items.is_none()));
        let (stranger, _) = &kwargs[position.unwrap_or(0)];
        return Err(exc::type_error(&format!(
            "'{stranger}' is an invalid keyword argument for enumerate()"
        )));
    };
    let start = start.map_or(Ok(Int::ZERO), args::integer)?;
    Ok(Value::object(Enumerate::new(source(items)?, start)))
}

pub(crate) fn zip(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if kwargs.len() > 1 {
        let given = kwargs.len();
        return Err(exc::type_error(&format!(
            "zip() takes at most 1 keyword argument ({given} given)"
        )));
    }
    let strict = match kwargs.first() {
        None => false,
        Some((name, value)) if *name == *"strict" => ops::truthy(value)?,
        Some((name, _)) => {
            return Err(exc::type_error(&format!(
                "'{name}' is an invalid keyword argument for zip()"
            )));
        }
    };
    Ok(Value::object(Zip::new(sources(args)?, strict)))
}

/// `iter(value)`, to be drawn from.
fn source(value: &Value) -> Result<Value> {
    iter::iter(value).map(Iter::into_value)
}

fn sources(values: &[Value]) -> Result<Vec<Value>> {
    values.iter().map(source).collect()
}

pub(crate) fn map(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    args::no_keywords("map", kwargs)?;
    match args {
        [function, first, rest @ ..] => {
            let mut all = vec![source(first)?];
            all.extend(sources(rest)?);
            Ok(Value::object(Map::new(function.clone(), all)))
        }
        _ => Err(exc::type_error("map() must have at least two arguments.")),
    }
}

pub(crate) fn filter(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [function, items] = args::exactly("filter", args, kwargs)?;
    Ok(Value::object(Filter::new(function.clone(), source(items)?)))
}

/// `reversed(sequence)`.
pub(crate) fn reversed(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [sequence] = args::between("reversed", args, kwargs, 1, 1)? else {
        return Ok(Value::None);
    };
    if let Some(reversed) = ops::call_special(sequence, "__reversed__", &[])? {
        return Ok(reversed);
    }
    let is_sequence = match sequence {
        Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) => true,
        Value::Object(object) => matches!(object.native().native_type().name, "array" | "bytearray"),
        Value::Instance(instance) => {
            let class = instance.class();
            class.lookup("__getitem__").is_some() && class.lookup("__len__").is_some()
        }
        _ => false,
    };
    if !is_sequence {
        let kind = sequence.type_name();
        return Err(exc::type_error(&format!("'{kind}' object is not reversible")));
    }
    Ok(Value::object(Reversed::new(sequence.clone(), ops::len(sequence)?)))
}
