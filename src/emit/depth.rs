//! Which functions count how deep calls are nested, so that RecursionError comes where CPython raises it.
//!
//! In the generic world every function does. A native function does where calls can nest without end through it or
//! through what calls it; the others are too shallow to matter.

use super::World;
use crate::ir::{Callee, Expr, ExprKind, FuncId, Parallel, Program, Stmt};
use std::collections::HashSet;

/// The functions whose calls are counted.
pub fn counted(program: &Program, world: World) -> HashSet<FuncId> {
    let all = || program.functions.iter().map(|f| f.id);
    if world == World::Generic {
        return all().collect();
    }
    let callees: Vec<Callees> = program.functions.iter().map(|f| Callees::of(&f.body)).collect();
    let mut counted: HashSet<FuncId> = all()
        .filter(|id| callees[id.index()].unknown || reached(&[*id], &callees).contains(id))
        .collect();
    let endless: Vec<FuncId> = counted.iter().copied().collect();
    counted.extend(reached(&endless, &callees));
    counted
}

/// What a function calls.
#[derive(Default)]
struct Callees {
    direct: HashSet<FuncId>,
    /// It calls something that is known only while running.
    unknown: bool,
}

impl Callees {
    fn of(body: &[Stmt]) -> Callees {
        let mut found = Callees::default();
        for stmt in body {
            stmt.walk_exprs(&mut |e| match &e.kind {
                ExprKind::Call {
                    callee: Callee::Function(id),
                    ..
                }
                | ExprKind::Keyed { key: id, .. }
                | ExprKind::Parallel(Parallel { round: id, .. }) => {
                    found.direct.insert(*id);
                }
                ExprKind::Call {
                    callee: Callee::Value(_),
                    ..
                } => found.unknown = true,
                _ => {}
            });
        }
        found
    }
}

/// The functions that calls of these lead to.
fn reached(from: &[FuncId], callees: &[Callees]) -> HashSet<FuncId> {
    let mut found = HashSet::new();
    let mut open: Vec<FuncId> = from.to_vec();
    while let Some(id) = open.pop() {
        open.extend(
            callees[id.index()]
                .direct
                .iter()
                .copied()
                .filter(|callee| found.insert(*callee)),
        );
    }
    found
}

/// Evaluating one of the expressions may call a function of the program.
pub fn may_call(exprs: &[&Expr]) -> bool {
    let mut found = false;
    for e in exprs {
        e.walk(&mut |inner| {
            found |= matches!(
                &inner.kind,
                ExprKind::Call {
                    callee: Callee::Function(_) | Callee::Value(_) | Callee::Method { .. },
                    ..
                }
            );
        });
    }
    found
}
