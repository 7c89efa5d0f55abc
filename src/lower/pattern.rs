//! `match`: each case becomes a test and its bindings.

use super::Lowerer;
use super::expr::{convert_constant, truth};
use crate::ir::{Block, Expr, ExprKind, LocalId, Stmt, StmtKind, Target, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, CmpOp, PatternKind};

impl Lowerer<'_, '_> {
    pub fn match_stmt(&mut self, subject: &ast::Expr, cases: &[ast::MatchCase], span: Span, out: &mut Block) {
        let value = self.expr(subject);
        let temp = self.temp();
        out.push(Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        });
        let mut chain = Vec::new();
        for case in cases.iter().rev() {
            let mut cond = self.pattern(&case.pattern, temp);
            if let Some(guard) = &case.guard {
                let guard = self.cond(guard);
                cond = both(cond, guard);
            }
            let then = self.block(&case.body);
            chain = vec![Stmt {
                kind: StmtKind::If {
                    cond,
                    then,
                    orelse: chain,
                },
                span: case.pattern.span,
            }];
        }
        out.extend(chain);
    }

    /// A native bool: the subject matches, and the names of the pattern are bound.
    fn pattern(&mut self, pattern: &ast::Pattern, subject: LocalId) -> Expr {
        let span = pattern.span;
        let read = || Expr::local(subject, span);
        match &pattern.kind {
            PatternKind::Value(e) => {
                let right = self.expr(e);
                truth(compare(CmpOp::Eq, read(), right, span))
            }
            PatternKind::Singleton(c) => {
                let right = Expr::new(ExprKind::Const(convert_constant(c)), span);
                truth(compare(CmpOp::Is, read(), right, span))
            }
            PatternKind::As {
                pattern: None,
                name: None,
            } => always(span),
            PatternKind::As { pattern, name } => {
                let cond = pattern
                    .as_ref()
                    .map_or_else(|| always(span), |p| self.pattern(p, subject));
                match name {
                    Some(name) => both(cond, self.bind(&name.name, read(), span)),
                    None => cond,
                }
            }
            PatternKind::Or(parts) => {
                let conds: Vec<Expr> = parts.iter().map(|p| self.pattern(p, subject)).collect();
                conds
                    .into_iter()
                    .reduce(|a, b| Expr::typed(ExprKind::Or(Box::new(a), Box::new(b)), Ty::Bool, span))
                    .unwrap_or_else(|| always(span))
            }
            PatternKind::Sequence(parts) => self.sequence(parts, subject, span),
            PatternKind::Mapping { keys, patterns, rest } => self.mapping(keys, patterns, rest, subject, span),
            PatternKind::Class {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => self.class_pattern(cls, patterns, kwd_attrs, kwd_patterns, subject, span),
            PatternKind::Star(_) => always(span),
        }
    }

    fn bind(&mut self, name: &str, value: Expr, span: Span) -> Expr {
        let target = self.name_target(name);
        let stmt = Stmt {
            kind: StmtKind::Assign { value, target },
            span,
        };
        Expr::typed(ExprKind::Seq(vec![stmt], Box::new(always(span))), Ty::Bool, span)
    }

    /// Binds a temporary to the value, then tests the pattern against it.
    fn part(&mut self, pattern: &ast::Pattern, value: Expr) -> Expr {
        let span = pattern.span;
        let temp = self.temp();
        let keep = Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        };
        let cond = self.pattern(pattern, temp);
        after(keep, cond)
    }

    fn sequence(&mut self, parts: &[ast::Pattern], subject: LocalId, span: Span) -> Expr {
        let star = parts.iter().position(|p| matches!(p.kind, PatternKind::Star(_)));
        let fixed = parts.len() - usize::from(star.is_some());
        let is_sequence = self.helper("match_sequence", vec![Expr::local(subject, span)], span);
        let len = self.builtin_call("len", vec![Expr::local(subject, span)], span);
        let op = if star.is_some() { CmpOp::GtE } else { CmpOp::Eq };
        let right_length = truth(compare(op, len, Expr::int(fixed as i64, span), span));
        let mut cond = both(truth(is_sequence), right_length);
        for (at, part) in parts.iter().enumerate() {
            let from_end = at as i64 - parts.len() as i64;
            let value = match (&part.kind, star) {
                (PatternKind::Star(None), _) => continue,
                (PatternKind::Star(Some(name)), _) => {
                    let after = parts.len() - at - 1;
                    let upper = self.starred_end(subject, after, span);
                    let slice = ExprKind::Slice {
                        lower: Box::new(Expr::int(at as i64, span)),
                        upper: Box::new(upper),
                        step: Box::new(Expr::none(span)),
                    };
                    let list = self.builtin_call("list", vec![item(subject, Expr::new(slice, span), span)], span);
                    cond = both(cond, self.bind(&name.name, list, span));
                    continue;
                }
                (_, Some(star)) if at > star => item(subject, Expr::int(from_end, span), span),
                _ => item(subject, Expr::int(at as i64, span), span),
            };
            cond = both(cond, self.part(part, value));
        }
        cond
    }

    fn starred_end(&mut self, subject: LocalId, after: usize, span: Span) -> Expr {
        let left = self.builtin_call("len", vec![Expr::local(subject, span)], span);
        let right = Expr::int(after as i64, span);
        let kind = ExprKind::Binary {
            op: ast::BinOp::Sub,
            left: Box::new(left),
            right: Box::new(right),
        };
        Expr::new(kind, span)
    }

    fn mapping(
        &mut self,
        keys: &[ast::Expr],
        patterns: &[ast::Pattern],
        rest: &Option<ast::Ident>,
        subject: LocalId,
        span: Span,
    ) -> Expr {
        let is_mapping = self.helper("match_mapping", vec![Expr::local(subject, span)], span);
        let mut cond = truth(is_mapping);
        for (key, pattern) in keys.iter().zip(patterns) {
            let has = {
                let key = self.expr(key);
                truth(compare(CmpOp::In, key, Expr::local(subject, span), span))
            };
            let value = {
                let key = self.expr(key);
                item(subject, key, span)
            };
            let inner = self.part(pattern, value);
            cond = both(both(cond, has), inner);
        }
        if let Some(name) = rest {
            let taken = keys.iter().map(|k| crate::ir::Arg::One(self.expr(k))).collect();
            let taken = Expr::new(ExprKind::Tuple(taken), span);
            let left = self.helper("match_rest", vec![Expr::local(subject, span), taken], span);
            cond = both(cond, self.bind(&name.name, left, span));
        }
        cond
    }

    fn class_pattern(
        &mut self,
        cls: &ast::Expr,
        patterns: &[ast::Pattern],
        names: &[ast::Ident],
        keyword_patterns: &[ast::Pattern],
        subject: LocalId,
        span: Span,
    ) -> Expr {
        let class = self.temp();
        let value = self.expr(cls);
        let keep = Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(class),
            },
            span,
        };
        let is_instance = self.builtin_call(
            "isinstance",
            vec![Expr::local(subject, span), Expr::local(class, span)],
            span,
        );
        let test = Expr::typed(ExprKind::Seq(vec![keep], Box::new(truth(is_instance))), Ty::Bool, span);
        let mut cond = test;
        for (at, pattern) in patterns.iter().enumerate() {
            let args = vec![
                Expr::local(subject, span),
                Expr::local(class, span),
                Expr::int(at as i64, span),
                Expr::int(patterns.len() as i64, span),
            ];
            let value = self.helper("match_positional", args, span);
            cond = both(cond, self.part(pattern, value));
        }
        for (name, pattern) in names.iter().zip(keyword_patterns) {
            let name_text = Expr::str(&name.name, span);
            let has = self.builtin_call("hasattr", vec![Expr::local(subject, span), name_text], span);
            let value = Expr::new(
                ExprKind::Attr {
                    object: Box::new(Expr::local(subject, span)),
                    name: name.name.clone(),
                },
                span,
            );
            let inner = self.part(pattern, value);
            cond = both(both(cond, truth(has)), inner);
        }
        cond
    }

    /// A call of a matching primitive of the runtime.
    fn helper(&mut self, name: &str, args: Vec<Expr>, span: Span) -> Expr {
        self.builtin_call(&format!(".{name}"), args, span)
    }
}

