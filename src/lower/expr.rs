//! Expressions.

use super::Lowerer;
use super::cycles::Asks;
use super::function::Body;
use super::names::Meaning;
use crate::diagnostics::codes;
use crate::ir::{Arg, Const, Expr, ExprKind, Piece, Stmt, StmtKind, Target};
use crate::source::Span;
use crate::syntax::ast::{self, BoolOp, CmpOp, Constant, UnaryOp};

impl Lowerer<'_, '_> {
    pub fn expr(&mut self, e: &ast::Expr) -> Expr {
        let span = e.span;
        match &e.kind {
            ast::ExprKind::Constant(c) => {
                if let Constant::Str(text) = c {
                    self.refuse_annotations(text, span);
                }
                Expr::new(ExprKind::Const(convert_constant(c)), span)
            }
            ast::ExprKind::Name(name) => self.read_name(name, span),
            ast::ExprKind::BoolOp { op, values } => self.bool_op(*op, values, span),
            ast::ExprKind::NamedExpr { target, value } => self.walrus(target, value, span),
            ast::ExprKind::BinOp { left, op, right } => {
                let (left, right) = (Box::new(self.expr(left)), Box::new(self.expr(right)));
                Expr::new(ExprKind::Binary { op: *op, left, right }, span)
            }
            ast::ExprKind::UnaryOp { op, operand } => self.unary(*op, operand, span),
            ast::ExprKind::Lambda { params, body } => self.function_value("<lambda>", params, Body::Lambda(body), span),
            ast::ExprKind::IfExp { test, body, orelse } => {
                let cond = Box::new(self.cond(test));
                let (then, orelse) = (Box::new(self.expr(body)), Box::new(self.expr(orelse)));
                Expr::new(ExprKind::IfExp { cond, then, orelse }, span)
            }
            ast::ExprKind::Dict { keys, values } => {
                let items = keys
                    .iter()
                    .zip(values)
                    .map(|(k, v)| (k.as_ref().map(|k| self.expr(k)), self.expr(v)));
                let items = items.collect();
                Expr::new(ExprKind::Dict(items), span)
            }
            ast::ExprKind::Set(items) => Expr::new(ExprKind::Set(self.args(items)), span),
            ast::ExprKind::List(items) => Expr::new(ExprKind::List(self.args(items)), span),
            ast::ExprKind::Tuple(items) => Expr::new(ExprKind::Tuple(self.args(items)), span),
            ast::ExprKind::ListComp { .. }
            | ast::ExprKind::SetComp { .. }
            | ast::ExprKind::DictComp { .. }
            | ast::ExprKind::GeneratorExp { .. } => self.comprehension(e),
            ast::ExprKind::Compare { left, ops, comparators } => self.compare(left, ops, comparators, span),
            ast::ExprKind::Call { func, args, keywords } => self.call(func, args, keywords, span),
            ast::ExprKind::JoinedStr(parts) => self.f_string(parts, span),
            ast::ExprKind::FormattedValue { .. } => self.f_string(std::slice::from_ref(e), span),
            ast::ExprKind::Attribute { value, attr } => self.attribute(value, &attr.name, span),
            ast::ExprKind::Subscript { value, slice } => {
                let (object, index) = (Box::new(self.expr(value)), Box::new(self.expr(slice)));
                Expr::new(ExprKind::Item { object, index }, span)
            }
            ast::ExprKind::Slice { lower, upper, step } => {
                let mut part = |e: &Option<Box<ast::Expr>>| {
                    Box::new(e.as_ref().map_or_else(|| Expr::none(span), |e| self.expr(e)))
                };
                let (lower, upper, step) = (part(lower), part(upper), part(step));
                Expr::new(ExprKind::Slice { lower, upper, step }, span)
            }
            ast::ExprKind::Starred(inner) => {
                self.refuse(
                    &codes::STARRED,
                    span,
                    "a starred expression stands where it has no meaning",
                    "use it in a call, a display or an assignment",
                );
                self.expr(inner)
            }
            ast::ExprKind::Yield(value) => {
                let value = value.as_ref().map_or_else(|| Expr::none(span), |e| self.expr(e));
                Expr::new(ExprKind::Yield(Box::new(value)), span)
            }
            ast::ExprKind::YieldFrom(value) => Expr::new(ExprKind::YieldFrom(Box::new(self.expr(value))), span),
            ast::ExprKind::Await(value) => Expr::new(ExprKind::Await(Box::new(self.expr(value))), span),
        }
    }

    pub fn args(&mut self, items: &[ast::Expr]) -> Vec<Arg> {
        items
            .iter()
            .map(|e| match &e.kind {
                ast::ExprKind::Starred(inner) => Arg::Star(self.expr(inner)),
                _ => Arg::One(self.expr(e)),
            })
            .collect()
    }

