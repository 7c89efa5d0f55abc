//! Class methods, which are told their class.

use super::draft::add;
use super::statement::Statement;
use crate::ir::func::{Flavor, Storage};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{AugTarget, Expr, ExprKind, FuncId, GlobalId, LocalId, Program, Stmt, StmtKind, Target};

/// A class method as a function that knows its class.
pub fn told_the_class(program: &mut Program, func: FuncId, class: &Statement) -> Option<FuncId> {
    let mut function = program.function(func).clone();
    let this = function.params.first()?.local;
    if function.local(this).storage != Storage::Plain || function.flavor != Flavor::Plain {
        return None;
    }
    let mut teller = Teller {
        this,
        global: class.global,
        fine: true,
    };
    function.body.iter_mut().for_each(|stmt| teller.stmt(stmt));
    function.params.remove(0);
    function.class = None;
    teller.fine.then(|| add(program, function))
}

/// Puts the class in the place of `cls`.
struct Teller {
    this: LocalId,
    global: GlobalId,
    fine: bool,
}

impl Rewrite for Teller {
    fn stmt(&mut self, stmt: &mut Stmt) {
        let rebinds = match &stmt.kind {
            StmtKind::DelLocal(id)
            | StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            } => *id == self.this,
            StmtKind::Try { handlers, .. } => handlers.iter().any(|h| h.name == Some(self.this)),
            _ => false,
        };
        self.fine &= !rebinds;
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        if matches!(target, Target::Local(id) if *id == self.this) {
            self.fine = false;
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        if matches!(e.kind, ExprKind::Local(id, _) if id == self.this) {
            e.kind = ExprKind::Global(self.global);
        }
        self.expr_parts(e);
    }
}
