//! `async for`, in statements and in comprehensions, as the loops and awaits it stands for.

use super::Lowerer;
use crate::ir::{Block, Callee, CompKind, Const, Expr, ExprKind, Handler, LocalId, Stmt, StmtKind, Target};
use crate::source::Span;
use crate::syntax::ast;

/// What stands in the middle of a comprehension's loops.
type Innermost<'a, 'l, 's> = &'a mut dyn FnMut(&mut Lowerer<'l, 's>) -> Block;

impl<'l, 's> Lowerer<'l, 's> {
    /// `async for target in iterable: body`, where `else` is what the end of the items leads to.
    pub fn async_for(&mut self, f: &ast::For, span: Span, out: &mut Block) {
        let iterable = self.expr(&f.iter);
        let iterator = self.builtin_call(".asynchronous::iter", vec![iterable], span);
        let kept = self.held(iterator, span, out);
        let label = self.fresh_label();
        let (cond, item) = self.fetch(kept, span);
        let target = self.target(&f.target);
        let mut body = vec![assign(item, target, span)];
        self.context_mut().loops.push(label);
        body.extend(self.block(&f.body));
        self.context_mut().loops.pop();
        let orelse = self.block(&f.orelse);
        let kind = StmtKind::While {
            label,
            cond,
            body,
            orelse,
        };
        out.push(Stmt { kind, span });
        // Whoever else does not hold the iterator lets it end here.
        out.push(assign(Expr::none(span), Target::Local(kept), span));
    }

    /// A temporary that holds the value.
    fn held(&mut self, value: Expr, span: Span, out: &mut Block) -> LocalId {
        let kept = self.temp();
        out.push(assign(value, Target::Local(kept), span));
        kept
    }

    /// Whether there is a next item, and the item: `StopAsyncIteration` is the end.
    fn fetch(&mut self, iterator: LocalId, span: Span) -> (Expr, Expr) {
        let (item, more) = (self.temp(), self.temp());
        let next = self.builtin_call(".asynchronous::next", vec![Expr::local(iterator, span)], span);
        let awaited = Expr::new(ExprKind::Await(Box::new(next)), span);
        let said = |yes| {
            assign(
                Expr::new(ExprKind::Const(Const::Bool(yes)), span),
                Target::Local(more),
                span,
            )
        };
        let handler = Handler {
            class: Some(Expr::new(ExprKind::Builtin("StopAsyncIteration".to_owned()), span)),
            name: None,
            body: vec![said(false)],
            span,
        };
        let kind = StmtKind::Try {
            body: vec![assign(awaited, Target::Local(item), span), said(true)],
            handlers: vec![handler],
            orelse: Vec::new(),
            finally: Vec::new(),
        };
        let attempt = Stmt { kind, span };
        let cond = ExprKind::Seq(vec![attempt], Box::new(Expr::local(more, span)));
        (Expr::new(cond, span), Expr::local(item, span))
    }

    /// A list, set or dict comprehension that awaits, as loops that fill a container.
    pub fn async_comprehension(
        &mut self,
        kind: CompKind,
        key: Option<&ast::Expr>,
        element: &ast::Expr,
        clauses: &[ast::Comprehension],
        first: Expr,
        span: Span,
    ) -> Expr {
        let mut out = Vec::new();
        let name = match kind {
            CompKind::Set => "set",
            CompKind::Dict => "dict",
            CompKind::List | CompKind::Generator => "list",
        };
        let empty = self.builtin_call(name, Vec::new(), span);
        let filled = self.held(empty, span, &mut out);
        let loops = self.comprehension_loops(clauses, Some(first), &mut |this| {
            let container = Expr::local(filled, span);
            match key {
                Some(key) => this.store_pair(container, key, element),
                None => this.store_item(container, kind, element),
            }
        });
        out.extend(loops);
        Expr::new(ExprKind::Seq(out, Box::new(Expr::local(filled, span))), span)
    }

    fn store_pair(&mut self, container: Expr, key: &ast::Expr, element: &ast::Expr) -> Block {
        let span = element.span;
        let mut out = Vec::new();
        let key = self.expr(key);
        let key = self.held(key, span, &mut out);
        let value = self.expr(element);
        let target = Target::Item {
            object: container,
            index: Expr::local(key, span),
        };
        out.push(assign(value, target, span));
        out
    }

    fn store_item(&mut self, container: Expr, kind: CompKind, element: &ast::Expr) -> Block {
        let span = element.span;
        let mut out = Vec::new();
        let value = self.expr(element);
        let value = self.held(value, span, &mut out);
        let name = if kind == CompKind::Set { "add" } else { "append" };
        let callee = Callee::Method {
            object: Box::new(container),
            name: name.to_owned(),
        };
        let call = ExprKind::Call {
            callee,
            args: vec![crate::ir::Arg::One(Expr::local(value, span))],
            keywords: Vec::new(),
        };
        out.push(Stmt {
            kind: StmtKind::Expr(Expr::new(call, span)),
            span,
        });
        out
    }

    /// The loops of a comprehension written out; `first` is what its first clause goes through.
    pub fn comprehension_loops(
        &mut self,
        clauses: &[ast::Comprehension],
        first: Option<Expr>,
        innermost: Innermost<'_, 'l, 's>,
    ) -> Block {
        let Some((clause, rest)) = clauses.split_first() else {
            return innermost(self);
        };
        let span = clause.iter.span;
        let mut out = Vec::new();
        let iter = match first {
            Some(iter) => iter,
            None => {
                let iter = self.expr(&clause.iter);
                self.clause_iterator(clause, iter)
            }
        };
        if !clause.is_async {
            let label = self.fresh_label();
            let target = self.target(&clause.target);
            let body = self.conditional(&clause.ifs, rest, innermost, span);
            let kind = StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse: Vec::new(),
            };
            out.push(Stmt { kind, span });
            return out;
        }
        let kept = self.held(iter, span, &mut out);
        let label = self.fresh_label();
        let (cond, item) = self.fetch(kept, span);
        let target = self.target(&clause.target);
        let mut body = vec![assign(item, target, span)];
        body.extend(self.conditional(&clause.ifs, rest, innermost, span));
        let kind = StmtKind::While {
            label,
            cond,
            body,
            orelse: Vec::new(),
        };
        out.push(Stmt { kind, span });
        out
    }

    fn conditional(
        &mut self,
        conds: &[ast::Expr],
        rest: &[ast::Comprehension],
        innermost: Innermost<'_, 'l, 's>,
        span: Span,
    ) -> Block {
        let conds: Vec<Expr> = conds.iter().map(|c| self.cond(c)).collect();
        let body = self.comprehension_loops(rest, None, innermost);
        conds.into_iter().rev().fold(body, |then, cond| {
            let kind = StmtKind::If {
                cond,
                then,
                orelse: Vec::new(),
            };
            vec![Stmt { kind, span }]
        })
    }

    /// What an asynchronous clause takes its items from; other clauses take them from the value itself.
    pub fn clause_iterator(&mut self, clause: &ast::Comprehension, iter: Expr) -> Expr {
        if !clause.is_async {
            return iter;
        }
        let span = iter.span;
        self.builtin_call(".asynchronous::iter", vec![iter], span)
    }
}

fn assign(value: Expr, target: Target, span: Span) -> Stmt {
    let kind = StmtKind::Assign { value, target };
    Stmt { kind, span }
}