fn compare(op: CmpOp, left: Expr, right: Expr, span: Span) -> Expr {
    Expr::new(
        ExprKind::Compare {
            op,
            left: Box::new(left),
            right: Box::new(right),
        },
        span,
    )
}

fn item(subject: LocalId, index: Expr, span: Span) -> Expr {
    let object = Box::new(Expr::local(subject, span));
    Expr::new(
        ExprKind::Item {
            object,
            index: Box::new(index),
        },
        span,
    )
}

fn always(span: Span) -> Expr {
    Expr::typed(ExprKind::Const(crate::ir::Const::Bool(true)), Ty::Bool, span)
}

/// The statement, then the condition: it goes before the condition's first part, so that what the parts bind is seen
/// to be bound where the whole holds.
fn after(stmt: Stmt, cond: Expr) -> Expr {
    let Expr { kind, ty, span } = cond;
    let kind = match kind {
        ExprKind::And(first, rest) => ExprKind::And(Box::new(after(stmt, *first)), rest),
        ExprKind::Or(first, rest) => ExprKind::Or(Box::new(after(stmt, *first)), rest),
        ExprKind::Seq(mut stmts, value) => {
            stmts.insert(0, stmt);
            ExprKind::Seq(stmts, value)
        }
        kind => ExprKind::Seq(vec![stmt], Box::new(Expr::typed(kind, ty.clone(), span))),
    };
    Expr::typed(kind, ty, span)
}

fn both(left: Expr, right: Expr) -> Expr {
    let span = left.span;
    if matches!(left.kind, ExprKind::Const(crate::ir::Const::Bool(true))) {
        return right;
    }
    Expr::typed(ExprKind::And(Box::new(left), Box::new(right)), Ty::Bool, span)
}
