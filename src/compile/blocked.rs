//! Which functions stay in Python: those refused, and those that need one of them.

use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Callee, ExprKind, FuncId, Function, GlobalId, GlobalKind};
use crate::lower::Lowered;
use crate::source::Span;
use std::collections::HashMap;

/// Why each blocked function is.
pub type Blocked = HashMap<FuncId, Vec<Diagnostic>>;

pub fn analyse(lowered: &Lowered) -> Blocked {
    let program = &lowered.program;
    let mut blocked: Blocked = lowered.blockers.clone();
    loop {
        let found: Vec<(FuncId, Diagnostic)> = program
            .functions
            .iter()
            .filter(|f| !blocked.contains_key(&f.id))
            .filter_map(|f| Some((f.id, reason(lowered, &blocked, f)?)))
            .collect();
        if found.is_empty() {
            return blocked;
        }
        for (id, diagnostic) in found {
            blocked.insert(id, vec![diagnostic]);
        }
    }
}

/// The first thing in the function that it cannot have.
fn reason(lowered: &Lowered, blocked: &Blocked, function: &Function) -> Option<Diagnostic> {
    let program = &lowered.program;
    let mut found = None;
    let mut needs = |id: FuncId, span: Span| {
        if blocked.contains_key(&id) && found.is_none() && !program.modules.iter().any(|m| m.init == id) {
            let name = &program.function(id).qualname;
            let message = format!("calls `{name}`, which stays in Python");
            let help = format!("see what stands in the way of `{name}`");
            found = Some(Diagnostic::error(&codes::CALLS_PYTHON, message, span).with_help(help));
        }
    };
    let mut variables: Vec<GlobalId> = Vec::new();
    for stmt in &function.body {
        stmt.walk_exprs(&mut |e| match &e.kind {
            ExprKind::Call {
                callee: Callee::Function(id),
                ..
            } => needs(*id, e.span),
            ExprKind::MakeFunction { func, .. } => needs(*func, e.span),
            ExprKind::Global(global) => match program.global(*global).kind {
                GlobalKind::Function(id) => needs(id, e.span),
                _ => variables.push(*global),
            },
            _ => {}
        });
    }
    if let Some(parent) = function.parent.filter(|p| blocked.contains_key(p))
        && !program
            .modules
            .iter()
            .any(|m| m.init == parent || m.main == Some(parent))
    {
        needs(parent, function.span);
    }
    found.or_else(|| variables.iter().find_map(|id| lowered.poisoned.get(id).cloned()))
}
