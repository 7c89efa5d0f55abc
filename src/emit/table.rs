//! Long displays of constants as tables: code for each item would keep rustc for minutes.

use super::convert::float;
use super::rust::{Rx, call, string_literal, text};
use crate::ir::{Arg, Const, Expr, ExprKind, Ty};

/// Displays of fewer items are written out.
const LONG: usize = 64;

/// The items of a display of constants, as a vector of the element type; None where it is short or has anything else.
pub fn items(items: &[Arg], element: &Ty, rust_type: &str) -> Option<Rx> {
    let each = |item: &Arg| match item {
        Arg::One(e) => plain(e, element),
        Arg::Star(_) => None,
    };
    if items.len() < LONG {
        return None;
    }
    let table = Rx::Macro("plain_items", items.iter().map(each).collect::<Option<_>>()?);
    Some(call(&format!("table::items::<{rust_type}>"), vec![table]))
}

/// The same of a dict's keys and values.
pub fn pairs(items: &[(Option<Expr>, Expr)], types: (&Ty, &Ty), rust_types: (&str, &str)) -> Option<Rx> {
    let each = |(key, value): &(Option<Expr>, Expr)| {
        let key = plain(key.as_ref()?, types.0)?;
        Some(Rx::Tuple(vec![key, plain(value, types.1)?]))
    };
    if items.len() < LONG {
        return None;
    }
    let table = Rx::Macro("plain_pairs", items.iter().map(each).collect::<Option<_>>()?);
    let (key, value) = rust_types;
    Some(call(&format!("table::pairs::<{key}, {value}>"), vec![table]))
}

/// The constant where values of this type are held.
fn plain(e: &Expr, held: &Ty) -> Option<Rx> {
    let ExprKind::Const(c) = &e.kind else { return None };
    let of = |name: &str, value: String| Some(text(format!("table::Plain::{name}({value})")));
    match (c, held) {
        (Const::Str(s), Ty::Str | Ty::Dyn) => of("Str", string_literal(s)),
        (Const::Int(i), Ty::Int | Ty::Dyn) => of("Int", i64::try_from(i).ok()?.to_string()),
        (Const::Float(f), Ty::Float | Ty::Dyn) => Some(call("table::Plain::Float", vec![float(*f)])),
        (Const::Bool(b), Ty::Dyn) => of("Bool", b.to_string()),
        (Const::None, Ty::Dyn) => Some(text("table::Plain::None")),
        _ => None,
    }
}
