//! Inner functions that are only ever called: their calls become direct ones, and no function object is made.
//!
//! `def go(path): ...` inside a function, called by its name there and by itself, and never used as a value, is code
//! that shares the variables of the function around it. What remains of the object is whether it is bound: calling it
//! before its `def` raises as it does in Python.

use crate::ir::bind::bind;
use crate::ir::func::{Flavor, Storage};
use crate::ir::visit::Part;
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    Arg, AugTarget, Callee, Const, Expr, ExprKind, FuncId, Function, LocalId, Program, Stmt, StmtKind, Target, Use,
};
use std::collections::{BTreeSet, HashMap};

/// A function that is only called: where its name stands in each function that can see it.
type Places = HashMap<(FuncId, LocalId), FuncId>;

/// Rewrites the program. `usable` says which functions can be translated.
pub fn run(program: &mut Program, usable: &dyn Fn(FuncId) -> bool) {
    let mut places = Places::new();
    for parent in &program.functions {
        for (local, callee) in definitions(parent) {
            if usable(callee)
                && let Some(found) = only_called(program, parent, local, callee)
            {
                places.extend(found.into_iter().map(|place| (place, callee)));
            }
        }
    }
    for at in 0..program.functions.len() {
        let id = program.functions[at].id;
        let mut body = std::mem::take(&mut program.functions[at].body);
        let mut rewriter = Rewriter { places: &places, id };
        body.iter_mut().for_each(|stmt| rewriter.stmt(stmt));
        program.functions[at].body = body;
    }
}

/// The variables that a `def` without defaults or decorators binds.
fn definitions(function: &Function) -> Vec<(LocalId, FuncId)> {
    let mut found = Vec::new();
    for stmt in &function.body {
        stmt.walk(&mut |s| found.extend(definition(s)));
    }
    found
}

fn definition(stmt: &Stmt) -> Option<(LocalId, FuncId)> {
    let StmtKind::Assign {
        value,
        target: Target::Local(local),
    } = &stmt.kind
    else {
        return None;
    };
    match &value.kind {
        ExprKind::MakeFunction {
            func,
            defaults,
            kw_defaults,
        } if defaults.is_empty() && kw_defaults.iter().all(Option::is_none) => Some((*local, *func)),
        _ => None,
    }
}

/// Every place that names the function, where all of them only call it; None otherwise.
fn only_called(program: &Program, parent: &Function, local: LocalId, callee: FuncId) -> Option<Vec<(FuncId, LocalId)>> {
    let inner = program.function(callee);
    if inner.flavor != Flavor::Plain || inner.parent != Some(parent.id) || parent.flavor != Flavor::Plain {
        return None;
    }
    let needed = captured(inner);
    let mut places = vec![(parent.id, local)];
    for function in program.functions.iter().filter(|f| f.parent == Some(parent.id)) {
        let Some(own) = capturing(function, local) else {
            continue;
        };
        // Its calls must be able to hand over the cells.
        if !needed.is_subset(&captured(function)) || is_shared(program, function, own) {
            return None;
        }
        places.push((function.id, own));
    }
    let fine = places.iter().all(|(id, local)| {
        let function = program.function(*id);
        let bindings = if *id == parent.id { 1 } else { 0 };
        Uses::of(function, *local, inner).are(bindings)
    });
    fine.then_some(places)
}

/// The variables of the parent that a function shares.
fn captured(function: &Function) -> BTreeSet<LocalId> {
    let outer = function.locals.iter().filter_map(|l| match l.storage {
        Storage::Captured(outer) => Some(outer),
        _ => None,
    });
    outer.collect()
}

/// The function's own name for a variable of its parent.
fn capturing(function: &Function, outer: LocalId) -> Option<LocalId> {
    let at = function
        .locals
        .iter()
        .position(|l| l.storage == Storage::Captured(outer))?;
    Some(LocalId(at as u32))
}

/// Functions inside this one share the variable further.
fn is_shared(program: &Program, function: &Function, local: LocalId) -> bool {
    let inside = program.functions.iter().filter(|f| f.parent == Some(function.id));
    inside.into_iter().any(|f| capturing(f, local).is_some())
}

/// How a variable is used in one function.
#[derive(Default)]
struct Uses {
    bindings: usize,
    /// Wherever its name stands as an expression.
    mentions: usize,
    /// Where that is as the callee of a call that can be bound.
    calls: usize,
    others: usize,
}

impl Uses {
    fn of(function: &Function, local: LocalId, callee: &Function) -> Uses {
        let mut uses = Uses::default();
        for stmt in &function.body {
            stmt.walk(&mut |s| uses.bound_by(s, local));
            stmt.walk_exprs(&mut |e| uses.in_expr(e, local, callee));
        }
        uses.others += usize::from(function.params.iter().any(|p| p.local == local));
        uses
    }

    fn are(&self, bindings: usize) -> bool {
        self.bindings == bindings && self.mentions == self.calls && self.others == 0
    }

    fn bound_by(&mut self, stmt: &Stmt, local: LocalId) {
        if definition(stmt).is_some_and(|(id, _)| id == local) {
            self.bindings += 1;
            return;
        }
        let mut bind = |target: &Target| target.locals(&mut |id| self.others += usize::from(id == local));
        match &stmt.kind {
            StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => bind(target),
            StmtKind::With { target, .. } => target.iter().for_each(bind),
            StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            }
            | StmtKind::DelLocal(id) => self.others += usize::from(*id == local),
            _ => {}
        }
    }

    fn in_expr(&mut self, e: &Expr, local: LocalId, callee: &Function) {
        match &e.kind {
            ExprKind::Local(id, _) if *id == local => self.mentions += 1,
            ExprKind::Call {
                callee: Callee::Value(called),
                args,
                keywords,
            } if matches!(called.kind, ExprKind::Local(id, _) if id == local)
                && bind(&callee.params, args, keywords).is_some() =>
            {
                self.calls += 1;
            }
            _ => e.parts(&mut |part| {
                if let Part::Target(target) = part {
                    target.locals(&mut |id| self.others += usize::from(id == local));
                }
            }),
        }
    }
}

struct Rewriter<'a> {
    places: &'a Places,
    id: FuncId,
}

impl Rewrite for Rewriter<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let Some((local, _)) = definition(stmt)
            && self.places.contains_key(&(self.id, local))
            && let StmtKind::Assign { value, .. } = &mut stmt.kind
        {
            value.kind = ExprKind::Const(Const::None);
            return;
        }
        self.stmt_parts(stmt);
    }

    fn expr(&mut self, e: &mut Expr) {
        self.expr_parts(e);
        let ExprKind::Call {
            callee: Callee::Value(called),
            args,
            keywords,
        } = &mut e.kind
        else {
            return;
        };
        let ExprKind::Local(local, _) = called.kind else { return };
        let Some(func) = self.places.get(&(self.id, local)) else {
            return;
        };
        let (args, keywords): (Vec<Arg>, Vec<_>) = (std::mem::take(args), std::mem::take(keywords));
        let call = ExprKind::Call {
            callee: Callee::Function(*func),
            args,
            keywords,
        };
        if *func == self.id {
            // Inside itself it is bound.
            e.kind = call;
            return;
        }
        let span = e.span;
        let bound = Stmt {
            kind: StmtKind::Expr(Expr::new(ExprKind::Local(local, Use::Shared), span)),
            span,
        };
        e.kind = ExprKind::Seq(vec![bound], Box::new(Expr::new(call, span)));
    }
}
