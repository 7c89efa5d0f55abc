//! Generators that a variable holds until they are consumed: `evens = evens_of(numbers(n))`, `total = sum(evens)`.
//!
//! A generator does nothing before it is asked for a value, so where its variable is bound once and named once, in a
//! later statement of the same block that runs once for each time that it is bound, the call moves there. What the call's
//! arguments are is worked out where the call stood.

use super::place::mentions;
use super::{Pass, grouped};
use crate::ir::func::Storage;
use crate::ir::visit::Part;
use crate::ir::visit_mut::Rewrite;
use crate::ir::{Block, Expr, ExprKind, LocalId, Stmt, StmtKind, Target};

impl Pass<'_> {
    /// Moves the calls that can be moved, in the blocks of a whole function.
    pub(super) fn move_held(&mut self, body: &mut Block) {
        let mut found = Vec::new();
        candidates(body, &mut found);
        found.retain(|(local, _)| {
            let own = self.locals[local.index()].storage == Storage::Plain;
            own && mentions(body, *local) == 2
        });
        found.retain(|(_, call)| self.does_nothing_yet(call));
        for (local, _) in found {
            self.move_in(body, local);
        }
    }

    /// A call that surely makes a generator, so that what runs of it runs when it is asked for a value.
    pub(super) fn does_nothing_yet(&self, e: &Expr) -> bool {
        self.site(e).is_some_and(|site| site.receiver.is_none())
    }

    /// Nothing can change what this is.
    pub(super) fn is_held(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Const(_) => true,
            ExprKind::Local(id, _) => self.kept.contains(id),
            _ => false,
        }
    }

    /// Moves the call that the variable is bound to, where block and use are as they must be.
    fn move_in(&mut self, block: &mut Block, local: LocalId) {
        let Some(at) = block.iter().position(|stmt| held_call(stmt, local).is_some()) else {
            let each = |stmt: &mut Stmt| stmt.blocks_mut(&mut |inner| self.move_in(inner, local));
            return block.iter_mut().for_each(each);
        };
        let Some(user) = block[at + 1..].iter().position(|stmt| uses_once(stmt, local)) else {
            return;
        };
        let Some(call) = held_call(&block[at], local).cloned() else {
            return;
        };
        let mut before = Block::new();
        let call = self.begun(call, &mut before);
        let mut replace = Replace { local, call };
        replace.stmt(&mut block[at + 1 + user]);
        let span = block[at].span;
        block[at] = grouped(before, span);
    }
}

/// The calls that statements bind to variables.
fn candidates(block: &[Stmt], found: &mut Vec<(LocalId, Expr)>) {
    for stmt in block {
        if let StmtKind::Assign {
            value,
            target: Target::Local(local),
        } = &stmt.kind
            && matches!(value.kind, ExprKind::Call { .. })
        {
            found.push((*local, value.clone()));
        }
        stmt.blocks(&mut |inner| candidates(inner, found));
    }
}

/// The call that the statement binds to the variable.
fn held_call(stmt: &Stmt, local: LocalId) -> Option<&Expr> {
    match &stmt.kind {
        StmtKind::Assign {
            value,
            target: Target::Local(bound),
        } if *bound == local => Some(value),
        _ => None,
    }
}

/// The statement names the variable in an expression that it works out once.
fn uses_once(stmt: &Stmt, local: LocalId) -> bool {
    let value = match &stmt.kind {
        StmtKind::Assign { value, .. } | StmtKind::Aug { value, .. } => value,
        StmtKind::For { iter, .. } => iter,
        StmtKind::Expr(value) | StmtKind::Return(value) => value,
        StmtKind::If { cond, .. } => cond,
        _ => return false,
    };
    names_once(value, local)
}

fn names_once(e: &Expr, local: LocalId) -> bool {
    match &e.kind {
        ExprKind::Local(id, _) => *id == local,
        ExprKind::Seq(..) | ExprKind::MakeFunction { .. } => false,
        // The first iterable only; the rest is worked out for each item.
        ExprKind::Comp { clauses, .. } => clauses.first().is_some_and(|clause| names_once(&clause.iter, local)),
        _ => {
            let mut found = false;
            e.parts(&mut |part| {
                if let Part::Expr(part) = part {
                    found |= names_once(part, local);
                }
            });
            found
        }
    }
}

/// Puts the call where the variable is named.
struct Replace {
    local: LocalId,
    call: Expr,
}

impl Rewrite for Replace {
    fn expr(&mut self, e: &mut Expr) {
        match e.kind {
            ExprKind::Local(id, _) if id == self.local => *e = self.call.clone(),
            _ => self.expr_parts(e),
        }
    }
}
