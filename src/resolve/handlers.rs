//! Names of exception handlers that something outside the handlers mentions.
//!
//! `except E as e` unbinds `e` where the handler ends. Only code outside the handler can tell, so that most handlers
//! need not do it.

use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use std::collections::HashSet;

/// The handler names of a function's body that are mentioned outside handlers binding them.
pub fn fading(body: &[Stmt]) -> HashSet<String> {
    let mut names = HashSet::new();
    body.iter().for_each(|s| handler_names(s, &mut names));
    names.retain(|name| body.iter().any(|s| mentions(s, name)));
    names
}

fn handler_names(stmt: &Stmt, names: &mut HashSet<String>) {
    if let StmtKind::Try(t) = &stmt.kind {
        names.extend(t.handlers.iter().flat_map(|h| &h.name).map(|n| n.name.clone()));
    }
    stmt.each_block(&mut |block| block.iter().for_each(|s| handler_names(s, names)));
}

fn mentions(stmt: &Stmt, name: &str) -> bool {
    let mut found = false;
    stmt.each_expr(&mut |e| found |= reads(e, name));
    match &stmt.kind {
        StmtKind::Try(t) => {
            let handlers = t
                .handlers
                .iter()
                .filter(|h| h.name.as_ref().is_none_or(|n| n.name != name));
            let blocks = [&t.body, &t.orelse, &t.finalbody];
            found |= handlers
                .map(|h| &h.body)
                .chain(blocks)
                .flatten()
                .any(|s| mentions(s, name));
        }
        _ => stmt.each_block(&mut |block| found |= block.iter().any(|s| mentions(s, name))),
    }
    found
}

fn reads(e: &Expr, name: &str) -> bool {
    let mut found = matches!(&e.kind, ExprKind::Name(n) if n == name);
    e.each_child(&mut |child| found |= reads(child, name));
    found
}
