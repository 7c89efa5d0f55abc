//! Changing the parts of statements and expressions in place.

use super::ops::{AugTarget, Block, Callee, Expr, ExprKind, Piece, Source, Stmt, StmtKind, Target};

/// A part that may be changed.
pub enum PartMut<'a> {
    Expr(&'a mut Expr),
    Stmt(&'a mut Stmt),
    Target(&'a mut Target),
}

/// Rewrites a tree in place. What an implementation does not look at goes on to its parts; what it does look at goes
/// on where it says so.
pub trait Rewrite: Sized {
    fn stmt(&mut self, stmt: &mut Stmt) {
        self.stmt_parts(stmt);
    }

    fn expr(&mut self, e: &mut Expr) {
        self.expr_parts(e);
    }

    fn target(&mut self, target: &mut Target) {
        self.target_parts(target);
    }

    fn stmt_parts(&mut self, stmt: &mut Stmt) {
        stmt.parts_mut(&mut |part| self.part(part));
    }

    fn expr_parts(&mut self, e: &mut Expr) {
        e.parts_mut(&mut |part| self.part(part));
    }

    fn target_parts(&mut self, target: &mut Target) {
        target.parts_mut(&mut |part| self.part(part));
    }

    fn part(&mut self, part: PartMut<'_>) {
        match part {
            PartMut::Expr(e) => self.expr(e),
            PartMut::Stmt(s) => self.stmt(s),
            PartMut::Target(t) => self.target(t),
        }
    }
}

type Visit<'v> = &'v mut dyn FnMut(PartMut<'_>);

impl Expr {
    /// Calls `visit` on each direct part.
    pub fn parts_mut(&mut self, visit: Visit<'_>) {
        match &mut self.kind {
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
                let all = defaults.iter_mut().chain(kw_defaults.iter_mut().flatten());
                all.for_each(|e| visit(PartMut::Expr(e)));
            }
            ExprKind::MakeClass { bases, keywords, .. } => {
                let all = bases.iter_mut().chain(keywords.iter_mut().map(|(_, e)| e));
                all.for_each(|e| visit(PartMut::Expr(e)));
            }
            ExprKind::Unary { operand: e, .. }
            | ExprKind::Truth(e)
            | ExprKind::Not(e)
            | ExprKind::Attr { object: e, .. }
            | ExprKind::Field { object: e, .. }
            | ExprKind::Keyed { list: e, .. }
            | ExprKind::Yield(e)
            | ExprKind::YieldFrom(e)
            | ExprKind::Await(e)
            | ExprKind::Convert(e)
            | ExprKind::Guard(e) => visit(PartMut::Expr(e)),
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
            } => [left, right].into_iter().for_each(|e| visit(PartMut::Expr(e))),
            ExprKind::IfExp {
                cond: a,
                then: b,
                orelse: c,
            }
            | ExprKind::Slice {
                lower: a,
                upper: b,
                step: c,
            } => [a, b, c].into_iter().for_each(|e| visit(PartMut::Expr(e))),
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                items.iter_mut().for_each(|a| visit(PartMut::Expr(a.expr_mut())));
            }
            ExprKind::Dict(items) => {
                for (key, value) in items {
                    key.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
                    visit(PartMut::Expr(value));
                }
            }
            ExprKind::Call { callee, args, keywords } => {
                if let Callee::Method { object: e, .. } | Callee::Value(e) = callee {
                    visit(PartMut::Expr(e));
                }
                args.iter_mut().for_each(|a| visit(PartMut::Expr(a.expr_mut())));
                keywords.iter_mut().for_each(|(_, e)| visit(PartMut::Expr(e)));
            }
            ExprKind::Comp {
                clauses, key, element, ..
            } => {
                for clause in clauses {
                    visit(PartMut::Expr(&mut clause.iter));
                    visit(PartMut::Target(&mut clause.target));
                    clause.conds.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
                }
                key.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
                visit(PartMut::Expr(element));
            }
            ExprKind::Format(pieces) => {
                for piece in pieces {
                    if let Piece::Value { value, spec, .. } = piece {
                        visit(PartMut::Expr(value));
                        spec.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
                    }
                }
            }
            ExprKind::Op { args, .. } => args.iter_mut().for_each(|e| visit(PartMut::Expr(e))),
            ExprKind::New { fields, .. } => fields.iter_mut().for_each(|(_, e)| visit(PartMut::Expr(e))),
            ExprKind::Source(source) => source.exprs_mut(visit),
            ExprKind::Parallel(map) => {
                visit(PartMut::Expr(&mut map.source));
                map.shared.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
            }
            ExprKind::Seq(block, value) => {
                block.iter_mut().for_each(|s| visit(PartMut::Stmt(s)));
                visit(PartMut::Expr(value));
            }
        }
    }
}

