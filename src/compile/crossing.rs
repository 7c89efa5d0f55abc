//! What may cross from the caller's values into native ones and back without anyone noticing.
//!
//! Native containers and records are copies of the caller's. A record has no identity, so one that came in must not go
//! out again, in the result or in a container that the function changes: it would come out as another dict.

use crate::ir::{AugTarget, Callee, ExprKind, FuncId, Keyed, Program, RecordId, StmtKind, Target, Ty};
use crate::passes::analyses::purity::changes_first;
use std::collections::BTreeSet;

/// Calls of this form from outside keep the identity of what they take and give.
pub fn keeps_identity(program: &Program, form: FuncId) -> bool {
    let function = program.function(form);
    let params = || function.params.iter().map(|p| &function.local(p.local).ty);
    if params().chain([&function.ret]).any(|ty| holds_instance(program, ty)) {
        return false;
    }
    let mut entering = BTreeSet::new();
    params().for_each(|ty| records_in(ty, &mut entering));
    if entering.is_empty() {
        return true;
    }
    let entering = with_inner(program, entering);
    let mut leaving = BTreeSet::new();
    records_in(&function.ret, &mut leaving);
    let leaving = with_inner(program, leaving);
    let unchanged = params().all(|ty| !is_changed(ty, &changed_types(program, form)));
    entering.is_disjoint(&leaving) && unchanged
}

/// No call of this form changes a container that comes from outside.
pub fn only_reads(program: &Program, form: FuncId) -> bool {
    let function = program.function(form);
    let changed = changed_types(program, form);
    (function.params.iter()).all(|p| !is_changed(&function.local(p.local).ty, &changed))
}

fn holds_instance(program: &Program, ty: &Ty) -> bool {
    let mut records = BTreeSet::new();
    records_in(ty, &mut records);
    let inside = with_inner(program, records);
    let fields = inside
        .iter()
        .flat_map(|id| program.records.get(id).into_iter().flatten());
    let mut found = false;
    for ty in std::iter::once(ty).chain(fields.map(|(_, ty)| ty)) {
        visit(ty, &mut |t| found |= matches!(t, Ty::Instance(_)));
    }
    found
}

fn records_in(ty: &Ty, found: &mut BTreeSet<RecordId>) {
    visit(ty, &mut |t| {
        if let Ty::Record(id) = t {
            found.insert(*id);
        }
    });
}

/// The records and those that they hold.
fn with_inner(program: &Program, records: BTreeSet<RecordId>) -> BTreeSet<RecordId> {
    let mut all = records.clone();
    let mut todo: Vec<RecordId> = records.into_iter().collect();
    while let Some(id) = todo.pop() {
        let mut inner = BTreeSet::new();
        for (_, ty) in program.records.get(&id).into_iter().flatten() {
            records_in(ty, &mut inner);
        }
        todo.extend(inner.into_iter().filter(|id| all.insert(*id)));
    }
    all
}

fn visit(ty: &Ty, see: &mut dyn FnMut(&Ty)) {
    see(ty);
    match ty {
        Ty::Tuple(parts) => parts.iter().for_each(|p| visit(p, see)),
        Ty::List(inner) | Ty::Set(inner) | Ty::Deque(inner) | Ty::Option(inner) => visit(inner, see),
        Ty::Dict(key, value) | Ty::Mapping(_, key, value) => {
            visit(key, see);
            visit(value, see);
        }
        _ => {}
    }
}

fn is_changed(ty: &Ty, changed: &[Ty]) -> bool {
    let mut found = false;
    visit(ty, &mut |t| found |= changed.contains(t));
    found
}

/// The types of all containers that the form, or what it calls, changes.
fn changed_types(program: &Program, form: FuncId) -> Vec<Ty> {
    let mut changed = Vec::new();
    let mut seen = BTreeSet::new();
    let mut todo = vec![form];
    while let Some(id) = todo.pop() {
        if !seen.insert(id) {
            continue;
        }
        for stmt in &program.function(id).body {
            stmt.walk(&mut |s| match &s.kind {
                StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => stored_into(target, &mut changed),
                StmtKind::Aug {
                    target: AugTarget::Item { object, .. },
                    ..
                }
                | StmtKind::DelItem { object, .. } => changed.push(object.ty.clone()),
                _ => {}
            });
            stmt.walk_exprs(&mut |e| match &e.kind {
                ExprKind::Op { row, args } if changes_first(row, args) => {
                    changed.extend(args.first().map(|a| a.ty.clone()));
                }
                ExprKind::Call {
                    callee: Callee::Function(next),
                    ..
                }
                | ExprKind::MakeFunction { func: next, .. } => todo.push(*next),
                ExprKind::Keyed { what, list, key, .. } => {
                    todo.push(*key);
                    if *what == Keyed::Sort {
                        changed.push(list.ty.clone());
                    }
                }
                _ => {}
            });
        }
    }
    changed
}

fn stored_into(target: &Target, changed: &mut Vec<Ty>) {
    match target {
        Target::Item { object, .. } => changed.push(object.ty.clone()),
        Target::Unpack { parts, .. } => parts.iter().for_each(|p| stored_into(p, changed)),
        _ => {}
    }
}
