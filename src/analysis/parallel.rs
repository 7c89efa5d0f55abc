//! Loops whose iterations do not depend on each other, as far as syntax can prove it.
//!
//! A `for` loop qualifies where it has no other way out than its end or an exception; everything it calls is pure;
//! everything it assigns is assigned before it is read in the same iteration and not read after the loop; and what
//! it leaves behind is appended in order to a list made before the loop, or counted by whole numbers.

use super::functions::{FoundFunction, deep, for_each_expr_deep, for_each_own_stmt};
use super::names::{ModuleNames, bind_target};
use super::purity::{Checker, fresh_names, mentions};
use crate::source::Span;
use crate::syntax::ast::*;
use crate::syntax::walk;
use std::collections::HashSet;

/// Where the parallel loops of a function begin.
/// `at` is its place in the list; `pure` tells which functions of the list are.
pub(super) fn parallel_loops(function: &FoundFunction, at: usize, names: &ModuleNames, pure: &[bool]) -> Vec<u32> {
    let mut found = Vec::new();
    for_each_own_stmt(&function.def.body, &mut |stmt| {
        if let StmtKind::For(for_stmt) = &stmt.kind {
            let question = Question {
                function,
                names,
                at,
                pure,
                for_stmt,
                span: stmt.span,
            };
            if question.is_parallel() {
                found.push(stmt.span.start);
            }
        }
    });
    found
}

struct Question<'a> {
    function: &'a FoundFunction<'a>,
    names: &'a ModuleNames<'a>,
    at: usize,
    pure: &'a [bool],
    for_stmt: &'a For,
    span: Span,
}

impl Question<'_> {
    fn is_parallel(&self) -> bool {
        let body = &self.for_stmt.body;
        !self.for_stmt.is_async && self.for_stmt.orelse.is_empty() && ends_normally(body, 0) && {
            let collectors = self.collectors();
            self.is_private(&collectors) && self.is_pure(&collectors)
        }
    }

    /// Names that the loop only appends to or counts with, and that began before it as a new list or number.
    fn collectors(&self) -> HashSet<&str> {
        let fresh = fresh_names(&self.function.def.body, self.names, self.at);
        let mut candidates = HashSet::new();
        for_each_own_stmt(&self.for_stmt.body, &mut |stmt| {
            if let Some(name) = collected(stmt) {
                candidates.insert(name);
            }
        });
        candidates.retain(|name| fresh.contains(name) && self.is_only_collected(name) && self.begins_fittingly(name));
        candidates
    }

    /// A name that is appended to only ever begins as a list, one that counts as a whole number: from a float on,
    /// the order of additions would show.
    fn begins_fittingly(&self, name: &str) -> bool {
        let mut counts = false;
        for_each_own_stmt(&self.for_stmt.body, &mut |stmt| {
            counts = counts || (matches!(stmt.kind, StmtKind::AugAssign { .. }) && collected(stmt) == Some(name));
        });
        let mut fits = true;
        for_each_own_stmt(&self.function.def.body, &mut |stmt| {
            let (targets, value) = match &stmt.kind {
                StmtKind::Assign { targets, value } => (targets.as_slice(), value),
                StmtKind::AnnAssign {
                    target,
                    value: Some(value),
                    ..
                } => (std::slice::from_ref(target), value),
                _ => return,
            };
            if targets.iter().any(|target| mentions(target, name)) {
                fits = fits
                    && match &value.kind {
                        ExprKind::Constant(Constant::Int(_)) => counts,
                        ExprKind::List(_) | ExprKind::ListComp { .. } => !counts,
                        _ => false,
                    };
            }
        });
        fits
    }

    fn is_only_collected(&self, name: &str) -> bool {
        let mut only = !mentions(&self.for_stmt.target, name) && !mentions(&self.for_stmt.iter, name);
        for_each_own_stmt(&self.for_stmt.body, &mut |stmt| {
            let allowed = usize::from(collected(stmt) == Some(name));
            let mut seen = 0;
            for_each_expr_deep(stmt, &mut |expr| {
                seen += usize::from(matches!(&expr.kind, ExprKind::Name(other) if other == name));
            });
            only = only && seen <= allowed;
        });
        only
    }

    /// Whether what the loop assigns lives in one iteration.
    fn is_private(&self, collectors: &HashSet<&str>) -> bool {
        let mut assigned = HashSet::new();
        bind_target(&self.for_stmt.target, &mut assigned);
        let targets = assigned.clone();
        for_each_own_stmt(&self.for_stmt.body, &mut |stmt| bind_all(stmt, &mut assigned));
        assigned.retain(|name| !collectors.contains(name));
        let mut flow = Flow {
            shared: &assigned,
            known: targets,
            carried: false,
        };
        flow.body(&self.for_stmt.body);
        !flow.carried && assigned.iter().all(|name| !self.is_read_later(name))
    }

    /// Whether a name may be read after the loop. Inside an outer loop, earlier code runs later too.
    fn is_read_later(&self, name: &str) -> bool {
        let from = self.outermost_loop().map_or(self.span.end, |outer| outer.start);
        let mut rebound: Vec<Span> = vec![self.span];
        let mut read = Vec::new();
        for_each_own_stmt(&self.function.def.body, &mut |stmt| {
            if let StmtKind::For(other) = &stmt.kind {
                let mut bound = HashSet::new();
                bind_target(&other.target, &mut bound);
                if bound.contains(name) {
                    rebound.push(Span::new(other.target.span.start, stmt.span.end));
                }
            }
            for_each_expr_deep(stmt, &mut |expr| {
                if matches!(&expr.kind, ExprKind::Name(other) if other == name) && expr.span.start >= from {
                    read.push(expr.span);
                }
            });
        });
        let is_inside = |inner: Span, outer: &Span| outer.start <= inner.start && inner.end <= outer.end;
        read.into_iter()
            .any(|at| !rebound.iter().any(|span| is_inside(at, span)))
    }

    fn outermost_loop(&self) -> Option<Span> {
        let mut outermost: Option<Span> = None;
        for_each_own_stmt(&self.function.def.body, &mut |stmt| {
            let is_loop = matches!(stmt.kind, StmtKind::For(_) | StmtKind::While { .. });
            let is_around = stmt.span.start < self.span.start && self.span.end <= stmt.span.end;
            if is_loop && is_around && outermost.is_none() {
                outermost = Some(stmt.span);
            }
        });
        outermost
    }

    fn is_pure(&self, collectors: &HashSet<&str>) -> bool {
        let fresh = fresh_names(&self.for_stmt.body, self.names, self.at);
        let all_known = HashSet::new();
        let mut checker = Checker::new(self.names, self.at, fresh, &all_known);
        let mut pure = true;
        for_each_own_stmt(&self.for_stmt.body, &mut |stmt| {
            pure = pure
                && match collected(stmt) {
                    Some(name) if collectors.contains(name) => collected_values(stmt).all(|value| {
                        checker.stmt(&Stmt {
                            kind: StmtKind::Expr(value.clone()),
                            span: value.span,
                        })
                    }),
                    _ => checker.stmt(stmt),
                };
        });
        let iterable = Stmt {
            kind: StmtKind::Expr(self.for_stmt.iter.clone()),
            span: self.for_stmt.iter.span,
        };
        pure && checker.stmt(&iterable) && checker.callees.iter().all(|&callee| self.pure[callee])
    }
}

