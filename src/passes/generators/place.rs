//! A loop's rounds in the places of a generator's yields.

use super::{Pass, truth};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{AugTarget, Block, Clause, Const, Expr, ExprKind, Label, LocalId, Stmt, StmtKind, Target};
use std::collections::HashMap;

/// How many statements a block has, those inside others included.
pub fn size(block: &[Stmt]) -> usize {
    let mut count = 0;
    block.iter().for_each(|stmt| stmt.walk(&mut |_| count += 1));
    count
}

/// How many `yield` statements a block has.
pub fn yields(block: &[Stmt]) -> usize {
    let mut count = 0;
    for stmt in block {
        stmt.walk(&mut |s| count += usize::from(yielded(s).is_some()));
    }
    count
}

/// What a statement that is only a `yield` yields.
pub fn yielded(stmt: &Stmt) -> Option<&Expr> {
    match &stmt.kind {
        StmtKind::Expr(Expr {
            kind: ExprKind::Yield(value),
            ..
        }) => Some(value),
        _ => None,
    }
}

/// What the one loop over a variable runs over, where that loop runs once at most and nothing else names the variable.
pub fn only_loop(block: &mut Block, local: LocalId) -> Option<&mut Expr> {
    (mentions(block, local) == 1).then(|| loop_over(block, local)).flatten()
}

/// How often a variable is bound or named.
pub fn mentions(block: &[Stmt], local: LocalId) -> usize {
    let mut count = 0;
    for stmt in block {
        stmt.walk(&mut |s| count += usize::from(binds(s, local)));
        stmt.walk_exprs(&mut |e| {
            count += usize::from(is_local(e, local));
            match &e.kind {
                ExprKind::Comp { clauses, .. } => {
                    let targets = clauses.iter().map(|clause| &clause.target);
                    targets.for_each(|target| target.locals(&mut |id| count += usize::from(id == local)));
                }
                ExprKind::MakeClass { namespace, .. } => {
                    count += namespace.iter().filter(|(_, id)| *id == local).count();
                }
                _ => {}
            }
        });
    }
    count
}

fn loop_over(block: &mut Block, local: LocalId) -> Option<&mut Expr> {
    block.iter_mut().find_map(|stmt| match &mut stmt.kind {
        StmtKind::For { iter, .. } if is_local(iter, local) => Some(iter),
        StmtKind::If { then, orelse, .. } => loop_over(then, local).or_else(|| loop_over(orelse, local)),
        _ => None,
    })
}

fn is_local(e: &Expr, local: LocalId) -> bool {
    matches!(e.kind, ExprKind::Local(id, _) if id == local)
}

fn binds(stmt: &Stmt, local: LocalId) -> bool {
    let mut found = false;
    let mut see = |target: &Target| target.locals(&mut |id| found |= id == local);
    match &stmt.kind {
        StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => see(target),
        StmtKind::With {
            target: Some(target), ..
        } => see(target),
        StmtKind::Aug {
            target: AugTarget::Local(id),
            ..
        }
        | StmtKind::DelLocal(id) => found = *id == local,
        StmtKind::Try { handlers, .. } => found = handlers.iter().any(|h| h.name == Some(local)),
        _ => {}
    }
    found
}

/// Gives the variables of a block the numbers from `first` on.
pub fn renumber(block: &mut Block, first: u32) {
    let mut renumber = Renumber { first };
    block.iter_mut().for_each(|stmt| renumber.stmt(stmt));
}

struct Renumber {
    first: u32,
}

impl Rewrite for Renumber {
    fn stmt(&mut self, stmt: &mut Stmt) {
        match &mut stmt.kind {
            StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            }
            | StmtKind::DelLocal(id) => id.0 += self.first,
            StmtKind::Try { handlers, .. } => {
                let names = handlers.iter_mut().filter_map(|h| h.name.as_mut());
                names.for_each(|id| id.0 += self.first);
            }
            _ => {}
        }
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        if let Target::Local(id) = target {
            id.0 += self.first;
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        if let ExprKind::Local(id, _) = &mut e.kind {
            *id = LocalId(id.0 + self.first);
        }
        self.expr_parts(e);
    }
}

/// What stands for a loop's rounds while they are placed.
struct Round<'r> {
    /// The loop that the rounds come from.
    label: Label,
    target: &'r Target,
    body: &'r [Stmt],
    /// The loop that running to the end, and `return`, leaves.
    end: Label,
    /// The loop that `break` leaves.
    exit: Label,
}

