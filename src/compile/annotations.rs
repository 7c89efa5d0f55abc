//! Annotations as types: hints for inference and for the cases of the proof, never believed.

use crate::syntax::ast::{BinOp, Constant, Expr, ExprKind};
use crate::vessel::TypeSpec;

/// The type that an annotation names; `Any` where it names none that is known.
pub fn spec(e: &Expr) -> TypeSpec {
    match &e.kind {
        ExprKind::Constant(Constant::None) => TypeSpec::None,
        ExprKind::Constant(Constant::Str(text)) => {
            crate::syntax::parse_expression(text).map_or(TypeSpec::Any, |inner| spec(&inner))
        }
        ExprKind::Name(name) => named(name),
        ExprKind::Attribute { attr, .. } => named(&attr.name),
        ExprKind::Subscript { value, slice } => generic(value, slice),
        ExprKind::BinOp {
            left,
            op: BinOp::BitOr,
            right,
        } => spec(left).merge(spec(right)),
        _ => TypeSpec::Any,
    }
}

fn named(name: &str) -> TypeSpec {
    let any = || Box::new(TypeSpec::Any);
    match name {
        "int" => TypeSpec::Int,
        "float" => TypeSpec::Float,
        "bool" => TypeSpec::Bool,
        "str" => TypeSpec::Str,
        "bytes" => TypeSpec::Bytes,
        "bytearray" => TypeSpec::Bytearray,
        "complex" => TypeSpec::Complex,
        "None" => TypeSpec::None,
        "list" | "List" | "Sequence" | "MutableSequence" | "Iterable" | "Collection" => TypeSpec::List { item: any() },
        "dict" | "Dict" | "Mapping" | "MutableMapping" => TypeSpec::Dict {
            key: any(),
            value: any(),
        },
        "set" | "Set" | "MutableSet" => TypeSpec::Set { item: any() },
        "frozenset" | "FrozenSet" => TypeSpec::Frozenset { item: any() },
        "range" => TypeSpec::Range,
        "Callable" => TypeSpec::Callable,
        _ => TypeSpec::Any,
    }
}

fn generic(value: &Expr, slice: &Expr) -> TypeSpec {
    let name = match &value.kind {
        ExprKind::Name(name) => name.as_str(),
        ExprKind::Attribute { attr, .. } => attr.name.as_str(),
        _ => return TypeSpec::Any,
    };
    let parts: Vec<&Expr> = match &slice.kind {
        ExprKind::Tuple(parts) => parts.iter().collect(),
        _ => vec![slice],
    };
    let item = || Box::new(parts.first().map_or(TypeSpec::Any, |p| spec(p)));
    match name {
        "list" | "List" | "Sequence" | "MutableSequence" | "Iterable" | "Collection" => TypeSpec::List { item: item() },
        "set" | "Set" | "MutableSet" | "AbstractSet" => TypeSpec::Set { item: item() },
        "frozenset" | "FrozenSet" => TypeSpec::Frozenset { item: item() },
        "deque" | "Deque" => TypeSpec::Deque { item: item() },
        "Iterator" | "Generator" => TypeSpec::Iterator { item: item() },
        "dict" | "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "defaultdict" => match parts.as_slice() {
            [key, value] => TypeSpec::dict(spec(key), spec(value)),
            _ => TypeSpec::Any,
        },
        "tuple" | "Tuple" => match parts.as_slice() {
            [
                item,
                Expr {
                    kind: ExprKind::Constant(Constant::Ellipsis),
                    ..
                },
            ] => {
                // Of any length: shown to the case generator as a few of them.
                TypeSpec::Tuple {
                    items: vec![spec(item), spec(item)],
                }
            }
            _ => TypeSpec::Tuple {
                items: parts.iter().map(|p| spec(p)).collect(),
            },
        },
        "Optional" => item().optional(),
        "Union" => parts
            .iter()
            .map(|p| spec(p))
            .reduce(TypeSpec::merge)
            .unwrap_or_default(),
        "Callable" => TypeSpec::Callable,
        _ => TypeSpec::Any,
    }
}