/// The name that a statement does nothing with but append to it, or add a whole number to it.
fn collected(stmt: &Stmt) -> Option<&str> {
    match &stmt.kind {
        StmtKind::Expr(Expr {
            kind: ExprKind::Call { func, args, keywords },
            ..
        }) if args.len() == 1 && keywords.is_empty() => match &func.kind {
            ExprKind::Attribute { value, attr } if attr.name == "append" => match &value.kind {
                ExprKind::Name(name) => Some(name),
                _ => None,
            },
            _ => None,
        },
        StmtKind::AugAssign {
            target,
            op: BinOp::Add | BinOp::Sub,
            value,
        } => match (&target.kind, &value.kind) {
            (ExprKind::Name(name), ExprKind::Constant(Constant::Int(_))) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// The values that such a statement takes in.
fn collected_values(stmt: &Stmt) -> impl Iterator<Item = &Expr> {
    let args: &[Expr] = match &stmt.kind {
        StmtKind::Expr(Expr {
            kind: ExprKind::Call { args, .. },
            ..
        }) => args,
        _ => &[],
    };
    args.iter()
}

/// No jump leads out of the loop. `depth` counts loops inside it.
fn ends_normally(body: &[Stmt], depth: u32) -> bool {
    body.iter().all(|stmt| match &stmt.kind {
        StmtKind::Return(_) => false,
        StmtKind::Break => depth > 0,
        StmtKind::For(_) | StmtKind::While { .. } => walk::blocks(stmt)
            .into_iter()
            .all(|block| ends_normally(block, depth + 1)),
        _ => walk::blocks(stmt).into_iter().all(|block| ends_normally(block, depth)),
    })
}

/// Adds every name that a statement itself binds.
fn bind_all<'a>(stmt: &'a Stmt, bound: &mut HashSet<&'a str>) {
    match &stmt.kind {
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => {
            targets.iter().for_each(|t| bind_target(t, bound))
        }
        StmtKind::AugAssign { target, .. } | StmtKind::AnnAssign { target, .. } => bind_target(target, bound),
        StmtKind::For(for_stmt) => bind_target(&for_stmt.target, bound),
        StmtKind::Try(try_stmt) => {
            let names = try_stmt.handlers.iter().filter_map(|handler| handler.name.as_ref());
            bound.extend(names.map(|name| name.name.as_str()));
        }
        _ => {}
    }
    for_each_expr_deep(stmt, &mut |expr| {
        if let ExprKind::NamedExpr { target, .. } = &expr.kind {
            bound.insert(&target.name);
        }
    });
}

/// Follows one iteration: is a name that the loop assigns read before this iteration has assigned it?
struct Flow<'a> {
    shared: &'a HashSet<&'a str>,
    known: HashSet<&'a str>,
    carried: bool,
}

impl<'a> Flow<'a> {
    fn body(&mut self, body: &'a [Stmt]) {
        body.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        match &stmt.kind {
            StmtKind::Assign { targets, value } => {
                self.read(value);
                targets.iter().for_each(|target| self.bind(target));
            }
            StmtKind::AnnAssign { target, value, .. } => {
                value.iter().for_each(|value| self.read(value));
                self.bind(target);
            }
            StmtKind::For(for_stmt) => {
                self.read(&for_stmt.iter);
                let before = self.known.clone();
                self.bind(&for_stmt.target);
                self.body(&for_stmt.body);
                self.known = before;
                self.body(&for_stmt.orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.read(test);
                self.branches([body.as_slice(), orelse.as_slice()], true);
            }
            StmtKind::If { test, body, orelse } => {
                self.read(test);
                self.branches([body.as_slice(), orelse.as_slice()], false);
            }
            StmtKind::Try(try_stmt) => self.tried(try_stmt),
            _ => {
                walk::for_each_expr(stmt, &mut |expr| self.read(expr));
                let blocks = walk::blocks(stmt);
                if !blocks.is_empty() {
                    self.branches(blocks, true);
                }
            }
        }
    }

    /// Follows alternatives; afterwards only what all of them assigned is known, or nothing new where none need run.
    fn branches(&mut self, blocks: impl IntoIterator<Item = &'a [Stmt]>, may_skip: bool) {
        let before = self.known.clone();
        let mut common: Option<HashSet<&str>> = may_skip.then(|| before.clone());
        for block in blocks {
            self.known = before.clone();
            self.body(block);
            let leaves = block
                .last()
                .is_some_and(|last| matches!(last.kind, StmtKind::Raise { .. } | StmtKind::Continue));
            if !leaves {
                common = Some(match common {
                    None => self.known.clone(),
                    Some(common) => common.intersection(&self.known).copied().collect(),
                });
            }
        }
        self.known = common.unwrap_or(before);
    }

    fn tried(&mut self, try_stmt: &'a Try) {
        let before = self.known.clone();
        self.body(&try_stmt.body);
        self.body(&try_stmt.orelse);
        let mut common = std::mem::replace(&mut self.known, before.clone());
        for handler in &try_stmt.handlers {
            self.known = before.clone();
            handler.typ.iter().for_each(|typ| self.read(typ));
            self.known.extend(handler.name.iter().map(|name| name.name.as_str()));
            self.body(&handler.body);
            common = common.intersection(&self.known).copied().collect();
        }
        self.known = before;
        self.body(&try_stmt.finalbody);
        self.known.extend(common);
    }

    /// Assigns a name; anything else that is stored to is read to get there.
    fn bind(&mut self, target: &'a Expr) {
        match &target.kind {
            ExprKind::Name(name) => {
                self.known.insert(name);
            }
            ExprKind::List(elements) | ExprKind::Tuple(elements) => elements.iter().for_each(|e| self.bind(e)),
            ExprKind::Starred(value) => self.bind(value),
            _ => self.read(target),
        }
    }

    /// Reads come in the order of the tree; `:=` counts where it stands, comprehension variables as their own.
    fn read(&mut self, expr: &'a Expr) {
        let mut own = HashSet::new();
        deep(expr, &mut |part| {
            if let ExprKind::ListComp { generators, .. }
            | ExprKind::SetComp { generators, .. }
            | ExprKind::DictComp { generators, .. }
            | ExprKind::GeneratorExp { generators, .. } = &part.kind
            {
                generators
                    .iter()
                    .for_each(|generator| bind_target(&generator.target, &mut own));
            }
        });
        deep(expr, &mut |part| match &part.kind {
            ExprKind::Name(name) if self.shared.contains(name.as_str()) && !own.contains(name.as_str()) => {
                self.carried |= !self.known.contains(name.as_str());
            }
            ExprKind::NamedExpr { target, .. } => {
                self.known.insert(&target.name);
            }
            _ => {}
        });
    }
}
