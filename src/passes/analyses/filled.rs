//! Lists that a loop adds an item to in every round: they can have room for all of them before it begins.

use crate::ir::{Expr, ExprKind, LocalId, Stmt, StmtKind, Target};

/// The variables that hold such lists, in the order of their additions. None where rounds may end early: then nobody
/// knows how many there will be.
pub fn filled(body: &[Stmt]) -> Vec<LocalId> {
    let mut found: Vec<LocalId> = body.iter().filter_map(appended).collect();
    for stmt in body {
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::Break(_) | StmtKind::Continue(_) | StmtKind::Return(_) => found.clear(),
            StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => forget(&mut found, target),
            _ => {}
        });
    }
    found.dedup();
    found
}

/// `name.append(item)`
fn appended(stmt: &Stmt) -> Option<LocalId> {
    let StmtKind::Expr(Expr {
        kind: ExprKind::Op { row, args },
        ..
    }) = &stmt.kind
    else {
        return None;
    };
    match &args.first()?.kind {
        ExprKind::Local(id, _) if row.name == "list.append" => Some(*id),
        _ => None,
    }
}

/// What is bound anew in the loop is another list in every round.
fn forget(found: &mut Vec<LocalId>, target: &Target) {
    target.locals(&mut |bound| found.retain(|id| *id != bound));
}
