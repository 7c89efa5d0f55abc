//! Comprehensions and generator expressions.

use super::Lowerer;
use crate::ir::func::Flavor;
use crate::ir::{Clause, CompKind, Expr, ExprKind, Stmt, StmtKind};
use crate::resolve::scope::{NodeKey, ScopeKind};
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    pub fn comprehension(&mut self, e: &ast::Expr) -> Expr {
        let (kind, key, element, generators) = match &e.kind {
            ast::ExprKind::ListComp { elt, generators } => (CompKind::List, None, elt, generators),
            ast::ExprKind::SetComp { elt, generators } => (CompKind::Set, None, elt, generators),
            ast::ExprKind::DictComp { key, value, generators } => (CompKind::Dict, Some(key), value, generators),
            ast::ExprKind::GeneratorExp { elt, generators } => (CompKind::Generator, None, elt, generators),
            _ => unreachable!("called for comprehensions only"),
        };
        let scope = self.scopes.of(NodeKey::new(e.span, ScopeKind::Comprehension));
        // One that awaits in place does so in the function around it.
        let in_place = !self.scopes.get(scope).as_function;
        let loops = generators.iter().any(|g| g.is_async);
        let is_async = loops || !in_place && self.scopes.get(scope).has_await;
        let key = key.map(|k| &**k);
        if in_place {
            let first = self.expr(&generators[0].iter);
            let outer = std::mem::replace(&mut self.context_mut().scope, scope);
            let value = if loops {
                let first = self.clause_iterator(&generators[0], first);
                self.async_comprehension(kind, key, element, generators, first, e.span)
            } else {
                self.in_place(e, kind, key, element, generators, first)
            };
            self.context_mut().scope = outer;
            return value;
        }
        let name = match kind {
            CompKind::List => "<listcomp>",
            CompKind::Set => "<setcomp>",
            CompKind::Dict => "<dictcomp>",
            CompKind::Generator => "<genexpr>",
        };
        let flavor = match (kind, is_async) {
            (CompKind::Generator, true) => Flavor::AsyncGenerator,
            (CompKind::Generator, false) => Flavor::Generator,
            (_, true) => Flavor::Coroutine,
            _ => Flavor::Plain,
        };
        let call = self.comprehension_call(
            e.span,
            name,
            &generators[0],
            |this, first| {
                let first = Expr::local(first, generators[0].iter.span);
                if kind == CompKind::Generator {
                    return this.generator_body(element, generators, first);
                }
                let value = if loops {
                    this.async_comprehension(kind, key, element, generators, first, e.span)
                } else {
                    this.in_place(e, kind, key, element, generators, first)
                };
                vec![Stmt {
                    kind: StmtKind::Return(value),
                    span: e.span,
                }]
            },
            flavor,
        );
        match flavor {
            Flavor::Coroutine => Expr::new(ExprKind::Await(Box::new(call)), e.span),
            _ => call,
        }
    }

    fn in_place(
        &mut self,
        e: &ast::Expr,
        kind: CompKind,
        key: Option<&ast::Expr>,
        element: &ast::Expr,
        generators: &[ast::Comprehension],
        first: Expr,
    ) -> Expr {
        let mut first = Some(first);
        let clauses = generators
            .iter()
            .map(|g| {
                let iter = first.take().unwrap_or_else(|| self.expr(&g.iter));
                let label = self.fresh_label();
                let target = self.target(&g.target);
                let conds = g.ifs.iter().map(|c| self.cond(c)).collect();
                Clause {
                    label,
                    iter,
                    target,
                    conds,
                }
            })
            .collect();
        let key = key.map(|k| Box::new(self.expr(k)));
        let element = Box::new(self.expr(element));
        Expr::new(
            ExprKind::Comp {
                kind,
                clauses,
                key,
                element,
            },
            e.span,
        )
    }

    /// The loops of a generator expression that is an object of its own.
    fn generator_body(&mut self, element: &ast::Expr, clauses: &[ast::Comprehension], first: Expr) -> Vec<Stmt> {
        self.comprehension_loops(clauses, Some(first), &mut |this| {
            let value = Expr::new(ExprKind::Yield(Box::new(this.expr(element))), element.span);
            vec![Stmt {
                kind: StmtKind::Expr(value),
                span: element.span,
            }]
        })
    }
}
