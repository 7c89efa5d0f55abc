//! Which functions change nothing outside themselves and ask the world nothing, as far as syntax tells.
//!
//! The answer errs towards 'no': what is called must be known, what is changed must have been made here. One thing
//! is taken on trust: methods named like the query methods of builtin types (`get`, `split`, ...) only answer.

use super::functions::{FoundFunction, deep, for_each_expr_deep, for_each_own_stmt};
use super::names::{Callee, ModuleNames, bind_target};
use super::operations::Facts;
use super::tables;
use crate::syntax::ast::*;
use std::collections::HashSet;

/// Methods that change only their own object.
const MUTATORS: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "clear",
    "difference_update",
    "discard",
    "extend",
    "insert",
    "intersection_update",
    "move_to_end",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "subtract",
    "update",
];

/// Builtins that call what they are given.
const CALLERS: &[&str] = &["map", "filter", "functools.reduce", "functools.partial"];

/// One answer a function, in the order of the list.
pub(super) fn pure_functions(functions: &[FoundFunction], facts: &[Facts], names: &ModuleNames) -> Vec<bool> {
    let globals = declared_globals(functions);
    let mut pure: Vec<bool> = functions
        .iter()
        .enumerate()
        .map(|(at, function)| {
            let facts = &facts[at];
            let is_plain = !function.def.is_async && !facts.yields && !facts.awaits && facts.io_ops == 0;
            is_plain
                && Checker::new(names, at, fresh_names(&function.def.body, names, at), &globals)
                    .body(&function.def.body)
        })
        .collect();
    // A function that calls an impure one is impure: until nothing changes any more.
    loop {
        let before = pure.clone();
        for at in 0..pure.len() {
            pure[at] = pure[at] && facts[at].callees.iter().all(|&callee| before[callee]);
        }
        if pure == before {
            return pure;
        }
    }
}

/// Names that some function of the file rebinds in the module.
pub(super) fn declared_globals<'a>(functions: &[FoundFunction<'a>]) -> HashSet<&'a str> {
    let mut globals = HashSet::new();
    for function in functions {
        for_each_own_stmt(&function.def.body, &mut |stmt| {
            if let StmtKind::Global(names) = &stmt.kind {
                globals.extend(names.iter().map(|name| name.name.as_str()));
            }
        });
    }
    globals
}

/// Local names that only ever hold objects made here.
pub(super) fn fresh_names<'a>(body: &'a [Stmt], names: &ModuleNames, at: usize) -> HashSet<&'a str> {
    let (mut fresh, mut other) = (HashSet::new(), HashSet::new());
    for_each_own_stmt(body, &mut |stmt| {
        match &stmt.kind {
            StmtKind::Assign { targets, value } => {
                for target in targets {
                    let is_single = matches!(target.kind, ExprKind::Name(_));
                    let into = if is_single && makes_new(value, names, at) {
                        &mut fresh
                    } else {
                        &mut other
                    };
                    bind_target(target, into);
                }
            }
            StmtKind::AnnAssign {
                target,
                value: Some(value),
                ..
            } => {
                let into = if makes_new(value, names, at) {
                    &mut fresh
                } else {
                    &mut other
                };
                bind_target(target, into);
            }
            StmtKind::For(for_stmt) => bind_target(&for_stmt.target, &mut other),
            StmtKind::With { items, .. } => {
                items
                    .iter()
                    .filter_map(|item| item.target.as_ref())
                    .for_each(|target| bind_target(target, &mut other));
            }
            _ => {}
        }
        for_each_expr_deep(stmt, &mut |expr| {
            if let ExprKind::NamedExpr { target, .. } = &expr.kind {
                other.insert(&target.name);
            }
        });
    });
    fresh.retain(|name| !other.contains(name));
    fresh
}

/// Whether an expression gives an object that nothing else holds, or one that cannot be changed.
fn makes_new(value: &Expr, names: &ModuleNames, at: usize) -> bool {
    match &value.kind {
        ExprKind::List(_)
        | ExprKind::Dict { .. }
        | ExprKind::Set(_)
        | ExprKind::ListComp { .. }
        | ExprKind::SetComp { .. }
        | ExprKind::DictComp { .. }
        | ExprKind::Constant(_)
        | ExprKind::JoinedStr(_)
        | ExprKind::BinOp { .. }
        | ExprKind::Compare { .. } => true,
        ExprKind::Call { func, .. } => match names.callee(func, at) {
            Callee::Known(path) => tables::is_pure_function(&path) && path != "getattr" && path != "iter",
            Callee::Method { name, .. } => tables::is_query_method(&name) && name != "get",
            _ => false,
        },
        _ => false,
    }
}

