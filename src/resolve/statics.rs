//! What a module's names are known to be without running it: imports, functions and classes bound exactly once.

use super::library;
use super::scope::Scopes;
use crate::syntax::ast::{Expr, ExprKind, Module, Pattern, PatternKind, Stmt, StmtKind};
use std::collections::{HashMap, HashSet};

/// A name whose one binding says what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Static {
    /// `import a.b as c` (or `import a`): the dotted name.
    Module(String),
    /// `from module import name`; the module as written, with its leading dots counted.
    Member {
        module: String,
        level: u32,
        name: String,
    },
    Function,
    Class,
}

/// Statically known names of a module. Functions and classes that may be asked for too `early` are none of them.
pub fn of_module(module: &Module, scopes: &Scopes, early: &HashSet<String>) -> HashMap<String, Static> {
    let mut found = once_bound(&module.body);
    found.retain(|name, what| {
        let may_be_unbound = matches!(what, Static::Function | Static::Class) && early.contains(name);
        !scopes.rebound_globals.contains_key(name) && !may_be_unbound
    });
    found
}

/// Names bound once in the block, by an import, a plain `def` or a plain `class` at its top level; or several times by
/// the same import, as `import a.b` and `import a.c` both bind `a`.
pub fn once_bound(body: &[Stmt]) -> HashMap<String, Static> {
    let mut counts = HashMap::new();
    count(body, &mut counts);
    let mut found: HashMap<String, (Static, usize)> = HashMap::new();
    let knows_checking = body.iter().any(imports_type_checking);
    for stmt in body {
        let mut bindings = binding_of(stmt);
        if !(knows_checking && is_type_checking(stmt)) {
            inner_imports(stmt, &mut bindings);
        }
        for (name, what) in bindings {
            let (known, times) = found.entry(name).or_insert_with(|| (what.clone(), 0));
            let again = *times > 0 && matches!(what, Static::Function | Static::Class);
            if *known == what && !again {
                *times += 1;
            }
        }
    }
    found.retain(|name, (_, times)| counts.get(name) == Some(times));
    found.into_iter().map(|(name, (what, _))| (name, what)).collect()
}

/// `from typing import TYPE_CHECKING`, or `import typing`.
fn imports_type_checking(stmt: &Stmt) -> bool {
    binding_of(stmt).iter().any(|(name, what)| match what {
        Static::Module(module) => module == "typing",
        Static::Member { module, level: 0, .. } => module == "typing" && name == "TYPE_CHECKING",
        _ => false,
    })
}

/// `if TYPE_CHECKING:` is for tools: it does not run.
fn is_type_checking(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::If { test, orelse, .. } if orelse.is_empty() => match &test.kind {
            ExprKind::Name(name) => name == "TYPE_CHECKING",
            ExprKind::Attribute { attr, .. } => attr.name == "TYPE_CHECKING",
            _ => false,
        },
        _ => false,
    }
}

/// Imports inside `if`, `try` and their kind, of modules that are no objects: what they bind is known without running.
fn inner_imports(stmt: &Stmt, found: &mut Vec<(String, Static)>) {
    if matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef(_)) {
        return;
    }
    stmt.each_block(&mut |block| {
        for inner in block {
            let bindings = binding_of(inner).into_iter();
            found.extend(bindings.filter(|(_, what)| match what {
                Static::Module(module) | Static::Member { module, level: 0, .. } => !library::has_module(module),
                Static::Member { .. } => true,
                Static::Function | Static::Class => false,
            }));
            inner_imports(inner, found);
        }
    });
}

