//! Statements on one line: assignments, `return`, `del` and their kind.

use super::target::TargetKind;
use super::*;

impl Parser<'_> {
    /// One statement, or several on one line.
    pub(super) fn statement(&mut self, out: &mut Vec<Stmt>) -> Parse<()> {
        match self.compound_statement()? {
            Some(statement) => {
                out.push(statement);
                Ok(())
            }
            None if self.at_word("match") => {
                let first = self.pos;
                self.simple_statements(out)
                    .map_err(|error| self.headless_match(first).unwrap_or(error))
            }
            None => self.simple_statements(out),
        }
    }

    pub(super) fn simple_statements(&mut self, out: &mut Vec<Stmt>) -> Parse<()> {
        loop {
            let start = self.start();
            let kind = self.simple_statement()?;
            out.push(Stmt {
                kind,
                span: self.since(start),
            });
            if !self.eat(Tok::Semi) {
                break;
            }
            if self.at(Tok::Newline) {
                break;
            }
        }
        self.expect(Tok::Newline)?;
        Ok(())
    }

    fn simple_statement(&mut self) -> Parse<StmtKind> {
        match self.tok() {
            Tok::Return => self.return_statement(),
            Tok::Import => self.import_statement(),
            Tok::From => self.import_from_statement(),
            Tok::Raise => self.raise_statement(),
            Tok::Pass => self.word(StmtKind::Pass),
            Tok::Break => self.word(StmtKind::Break),
            Tok::Continue => self.word(StmtKind::Continue),
            Tok::Del => self.del_statement(),
            Tok::Assert => self.assert_statement(),
            Tok::Global => Ok(StmtKind::Global(self.name_list()?)),
            Tok::Nonlocal => Ok(StmtKind::Nonlocal(self.name_list()?)),
            _ => self.expression_statement(),
        }
    }

    fn word(&mut self, kind: StmtKind) -> Parse<StmtKind> {
        self.bump();
        Ok(kind)
    }

    fn return_statement(&mut self) -> Parse<StmtKind> {
        self.bump();
        let value = if self.tok().begins_expression() {
            Some(self.star_expressions()?)
        } else {
            None
        };
        Ok(StmtKind::Return(value))
    }

    fn raise_statement(&mut self) -> Parse<StmtKind> {
        self.bump();
        if !self.tok().begins_expression() {
            return Ok(StmtKind::Raise { exc: None, cause: None });
        }
        let exc = Some(self.expression()?);
        let cause = if self.eat(Tok::From) {
            Some(self.expression()?)
        } else {
            None
        };
        Ok(StmtKind::Raise { exc, cause })
    }

    fn del_statement(&mut self) -> Parse<StmtKind> {
        self.bump();
        let first = self.pos;
        let targets = self.star_expressions()?;
        self.check_target(&targets, TargetKind::Delete)?;
        if !matches!(self.tok(), Tok::Semi | Tok::Newline) {
            return self.fail();
        }
        Ok(StmtKind::Delete(match targets.kind {
            ExprKind::Tuple(elements) if !self.is_group(first, targets.span) => elements,
            kind => vec![expr(kind, targets.span)],
        }))
    }

    /// Whether a tuple that begins with token `first` brings its own brackets.
    fn is_group(&self, first: usize, span: Span) -> bool {
        let token = self.tokens.tokens[first];
        let closes = self.slice(span).ends_with(')');
        token.tok == Tok::LPar && closes && {
            let is_comma_last = self.tokens.tokens[self.pos - 1].tok == Tok::Comma;
            !is_comma_last && self.matching_close(first) == Some(self.pos - 1)
        }
    }

    /// The index of the bracket that closes the one at `open`.
    fn matching_close(&self, open: usize) -> Option<usize> {
        let level = self.tokens.levels[open];
        let rest = self.tokens.levels[open + 1..].iter();
        let length = rest.take_while(|&&inner| inner > level).count();
        Some(open + 1 + length)
    }

    fn assert_statement(&mut self) -> Parse<StmtKind> {
        self.bump();
        let test = self.expression()?;
        let msg = if self.eat(Tok::Comma) {
            Some(self.expression()?)
        } else {
            None
        };
        Ok(StmtKind::Assert { test, msg })
    }

    fn name_list(&mut self) -> Parse<Vec<Ident>> {
        self.bump();
        let mut names = vec![self.ident()?];
        while self.eat(Tok::Comma) {
            names.push(self.ident()?);
        }
        Ok(names)
    }

    /// An expression, or an assignment of any kind.
    fn expression_statement(&mut self) -> Parse<StmtKind> {
        let is_yield = self.at(Tok::Yield);
        let first_token = self.pos;
        let first = self.assigned_value()?;
        match self.tok() {
            Tok::Equal => self.assignment(first, is_yield),
            Tok::Colon if !is_yield => self.annotated(first, first_token),
            Tok::ColonEqual if self.trial == 0 => {
                self.check_named(&first)?;
                self.fail()
            }
            tok => match augmented_operator(tok) {
                Some(op) => self.augmented(first, op),
                None => Ok(StmtKind::Expr(first)),
            },
        }
    }

    fn assignment(&mut self, first: Expr, is_yield: bool) -> Parse<StmtKind> {
        let mut targets = Vec::new();
        let (mut target, mut target_is_yield) = (first, is_yield);
        while self.at(Tok::Equal) {
            if target_is_yield {
                return self.error("assignment to yield expression not possible", target.span);
            }
            self.check_assigned(&target, targets.is_empty())?;
            self.bump();
            targets.push(target);
            target_is_yield = self.at(Tok::Yield);
            target = self.assigned_value()?;
        }
        Ok(StmtKind::Assign { targets, value: target })
    }

    fn annotated(&mut self, target: Expr, first_token: usize) -> Parse<StmtKind> {
        match &target.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
            _ => return self.bad_annotation(&target),
        }
        let is_bracketed = self.tokens.tokens[first_token].span.start < target.span.start;
        let simple = matches!(target.kind, ExprKind::Name(_)) && !is_bracketed;
        self.bump();
        let annotation = self.expression()?;
        let value = if self.eat(Tok::Equal) {
            Some(self.assigned_value()?)
        } else {
            None
        };
        Ok(StmtKind::AnnAssign {
            target,
            annotation,
            value,
            simple,
        })
    }

    fn bad_annotation(&mut self, target: &Expr) -> Parse<StmtKind> {
        let is_annotation = self.foresee(|parser| {
            parser.bump();
            parser.expression()
        });
        if is_annotation.is_none() {
            return self.fail();
        }
        match &target.kind {
            ExprKind::List(_) => self.error("only single target (not list) can be annotated", target.span),
            ExprKind::Tuple(elements) => {
                let span = elements.first().map_or(target.span, |first| {
                    if target.span.start < first.span.start {
                        target.span
                    } else {
                        first.span
                    }
                });
                self.error("only single target (not tuple) can be annotated", span)
            }
            _ => self.error("illegal target for annotation", target.span),
        }
    }

    fn augmented(&mut self, target: Expr, op: BinOp) -> Parse<StmtKind> {
        match &target.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
            _ => {
                let what = target::kind_name(&target);
                let message = format!("'{what}' is an illegal expression for augmented assignment");
                return self.error(message, target.span);
            }
        }
        self.bump();
        let value = self.assigned_value()?;
        Ok(StmtKind::AugAssign { target, op, value })
    }
}

fn augmented_operator(tok: Tok) -> Option<BinOp> {
    Some(match tok {
        Tok::PlusEqual => BinOp::Add,
        Tok::MinusEqual => BinOp::Sub,
        Tok::StarEqual => BinOp::Mult,
        Tok::AtEqual => BinOp::MatMult,
        Tok::SlashEqual => BinOp::Div,
        Tok::PercentEqual => BinOp::Mod,
        Tok::AmperEqual => BinOp::BitAnd,
        Tok::VBarEqual => BinOp::BitOr,
        Tok::CaretEqual => BinOp::BitXor,
        Tok::LeftShiftEqual => BinOp::LShift,
        Tok::RightShiftEqual => BinOp::RShift,
        Tok::DoubleStarEqual => BinOp::Pow,
        Tok::DoubleSlashEqual => BinOp::FloorDiv,
        _ => return None,
    })
}
