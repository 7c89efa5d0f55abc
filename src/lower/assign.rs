//! Assignment targets, augmented assignment, `del`.

use super::Lowerer;
use crate::diagnostics::codes;
use crate::ir::{AugTarget, Expr, Stmt, StmtKind, Target};
use crate::source::Span;
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    pub fn target(&mut self, e: &ast::Expr) -> Target {
        match &e.kind {
            ast::ExprKind::Name(name) => self.name_target(name),
            ast::ExprKind::Attribute { value, attr } => {
                let name = self.mangle(&attr.name);
                Target::Attr {
                    object: self.expr(value),
                    name,
                }
            }
            ast::ExprKind::Subscript { value, slice } => Target::Item {
                object: self.expr(value),
                index: self.expr(slice),
            },
            ast::ExprKind::Tuple(parts) | ast::ExprKind::List(parts) => {
                let star = parts.iter().position(|p| matches!(p.kind, ast::ExprKind::Starred(_)));
                Target::Unpack {
                    parts: parts.iter().map(|p| self.target(p)).collect(),
                    star,
                }
            }
            ast::ExprKind::Starred(inner) => self.target(inner),
            _ => {
                self.refuse(
                    &codes::STARRED,
                    e.span,
                    "this cannot be assigned to",
                    "assign to a name, item or attribute",
                );
                Target::Unpack {
                    parts: Vec::new(),
                    star: None,
                }
            }
        }
    }

    pub fn assign(&mut self, targets: &[ast::Expr], value: &ast::Expr, span: Span, out: &mut Vec<Stmt>) {
        let value = self.expr(value);
        if let [only] = targets {
            let target = self.target(only);
            self.note_called_class(&value, &target);
            out.push(Stmt {
                kind: StmtKind::Assign { value, target },
                span,
            });
            return;
        }
        let temp = self.temp();
        out.push(Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        });
        for target in targets {
            let target = self.target(target);
            out.push(Stmt {
                kind: StmtKind::Assign {
                    value: Expr::local(temp, span),
                    target,
                },
                span,
            });
        }
    }

    pub fn augmented(&mut self, target: &ast::Expr, op: ast::BinOp, value: &ast::Expr, span: Span) -> Stmt {
        let target = match self.target(target) {
            Target::Local(id) => AugTarget::Local(id),
            Target::Global(id) => AugTarget::Global(id),
            Target::Item { object, index } => AugTarget::Item { object, index },
            Target::Attr { object, name } => AugTarget::Attr { object, name },
            Target::Unpack { .. } => {
                self.refuse(
                    &codes::STARRED,
                    span,
                    "a tuple cannot be the target of an augmented assignment",
                    "assign to its parts",
                );
                return Stmt {
                    kind: StmtKind::Expr(Expr::none(span)),
                    span,
                };
            }
        };
        let value = self.expr(value);
        Stmt {
            kind: StmtKind::Aug { target, op, value },
            span,
        }
    }

    pub fn delete(&mut self, target: &ast::Expr, out: &mut Vec<Stmt>) {
        let span = target.span;
        if let ast::ExprKind::Tuple(parts) | ast::ExprKind::List(parts) = &target.kind {
            parts.iter().for_each(|p| self.delete(p, out));
            return;
        }
        if let ast::ExprKind::Name(name) = &target.kind
            && self.names_inner_module(name)
        {
            let message = format!("`{name}` is a module of this package: what else asks for it is not followed");
            self.refuse(&codes::MODULE_VALUE, span, message, "leave the name in place");
            return;
        }
        let kind = match self.target(target) {
            Target::Local(id) => StmtKind::DelLocal(id),
            Target::Global(id) => StmtKind::DelGlobal(id),
            Target::Item { object, index } => StmtKind::DelItem { object, index },
            Target::Attr { object, name } => StmtKind::DelAttr { object, name },
            Target::Unpack { .. } => return,
        };
        out.push(Stmt { kind, span });
    }
}
