//! Types as inference finds them; each has one native representation.

use super::func::{ClassId, RecordId};
use std::fmt;

/// Dicts of the library that answer for keys they lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MapKind {
    /// `collections.defaultdict`, whose factory is the type of its values.
    Default,
    /// `collections.Counter`, whose values are ints.
    Counter,
}

/// The type of a value. `Dyn` is a value of any type, carried with its type tag.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// No value reaches here.
    Never,
    None,
    Bool,
    /// An int carried in 64 bits; leaving them restarts the call in its generic version.
    Int,
    /// An int carried in 128 bits.
    Wide,
    Float,
    Str,
    Bytes,
    Tuple(Vec<Ty>),
    List(Box<Ty>),
    Dict(Box<Ty>, Box<Ty>),
    Set(Box<Ty>),
    /// `collections.deque` without a limit.
    Deque(Box<Ty>),
    Mapping(MapKind, Box<Ty>, Box<Ty>),
    /// A dict with constant keys, carried by value.
    Record(RecordId),
    /// An instance of a class whose attributes have native types.
    Instance(ClassId),
    /// None or a value.
    Option(Box<Ty>),
    Dyn,
}

impl Ty {
    pub fn list(element: Ty) -> Ty {
        Ty::List(Box::new(element))
    }

    pub fn option(inner: Ty) -> Ty {
        match inner {
            Ty::None | Ty::Option(_) | Ty::Dyn => inner,
            other => Ty::Option(Box::new(other)),
        }
    }

    /// Held by value in Rust, copied without a count.
    pub fn is_copy(&self) -> bool {
        match self {
            Ty::Never | Ty::None | Ty::Bool | Ty::Int | Ty::Wide | Ty::Float => true,
            Ty::Tuple(parts) => parts.iter().all(Ty::is_copy),
            Ty::Option(inner) => inner.is_copy(),
            _ => false,
        }
    }

    /// The keys and values of a dict of any kind.
    pub fn as_mapping(&self) -> Option<(&Ty, &Ty)> {
        match self {
            Ty::Dict(key, value) | Ty::Mapping(_, key, value) => Some((key, value)),
            _ => None,
        }
    }

    pub fn is_dyn(&self) -> bool {
        *self == Ty::Dyn
    }

    /// No part of it is dynamic.
    pub fn is_static(&self) -> bool {
        match self {
            Ty::Dyn => false,
            Ty::Tuple(parts) => parts.iter().all(Ty::is_static),
            Ty::List(e) | Ty::Set(e) | Ty::Deque(e) | Ty::Option(e) => e.is_static(),
            Ty::Dict(k, v) | Ty::Mapping(_, k, v) => k.is_static() && v.is_static(),
            _ => true,
        }
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Never => write!(f, "Never"),
            Ty::None => write!(f, "None"),
            Ty::Bool => write!(f, "bool"),
            Ty::Int | Ty::Wide => write!(f, "int"),
            Ty::Float => write!(f, "float"),
            Ty::Str => write!(f, "str"),
            Ty::Bytes => write!(f, "bytes"),
            Ty::Tuple(parts) => write!(f, "tuple[{}]", join(parts)),
            Ty::List(e) => write!(f, "list[{e}]"),
            Ty::Dict(k, v) => write!(f, "dict[{k}, {v}]"),
            Ty::Set(e) => write!(f, "set[{e}]"),
            Ty::Deque(e) => write!(f, "deque[{e}]"),
            Ty::Mapping(MapKind::Default, k, v) => write!(f, "defaultdict[{k}, {v}]"),
            Ty::Mapping(MapKind::Counter, k, _) => write!(f, "Counter[{k}]"),
            Ty::Record(record) => write!(f, "record#{}", record.0),
            Ty::Instance(class) => write!(f, "class#{}", class.0),
            Ty::Option(inner) => write!(f, "{inner} | None"),
            Ty::Dyn => write!(f, "Any"),
        }
    }
}

fn join(parts: &[Ty]) -> String {
    parts.iter().map(Ty::to_string).collect::<Vec<_>>().join(", ")
}
