//! How many loop statements a function has and how deep they nest.

use crate::syntax::ast::*;
use crate::syntax::walk;

/// Loop statements of a function's own code; comprehensions are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Loops {
    pub count: u32,
    pub depth: u32,
}

pub(super) fn measure(body: &[Stmt]) -> Loops {
    let mut loops = Loops::default();
    descend(body, 0, &mut loops);
    loops
}

fn descend(body: &[Stmt], depth: u32, loops: &mut Loops) {
    for stmt in body {
        let inner = match &stmt.kind {
            StmtKind::FunctionDef(_) | StmtKind::ClassDef(_) => continue,
            StmtKind::For(_) | StmtKind::While { .. } => {
                loops.count += 1;
                depth + 1
            }
            _ => depth,
        };
        loops.depth = loops.depth.max(inner);
        // A loop's `else` runs behind it, but counts as inside: it costs the reader the same.
        walk::blocks(stmt)
            .into_iter()
            .for_each(|block| descend(block, inner, loops));
    }
}
