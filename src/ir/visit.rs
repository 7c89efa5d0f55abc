//! Visiting the parts of statements and expressions in evaluation order.

use super::func::{FuncId, Function};
use super::ops::{Arg, AugTarget, Callee, Expr, ExprKind, Label, Piece, Stmt, StmtKind, Target};
use std::collections::BTreeSet;

/// A direct part of an expression.
pub enum Part<'a> {
    Expr(&'a Expr),
    /// Statements inside an expression.
    Block(&'a [Stmt]),
    /// A clause's target, bound at this point.
    Target(&'a Target),
}

impl Expr {
    /// Calls `visit` on each direct part.
    pub fn parts<'a>(&'a self, visit: &mut dyn FnMut(Part<'a>)) {
        match &self.kind {
            ExprKind::Const(_)
            | ExprKind::Local(..)
            | ExprKind::Global(_)
            | ExprKind::Builtin(_)
            | ExprKind::Library { .. }
            | ExprKind::ModuleValue(_)
            | ExprKind::CurrentException => {}
            ExprKind::MakeFunction {
                defaults, kw_defaults, ..
            } => {
                defaults
                    .iter()
                    .chain(kw_defaults.iter().flatten())
                    .for_each(|e| visit(Part::Expr(e)));
            }
            ExprKind::MakeClass { bases, keywords, .. } => {
                bases
                    .iter()
                    .chain(keywords.iter().map(|(_, e)| e))
                    .for_each(|e| visit(Part::Expr(e)));
            }
            ExprKind::Unary { operand: e, .. }
            | ExprKind::Truth(e)
            | ExprKind::Not(e)
            | ExprKind::Attr { object: e, .. }
            | ExprKind::Field { object: e, .. }
            | ExprKind::Keyed { list: e, .. }
            | ExprKind::Yield(e)
            | ExprKind::YieldFrom(e)
            | ExprKind::Await(e) => visit(Part::Expr(e)),
            ExprKind::Binary { left, right, .. }
            | ExprKind::Compare { left, right, .. }
            | ExprKind::And(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Item {
                object: left,
                index: right,
            }
            | ExprKind::Super {
                class: left,
                object: right,
            } => {
                visit(Part::Expr(left));
                visit(Part::Expr(right));
            }
            ExprKind::IfExp {
                cond: a,
                then: b,
                orelse: c,
            }
            | ExprKind::Slice {
                lower: a,
                upper: b,
                step: c,
            } => {
                [a, b, c].into_iter().for_each(|e| visit(Part::Expr(e)));
            }
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                items.iter().for_each(|a| visit(Part::Expr(a.expr())));
            }
            ExprKind::Dict(items) => {
                for (key, value) in items {
                    key.iter().for_each(|e| visit(Part::Expr(e)));
                    visit(Part::Expr(value));
                }
            }
            ExprKind::Call { callee, args, keywords } => {
                if let Callee::Method { object: e, .. } | Callee::Value(e) = callee {
                    visit(Part::Expr(e));
                }
                args.iter().for_each(|a: &Arg| visit(Part::Expr(a.expr())));
                keywords.iter().for_each(|(_, e)| visit(Part::Expr(e)));
            }
            ExprKind::Comp {
                clauses, key, element, ..
            } => {
                for clause in clauses {
                    visit(Part::Expr(&clause.iter));
                    visit(Part::Target(&clause.target));
                    clause.conds.iter().for_each(|e| visit(Part::Expr(e)));
                }
                key.iter().for_each(|e| visit(Part::Expr(e)));
                visit(Part::Expr(element));
            }
            ExprKind::Format(pieces) => {
                for piece in pieces {
                    if let Piece::Value { value, spec, .. } = piece {
                        visit(Part::Expr(value));
                        spec.iter().for_each(|e| visit(Part::Expr(e)));
                    }
                }
            }
            ExprKind::Op { args, .. } => args.iter().for_each(|e| visit(Part::Expr(e))),
            ExprKind::New { fields, .. } => fields.iter().for_each(|(_, e)| visit(Part::Expr(e))),
            ExprKind::Convert(inner) | ExprKind::Guard(inner) => visit(Part::Expr(inner)),
            ExprKind::Source(source) => source.exprs(&mut |e| visit(Part::Expr(e))),
            ExprKind::Parallel(map) => {
                visit(Part::Expr(&map.source));
                map.shared.iter().for_each(|e| visit(Part::Expr(e)));
            }
            ExprKind::Seq(block, value) => {
                visit(Part::Block(block));
                visit(Part::Expr(value));
            }
        }
    }

    /// Calls `visit` on this expression and all inside it, statements included.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        self.parts(&mut |part| match part {
            Part::Expr(e) => e.walk(visit),
            Part::Block(block) => block.iter().for_each(|s| s.walk_exprs(visit)),
            Part::Target(target) => target.exprs(&mut |e| e.walk(visit)),
        });
    }
}

