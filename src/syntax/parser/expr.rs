//! Expressions from the loosest to the tightest operator.

use super::*;

impl Parser<'_> {
    /// `a, *b, c`: a tuple where there is a comma.
    pub(super) fn star_expressions(&mut self) -> Parse<Expr> {
        self.comma_list(Self::star_expression)
    }

    /// As `star_expressions`, with `:=` allowed in the elements.
    pub(super) fn star_named_expressions(&mut self) -> Parse<Expr> {
        self.comma_list(Self::star_named_expression)
    }

    fn comma_list(&mut self, element: fn(&mut Self) -> Parse<Expr>) -> Parse<Expr> {
        let start = self.start();
        let first = element(self)?;
        if !self.at(Tok::Comma) {
            return Ok(first);
        }
        let elements = self.more_elements(first, element)?;
        Ok(expr(ExprKind::Tuple(elements), self.since(start)))
    }

    /// The elements behind a first one, a trailing comma among them.
    pub(super) fn more_elements(&mut self, first: Expr, element: fn(&mut Self) -> Parse<Expr>) -> Parse<Vec<Expr>> {
        let mut elements = vec![first];
        while self.eat(Tok::Comma) && self.tok().begins_expression() {
            elements.push(element(self)?);
        }
        Ok(elements)
    }

    pub(super) fn star_expression(&mut self) -> Parse<Expr> {
        if self.at(Tok::Star) {
            self.starred()
        } else {
            self.expression()
        }
    }

    pub(super) fn star_named_expression(&mut self) -> Parse<Expr> {
        if self.at(Tok::Star) {
            self.starred()
        } else {
            self.named_expression()
        }
    }

    pub(super) fn starred(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        let value = self.bitwise_or()?;
        Ok(expr(ExprKind::Starred(Box::new(value)), self.since(start)))
    }

    /// `name := value` or an expression.
    pub(super) fn named_expression(&mut self) -> Parse<Expr> {
        let start = self.start();
        if self.at(Tok::Name) && self.peek(1) == Tok::ColonEqual {
            let target = self.ident()?;
            self.bump();
            let value = Box::new(self.expression()?);
            return Ok(expr(ExprKind::NamedExpr { target, value }, self.since(start)));
        }
        let parsed = self.expression()?;
        self.check_no_assignment(&parsed)?;
        Ok(parsed)
    }

    /// A conditional expression, a lambda, or what binds tighter.
    pub(super) fn expression(&mut self) -> Parse<Expr> {
        self.deeper(Self::expression_at_depth)
    }

    fn expression_at_depth(&mut self) -> Parse<Expr> {
        if self.at(Tok::Lambda) {
            return self.lambda();
        }
        let first = self.pos;
        let start = self.start();
        let body = self.disjunction()?;
        if !self.at(Tok::If) {
            self.check_juxtaposition(first, &body)?;
            return Ok(body);
        }
        self.bump();
        let test = self.disjunction()?;
        if !self.at(Tok::Else) {
            if !self.at(Tok::Colon) && self.trial == 0 && !self.at(Tok::Error) {
                return self.error("expected 'else' after 'if' expression", body.span.to(test.span));
            }
            return self.fail();
        }
        self.bump();
        let orelse = self.expression()?;
        let kind = ExprKind::IfExp {
            test: Box::new(test),
            body: Box::new(body),
            orelse: Box::new(orelse),
        };
        Ok(expr(kind, self.since(start)))
    }

    /// Two expressions side by side: a comma forgotten between brackets, or Python 2's `print x`.
    fn check_juxtaposition(&mut self, first: usize, left: &Expr) -> Parse<()> {
        let next = self.tok();
        if self.trial > 0 || !next.begins_expression() || next == Tok::Star {
            return Ok(());
        }
        self.check_legacy(left)?;
        if self.tokens.levels[self.pos] == 0 || self.is_exempt(first) {
            return Ok(());
        }
        let right = self.foresee(|parser| {
            let right = parser.expression()?;
            Ok((right.span, parser.tokens.levels[parser.pos - 1]))
        });
        match right {
            Some((right, level)) if level > 0 => {
                self.error("invalid syntax. Perhaps you forgot a comma?", left.span.to(right))
            }
            _ => Ok(()),
        }
    }

    /// A name before a string may be meant as a prefix; a soft keyword as a statement.
    fn is_exempt(&self, first: usize) -> bool {
        let token = self.tokens.tokens[first];
        let next = self.tokens.tokens[(first + 1).min(self.tokens.tokens.len() - 1)].tok;
        token.tok == Tok::Name && (next == Tok::String || matches!(self.slice(token.span), "match" | "case" | "_"))
    }

    fn check_legacy(&mut self, left: &Expr) -> Parse<()> {
        let ExprKind::Name(name) = &left.kind else {
            return Ok(());
        };
        if !matches!(name.as_str(), "print" | "exec") || self.at(Tok::LPar) {
            return Ok(());
        }
        match self.foresee(|parser| parser.star_expressions()) {
            Some(argument) => self.error(
                format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?"),
                left.span.to(argument.span),
            ),
            None => Ok(()),
        }
    }

    fn lambda(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        let params = Box::new(self.lambda_params()?);
        self.expect(Tok::Colon)?;
        let body = Box::new(self.expression()?);
        Ok(expr(ExprKind::Lambda { params, body }, self.since(start)))
    }

    pub(super) fn disjunction(&mut self) -> Parse<Expr> {
        self.bool_op(Tok::Or, BoolOp::Or, Self::conjunction)
    }

    fn conjunction(&mut self) -> Parse<Expr> {
        self.bool_op(Tok::And, BoolOp::And, Self::inversion)
    }

    fn bool_op(&mut self, tok: Tok, op: BoolOp, operand: fn(&mut Self) -> Parse<Expr>) -> Parse<Expr> {
        let start = self.start();
        let first = operand(self)?;
        if !self.at(tok) {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.eat(tok) {
            values.push(operand(self)?);
        }
        Ok(expr(ExprKind::BoolOp { op, values }, self.since(start)))
    }

    fn inversion(&mut self) -> Parse<Expr> {
        if !self.at(Tok::Not) {
            return self.comparison();
        }
        let start = self.bump().span.start;
        let operand = Box::new(self.deeper(Self::inversion)?);
        Ok(expr(
            ExprKind::UnaryOp {
                op: UnaryOp::Not,
                operand,
            },
            self.since(start),
        ))
    }

    fn comparison(&mut self) -> Parse<Expr> {
        let start = self.start();
        let left = self.bitwise_or()?;
        let Some(op) = self.comparison_operator() else {
            return Ok(left);
        };
        let mut ops = vec![op];
        let mut comparators = vec![self.bitwise_or()?];
        while let Some(op) = self.comparison_operator() {
            ops.push(op);
            comparators.push(self.bitwise_or()?);
        }
        Ok(expr(
            ExprKind::Compare {
                left: Box::new(left),
                ops,
                comparators,
            },
            self.since(start),
        ))
    }

    /// Takes a comparison operator if one stands here.
    fn comparison_operator(&mut self) -> Option<CmpOp> {
        let op = match self.tok() {
            Tok::EqEqual => CmpOp::Eq,
            Tok::NotEqual => CmpOp::NotEq,
            Tok::Less => CmpOp::Lt,
            Tok::LessEqual => CmpOp::LtE,
            Tok::Greater => CmpOp::Gt,
            Tok::GreaterEqual => CmpOp::GtE,
            Tok::In => CmpOp::In,
            Tok::Not if self.peek(1) == Tok::In => CmpOp::NotIn,
            Tok::Is if self.peek(1) == Tok::Not => CmpOp::IsNot,
            Tok::Is => CmpOp::Is,
            _ => return None,
        };
        self.bump();
        if matches!(op, CmpOp::NotIn | CmpOp::IsNot) {
            self.bump();
        }
        Some(op)
    }

    pub(super) fn bitwise_or(&mut self) -> Parse<Expr> {
        self.binary(0)
    }

    /// Left-associative operators that bind at least as tightly as `level`.
    fn binary(&mut self, level: u8) -> Parse<Expr> {
        let start = self.start();
        let mut left = self.factor()?;
        let mut turns = 0;
        while let Some((op, op_level)) = binary_operator(self.tok()) {
            if op_level < level {
                break;
            }
            turns += 1;
            self.check_chain(turns)?;
            self.bump();
            let right = self.binary(op_level + 1)?;
            let kind = ExprKind::BinOp {
                left: Box::new(left),
                op,
                right: Box::new(right),
            };
            left = expr(kind, self.since(start));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Parse<Expr> {
        let op = match self.tok() {
            Tok::Plus => UnaryOp::UAdd,
            Tok::Minus => UnaryOp::USub,
            Tok::Tilde => UnaryOp::Invert,
            _ => return self.power(),
        };
        let start = self.bump().span.start;
        let operand = Box::new(self.deeper(Self::factor)?);
        Ok(expr(ExprKind::UnaryOp { op, operand }, self.since(start)))
    }

    fn power(&mut self) -> Parse<Expr> {
        let start = self.start();
        let left = self.await_primary()?;
        if !self.eat(Tok::DoubleStar) {
            return Ok(left);
        }
        let right = self.deeper(Self::factor)?;
        let kind = ExprKind::BinOp {
            left: Box::new(left),
            op: BinOp::Pow,
            right: Box::new(right),
        };
        Ok(expr(kind, self.since(start)))
    }

    fn await_primary(&mut self) -> Parse<Expr> {
        if !self.at(Tok::Await) {
            return self.primary();
        }
        let start = self.bump().span.start;
        let value = Box::new(self.primary()?);
        Ok(expr(ExprKind::Await(value), self.since(start)))
    }

    /// An atom with its attributes, calls and subscripts.
    fn primary(&mut self) -> Parse<Expr> {
        let start = self.start();
        let mut value = self.atom()?;
        let mut turns = 0;
        loop {
            let kind = match self.tok() {
                Tok::Dot => {
                    self.bump();
                    let attr = self.ident()?;
                    ExprKind::Attribute {
                        value: Box::new(value),
                        attr,
                    }
                }
                Tok::LPar => {
                    let (args, keywords) = self.call_arguments()?;
                    ExprKind::Call {
                        func: Box::new(value),
                        args,
                        keywords,
                    }
                }
                Tok::LSqb => {
                    self.bump();
                    let slice = Box::new(self.deeper(Self::slices)?);
                    self.expect(Tok::RSqb)?;
                    ExprKind::Subscript {
                        value: Box::new(value),
                        slice,
                    }
                }
                _ => return Ok(value),
            };
            turns += 1;
            self.check_chain(turns)?;
            value = expr(kind, self.since(start));
        }
    }

    fn slices(&mut self) -> Parse<Expr> {
        let start = self.start();
        let is_starred = self.at(Tok::Star);
        let first = self.slice_element()?;
        if !self.at(Tok::Comma) && !is_starred {
            return Ok(first);
        }
        let mut elements = vec![first];
        while self.eat(Tok::Comma) && !self.at(Tok::RSqb) {
            elements.push(self.slice_element()?);
        }
        Ok(expr(ExprKind::Tuple(elements), self.since(start)))
    }

    fn slice_element(&mut self) -> Parse<Expr> {
        if self.at(Tok::Star) {
            return self.starred_expression();
        }
        let start = self.start();
        let lower = if self.at(Tok::Colon) {
            None
        } else {
            Some(self.named_expression()?)
        };
        if !self.at(Tok::Colon) {
            return Ok(lower.expect("an element without a colon has an expression"));
        }
        if matches!(&lower, Some(lower) if matches!(lower.kind, ExprKind::NamedExpr { .. }) && lower.span.start == start)
        {
            return self.fail();
        }
        self.bump();
        let upper = self.slice_bound()?;
        let step = if self.eat(Tok::Colon) {
            self.slice_bound()?
        } else {
            None
        };
        let lower = lower.map(Box::new);
        Ok(expr(ExprKind::Slice { lower, upper, step }, self.since(start)))
    }

    fn slice_bound(&mut self) -> Parse<Option<Box<Expr>>> {
        if matches!(self.tok(), Tok::Colon | Tok::Comma | Tok::RSqb) {
            return Ok(None);
        }
        Ok(Some(Box::new(self.expression()?)))
    }

    /// `*expression`, as calls and subscripts take it.
    pub(super) fn starred_expression(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        let value = Box::new(self.expression()?);
        Ok(expr(ExprKind::Starred(value), self.since(start)))
    }

    /// `yield`, `yield value` or `yield from value`.
    pub(super) fn yield_expression(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        if self.eat(Tok::From) {
            let value = Box::new(self.expression()?);
            return Ok(expr(ExprKind::YieldFrom(value), self.since(start)));
        }
        let value = if self.tok().begins_expression() {
            Some(Box::new(self.star_expressions()?))
        } else {
            None
        };
        Ok(expr(ExprKind::Yield(value), self.since(start)))
    }

    /// What may stand to the right of an assignment.
    pub(super) fn assigned_value(&mut self) -> Parse<Expr> {
        if self.at(Tok::Yield) {
            self.yield_expression()
        } else {
            self.star_expressions()
        }
    }
}

/// A binary operator and how tightly it binds.
fn binary_operator(tok: Tok) -> Option<(BinOp, u8)> {
    Some(match tok {
        Tok::VBar => (BinOp::BitOr, 0),
        Tok::Caret => (BinOp::BitXor, 1),
        Tok::Amper => (BinOp::BitAnd, 2),
        Tok::LeftShift => (BinOp::LShift, 3),
        Tok::RightShift => (BinOp::RShift, 3),
        Tok::Plus => (BinOp::Add, 4),
        Tok::Minus => (BinOp::Sub, 4),
        Tok::Star => (BinOp::Mult, 5),
        Tok::Slash => (BinOp::Div, 5),
        Tok::DoubleSlash => (BinOp::FloorDiv, 5),
        Tok::Percent => (BinOp::Mod, 5),
        Tok::At => (BinOp::MatMult, 5),
        _ => return None,
    })
}
