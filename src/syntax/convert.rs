//! The parser crate's tree to ours.

use super::ast::*;
use crate::source::Span;
use num_bigint::BigInt;
use rustpython_parser::ast as rp;
use rustpython_parser::ast::Ranged;
use rustpython_parser::text_size::TextRange;

/// Converts one file's statements; `text` is the source they were parsed from.
pub(super) struct Converter<'a> {
    pub text: &'a str,
}

fn span(range: TextRange) -> Span {
    Span::new(range.start().into(), range.end().into())
}

impl Converter<'_> {
    pub fn body(&self, body: Vec<rp::Stmt>) -> Vec<Stmt> {
        body.into_iter().map(|stmt| self.stmt(stmt)).collect()
    }

    /// Where `name` first stands as a word at or after `from`.
    fn find_word(&self, from: u32, name: &str) -> Span {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let rest = &self.text[from as usize..];
        for (at, _) in rest.match_indices(name) {
            let before = rest[..at].chars().next_back().is_some_and(is_word);
            let after = rest[at + name.len()..].chars().next().is_some_and(is_word);
            if !before && !after {
                let start = from + at as u32;
                return Span::new(start, start + name.len() as u32);
            }
        }
        Span::new(from, from)
    }

    fn ident(&self, name: rp::Identifier, from: u32) -> Ident {
        let span = self.find_word(from, name.as_str());
        Ident {
            name: name.into(),
            span,
        }
    }

    fn stmt(&self, stmt: rp::Stmt) -> Stmt {
        let span = span(stmt.range());
        Stmt {
            kind: self.stmt_kind(stmt, span),
            span,
        }
    }

    fn stmt_kind(&self, stmt: rp::Stmt, at: Span) -> StmtKind {
        match stmt {
            rp::Stmt::FunctionDef(f) => self.function(f.name, *f.args, f.body, f.decorator_list, f.returns, false, at),
            rp::Stmt::AsyncFunctionDef(f) => {
                self.function(f.name, *f.args, f.body, f.decorator_list, f.returns, true, at)
            }
            rp::Stmt::ClassDef(c) => self.class(c, at),
            rp::Stmt::Return(s) => StmtKind::Return(self.opt(s.value)),
            rp::Stmt::Delete(s) => StmtKind::Delete(self.exprs(s.targets)),
            rp::Stmt::Assign(s) => StmtKind::Assign {
                targets: self.exprs(s.targets),
                value: self.expr(*s.value),
            },
            rp::Stmt::AugAssign(s) => StmtKind::AugAssign {
                target: self.expr(*s.target),
                op: bin_op(s.op),
                value: self.expr(*s.value),
            },
            rp::Stmt::AnnAssign(s) => StmtKind::AnnAssign {
                target: self.expr(*s.target),
                annotation: self.expr(*s.annotation),
                value: self.opt(s.value),
                simple: s.simple,
            },
            rp::Stmt::For(s) => self.for_stmt(*s.target, *s.iter, s.body, s.orelse, false),
            rp::Stmt::AsyncFor(s) => self.for_stmt(*s.target, *s.iter, s.body, s.orelse, true),
            rp::Stmt::While(s) => StmtKind::While {
                test: self.expr(*s.test),
                body: self.body(s.body),
                orelse: self.body(s.orelse),
            },
            rp::Stmt::If(s) => StmtKind::If {
                test: self.expr(*s.test),
                body: self.body(s.body),
                orelse: self.body(s.orelse),
            },
            rp::Stmt::With(s) => self.with(s.items, s.body, false),
            rp::Stmt::AsyncWith(s) => self.with(s.items, s.body, true),
            rp::Stmt::Match(s) => StmtKind::Match {
                subject: self.expr(*s.subject),
                cases: s.cases.into_iter().map(|case| self.case(case)).collect(),
            },
            rp::Stmt::Raise(s) => StmtKind::Raise {
                exc: self.opt(s.exc),
                cause: self.opt(s.cause),
            },
            rp::Stmt::Try(s) => self.try_stmt(s.body, s.handlers, s.orelse, s.finalbody, false),
            rp::Stmt::TryStar(s) => self.try_stmt(s.body, s.handlers, s.orelse, s.finalbody, true),
            rp::Stmt::Assert(s) => StmtKind::Assert {
                test: self.expr(*s.test),
                msg: self.opt(s.msg),
            },
            rp::Stmt::Import(s) => StmtKind::Import(aliases(s.names)),
            rp::Stmt::ImportFrom(s) => StmtKind::ImportFrom {
                module: s.module.map(Into::into),
                names: aliases(s.names),
                level: s.level.map_or(0, |level| level.to_u32()),
            },
            rp::Stmt::Global(s) => StmtKind::Global(self.idents(s.names, at)),
            rp::Stmt::Nonlocal(s) => StmtKind::Nonlocal(self.idents(s.names, at)),
            rp::Stmt::Expr(s) => StmtKind::Expr(self.expr(*s.value)),
            rp::Stmt::Pass(_) | rp::Stmt::TypeAlias(_) => StmtKind::Pass,
            rp::Stmt::Break(_) => StmtKind::Break,
            rp::Stmt::Continue(_) => StmtKind::Continue,
        }
    }

    fn idents(&self, names: Vec<rp::Identifier>, at: Span) -> Vec<Ident> {
        names.into_iter().map(|name| self.ident(name, at.start)).collect()
    }

    #[allow(clippy::too_many_arguments)]
    fn function(
        &self,
        name: rp::Identifier,
        args: rp::Arguments,
        body: Vec<rp::Stmt>,
        decorators: Vec<rp::Expr>,
        returns: Option<Box<rp::Expr>>,
        is_async: bool,
        at: Span,
    ) -> StmtKind {
        let after_decorators = decorators
            .last()
            .map_or(at.start, |d| d.range().end().into())
            .max(at.start);
        let def = self.find_word(after_decorators, "def").end;
        StmtKind::FunctionDef(Box::new(FunctionDef {
            name: self.ident(name, def),
            params: self.params(args),
            body: self.body(body),
            decorators: self.exprs(decorators),
            returns: self.opt(returns),
            is_async,
        }))
    }

    fn class(&self, class: rp::StmtClassDef, at: Span) -> StmtKind {
        let after = class
            .decorator_list
            .last()
            .map_or(at.start, |d| d.range().end().into())
            .max(at.start);
        let keyword = self.find_word(after, "class").end;
        StmtKind::ClassDef(Box::new(ClassDef {
            name: self.ident(class.name, keyword),
            bases: self.exprs(class.bases),
            keywords: self.keywords(class.keywords),
            body: self.body(class.body),
            decorators: self.exprs(class.decorator_list),
        }))
    }

    fn for_stmt(
        &self,
        target: rp::Expr,
        iter: rp::Expr,
        body: Vec<rp::Stmt>,
        orelse: Vec<rp::Stmt>,
        is_async: bool,
    ) -> StmtKind {
        StmtKind::For(Box::new(For {
            target: self.expr(target),
            iter: self.expr(iter),
            body: self.body(body),
            orelse: self.body(orelse),
            is_async,
        }))
    }

    fn with(&self, items: Vec<rp::WithItem>, body: Vec<rp::Stmt>, is_async: bool) -> StmtKind {
        let items = items
            .into_iter()
            .map(|item| WithItem {
                context: self.expr(item.context_expr),
                target: self.opt(item.optional_vars),
            })
            .collect();
        StmtKind::With {
            items,
            body: self.body(body),
            is_async,
        }
    }

    fn try_stmt(
        &self,
        body: Vec<rp::Stmt>,
        handlers: Vec<rp::ExceptHandler>,
        orelse: Vec<rp::Stmt>,
        finalbody: Vec<rp::Stmt>,
        is_star: bool,
    ) -> StmtKind {
        StmtKind::Try(Box::new(Try {
            body: self.body(body),
            handlers: handlers.into_iter().map(|handler| self.handler(handler)).collect(),
            orelse: self.body(orelse),
            finalbody: self.body(finalbody),
            is_star,
        }))
    }

    fn handler(&self, handler: rp::ExceptHandler) -> ExceptHandler {
        let rp::ExceptHandler::ExceptHandler(h) = handler;
        let after = h
            .type_
            .as_ref()
            .map_or(h.range.start().into(), |t| t.range().end().into());
        ExceptHandler {
            typ: self.opt(h.type_),
            name: h.name.map(|name| self.ident(name, after)),
            body: self.body(h.body),
            span: span(h.range),
        }
    }

    fn case(&self, case: rp::MatchCase) -> MatchCase {
        MatchCase {
            pattern: self.pattern(case.pattern),
            guard: self.opt(case.guard),
            body: self.body(case.body),
        }
    }

    fn patterns(&self, patterns: Vec<rp::Pattern>) -> Vec<Pattern> {
        patterns.into_iter().map(|pattern| self.pattern(pattern)).collect()
    }

    fn pattern(&self, pattern: rp::Pattern) -> Pattern {
        let at = span(pattern.range());
        let kind = match pattern {
            rp::Pattern::MatchValue(p) => PatternKind::Value(self.expr(*p.value)),
            rp::Pattern::MatchSingleton(p) => PatternKind::Singleton(constant(p.value)),
            rp::Pattern::MatchSequence(p) => PatternKind::Sequence(self.patterns(p.patterns)),
            rp::Pattern::MatchMapping(p) => PatternKind::Mapping {
                keys: self.exprs(p.keys),
                patterns: self.patterns(p.patterns),
                rest: p.rest.map(|name| self.ident(name, at.start)),
            },
            rp::Pattern::MatchClass(p) => PatternKind::Class {
                cls: self.expr(*p.cls),
                patterns: self.patterns(p.patterns),
                kwd_attrs: self.idents(p.kwd_attrs, at),
                kwd_patterns: self.patterns(p.kwd_patterns),
            },
            rp::Pattern::MatchStar(p) => PatternKind::Star(p.name.map(|name| self.ident(name, at.start))),
            rp::Pattern::MatchAs(p) => {
                let after = p.pattern.as_ref().map_or(at.start, |inner| inner.range().end().into());
                PatternKind::As {
                    pattern: p.pattern.map(|inner| Box::new(self.pattern(*inner))),
                    name: p.name.map(|name| self.ident(name, after)),
                }
            }
            rp::Pattern::MatchOr(p) => PatternKind::Or(self.patterns(p.patterns)),
        };
        Pattern { kind, span: at }
    }

    fn params(&self, args: rp::Arguments) -> Params {
        let list = |args: Vec<rp::ArgWithDefault>| {
            args.into_iter()
                .map(|arg| self.param(arg.def, arg.default))
                .collect::<Vec<_>>()
        };
        Params {
            posonly: list(args.posonlyargs),
            args: list(args.args),
            vararg: args.vararg.map(|arg| self.param(*arg, None)),
            kwonly: list(args.kwonlyargs),
            kwarg: args.kwarg.map(|arg| self.param(*arg, None)),
        }
    }

    fn param(&self, arg: rp::Arg, default: Option<Box<rp::Expr>>) -> Param {
        let name = self.ident(arg.arg, arg.range.start().into());
        Param {
            name,
            annotation: self.opt(arg.annotation),
            default: self.opt(default),
        }
    }

    fn exprs(&self, exprs: Vec<rp::Expr>) -> Vec<Expr> {
        exprs.into_iter().map(|expr| self.expr(expr)).collect()
    }

    fn opt(&self, expr: Option<Box<rp::Expr>>) -> Option<Expr> {
        expr.map(|expr| self.expr(*expr))
    }

    fn boxed(&self, expr: Box<rp::Expr>) -> Box<Expr> {
        Box::new(self.expr(*expr))
    }

    fn expr(&self, expr: rp::Expr) -> Expr {
        let at = span(expr.range());
        Expr {
            kind: self.expr_kind(expr),
            span: at,
        }
    }

    fn expr_kind(&self, expr: rp::Expr) -> ExprKind {
        match expr {
            rp::Expr::BoolOp(e) => ExprKind::BoolOp {
                op: if e.op == rp::BoolOp::And {
                    BoolOp::And
                } else {
                    BoolOp::Or
                },
                values: self.exprs(e.values),
            },
            rp::Expr::NamedExpr(e) => self.named_expr(e),
            rp::Expr::BinOp(e) => ExprKind::BinOp {
                left: self.boxed(e.left),
                op: bin_op(e.op),
                right: self.boxed(e.right),
            },
            rp::Expr::UnaryOp(e) => ExprKind::UnaryOp {
                op: unary_op(e.op),
                operand: self.boxed(e.operand),
            },
            rp::Expr::Lambda(e) => ExprKind::Lambda {
                params: Box::new(self.params(*e.args)),
                body: self.boxed(e.body),
            },
            rp::Expr::IfExp(e) => ExprKind::IfExp {
                test: self.boxed(e.test),
                body: self.boxed(e.body),
                orelse: self.boxed(e.orelse),
            },
            rp::Expr::Dict(e) => ExprKind::Dict {
                keys: e.keys.into_iter().map(|key| key.map(|key| self.expr(key))).collect(),
                values: self.exprs(e.values),
            },
            rp::Expr::Set(e) => ExprKind::Set(self.exprs(e.elts)),
            rp::Expr::ListComp(e) => ExprKind::ListComp {
                elt: self.boxed(e.elt),
                generators: self.generators(e.generators),
            },
            rp::Expr::SetComp(e) => ExprKind::SetComp {
                elt: self.boxed(e.elt),
                generators: self.generators(e.generators),
            },
            rp::Expr::DictComp(e) => ExprKind::DictComp {
                key: self.boxed(e.key),
                value: self.boxed(e.value),
                generators: self.generators(e.generators),
            },
            rp::Expr::GeneratorExp(e) => ExprKind::GeneratorExp {
                elt: self.boxed(e.elt),
                generators: self.generators(e.generators),
            },
            rp::Expr::Await(e) => ExprKind::Await(self.boxed(e.value)),
            rp::Expr::Yield(e) => ExprKind::Yield(e.value.map(|value| self.boxed(value))),
            rp::Expr::YieldFrom(e) => ExprKind::YieldFrom(self.boxed(e.value)),
            rp::Expr::Compare(e) => ExprKind::Compare {
                left: self.boxed(e.left),
                ops: e.ops.into_iter().map(cmp_op).collect(),
                comparators: self.exprs(e.comparators),
            },
            rp::Expr::Call(e) => ExprKind::Call {
                func: self.boxed(e.func),
                args: self.exprs(e.args),
                keywords: self.keywords(e.keywords),
            },
            rp::Expr::FormattedValue(e) => ExprKind::FormattedValue {
                value: self.boxed(e.value),
                conversion: conversion(e.conversion),
                format_spec: e.format_spec.map(|spec| self.boxed(spec)),
            },
            rp::Expr::JoinedStr(e) => ExprKind::JoinedStr(self.exprs(e.values)),
            rp::Expr::Constant(e) => ExprKind::Constant(constant(e.value)),
            rp::Expr::Attribute(e) => {
                let after = e.value.range().end().into();
                ExprKind::Attribute {
                    value: self.boxed(e.value),
                    attr: self.ident(e.attr, after),
                }
            }
            rp::Expr::Subscript(e) => ExprKind::Subscript {
                value: self.boxed(e.value),
                slice: self.boxed(e.slice),
            },
            rp::Expr::Starred(e) => ExprKind::Starred(self.boxed(e.value)),
            rp::Expr::Name(e) => ExprKind::Name(e.id.into()),
            rp::Expr::List(e) => ExprKind::List(self.exprs(e.elts)),
            rp::Expr::Tuple(e) => ExprKind::Tuple(self.exprs(e.elts)),
            rp::Expr::Slice(e) => ExprKind::Slice {
                lower: e.lower.map(|x| self.boxed(x)),
                upper: e.upper.map(|x| self.boxed(x)),
                step: e.step.map(|x| self.boxed(x)),
            },
        }
    }

    fn named_expr(&self, e: rp::ExprNamedExpr) -> ExprKind {
        let span = span(e.target.range());
        let name = match *e.target {
            rp::Expr::Name(name) => name.id.into(),
            _ => String::new(),
        };
        ExprKind::NamedExpr {
            target: Ident { name, span },
            value: self.boxed(e.value),
        }
    }

    fn keywords(&self, keywords: Vec<rp::Keyword>) -> Vec<Keyword> {
        keywords
            .into_iter()
            .map(|keyword| Keyword {
                arg: keyword.arg.map(|name| self.ident(name, keyword.range.start().into())),
                value: self.expr(keyword.value),
            })
            .collect()
    }

    fn generators(&self, generators: Vec<rp::Comprehension>) -> Vec<Comprehension> {
        generators
            .into_iter()
            .map(|g| Comprehension {
                target: self.expr(g.target),
                iter: self.expr(g.iter),
                ifs: self.exprs(g.ifs),
                is_async: g.is_async,
            })
            .collect()
    }
}