impl Pass<'_> {
    /// Writes out the statements of a generator with the rounds of a loop in them.
    ///
    /// What `break` and `return` leave is a loop that runs once; the last statement itself where that is a loop.
    pub(super) fn placed(&mut self, generator: Block, looped: &Stmt, out: &mut Block) {
        let StmtKind::For {
            label,
            target,
            body,
            orelse,
            ..
        } = &looped.kind
        else {
            return;
        };
        let (end, exit) = (self.fresh_label(), self.fresh_label());
        let round = Round {
            label: *label,
            target,
            body,
            end: if orelse.is_empty() { exit } else { end },
            exit,
        };
        let mut block = self.rounds(generator, &round);
        if orelse.is_empty() {
            leave_last_loop(&mut block, exit);
        } else {
            block = once(block, end);
            block.extend(orelse.iter().cloned());
        }
        out.extend(once(block, exit));
    }

    fn rounds(&mut self, block: Block, round: &Round<'_>) -> Block {
        let mut out = Block::new();
        for mut stmt in block {
            let span = stmt.span;
            if let Some(value) = yielded(&stmt) {
                let (value, target) = (value.clone(), round.target.clone());
                out.push(Stmt {
                    kind: StmtKind::Assign { value, target },
                    span,
                });
                out.extend(self.round(round));
                continue;
            }
            if let StmtKind::Return(value) = stmt.kind {
                if !matches!(value.kind, ExprKind::Const(Const::None)) {
                    out.push(Stmt {
                        kind: StmtKind::Expr(value),
                        span,
                    });
                }
                out.push(Stmt {
                    kind: StmtKind::Break(round.end),
                    span,
                });
                continue;
            }
            stmt.blocks_mut(&mut |inner| *inner = self.rounds(std::mem::take(inner), round));
            out.push(stmt);
        }
        out
    }

    /// One round, after its target was bound.
    fn round(&mut self, round: &Round<'_>) -> Block {
        let mut body = round.body.to_vec();
        self.fresh_labels(&mut body);
        let next = self.fresh_label();
        let mut labels = HashMap::from([(round.label, round.exit)]);
        redirect(&mut body, &mut labels, Some((round.label, next)));
        once(body, next)
    }

    /// Names the loops of a block anew.
    pub(super) fn fresh_labels(&mut self, block: &mut Block) {
        let mut found = HashMap::new();
        let mut namer = Namer {
            pass: self,
            found: &mut found,
        };
        block.iter_mut().for_each(|stmt| namer.stmt(stmt));
        redirect(block, &mut found, None);
    }
}

struct Namer<'p, 'a> {
    pass: &'p mut Pass<'a>,
    found: &'p mut HashMap<Label, Label>,
}

impl Rewrite for Namer<'_, '_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::While { label, .. } | StmtKind::For { label, .. } = &mut stmt.kind {
            let fresh = self.pass.fresh_label();
            self.found.insert(*label, fresh);
            *label = fresh;
        }
        self.stmt_parts(stmt);
    }

    fn expr(&mut self, e: &mut Expr) {
        if let ExprKind::Comp { clauses, .. } = &mut e.kind {
            for Clause { label, .. } in clauses {
                *label = self.pass.fresh_label();
            }
        }
        self.expr_parts(e);
    }
}

/// Has `break` and `continue` name other loops; `next` is the loop whose `continue` leaves another.
fn redirect(block: &mut Block, labels: &mut HashMap<Label, Label>, next: Option<(Label, Label)>) {
    struct Redirect<'r> {
        labels: &'r HashMap<Label, Label>,
        next: Option<(Label, Label)>,
    }
    impl Rewrite for Redirect<'_> {
        fn stmt(&mut self, stmt: &mut Stmt) {
            match (&mut stmt.kind, self.next) {
                (StmtKind::Continue(label), Some((of, next))) if *label == of => stmt.kind = StmtKind::Break(next),
                (StmtKind::Break(label) | StmtKind::Continue(label), _) => {
                    if let Some(new) = self.labels.get(label) {
                        *label = *new;
                    }
                }
                _ => {}
            }
            self.stmt_parts(stmt);
        }
    }
    let mut redirect = Redirect { labels, next };
    block.iter_mut().for_each(|stmt| redirect.stmt(stmt));
}

/// The block in a loop that runs once, where something leaves that loop.
fn once(mut block: Block, label: Label) -> Block {
    if !block.iter().any(|stmt| leaves(stmt, label)) {
        return block;
    }
    let span = block[0].span;
    block.push(Stmt {
        kind: StmtKind::Break(label),
        span,
    });
    let kind = StmtKind::While {
        label,
        cond: truth(),
        body: block,
        orelse: Block::new(),
    };
    vec![Stmt { kind, span }]
}

fn leaves(stmt: &Stmt, label: Label) -> bool {
    let mut found = false;
    stmt.walk(&mut |s| found |= matches!(s.kind, StmtKind::Break(to) if to == label));
    found
}

/// Where the last statement is a loop, leaving it is leaving the block.
fn leave_last_loop(block: &mut Block, exit: Label) {
    if let Some(last) = block.last_mut()
        && let StmtKind::While {
            label, body, orelse, ..
        }
        | StmtKind::For {
            label, body, orelse, ..
        } = &mut last.kind
        && orelse.is_empty()
    {
        redirect(body, &mut HashMap::from([(exit, *label)]), None);
    }
}
