//! Annotations as code: what a program could tell from not evaluating them.
//!
//! Without `from __future__ import annotations`, CPython evaluates the annotations of a function where its `def` stands,
//! and those of variables in modules and classes. Most are names of types that are bound by then, and types made of
//! them: nothing comes of evaluating those. The rest is code like any other.

use super::library;
use super::statics::{Static, bound_names, once_bound};
use crate::syntax::ast::{BinOp, ClassDef, Constant, Expr, ExprKind, FunctionDef, Module, StmtKind};
use std::collections::HashMap;

/// Builtin types that take types in brackets.
const GENERIC: [&str; 6] = ["dict", "frozenset", "list", "set", "tuple", "type"];

/// The module's annotations are evaluated.
pub fn are_evaluated(module: &Module) -> bool {
    !module.body.iter().any(|stmt| match &stmt.kind {
        StmtKind::ImportFrom { module, names, .. } => {
            module.as_deref() == Some("__future__") && names.iter().any(|alias| alias.name == "annotations")
        }
        _ => false,
    })
}

/// The annotations of a function in the order of their evaluation.
pub fn of_function(def: &FunctionDef) -> impl Iterator<Item = &Expr> {
    let params = &def.params;
    let all = (params.args.iter()).chain(&params.posonly).chain(&params.vararg);
    let all = all.chain(&params.kwonly).chain(&params.kwarg);
    all.filter_map(|param| param.annotation.as_ref()).chain(&def.returns)
}

/// What the names of a module may stand for in an annotation.
#[derive(Debug, Default)]
pub struct Hints {
    kinds: HashMap<String, Kind>,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Import,
    /// A class, with the names its body binds.
    Class {
        takes_types: bool,
        members: Vec<String>,
    },
    /// What is no type and is not made of types.
    Other,
}

impl Hints {
    pub fn of(module: &Module) -> Hints {
        let statics = once_bound(&module.body);
        let mut kinds = HashMap::new();
        for stmt in &module.body {
            for name in bound_names(stmt) {
                let kind = match (&stmt.kind, statics.get(&name)) {
                    (StmtKind::ClassDef(def), _) => class(def),
                    (StmtKind::FunctionDef(_), _) => Kind::Other,
                    (_, Some(Static::Module(_) | Static::Member { .. })) => Kind::Import,
                    (StmtKind::Assign { value, .. }, _) if is_plain(value) => Kind::Other,
                    _ => continue,
                };
                kinds.insert(name, kind);
            }
        }
        Hints { kinds }
    }

    /// The parts of an annotation that matter, in their order: names, which may not be bound, and other code.
    pub fn parts<'a>(&self, e: &'a Expr) -> Vec<&'a Expr> {
        let mut found = Vec::new();
        self.collect(e, &mut found);
        found
    }

    fn collect<'a>(&self, e: &'a Expr, found: &mut Vec<&'a Expr>) {
        match &e.kind {
            ExprKind::Constant(_) => {}
            ExprKind::Name(_) => found.push(e),
            ExprKind::List(parts) | ExprKind::Tuple(parts) => parts.iter().for_each(|part| self.collect(part, found)),
            ExprKind::Attribute { value, attr } if self.has_member(value, &attr.name) => self.collect(value, found),
            ExprKind::Subscript { value, slice } if self.takes_types(value) => {
                self.collect(value, found);
                self.collect(slice, found);
            }
            ExprKind::BinOp {
                left,
                op: BinOp::BitOr,
                right,
            } if self.may_be_joined(left, right) => {
                self.collect(left, found);
                self.collect(right, found);
            }
            _ => found.push(e),
        }
    }

    fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    fn has_member(&self, value: &Expr, member: &str) -> bool {
        match &value.kind {
            ExprKind::Name(name) => match self.kind(name) {
                Some(Kind::Import) => true,
                Some(Kind::Class { members, .. }) => members.iter().any(|known| known == member),
                _ => false,
            },
            ExprKind::Attribute { value, attr } => self.has_member(value, &attr.name),
            _ => false,
        }
    }

    fn takes_types(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Name(name) => match self.kind(name) {
                Some(Kind::Class { takes_types, .. }) => *takes_types,
                Some(Kind::Other) => false,
                Some(Kind::Import) => true,
                None => GENERIC.contains(&name.as_str()) || !library::has_builtin(name),
            },
            ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => true,
            _ => false,
        }
    }

    fn may_be_joined(&self, left: &Expr, right: &Expr) -> bool {
        let is_none = |e: &Expr| matches!(e.kind, ExprKind::Constant(Constant::None));
        self.is_type(left) && self.is_type(right) && !(is_none(left) && is_none(right))
    }

    fn is_type(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Name(name) => match self.kind(name) {
                Some(kind) => *kind != Kind::Other,
                None => library::is_type(name) || !library::has_builtin(name),
            },
            ExprKind::Constant(Constant::None) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => true,
            ExprKind::BinOp {
                left,
                op: BinOp::BitOr,
                right,
            } => self.may_be_joined(left, right),
            _ => false,
        }
    }
}

fn class(def: &ClassDef) -> Kind {
    let members: Vec<String> = def.body.iter().flat_map(bound_names).collect();
    let own = |name: &str| members.iter().any(|member| member == name);
    Kind::Class {
        takes_types: !def.bases.is_empty() || !def.keywords.is_empty() || own("__class_getitem__"),
        members,
    }
}

/// The value is surely no type: it stands there as something else.
fn is_plain(value: &Expr) -> bool {
    matches!(
        value.kind,
        ExprKind::Constant(_)
            | ExprKind::List(_)
            | ExprKind::Tuple(_)
            | ExprKind::Dict { .. }
            | ExprKind::Set(_)
            | ExprKind::ListComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::JoinedStr(_)
            | ExprKind::Lambda { .. }
    )
}
