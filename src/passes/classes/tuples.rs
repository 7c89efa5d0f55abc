//! Classes of tuples whose items have names: `namedtuple(...)` and `typing.NamedTuple`. Native code carries their
//! instances as it does those of frozen dataclasses that are ordered, and of which a few things more can be asked.

use super::draft::{Draft, THIS};
use super::options::{Data, DataField, Default};
use super::statement::text;
use crate::ir::{Arg, Callee, Class, ClassId, Const, Expr, ExprKind, Function, Program, StmtKind};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// What every tuple answers to besides its fields.
pub const NAMES: [&str; 20] = [
    "__add__",
    "__contains__",
    "__eq__",
    "__ge__",
    "__getitem__",
    "__gt__",
    "__hash__",
    "__iter__",
    "__le__",
    "__len__",
    "__lt__",
    "__mul__",
    "__rmul__",
    "_asdict",
    "_field_defaults",
    "_fields",
    "_make",
    "_replace",
    "count",
    "index",
];

/// Which class of the program the call at a place makes.
type Called = HashMap<Span, ClassId>;

/// Writes the calls that make such classes as class statements: the call is the one base, and what it gives the class.
pub fn declare(program: &mut Program) {
    for at in 0..program.modules.len() {
        let module = &program.modules[at];
        let here = program.classes.iter().enumerate();
        let called: Called = here
            .filter(|(_, class)| class.by_call && class.module.index() == at)
            .map(|(id, class)| (class.span, ClassId(id as u32)))
            .collect();
        for function in [Some(module.init), module.main].into_iter().flatten() {
            declare_in(&mut program.functions[function.index()], &called);
        }
    }
}

fn declare_in(function: &mut Function, called: &Called) {
    for stmt in &mut function.body {
        if let StmtKind::Assign { value, .. } = &mut stmt.kind
            && matches!(value.kind, ExprKind::Call { .. })
            && let Some(class) = called.get(&value.span)
        {
            let kind = ExprKind::MakeClass {
                class: *class,
                bases: vec![value.clone()],
                keywords: Vec::new(),
                namespace: Vec::new(),
            };
            *value = Expr::new(kind, value.span);
        }
    }
}

/// Where the fields of a class of named tuples stand.
pub enum Base {
    /// In the annotations of its body.
    Annotated,
    /// In the call that is its base.
    Called(Vec<DataField>),
}

/// What makes the class one of named tuples; None where nothing does, or what native code cannot follow.
pub fn base(bases: &[Expr]) -> Option<Base> {
    let [only] = bases else { return None };
    match &only.kind {
        ExprKind::Library { module, name } if module == "typing" && name == "NamedTuple" => Some(Base::Annotated),
        ExprKind::Call {
            callee: Callee::Library { module, name },
            args,
            keywords,
        } if module == "collections" && name == "namedtuple" => fields(args, keywords).map(Base::Called),
        _ => None,
    }
}

/// The fields that `namedtuple` is told; None where CPython refuses them, or they are worked out.
fn fields(args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Option<Vec<DataField>> {
    let [Arg::One(_), Arg::One(names)] = args else {
        return None;
    };
    let names = match &names.kind {
        ExprKind::List(items) | ExprKind::Tuple(items) => {
            let names = items.iter().map(|item| text(item.expr()).map(str::to_owned));
            names.collect::<Option<Vec<String>>>()?
        }
        _ => {
            let names = text(names)?.replace(',', " ");
            names.split_whitespace().map(str::to_owned).collect()
        }
    };
    let defaults = match keywords {
        [] => Vec::new(),
        [(Some(keyword), given)] if keyword == "defaults" => constants(given)?,
        _ => return None,
    };
    let first = names.len().checked_sub(defaults.len())?;
    let field = |(at, name): (usize, &String)| DataField {
        name: name.clone(),
        default: at
            .checked_sub(first)
            .map_or(Default::None, |at| Default::Value(defaults[at].clone())),
        init: true,
        repr: true,
        compare: true,
    };
    Some(names.iter().enumerate().map(field).collect())
}

fn constants(e: &Expr) -> Option<Vec<Expr>> {
    let (ExprKind::Tuple(items) | ExprKind::List(items)) = &e.kind else {
        return None;
    };
    let constant = |item: &Arg| match item.expr().kind {
        ExprKind::Const(_) => Some(item.expr().clone()),
        _ => None,
    };
    items.iter().map(constant).collect()
}

/// What such a class is as a dataclass. None where its fields cannot be that, or its body says itself what tuples do.
pub fn data(fields: Vec<DataField>, members: &HashSet<&str>) -> Option<Data> {
    let distinct: HashSet<&str> = fields.iter().map(|f| f.name.as_str()).collect();
    let named = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !crate::syntax::is_keyword(name)
    };
    let own = ["__init__", "__new__", "__bool__", "__ne__"].into_iter().chain(NAMES);
    let fine = !fields.is_empty()
        && distinct.len() == fields.len()
        && distinct
            .iter()
            .all(|name| named(name) && !members.contains(name) && !NAMES.contains(name))
        && !own.into_iter().any(|name| members.contains(name));
    fine.then_some(Data {
        frozen: true,
        eq: true,
        repr: true,
        order: true,
        fields,
    })
}

/// `__iter__`: all the items.
pub fn iter(fields: &[DataField], class: &Class, id: ClassId) -> Draft {
    let mut draft = Draft::new("__iter__", class, id);
    let items = fields
        .iter()
        .map(|f| Arg::One(draft.attribute(THIS, &f.name)))
        .collect();
    let items = draft.expr(ExprKind::Tuple(items));
    let iterator = draft.expr(ExprKind::Call {
        callee: Callee::Builtin("iter".to_owned()),
        args: vec![Arg::One(items)],
        keywords: Vec::new(),
    });
    draft.push(StmtKind::Return(iterator));
    draft
}

/// `__len__`
pub fn len(fields: &[DataField], class: &Class, id: ClassId) -> Draft {
    let mut draft = Draft::new("__len__", class, id);
    let length = draft.expr(ExprKind::Const(Const::Int(fields.len().into())));
    draft.push(StmtKind::Return(length));
    draft
}
