//! Comprehensions and generator expressions.

use super::Lowerer;
use crate::ir::func::Flavor;
use crate::ir::{Clause, CompKind, Expr, ExprKind, LocalId, Stmt, StmtKind};
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
        // Those that await in place are fine: the function around them does.
        let in_place = !self.scopes.get(scope).as_function;
        let is_async = generators.iter().any(|g| g.is_async) || !in_place && self.scopes.get(scope).has_await;
        if is_async {
            self.refuse(
                &crate::diagnostics::codes::ASYNC_GENERATOR,
                e.span,
                "asynchronous comprehensions are not supported",
                "write the loop out",
            );
        }
        if in_place {
            let first = self.expr(&generators[0].iter);
            let outer = std::mem::replace(&mut self.context_mut().scope, scope);
            let value = self.in_place(e, kind, key.map(|k| &**k), element, generators, first);
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
            (CompKind::Generator, _) => Flavor::Generator,
            (_, true) => Flavor::Coroutine,
            _ => Flavor::Plain,
        };
        self.comprehension_call(
            e.span,
            name,
            &generators[0].iter,
            |this, first| {
                if kind == CompKind::Generator {
                    return this.generator_body(element, generators, first);
                }
                let iter = Expr::local(first, e.span);
                let value = this.in_place(e, kind, key.map(|k| &**k), element, generators, iter);
                vec![Stmt {
                    kind: StmtKind::Return(value),
                    span: e.span,
                }]
            },
            flavor,
        )
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
    fn generator_body(&mut self, element: &ast::Expr, clauses: &[ast::Comprehension], first: LocalId) -> Vec<Stmt> {
        self.generator_loop(element, clauses, Some(first))
    }

    fn generator_loop(
        &mut self,
        element: &ast::Expr,
        clauses: &[ast::Comprehension],
        first: Option<LocalId>,
    ) -> Vec<Stmt> {
        let Some((clause, rest)) = clauses.split_first() else {
            let value = Expr::new(ExprKind::Yield(Box::new(self.expr(element))), element.span);
            return vec![Stmt {
                kind: StmtKind::Expr(value),
                span: element.span,
            }];
        };
        let span = clause.iter.span;
        let iter = first.map_or_else(|| self.expr(&clause.iter), |local| Expr::local(local, span));
        let label = self.fresh_label();
        let target = self.target(&clause.target);
        let conds: Vec<Expr> = clause.ifs.iter().map(|c| self.cond(c)).collect();
        let mut body = self.generator_loop(element, rest, None);
        for cond in conds.into_iter().rev() {
            body = vec![Stmt {
                kind: StmtKind::If {
                    cond,
                    then: body,
                    orelse: Vec::new(),
                },
                span,
            }];
        }
        vec![Stmt {
            kind: StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse: Vec::new(),
            },
            span,
        }]
    }
}