/// Looks for anything that reaches outside.
pub(super) struct Checker<'a> {
    names: &'a ModuleNames<'a>,
    at: usize,
    fresh: HashSet<&'a str>,
    globals: &'a HashSet<&'a str>,
    /// The functions of the file that are called.
    pub callees: Vec<usize>,
}

impl<'a> Checker<'a> {
    pub fn new(names: &'a ModuleNames<'a>, at: usize, fresh: HashSet<&'a str>, globals: &'a HashSet<&'a str>) -> Self {
        Checker {
            names,
            at,
            fresh,
            globals,
            callees: Vec::new(),
        }
    }

    /// Whether all statements stay within.
    pub fn body(&mut self, body: &[Stmt]) -> bool {
        let mut pure = true;
        for_each_own_stmt(body, &mut |stmt| pure = pure && self.stmt(stmt));
        pure
    }

    pub fn stmt(&mut self, stmt: &Stmt) -> bool {
        let mut pure = self.stmt_itself(stmt);
        for_each_expr_deep(stmt, &mut |expr| pure = pure && self.expr(expr));
        pure
    }

    fn stmt_itself(&mut self, stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => targets.iter().all(|t| self.may_store(t)),
            StmtKind::AnnAssign { target, .. } => self.may_store(target),
            StmtKind::AugAssign { target, value, .. } => self.may_augment(target, value),
            StmtKind::For(for_stmt) => self.may_store(&for_stmt.target),
            StmtKind::With { .. }
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::ImportFrom { .. }
            | StmtKind::FunctionDef(_)
            | StmtKind::ClassDef(_) => false,
            _ => true,
        }
    }

    fn may_store(&self, target: &Expr) -> bool {
        match &target.kind {
            ExprKind::Name(_) => true,
            ExprKind::List(elements) | ExprKind::Tuple(elements) => elements.iter().all(|e| self.may_store(e)),
            ExprKind::Starred(value) => self.may_store(value),
            ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => self.is_fresh(value),
            _ => false,
        }
    }

    /// `x += y` changes a list that others may hold; a number added or a string cannot have been one.
    fn may_augment(&self, target: &Expr, value: &Expr) -> bool {
        let is_scalar = matches!(
            value.kind,
            ExprKind::Constant(Constant::Int(_) | Constant::Float(_) | Constant::Str(_)) | ExprKind::JoinedStr(_)
        );
        match &target.kind {
            ExprKind::Name(_) => self.is_fresh(target) || is_scalar,
            _ => self.may_store(target),
        }
    }

    fn is_fresh(&self, value: &Expr) -> bool {
        matches!(&value.kind, ExprKind::Name(name) if self.fresh.contains(name.as_str()))
    }

    fn expr(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call { func, args, .. } => self.call(func, args),
            ExprKind::Name(name) => !self.globals.contains(name.as_str()),
            ExprKind::Await(_) | ExprKind::Yield(_) | ExprKind::YieldFrom(_) => false,
            _ => true,
        }
    }

    fn call(&mut self, func: &Expr, args: &[Expr]) -> bool {
        match self.names.callee(func, self.at) {
            Callee::Known(path) if CALLERS.contains(&path.as_str()) => self.callback(args.first()),
            Callee::Known(path) => tables::is_pure_function(&path),
            Callee::Own(function) => {
                self.callees.push(function);
                true
            }
            Callee::Method { name, .. } if tables::is_query_method(&name) => true,
            Callee::Method { name, .. } if MUTATORS.contains(&name.as_str()) => match &func.kind {
                ExprKind::Attribute { value, .. } => self.is_fresh(value),
                _ => false,
            },
            Callee::Method { .. } | Callee::OwnClass(_) | Callee::Unknown(_) => false,
        }
    }

    /// What `map` and its kind call must be as harmless as a direct call. A lambda's body is looked at where it stands.
    fn callback(&mut self, callback: Option<&Expr>) -> bool {
        match callback {
            Some(Expr {
                kind: ExprKind::Lambda { .. },
                ..
            }) => true,
            Some(Expr {
                kind: ExprKind::Constant(Constant::None),
                ..
            }) => true,
            Some(
                callback @ Expr {
                    kind: ExprKind::Name(_) | ExprKind::Attribute { .. },
                    ..
                },
            ) => self.call(callback, &[]),
            _ => false,
        }
    }
}

/// Whether an expression mentions a name.
pub(super) fn mentions(expr: &Expr, wanted: &str) -> bool {
    let mut found = false;
    deep(expr, &mut |part| {
        found = found || matches!(&part.kind, ExprKind::Name(name) if name == wanted)
    });
    found
}
