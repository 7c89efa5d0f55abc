//! Which functions stay in Python: those refused, and those that need one of them.
//!
//! A module's own statements go on without those that need something refused; what these would bind is then refused too.

use super::apart::Apart;
use super::changes::Changes;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Callee, ExprKind, FuncId, Function, GlobalId, GlobalKind, ModuleId, Program, Stmt, StmtKind, Target};
use crate::lower::Lowered;
use crate::source::Span;
use std::collections::HashMap;

/// Why each blocked function is.
pub type Blocked = HashMap<FuncId, Vec<Diagnostic>>;

/// Finds what stays in Python, and takes the statements that need it out of the modules' own functions. Methods that
/// stay alone are stubs afterwards.
pub fn analyse(lowered: &mut Lowered) -> (Blocked, Apart) {
    let mut blocked: Blocked = lowered.blockers.clone();
    let changes = Changes::of(&lowered.program);
    for (block, reason) in std::mem::take(&mut lowered.refused) {
        poison(lowered, &changes, &block, &reason);
    }
    loop {
        let apart = Apart::of(&lowered.program, &blocked);
        let found: Vec<(FuncId, Diagnostic)> = lowered
            .program
            .functions
            .iter()
            .filter(|f| !blocked.contains_key(&f.id))
            .filter_map(|f| Some((f.id, function_needs(lowered, &blocked, &apart, f)?)))
            .collect();
        let dropped = drop_statements(lowered, &blocked, &apart, &changes);
        if found.is_empty() && !dropped {
            apart.cut(&mut lowered.program);
            return (blocked, apart);
        }
        for (id, diagnostic) in found {
            blocked.insert(id, vec![diagnostic]);
        }
    }
}

fn is_init(program: &Program, id: FuncId) -> bool {
    program.modules.iter().any(|m| m.init == id)
}

/// The first thing in the function that it cannot have.
fn function_needs(lowered: &Lowered, blocked: &Blocked, apart: &Apart, function: &Function) -> Option<Diagnostic> {
    let program = &lowered.program;
    if is_init(program, function.id) {
        return None;
    }
    block_needs(lowered, blocked, apart, function.module, &function.body).or_else(|| {
        let parent = function.parent.filter(|p| blocked.contains_key(p))?;
        let at_module = program
            .modules
            .iter()
            .any(|m| m.init == parent || m.main == Some(parent));
        (!at_module).then(|| stays(program, blocked, parent, function.span))
    })
}

fn block_needs(
    lowered: &Lowered,
    blocked: &Blocked,
    apart: &Apart,
    module: ModuleId,
    block: &[Stmt],
) -> Option<Diagnostic> {
    let program = &lowered.program;
    let mut found = None;
    let mut needs = |id: FuncId, span: Span| {
        if blocked.contains_key(&id) && found.is_none() && !is_init(program, id) {
            found = Some(stays(program, blocked, id, span));
        }
    };
    let named = |e: &crate::ir::Expr| apart.named_by(e, module, program);
    let mut variables: Vec<GlobalId> = Vec::new();
    for stmt in block {
        stmt.walk(&mut |s| {
            if let StmtKind::DelGlobal(global) = &s.kind {
                variables.push(*global);
            }
        });
        stmt.walk_exprs(&mut |e| match &e.kind {
            _ if named(e).is_some() => named(e).into_iter().for_each(|id| needs(id, e.span)),
            ExprKind::MakeFunction { func, .. } if apart.contains(*func) => {}
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
    found.or_else(|| variables.iter().find_map(|id| lowered.poisoned.get(id).cloned()))
}

fn stays(program: &Program, blocked: &Blocked, id: FuncId, span: Span) -> Diagnostic {
    let function = program.function(id);
    let name = &function.qualname;
    let mut message = format!("calls `{name}`, which stays in Python");
    // Nobody sees the report of a library's function.
    if function.module.0 != 0
        && let Some(reason) = blocked.get(&id).and_then(|reasons| reasons.first())
    {
        let module = &program.modules[function.module.index()].name;
        message = format!("needs `{module}.{name}`: {}", reason.message);
    }
    let help = format!("see what stands in the way of `{name}`");
    Diagnostic::error(&codes::CALLS_PYTHON, message, span).with_help(help)
}

/// Takes out of the modules' own functions what needs something refused; true where there was any.
fn drop_statements(lowered: &mut Lowered, blocked: &Blocked, apart: &Apart, changes: &Changes) -> bool {
    let mut changed = false;
    let inits: Vec<FuncId> = lowered.program.modules.iter().map(|m| m.init).collect();
    for init in inits {
        let module = lowered.program.function(init).module;
        let groups = lowered.groups.get(&init).cloned().unwrap_or_default();
        for at in (0..groups.len()).rev() {
            let (start, end) = (groups[at], groups.get(at + 1).copied());
            let body = &lowered.program.function(init).body;
            let end = end.unwrap_or(body.len());
            let Some(reason) = block_needs(lowered, blocked, apart, module, &body[start..end]) else {
                continue;
            };
            let removed: Vec<Stmt> = lowered.program.functions[init.index()].body.drain(start..end).collect();
            let starts = lowered.groups.get_mut(&init).expect("the function has groups");
            starts.remove(at);
            starts[at..].iter_mut().for_each(|later| *later -= end - start);
            poison(lowered, changes, &removed, &reason);
            changed = true;
        }
    }
    changed
}

/// What the statements would have bound or changed cannot be used.
fn poison(lowered: &mut Lowered, changes: &Changes, block: &[Stmt], reason: &Diagnostic) {
    let changed = changes.by(&lowered.program, block);
    for global in bound(block).into_iter().chain(changed) {
        lowered.poisoned.entry(global).or_insert_with(|| reason.clone());
    }
}

/// The module variables that the statements bind.
fn bound(block: &[Stmt]) -> Vec<GlobalId> {
    let mut found = Vec::new();
    for stmt in block {
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => globals(target, &mut found),
            StmtKind::With {
                target: Some(target), ..
            } => globals(target, &mut found),
            _ => {}
        });
    }
    found
}

fn globals(target: &Target, found: &mut Vec<GlobalId>) {
    match target {
        Target::Global(id) => found.push(*id),
        Target::Unpack { parts, .. } => parts.iter().for_each(|p| globals(p, found)),
        _ => {}
    }
}