    /// An expression of which only the truth matters: a native bool.
    pub fn cond(&mut self, e: &ast::Expr) -> Expr {
        let span = e.span;
        match &e.kind {
            ast::ExprKind::BoolOp { op, values } => {
                let mut parts = values.iter().map(|v| self.cond(v)).collect::<Vec<_>>().into_iter();
                let first = parts.next().expect("a boolean operation has operands");
                parts.fold(first, |left, right| {
                    let (left, right) = (Box::new(left), Box::new(right));
                    let kind = match op {
                        BoolOp::And => ExprKind::And(left, right),
                        BoolOp::Or => ExprKind::Or(left, right),
                    };
                    Expr::typed(kind, crate::ir::Ty::Bool, span)
                })
            }
            ast::ExprKind::UnaryOp {
                op: UnaryOp::Not,
                operand,
            } => Expr::typed(ExprKind::Not(Box::new(self.cond(operand))), crate::ir::Ty::Bool, span),
            _ => {
                let value = self.expr(e);
                truth(value)
            }
        }
    }

    fn bool_op(&mut self, op: BoolOp, values: &[ast::Expr], span: Span) -> Expr {
        let mut parts = values
            .iter()
            .map(|v| self.expr(v))
            .collect::<Vec<_>>()
            .into_iter()
            .rev();
        let last = parts.next().expect("a boolean operation has operands");
        parts.fold(last, |right, left| {
            let (left, right) = (Box::new(left), Box::new(right));
            let kind = match op {
                BoolOp::And => ExprKind::And(left, right),
                BoolOp::Or => ExprKind::Or(left, right),
            };
            Expr::new(kind, span)
        })
    }

    fn unary(&mut self, op: UnaryOp, operand: &ast::Expr, span: Span) -> Expr {
        if op == UnaryOp::USub
            && let ast::ExprKind::Constant(c) = &operand.kind
            && let Some(folded) = negated(c)
        {
            return Expr::new(ExprKind::Const(folded), span);
        }
        if op == UnaryOp::Not {
            let cond = self.cond(operand);
            return Expr::typed(ExprKind::Not(Box::new(cond)), crate::ir::Ty::Bool, span);
        }
        Expr::new(
            ExprKind::Unary {
                op,
                operand: Box::new(self.expr(operand)),
            },
            span,
        )
    }

    /// `a < b < c` is `a < b and b < c` with `b` evaluated once.
    fn compare(&mut self, left: &ast::Expr, ops: &[CmpOp], comparators: &[ast::Expr], span: Span) -> Expr {
        let mut left = self.expr(left);
        let mut links = Vec::new();
        for (at, (op, right)) in ops.iter().zip(comparators).enumerate() {
            let mut right = self.expr(right);
            let next = if at + 1 < ops.len() {
                let reads_again = matches!(right.kind, ExprKind::Local(id, _) if self.context().is_plain(id));
                Some(if reads_again {
                    // Nothing between the two readings can bind it anew.
                    right.clone()
                } else {
                    self.kept(&mut right)
                })
            } else {
                None
            };
            let kind = ExprKind::Compare {
                op: *op,
                left: Box::new(left),
                right: Box::new(right),
            };
            links.push(Expr::new(kind, span));
            match next {
                Some(value) => left = value,
                None => break,
            }
        }
        let last = links.pop().expect("a comparison has an operator");
        links.into_iter().rev().fold(last, |right, left| {
            Expr::new(ExprKind::And(Box::new(left), Box::new(right)), span)
        })
    }