impl Target {
    /// The expressions that a target evaluates.
    pub fn exprs<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match self {
            Target::Local(_) | Target::Global(_) => {}
            Target::Item { object, index } => {
                visit(object);
                visit(index);
            }
            Target::Attr { object, .. } => visit(object),
            Target::Unpack { parts, .. } => parts.iter().for_each(|p| p.exprs(visit)),
        }
    }

    /// The locals that a target binds.
    pub fn locals(&self, visit: &mut dyn FnMut(super::LocalId)) {
        match self {
            Target::Local(id) => visit(*id),
            Target::Unpack { parts, .. } => parts.iter().for_each(|p| p.locals(visit)),
            _ => {}
        }
    }
}

impl AugTarget {
    pub fn exprs<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match self {
            AugTarget::Item { object, index } => {
                visit(object);
                visit(index);
            }
            AugTarget::Attr { object, .. } => visit(object),
            AugTarget::Local(_) | AugTarget::Global(_) => {}
        }
    }
}

impl Stmt {
    /// The blocks directly inside this statement.
    pub fn blocks<'a>(&'a self, visit: &mut dyn FnMut(&'a [Stmt])) {
        match &self.kind {
            StmtKind::If { then, orelse, .. } => {
                visit(then);
                visit(orelse);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
                visit(body);
                visit(orelse);
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => {
                visit(body);
                handlers.iter().for_each(|h| visit(&h.body));
                visit(orelse);
                visit(finally);
            }
            StmtKind::With { body, .. } => visit(body),
            _ => {}
        }
    }

    /// The expressions directly inside this statement, in evaluation order.
    pub fn exprs<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match &self.kind {
            StmtKind::Assign { value, target } => {
                visit(value);
                target.exprs(visit);
            }
            StmtKind::Aug { target, value, .. } => {
                target.exprs(visit);
                visit(value);
            }
            StmtKind::DelItem { object, index } => {
                visit(object);
                visit(index);
            }
            StmtKind::DelAttr { object, .. } => visit(object),
            StmtKind::Expr(e) | StmtKind::Return(e) => visit(e),
            StmtKind::If { cond, .. } | StmtKind::While { cond, .. } => visit(cond),
            StmtKind::For { iter, target, .. } => {
                visit(iter);
                target.exprs(visit);
            }
            StmtKind::Raise { exc, cause } => {
                visit(exc);
                cause.iter().for_each(visit);
            }
            StmtKind::Try { handlers, .. } => handlers.iter().flat_map(|h| &h.class).for_each(visit),
            StmtKind::With { manager, target, .. } => {
                visit(manager);
                target.iter().for_each(|t| t.exprs(visit));
            }
            StmtKind::DelLocal(_)
            | StmtKind::DelGlobal(_)
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Reraise => {}
        }
    }

    /// Calls `visit` on all expressions in this statement and the statements inside it.
    pub fn walk_exprs<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        self.exprs(&mut |e| e.walk(visit));
        self.blocks(&mut |b| b.iter().for_each(|s| s.walk_exprs(visit)));
    }

    /// Calls `visit` on this statement and all statements inside it, those in expressions too.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Stmt)) {
        visit(self);
        self.exprs(&mut |e| {
            e.walk(&mut |inner| {
                if let ExprKind::Seq(block, _) = &inner.kind {
                    for s in block {
                        visit(s);
                        s.blocks(&mut |b| b.iter().for_each(|s| s.walk(visit)));
                    }
                }
            });
        });
        self.blocks(&mut |b| b.iter().for_each(|s| s.walk(visit)));
    }
}

impl Function {
    /// The functions that the body calls by name or makes objects of.
    pub fn refers_to(&self) -> BTreeSet<FuncId> {
        let mut found = BTreeSet::new();
        for stmt in &self.body {
            stmt.walk_exprs(&mut |e| found.extend(e.kind.function()));
        }
        found
    }
}

impl ExprKind {
    /// The function that this node itself names.
    fn function(&self) -> Option<FuncId> {
        match self {
            ExprKind::Call {
                callee: Callee::Function(id),
                ..
            }
            | ExprKind::MakeFunction { func: id, .. }
            | ExprKind::Keyed { key: id, .. } => Some(*id),
            ExprKind::Parallel(map) => Some(map.round),
            _ => None,
        }
    }
}

/// Some statement of the block leaves the loop early.
pub fn breaks_out(block: &[Stmt], label: Label) -> bool {
    let mut found = false;
    for stmt in block {
        stmt.walk(&mut |s| found |= matches!(s.kind, StmtKind::Break(to) if to == label));
    }
    found
}
