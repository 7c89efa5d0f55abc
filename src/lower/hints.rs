//! Annotations where CPython evaluates them: what they read and call, as far as a program can tell.

use super::Lowerer;
use crate::diagnostics::codes;
use crate::ir::{Block, Expr, ExprKind, Stmt, StmtKind};
use crate::resolve::hints;
use crate::resolve::scope::ScopeKind;
use crate::source::Span;
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    /// Evaluates the annotations of a function.
    pub fn function_hints(&mut self, def: &ast::FunctionDef, out: &mut Block) {
        hints::of_function(def).for_each(|annotation| self.hint(annotation, out));
    }

    /// Gives the function's value after its annotations are evaluated, which comes after its defaults.
    pub fn hinted_function(&mut self, def: &ast::FunctionDef, mut value: Expr) -> Expr {
        let mut hints = Vec::new();
        self.function_hints(def, &mut hints);
        if hints.is_empty() {
            return value;
        }
        let span = value.span;
        if let ExprKind::MakeFunction {
            defaults, kw_defaults, ..
        } = &mut value.kind
            && let Some(last) = defaults.iter_mut().chain(kw_defaults.iter_mut().flatten()).last()
        {
            let read = self.kept(last);
            let kind = StmtKind::Expr(std::mem::replace(last, Expr::none(span)));
            hints.insert(0, Stmt { kind, span });
            *last = Expr::new(ExprKind::Seq(hints, Box::new(read)), span);
            return value;
        }
        Expr::new(ExprKind::Seq(hints, Box::new(value)), span)
    }

    /// Evaluates the annotation of a variable; functions do not.
    pub fn variable_hint(&mut self, annotation: &ast::Expr, out: &mut Block) {
        let kind = self.scopes.get(self.context().scope).kind;
        if matches!(kind, ScopeKind::Module | ScopeKind::Class) {
            self.hint(annotation, out);
        }
    }

    fn hint(&mut self, annotation: &ast::Expr, out: &mut Block) {
        let scopes = self.scopes;
        for part in scopes.hint_parts(annotation) {
            let value = self.expr(part);
            out.push(Stmt {
                kind: StmtKind::Expr(value),
                span: part.span,
            });
        }
    }

    /// Annotations are not kept as the values they have: a program of the user's that asks for them is refused.
    pub fn refuse_annotations(&mut self, name: &str, span: Span) {
        let is_library = self.shared.program.modules[self.module.index()].is_library;
        if name == "__annotations__" && !is_library {
            self.refuse(
                &codes::UNKNOWN_MEMBER,
                span,
                "`__annotations__` is not available to a vessel",
                "keep what needs it in a function of its own: the others are still evolved",
            );
        }
    }
}