    /// Makes `e` readable a second time without evaluating it twice, and gives the second reading.
    pub fn kept(&mut self, e: &mut Expr) -> Expr {
        if let ExprKind::Const(_) = e.kind {
            return e.clone();
        }
        let temp = self.temp();
        let span = e.span;
        let value = std::mem::replace(e, Expr::none(span));
        let keep = Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        };
        *e = Expr::new(ExprKind::Seq(vec![keep], Box::new(Expr::local(temp, span))), span);
        Expr::local(temp, span)
    }

    fn walrus(&mut self, target: &ast::Ident, value: &ast::Expr, span: Span) -> Expr {
        let value = self.expr(value);
        let temp = self.temp();
        let target = self.name_target(&target.name);
        let stmts = vec![
            Stmt {
                kind: StmtKind::Assign {
                    value,
                    target: Target::Local(temp),
                },
                span,
            },
            Stmt {
                kind: StmtKind::Assign {
                    value: Expr::local(temp, span),
                    target,
                },
                span,
            },
        ];
        Expr::new(ExprKind::Seq(stmts, Box::new(Expr::local(temp, span))), span)
    }

    fn attribute(&mut self, value: &ast::Expr, name: &str, span: Span) -> Expr {
        match self.dotted_meaning(value, name) {
            Some(Meaning::Module(module)) => Expr::new(ExprKind::ModuleValue(module), span),
            Some(Meaning::Library { module, name }) => Expr::new(ExprKind::Library { module, name }, span),
            Some(Meaning::Builtin(name)) => Expr::new(ExprKind::Builtin(name), span),
            Some(Meaning::Global(id)) => self.read_of_module(id, Asks::Attribute, span),
            Some(Meaning::Missing(module)) => {
                let message = format!("module '{module}' has no attribute '{name}'");
                self.raised("AttributeError", &message, span)
            }
            Some(_) => {
                let message = format!("`{name}` of this module is not available to a vessel");
                self.refuse(
                    &codes::UNKNOWN_MEMBER,
                    span,
                    message,
                    "keep what needs it in a function of its own: the others are still evolved",
                );
                Expr::none(span)
            }
            None => {
                self.refuse_annotations(name, span);
                let name = self.mangle(name);
                Expr::new(
                    ExprKind::Attr {
                        object: Box::new(self.expr(value)),
                        name,
                    },
                    span,
                )
            }
        }
    }

    /// The meaning of `value.name` where `value` is a module; None where it is an ordinary object.
    pub fn dotted_meaning(&mut self, value: &ast::Expr, name: &str) -> Option<Meaning> {
        let base = match &value.kind {
            ast::ExprKind::Name(base) => self.meaning(base),
            ast::ExprKind::Attribute { value, attr } => self.dotted_meaning(value, &attr.name)?,
            _ => return None,
        };
        match base {
            Meaning::Module(module) | Meaning::UserModule(module) => match self.member_of(&module, 0, name) {
                Meaning::Unknown if self.import_failure(&module, Some(name)).is_some() => {
                    Some(Meaning::Missing(module))
                }
                found => Some(found),
            },
            _ => None,
        }
    }

    fn f_string(&mut self, parts: &[ast::Expr], span: Span) -> Expr {
        let pieces = parts.iter().map(|part| self.piece(part)).collect();
        Expr::typed(ExprKind::Format(pieces), crate::ir::Ty::Str, span)
    }

    fn piece(&mut self, part: &ast::Expr) -> Piece {
        match &part.kind {
            ast::ExprKind::Constant(Constant::Str(text)) => Piece::Literal(text.clone()),
            ast::ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => Piece::Value {
                value: self.expr(value),
                conversion: *conversion,
                spec: format_spec.as_ref().map(|s| self.expr(s)),
            },
            _ => Piece::Value {
                value: self.expr(part),
                conversion: ast::Conversion::None,
                spec: None,
            },
        }
    }
}

/// The truth of a value as a native bool; conditions made of `and`, `or` and `not` are taken apart.
pub fn truth(value: Expr) -> Expr {
    let span = value.span;
    let kind = match value.kind {
        ExprKind::Not(_) | ExprKind::Truth(_) => return value,
        ExprKind::And(left, right) => ExprKind::And(Box::new(truth(*left)), Box::new(truth(*right))),
        ExprKind::Or(left, right) => ExprKind::Or(Box::new(truth(*left)), Box::new(truth(*right))),
        _ => ExprKind::Truth(Box::new(value)),
    };
    Expr::typed(kind, crate::ir::Ty::Bool, span)
}

pub fn convert_constant(c: &Constant) -> Const {
    match c {
        Constant::None => Const::None,
        Constant::Bool(b) => Const::Bool(*b),
        Constant::Int(i) => Const::Int(i.clone()),
        Constant::Float(f) => Const::Float(*f),
        Constant::Imaginary(f) => Const::Imaginary(*f),
        Constant::Str(s) => Const::Str(s.clone()),
        Constant::SurrogateStr(points) => Const::WideStr(points.clone()),
        Constant::Bytes(b) => Const::Bytes(b.clone()),
        Constant::Ellipsis => Const::Ellipsis,
    }
}

fn negated(c: &Constant) -> Option<Const> {
    match c {
        Constant::Int(i) => Some(Const::Int(-i.clone())),
        Constant::Float(f) => Some(Const::Float(-f)),
        _ => None,
    }
}

/// An expression that is an immutable constant.
pub fn constant(e: &ast::Expr) -> Option<Expr> {
    let kind = match &e.kind {
        ast::ExprKind::Constant(c) => ExprKind::Const(convert_constant(c)),
        ast::ExprKind::UnaryOp {
            op: UnaryOp::USub,
            operand,
        } => match &operand.kind {
            ast::ExprKind::Constant(c) => ExprKind::Const(negated(c)?),
            _ => return None,
        },
        ast::ExprKind::Tuple(items) => {
            ExprKind::Tuple(items.iter().map(|i| constant(i).map(Arg::One)).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Expr::new(kind, e.span))
}
