//! Corrections of the interpreter's own Python files, where its C code behaves otherwise than the Python beside it.
//!
//! `datetime` in Python says "('month must be in 1..12', 13)" where the C that takes its place says "month must be in
//! 1..12". An overlay has the functions, methods and variables that differ; each takes the place of the one of its name.

use crate::syntax::ast::{Expr, ExprKind, Module, Stmt, StmtKind};

/// Puts the overlay's functions, and the methods of its classes, in the place of those of the same names.
pub fn lay_over(ast: &mut Module, overlay: Module) {
    let (replacing, new): (Vec<Stmt>, Vec<Stmt>) = overlay.body.into_iter().partition(|stmt| {
        ast.body
            .iter()
            .any(|old| name_of(old).is_some() && name_of(old) == name_of(stmt))
    });
    for stmt in replacing {
        place(&mut ast.body, stmt);
    }
    // Before the first function or class, whose statement may use them.
    let is_definition = |stmt: &Stmt| matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef(_));
    let at = ast.body.iter().position(is_definition).unwrap_or(ast.body.len());
    ast.body.splice(at..at, new);
}

fn place(body: &mut Vec<Stmt>, new: Stmt) {
    let name = name_of(&new);
    let Some(old) = body.iter_mut().find(|stmt| name.is_some() && name_of(stmt) == name) else {
        body.push(new);
        return;
    };
    match (&mut old.kind, new.kind) {
        (StmtKind::ClassDef(old), StmtKind::ClassDef(new)) => {
            for method in new.body {
                place(&mut old.body, method);
            }
        }
        (old, new) => *old = new,
    }
}

fn name_of(stmt: &Stmt) -> Option<String> {
    match &stmt.kind {
        StmtKind::FunctionDef(def) => Some(def.name.name.clone()),
        StmtKind::ClassDef(def) => Some(def.name.name.clone()),
        StmtKind::Assign { targets, .. } => match targets.as_slice() {
            [
                Expr {
                    kind: ExprKind::Name(name),
                    ..
                },
            ] => Some(name.clone()),
            _ => None,
        },
        _ => None,
    }
}