impl Source {
    fn exprs_mut(&mut self, visit: Visit<'_>) {
        match self {
            Source::Range { start, stop, step } => {
                visit(PartMut::Expr(start));
                visit(PartMut::Expr(stop));
                step.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
            }
            Source::Items(e)
            | Source::Reversed(e)
            | Source::DictKeys(e)
            | Source::DictValues(e)
            | Source::DictItems(e)
            | Source::WatchedItems(e)
            | Source::Stream(e) => visit(PartMut::Expr(e)),
            Source::Enumerate { start, inner } => {
                inner.exprs_mut(visit);
                visit(PartMut::Expr(start));
            }
            Source::Zip(parts) => parts.iter_mut().for_each(|p| p.exprs_mut(visit)),
        }
    }
}

impl Target {
    /// Calls `visit` on each direct part.
    pub fn parts_mut(&mut self, visit: Visit<'_>) {
        match self {
            Target::Local(_) | Target::Global(_) => {}
            Target::Item { object, index } => {
                visit(PartMut::Expr(object));
                visit(PartMut::Expr(index));
            }
            Target::Attr { object, .. } => visit(PartMut::Expr(object)),
            Target::Unpack { parts, .. } => parts.iter_mut().for_each(|p| visit(PartMut::Target(p))),
        }
    }
}

impl Stmt {
    /// Calls `visit` on each direct part, inner statements included.
    pub fn parts_mut(&mut self, visit: Visit<'_>) {
        fn block(list: &mut [Stmt], visit: Visit<'_>) {
            list.iter_mut().for_each(|s| visit(PartMut::Stmt(s)));
        }
        match &mut self.kind {
            StmtKind::Assign { value, target } => {
                visit(PartMut::Expr(value));
                visit(PartMut::Target(target));
            }
            StmtKind::Aug { target, value, .. } => {
                match target {
                    AugTarget::Item { object, index } => {
                        visit(PartMut::Expr(object));
                        visit(PartMut::Expr(index));
                    }
                    AugTarget::Attr { object, .. } => visit(PartMut::Expr(object)),
                    AugTarget::Local(_) | AugTarget::Global(_) => {}
                }
                visit(PartMut::Expr(value));
            }
            StmtKind::DelItem { object, index } => {
                visit(PartMut::Expr(object));
                visit(PartMut::Expr(index));
            }
            StmtKind::DelAttr { object, .. } => visit(PartMut::Expr(object)),
            StmtKind::Expr(e) | StmtKind::Return(e) => visit(PartMut::Expr(e)),
            StmtKind::If { cond, then, orelse } => {
                visit(PartMut::Expr(cond));
                block(then, visit);
                block(orelse, visit);
            }
            StmtKind::While { cond, body, orelse, .. } => {
                visit(PartMut::Expr(cond));
                block(body, visit);
                block(orelse, visit);
            }
            StmtKind::For {
                iter,
                target,
                body,
                orelse,
                ..
            } => {
                visit(PartMut::Expr(iter));
                visit(PartMut::Target(target));
                block(body, visit);
                block(orelse, visit);
            }
            StmtKind::Raise { exc, cause } => {
                visit(PartMut::Expr(exc));
                cause.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => {
                block(body, visit);
                for handler in handlers {
                    handler.class.iter_mut().for_each(|e| visit(PartMut::Expr(e)));
                    block(&mut handler.body, visit);
                }
                block(orelse, visit);
                block(finally, visit);
            }
            StmtKind::With {
                manager, target, body, ..
            } => {
                visit(PartMut::Expr(manager));
                target.iter_mut().for_each(|t| visit(PartMut::Target(t)));
                block(body, visit);
            }
            StmtKind::DelLocal(_)
            | StmtKind::DelGlobal(_)
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Reraise => {}
        }
    }

    /// Calls `visit` on each block directly inside this statement.
    pub fn blocks_mut(&mut self, visit: &mut dyn FnMut(&mut Block)) {
        match &mut self.kind {
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
                handlers.iter_mut().for_each(|h| visit(&mut h.body));
                visit(orelse);
                visit(finally);
            }
            StmtKind::With { body, .. } => visit(body),
            _ => {}
        }
    }
}
