//! What the statements left out of a module may have changed: tables that they fill, objects that they hand to others.
//!
//! A vessel without them would give answers that CPython does not give, so whatever uses these is refused too.

use crate::ir::{
    Arg, AugTarget, Block, Callee, Expr, ExprKind, FuncId, GlobalId, GlobalKind, LocalId, Program, Stmt, StmtKind,
    Target,
};
use std::collections::{HashMap, HashSet};

/// What is known of the module variables of a program.
#[derive(Debug, Default)]
pub struct Changes {
    /// Variables that hold something that can be changed.
    mutable: HashSet<GlobalId>,
    /// Variables that were bound together, or one to the other.
    same: HashMap<GlobalId, Vec<GlobalId>>,
}

impl Changes {
    pub fn of(program: &Program) -> Changes {
        let mut changes = Changes::default();
        for function in &program.functions {
            let mut held: HashMap<LocalId, Vec<GlobalId>> = HashMap::new();
            for stmt in &function.body {
                stmt.walk(&mut |s| {
                    if let StmtKind::Assign { value, target } = &s.kind {
                        changes.assigned(value, target, &mut held);
                    }
                });
            }
            for together in held.values() {
                for pair in together.windows(2) {
                    changes.alias(pair[0], pair[1]);
                }
            }
        }
        changes
    }

    fn assigned(&mut self, value: &Expr, target: &Target, held: &mut HashMap<LocalId, Vec<GlobalId>>) {
        match target {
            Target::Global(id) => {
                if !is_immutable(value) {
                    self.mutable.insert(*id);
                }
                match &value.kind {
                    ExprKind::Global(other) => self.alias(*id, *other),
                    ExprKind::Local(local, _) => held.entry(*local).or_default().push(*id),
                    _ => {}
                }
            }
            Target::Unpack { parts, .. } => parts.iter().for_each(|part| self.assigned(value, part, held)),
            _ => {}
        }
    }

    fn alias(&mut self, one: GlobalId, other: GlobalId) {
        self.same.entry(one).or_default().push(other);
        self.same.entry(other).or_default().push(one);
    }

    /// The variables whose values the statements may change, under whatever name.
    pub fn by(&self, program: &Program, block: &[Stmt]) -> HashSet<GlobalId> {
        let mut walk = Walk {
            program,
            found: Vec::new(),
            seen: HashSet::new(),
        };
        walk.block(block);
        let mut changed = HashSet::new();
        let mut open = walk.found;
        while let Some(id) = open.pop() {
            let global = program.global(id);
            // The library's modules are lowered in part, and what they do without is chosen with care.
            if program.modules[global.module.index()].is_library {
                continue;
            }
            let kind = &global.kind;
            let can_change = matches!(kind, GlobalKind::Class(_)) || self.mutable.contains(&id);
            if can_change && !matches!(kind, GlobalKind::Function(_)) && changed.insert(id) {
                open.extend(self.same.get(&id).into_iter().flatten());
            }
        }
        changed
    }
}

struct Walk<'a> {
    program: &'a Program,
    found: Vec<GlobalId>,
    seen: HashSet<FuncId>,
}

impl Walk<'_> {
    fn block(&mut self, block: &[Stmt]) {
        let mut called: Vec<FuncId> = Vec::new();
        for stmt in block {
            stmt.walk(&mut |s| self.stmt(s));
            stmt.walk_exprs(&mut |e| {
                if let ExprKind::Call { callee, args, .. } = &e.kind {
                    args.iter().for_each(|arg| self.handed(arg));
                    match callee {
                        Callee::Method { object, .. } => self.root(object),
                        Callee::Function(id) => called.push(*id),
                        _ => {}
                    }
                }
            });
        }
        let program = self.program;
        for id in called {
            if self.seen.insert(id) {
                let body: &Block = &program.function(id).body;
                self.block(body);
            }
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => self.target(target),
            StmtKind::Aug { target, .. } => match target {
                AugTarget::Global(id) => self.found.push(*id),
                AugTarget::Item { object, .. } | AugTarget::Attr { object, .. } => self.root(object),
                AugTarget::Local(_) => {}
            },
            StmtKind::DelItem { object, .. } | StmtKind::DelAttr { object, .. } => self.root(object),
            _ => {}
        }
    }

    fn target(&mut self, target: &Target) {
        match target {
            Target::Item { object, .. } | Target::Attr { object, .. } => self.root(object),
            Target::Unpack { parts, .. } => parts.iter().for_each(|part| self.target(part)),
            Target::Local(_) | Target::Global(_) => {}
        }
    }

    fn handed(&mut self, arg: &Arg) {
        match arg {
            Arg::One(e) | Arg::Star(e) => self.root(e),
        }
    }

    /// The variable that holds the object, or what it is part of.
    fn root(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Global(id) => self.found.push(*id),
            ExprKind::Attr { object, .. } | ExprKind::Item { object, .. } => self.root(object),
            ExprKind::IfExp { then, orelse, .. } => {
                self.root(then);
                self.root(orelse);
            }
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                self.root(left);
                self.root(right);
            }
            ExprKind::Seq(_, value) => self.root(value),
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                items.iter().for_each(|item| self.handed(item));
            }
            ExprKind::Dict(items) => items.iter().for_each(|(_, value)| self.root(value)),
            _ => {}
        }
    }
}

/// Evaluating it gives something that nothing changes.
fn is_immutable(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Const(_) | ExprKind::Format(_) | ExprKind::Builtin(_) | ExprKind::Not(_) => true,
        ExprKind::Library { .. } | ExprKind::ModuleValue(_) => true,
        ExprKind::Tuple(items) => items.iter().all(|item| match item {
            Arg::One(e) => is_immutable(e),
            Arg::Star(_) => false,
        }),
        _ => false,
    }
}