fn aliases(names: Vec<rp::Alias>) -> Vec<Alias> {
    names
        .into_iter()
        .map(|alias| Alias {
            name: alias.name.into(),
            asname: alias.asname.map(Into::into),
            span: span(alias.range),
        })
        .collect()
}

fn constant(value: rp::Constant) -> Constant {
    match value {
        rp::Constant::None => Constant::None,
        rp::Constant::Bool(value) => Constant::Bool(value),
        rp::Constant::Str(value) => Constant::Str(value),
        rp::Constant::Bytes(value) => Constant::Bytes(value),
        rp::Constant::Int(value) => Constant::Int(BigInt::from_signed_bytes_le(&value.to_signed_bytes_le())),
        rp::Constant::Float(value) => Constant::Float(value),
        rp::Constant::Complex { imag, .. } => Constant::Imaginary(imag),
        rp::Constant::Ellipsis | rp::Constant::Tuple(_) => Constant::Ellipsis,
    }
}

fn conversion(flag: rp::ConversionFlag) -> Conversion {
    match flag {
        rp::ConversionFlag::None => Conversion::None,
        rp::ConversionFlag::Str => Conversion::Str,
        rp::ConversionFlag::Repr => Conversion::Repr,
        rp::ConversionFlag::Ascii => Conversion::Ascii,
    }
}

