//! McCabe's cyclomatic complexity with the counting rules of radon 6.
//!
//! One, plus: every `if`, `elif` and conditional expression; every loop and its `else`; every handler and the
//! `else` of a `try`; every `assert`, whose parts do not count; every further operand of `and` and `or`; every
//! clause of a comprehension and each of its conditions; every case of a `match` but one that takes anything.
//! Nested functions and classes count in themselves, with their decorators and defaults in nothing. `except*` is
//! not counted, as radon does not know it.

use crate::syntax::ast::*;
use crate::syntax::walk;

pub(super) fn of_function(def: &FunctionDef) -> u32 {
    1 + body(&def.body)
}

fn body(stmts: &[Stmt]) -> u32 {
    stmts.iter().map(stmt).sum()
}

fn stmt(stmt: &Stmt) -> u32 {
    match &stmt.kind {
        StmtKind::FunctionDef(_) | StmtKind::ClassDef(_) => return 0,
        StmtKind::Assert { .. } => return 1,
        _ => {}
    }
    let mut total = own(stmt);
    walk::for_each_expr(stmt, &mut |part| total += expr(part));
    total + walk::blocks(stmt).into_iter().map(body).sum::<u32>()
}

fn own(stmt: &Stmt) -> u32 {
    match &stmt.kind {
        StmtKind::If { .. } => 1,
        StmtKind::For(for_stmt) => 1 + u32::from(!for_stmt.orelse.is_empty()),
        StmtKind::While { orelse, .. } => 1 + u32::from(!orelse.is_empty()),
        StmtKind::Try(try_stmt) if !try_stmt.is_star => {
            try_stmt.handlers.len() as u32 + u32::from(!try_stmt.orelse.is_empty())
        }
        StmtKind::Match { cases, .. } => {
            let takes_all = cases
                .iter()
                .any(|case| matches!(case.pattern.kind, PatternKind::As { pattern: None, .. }));
            (cases.len() as u32).saturating_sub(u32::from(takes_all))
        }
        _ => 0,
    }
}

fn expr(expr_: &Expr) -> u32 {
    let mut total = match &expr_.kind {
        ExprKind::BoolOp { values, .. } => values.len() as u32 - 1,
        ExprKind::IfExp { .. } => 1,
        ExprKind::ListComp { generators, .. }
        | ExprKind::SetComp { generators, .. }
        | ExprKind::DictComp { generators, .. }
        | ExprKind::GeneratorExp { generators, .. } => {
            generators.iter().map(|generator| 1 + generator.ifs.len() as u32).sum()
        }
        _ => 0,
    };
    walk::for_each_part(expr_, &mut |part| total += expr(part));
    total
}
