//! What may be assigned to, deleted or bound by a loop, and CPython's words where something may not.

use super::*;

/// Which construct a target belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetKind {
    Assign,
    For,
    Delete,
}

impl Parser<'_> {
    /// The targets between `for` and `in`.
    pub(super) fn loop_target(&mut self) -> Parse<Expr> {
        let start = self.start();
        let first = self.loop_target_element()?;
        let target = if self.at(Tok::Comma) {
            let elements = self.more_elements(first, Self::loop_target_element)?;
            expr(ExprKind::Tuple(elements), self.since(start))
        } else {
            first
        };
        self.check_target(&target, TargetKind::For)?;
        Ok(target)
    }

    fn loop_target_element(&mut self) -> Parse<Expr> {
        if self.at(Tok::Star) {
            self.starred()
        } else {
            self.bitwise_or()
        }
    }

    pub(super) fn check_target(&self, target: &Expr, kind: TargetKind) -> Parse<()> {
        let Some(bad) = invalid_target(target, kind) else {
            return Ok(());
        };
        let verb = if kind == TargetKind::Delete {
            "delete"
        } else {
            "assign to"
        };
        self.error(format!("cannot {verb} {}", kind_name(bad)), bad.span)
    }

    /// An expression that turned out to be followed by `=` where none may stand.
    pub(super) fn check_no_assignment(&mut self, left: &Expr) -> Parse<()> {
        if self.trial > 0 || !matches!(self.tok(), Tok::Equal | Tok::ColonEqual) {
            return Ok(());
        }
        if self.at(Tok::ColonEqual) {
            return self.check_named(left);
        }
        let right = self.foresee(|parser| {
            parser.bump();
            let right = parser.bitwise_or()?;
            Ok((right.span, parser.tok()))
        });
        let Some((right, after)) = right else { return Ok(()) };
        if matches!(after, Tok::Equal | Tok::ColonEqual) {
            return Ok(());
        }
        if matches!(left.kind, ExprKind::Name(_)) {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return self.error(message, left.span.to(right));
        }
        if is_comparable(left) {
            let message = format!(
                "cannot assign to {} here. Maybe you meant '==' instead of '='?",
                kind_name(left)
            );
            return self.error(message, left.span);
        }
        Ok(())
    }

    /// `:=` behind anything but a name.
    pub(super) fn check_named(&mut self, left: &Expr) -> Parse<()> {
        let value = self.foresee(|parser| {
            parser.bump();
            parser.expression()
        });
        match value {
            Some(_) if !matches!(left.kind, ExprKind::Name(_)) => self.error(
                format!("cannot use assignment expressions with {}", kind_name(left)),
                left.span,
            ),
            _ => Ok(()),
        }
    }

    /// The fault of `target = ...` as a statement, if it is one.
    pub(super) fn check_assigned(&mut self, target: &Expr, is_first: bool) -> Parse<()> {
        let Some(bad) = invalid_target(target, TargetKind::Assign) else {
            return Ok(());
        };
        if self.trial == 0 && is_first && std::ptr::eq(bad, target) && is_comparable(bad) {
            let after = self.foresee(|parser| {
                parser.bump();
                parser.bitwise_or()?;
                Ok(parser.tok())
            });
            if after.is_some_and(|after| !matches!(after, Tok::Equal | Tok::ColonEqual)) {
                let message = format!(
                    "cannot assign to {} here. Maybe you meant '==' instead of '='?",
                    kind_name(bad)
                );
                return self.error(message, bad.span);
            }
        }
        self.error(format!("cannot assign to {}", kind_name(bad)), bad.span)
    }
}

/// Whether CPython guesses that `==` was meant behind this expression.
fn is_comparable(left: &Expr) -> bool {
    match &left.kind {
        ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::GeneratorExp { .. } => false,
        ExprKind::Constant(Constant::None | Constant::Bool(_)) => false,
        // Not an operand of `==` without brackets.
        ExprKind::BoolOp { .. } | ExprKind::Compare { .. } | ExprKind::IfExp { .. } | ExprKind::Lambda { .. } => false,
        ExprKind::UnaryOp { op: UnaryOp::Not, .. } | ExprKind::Starred(_) | ExprKind::NamedExpr { .. } => false,
        _ => true,
    }
}

/// The first part of a target that cannot be one.
pub(super) fn invalid_target(target: &Expr, kind: TargetKind) -> Option<&Expr> {
    match &target.kind {
        ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
        ExprKind::List(elements) | ExprKind::Tuple(elements) => {
            elements.iter().find_map(|element| invalid_target(element, kind))
        }
        ExprKind::Starred(value) if kind != TargetKind::Delete => invalid_target(value, kind),
        ExprKind::Compare { left, ops, .. } if kind == TargetKind::For && ops.first() == Some(&CmpOp::In) => {
            invalid_target(left, kind)
        }
        _ => Some(target),
    }
}

/// What CPython calls an expression in its messages.
pub(super) fn kind_name(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Starred(_) => "starred",
        ExprKind::Name(_) => "name",
        ExprKind::List(_) => "list",
        ExprKind::Tuple(_) => "tuple",
        ExprKind::Lambda { .. } => "lambda",
        ExprKind::Call { .. } => "function call",
        ExprKind::BoolOp { .. } | ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } => "expression",
        ExprKind::GeneratorExp { .. } => "generator expression",
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => "yield expression",
        ExprKind::Await(_) => "await expression",
        ExprKind::ListComp { .. } => "list comprehension",
        ExprKind::SetComp { .. } => "set comprehension",
        ExprKind::DictComp { .. } => "dict comprehension",
        ExprKind::Dict { .. } => "dict literal",
        ExprKind::Set(_) => "set display",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => "f-string expression",
        ExprKind::Constant(constant) => constant_name(constant),
        ExprKind::Compare { .. } => "comparison",
        ExprKind::IfExp { .. } => "conditional expression",
        ExprKind::NamedExpr { .. } => "named expression",
        ExprKind::Slice { .. } => "slice",
    }
}

fn constant_name(constant: &Constant) -> &'static str {
    match constant {
        Constant::None => "None",
        Constant::Bool(true) => "True",
        Constant::Bool(false) => "False",
        Constant::Ellipsis => "ellipsis",
        _ => "literal",
    }
}
