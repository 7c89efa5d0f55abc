//! Parts of library modules that CPython replaces by C, and names that they take back.
//!
//! `try: from _x import y` with `except ImportError` is CPython's way to prefer a C part to the Python code that does
//! the same. Where the runtime has no such part, the statement is as good as its handler.

use crate::resolve::library;
use crate::syntax::ast::{ExprKind, Module, Stmt, StmtKind, Try};

/// Puts the handler in the place of each such statement whose C part is not at hand. `is_source` tells which modules
/// the library has as Python.
pub fn do_without(ast: &mut Module, is_source: &dyn Fn(&str) -> bool) {
    let body = std::mem::take(&mut ast.body);
    for stmt in body.into_iter().filter(|stmt| !is_tidying(stmt)) {
        match handler_of(&stmt, is_source) {
            Some(handler) => ast.body.extend(handler),
            None => ast.body.push(stmt),
        }
    }
}

/// `del name`: keeps the module's namespace tidy, which nothing can tell here.
fn is_tidying(stmt: &Stmt) -> bool {
    let StmtKind::Delete(targets) = &stmt.kind else {
        return false;
    };
    targets
        .iter()
        .all(|t| matches!(t.kind, ExprKind::Name(_) | ExprKind::Tuple(_)))
}

fn handler_of(stmt: &Stmt, is_source: &dyn Fn(&str) -> bool) -> Option<Vec<Stmt>> {
    let StmtKind::Try(attempt) = &stmt.kind else {
        return None;
    };
    let missing = attempt.body.iter().any(|s| imports_missing(s, is_source));
    let handler = import_handler(attempt)?;
    missing.then(|| handler.iter().chain(&attempt.finalbody).cloned().collect())
}

fn import_handler(attempt: &Try) -> Option<&Vec<Stmt>> {
    let catches = |name: &str| matches!(name, "ImportError" | "ModuleNotFoundError");
    let handler = attempt.handlers.iter().find(|h| {
        h.typ
            .as_ref()
            .is_some_and(|t| matches!(&t.kind, ExprKind::Name(name) if catches(name)))
    })?;
    Some(&handler.body)
}

fn imports_missing(stmt: &Stmt, is_source: &dyn Fn(&str) -> bool) -> bool {
    match &stmt.kind {
        StmtKind::Import(names) => names.iter().any(|alias| is_missing(&alias.name, is_source)),
        StmtKind::ImportFrom {
            module: Some(module),
            names,
            level: 0,
        } => {
            let lacks = |name: &str| {
                let known = library::canonical(module);
                name != "*" && library::has_module(known) && !library::has_member(known, name)
            };
            is_missing(module, is_source) || names.iter().any(|alias| lacks(&alias.name))
        }
        _ => false,
    }
}

fn is_missing(module: &str, is_source: &dyn Fn(&str) -> bool) -> bool {
    !library::has_module(library::canonical(module)) && !is_source(module)
}