fn binding_of(stmt: &Stmt) -> Vec<(String, Static)> {
    match &stmt.kind {
        StmtKind::FunctionDef(def) if def.decorators.is_empty() => vec![(def.name.name.clone(), Static::Function)],
        StmtKind::ClassDef(def) if def.decorators.is_empty() => vec![(def.name.name.clone(), Static::Class)],
        StmtKind::Import(names) => names
            .iter()
            .map(|alias| match &alias.asname {
                Some(asname) => (asname.clone(), Static::Module(alias.name.clone())),
                None => {
                    let first = alias.name.split('.').next().unwrap_or_default().to_owned();
                    (first.clone(), Static::Module(first))
                }
            })
            .collect(),
        StmtKind::ImportFrom { module, names, level } => names
            .iter()
            .map(|alias| {
                let member = Static::Member {
                    module: module.clone().unwrap_or_default(),
                    level: *level,
                    name: alias.name.clone(),
                };
                (alias.asname.clone().unwrap_or_else(|| alias.name.clone()), member)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Counts the places that bind each name in the block, not entering functions and classes.
fn count(body: &[Stmt], counts: &mut HashMap<String, usize>) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => bump(&def.name.name, counts),
            StmtKind::ClassDef(def) => bump(&def.name.name, counts),
            StmtKind::Delete(targets) => targets.iter().for_each(|t| target(t, counts)),
            StmtKind::Assign { targets, .. } => targets.iter().for_each(|t| target(t, counts)),
            StmtKind::AugAssign { target: t, .. }
            | StmtKind::AnnAssign {
                target: t,
                value: Some(_),
                ..
            } => {
                target(t, counts);
            }
            StmtKind::For(f) => {
                target(&f.target, counts);
                count(&f.body, counts);
                count(&f.orelse, counts);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => {
                count(body, counts);
                count(orelse, counts);
            }
            StmtKind::With { items, body, .. } => {
                items.iter().flat_map(|i| &i.target).for_each(|t| target(t, counts));
                count(body, counts);
            }
            StmtKind::Match { cases, .. } => {
                for case in cases {
                    pattern(&case.pattern, counts);
                    count(&case.body, counts);
                }
            }
            StmtKind::Try(t) => {
                count(&t.body, counts);
                for handler in &t.handlers {
                    handler.name.iter().for_each(|n| bump(&n.name, counts));
                    count(&handler.body, counts);
                }
                count(&t.orelse, counts);
                count(&t.finalbody, counts);
            }
            StmtKind::Import(_) | StmtKind::ImportFrom { .. } => {
                binding_of(stmt).iter().for_each(|(name, _)| bump(name, counts));
            }
            _ => {}
        }
        walrus_in(stmt, counts);
    }
}

fn bump(name: &str, counts: &mut HashMap<String, usize>) {
    *counts.entry(name.to_owned()).or_default() += 1;
}

fn target(t: &Expr, counts: &mut HashMap<String, usize>) {
    match &t.kind {
        ExprKind::Name(name) => bump(name, counts),
        ExprKind::Tuple(parts) | ExprKind::List(parts) => parts.iter().for_each(|p| target(p, counts)),
        ExprKind::Starred(inner) => target(inner, counts),
        _ => {}
    }
}

fn pattern(p: &Pattern, counts: &mut HashMap<String, usize>) {
    match &p.kind {
        PatternKind::Sequence(parts) | PatternKind::Or(parts) => parts.iter().for_each(|p| pattern(p, counts)),
        PatternKind::Mapping { patterns, rest, .. } => {
            patterns.iter().for_each(|p| pattern(p, counts));
            rest.iter().for_each(|n| bump(&n.name, counts));
        }
        PatternKind::Class {
            patterns, kwd_patterns, ..
        } => {
            patterns.iter().chain(kwd_patterns).for_each(|p| pattern(p, counts));
        }
        PatternKind::Star(name) => name.iter().for_each(|n| bump(&n.name, counts)),
        PatternKind::As { pattern: inner, name } => {
            inner.iter().for_each(|p| pattern(p, counts));
            name.iter().for_each(|n| bump(&n.name, counts));
        }
        PatternKind::Value(_) | PatternKind::Singleton(_) => {}
    }
}

fn walrus_in(stmt: &Stmt, counts: &mut HashMap<String, usize>) {
    stmt.each_expr(&mut |e| walrus(e, counts));
}

fn walrus(e: &Expr, counts: &mut HashMap<String, usize>) {
    if let ExprKind::NamedExpr { target, .. } = &e.kind {
        bump(&target.name, counts);
    }
    e.each_child(&mut |child| walrus(child, counts));
}

/// The names that a statement of a block binds without a condition.
pub fn surely_bound_names(stmt: &Stmt) -> Vec<String> {
    match &stmt.kind {
        StmtKind::FunctionDef(_)
        | StmtKind::ClassDef(_)
        | StmtKind::Assign { .. }
        | StmtKind::AnnAssign { .. }
        | StmtKind::Import(_)
        | StmtKind::ImportFrom { .. } => bound_names(stmt),
        _ => Vec::new(),
    }
}

/// The names that a statement binds in its own block.
pub fn bound_names(stmt: &Stmt) -> Vec<String> {
    let mut counts = HashMap::new();
    count(std::slice::from_ref(stmt), &mut counts);
    let mut names: Vec<String> = counts.into_keys().collect();
    names.sort();
    names
}
