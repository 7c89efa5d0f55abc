//! Attributes that keep the value an instance was made with: code may borrow it instead of copying.

use crate::ir::visit::Part;
use crate::ir::{AugTarget, ClassId, Expr, Program, Stmt, StmtKind, Target};
use std::collections::HashSet;

/// The attributes of classes with a layout that nothing stores into, once the instance is made.
pub fn fixed_attributes(program: &Program) -> HashSet<(ClassId, String)> {
    let mut stored = HashSet::new();
    for stmt in program.functions.iter().flat_map(|f| &f.body) {
        stmt.walk(&mut |s| stored_by(s, &mut stored));
        stmt.walk_exprs(&mut |e| stored_in_clauses(e, &mut stored));
    }
    let mut fixed = HashSet::new();
    for (at, class) in program.classes.iter().enumerate() {
        for (name, _) in class.layout.iter().flatten() {
            // By name alone: which class a store belongs to makes no difference often enough.
            if !stored.contains(name.as_str()) {
                fixed.insert((ClassId(at as u32), name.clone()));
            }
        }
    }
    fixed
}

fn stored_by<'a>(stmt: &'a Stmt, stored: &mut HashSet<&'a str>) {
    match &stmt.kind {
        StmtKind::Assign { target, .. }
        | StmtKind::For { target, .. }
        | StmtKind::With {
            target: Some(target), ..
        } => stored_into(target, stored),
        StmtKind::Aug {
            target: AugTarget::Attr { name, .. },
            ..
        }
        | StmtKind::DelAttr { name, .. } => {
            stored.insert(name);
        }
        _ => {}
    }
}

fn stored_in_clauses<'a>(e: &'a Expr, stored: &mut HashSet<&'a str>) {
    e.parts(&mut |part| {
        if let Part::Target(target) = part {
            stored_into(target, stored);
        }
    });
}

fn stored_into<'a>(target: &'a Target, stored: &mut HashSet<&'a str>) {
    match target {
        Target::Attr { name, .. } => {
            stored.insert(name);
        }
        Target::Unpack { parts, .. } => parts.iter().for_each(|p| stored_into(p, stored)),
        _ => {}
    }
}
