//! Names that are bound for sure once a statement has run.

use super::statics::surely_bound_names;
use crate::syntax::ast::{ExceptHandler, ExprKind, Module, Stmt, StmtKind, Try};
use std::collections::HashSet;

/// The names that the statement has bound wherever it ends; None where what follows it is never reached.
pub fn after(stmt: &Stmt) -> Option<HashSet<String>> {
    match &stmt.kind {
        StmtKind::Raise { .. } | StmtKind::Return(_) | StmtKind::Break | StmtKind::Continue => None,
        StmtKind::If { body, orelse, .. } => either(block(body), block(orelse)),
        StmtKind::Try(t) => after_try(t),
        _ => Some(surely_bound_names(stmt).into_iter().collect()),
    }
}

fn block(body: &[Stmt]) -> Option<HashSet<String>> {
    body.iter().try_fold(HashSet::new(), |mut found, stmt| {
        found.extend(after(stmt)?);
        Some(found)
    })
}

fn either(one: Option<HashSet<String>>, other: Option<HashSet<String>>) -> Option<HashSet<String>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.intersection(&other).cloned().collect()),
        (one, other) => one.or(other),
    }
}

fn after_try(t: &Try) -> Option<HashSet<String>> {
    let whole = block(&t.body).and_then(|mut found| {
        found.extend(block(&t.orelse)?);
        Some(found)
    });
    let mut found = t.handlers.iter().map(after_handler).fold(whole, either)?;
    found.extend(block(&t.finalbody)?);
    Some(found)
}

fn after_handler(handler: &ExceptHandler) -> Option<HashSet<String>> {
    let mut found = block(&handler.body)?;
    if let Some(name) = &handler.name {
        found.remove(&name.name);
    }
    Some(found)
}

/// The names that some statement of the module unbinds, in whatever scope.
pub fn unbound_somewhere(module: &Module) -> HashSet<&str> {
    let mut found = HashSet::new();
    module.body.iter().for_each(|stmt| unbinds(stmt, &mut found));
    found
}

fn unbinds<'a>(stmt: &'a Stmt, found: &mut HashSet<&'a str>) {
    match &stmt.kind {
        StmtKind::Delete(targets) => found.extend(targets.iter().filter_map(|target| match &target.kind {
            ExprKind::Name(name) => Some(name.as_str()),
            _ => None,
        })),
        StmtKind::Try(t) => found.extend(t.handlers.iter().filter_map(|h| Some(h.name.as_ref()?.name.as_str()))),
        _ => {}
    }
    stmt.each_block(&mut |block| block.iter().for_each(|inner| unbinds(inner, found)));
}