fn bin_op(op: rp::Operator) -> BinOp {
    match op {
        rp::Operator::Add => BinOp::Add,
        rp::Operator::Sub => BinOp::Sub,
        rp::Operator::Mult => BinOp::Mult,
        rp::Operator::MatMult => BinOp::MatMult,
        rp::Operator::Div => BinOp::Div,
        rp::Operator::Mod => BinOp::Mod,
        rp::Operator::Pow => BinOp::Pow,
        rp::Operator::LShift => BinOp::LShift,
        rp::Operator::RShift => BinOp::RShift,
        rp::Operator::BitOr => BinOp::BitOr,
        rp::Operator::BitXor => BinOp::BitXor,
        rp::Operator::BitAnd => BinOp::BitAnd,
        rp::Operator::FloorDiv => BinOp::FloorDiv,
    }
}

fn unary_op(op: rp::UnaryOp) -> UnaryOp {
    match op {
        rp::UnaryOp::Invert => UnaryOp::Invert,
        rp::UnaryOp::Not => UnaryOp::Not,
        rp::UnaryOp::UAdd => UnaryOp::UAdd,
        rp::UnaryOp::USub => UnaryOp::USub,
    }
}

fn cmp_op(op: rp::CmpOp) -> CmpOp {
    match op {
        rp::CmpOp::Eq => CmpOp::Eq,
        rp::CmpOp::NotEq => CmpOp::NotEq,
        rp::CmpOp::Lt => CmpOp::Lt,
        rp::CmpOp::LtE => CmpOp::LtE,
        rp::CmpOp::Gt => CmpOp::Gt,
        rp::CmpOp::GtE => CmpOp::GtE,
        rp::CmpOp::Is => CmpOp::Is,
        rp::CmpOp::IsNot => CmpOp::IsNot,
        rp::CmpOp::In => CmpOp::In,
        rp::CmpOp::NotIn => CmpOp::NotIn,
    }
}
