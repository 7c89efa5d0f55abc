//! Atoms: names, constants, displays, groups and comprehensions.

use super::*;
use crate::syntax::literal;

impl Parser<'_> {
    pub(super) fn atom(&mut self) -> Parse<Expr> {
        let token = self.token();
        let constant = |value| expr(ExprKind::Constant(value), token.span);
        let atom = match token.tok {
            Tok::Name => expr(ExprKind::Name(self.name(token.span)), token.span),
            Tok::True => constant(Constant::Bool(true)),
            Tok::False => constant(Constant::Bool(false)),
            Tok::None => constant(Constant::None),
            Tok::Ellipsis => constant(Constant::Ellipsis),
            Tok::Number => constant(self.number(token.span)?),
            Tok::String => return self.strings(),
            Tok::LPar => return self.deeper(Self::parenthesised),
            Tok::LSqb => return self.deeper(Self::list_display),
            Tok::LBrace => return self.deeper(Self::brace_display),
            _ => return self.fail(),
        };
        self.bump();
        Ok(atom)
    }

    pub(super) fn number(&self, span: Span) -> Parse<Constant> {
        literal::number::value(self.slice(span)).or_else(|message| self.error(message, span))
    }

    /// `()`, `(a)`, `(a, b)`, `(yield x)`, `(a for b in c)`.
    fn parenthesised(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        if self.eat(Tok::RPar) {
            return Ok(expr(ExprKind::Tuple(Vec::new()), self.since(start)));
        }
        let inner = self.bracketed(start, Tok::RPar)?;
        self.expect(Tok::RPar)?;
        Ok(match inner.kind {
            // A tuple or generator that this pair of brackets makes spans the brackets.
            ExprKind::Tuple(_) | ExprKind::GeneratorExp { .. } if inner.span.start == start => {
                expr(inner.kind, self.since(start))
            }
            _ => inner,
        })
    }

    /// What stands between a pair of round brackets, or in an f-string's field. A tuple or generator begins at `start`.
    pub(super) fn bracketed(&mut self, start: u32, close: Tok) -> Parse<Expr> {
        if self.at(Tok::Yield) {
            return self.yield_expression();
        }
        if self.at(Tok::DoubleStar) {
            self.check_double_star_group()?;
        }
        let first = self.star_named_expression()?;
        if self.at_comprehension() {
            let generators = self.element_generators(&first)?;
            return Ok(expr(
                ExprKind::GeneratorExp {
                    elt: Box::new(first),
                    generators,
                },
                self.since(start),
            ));
        }
        if self.at(Tok::Comma) {
            let elements = self.more_elements(first, Self::star_named_expression)?;
            return Ok(expr(ExprKind::Tuple(elements), self.since(start)));
        }
        if matches!(first.kind, ExprKind::Starred(_)) && self.at(close) && close == Tok::RPar {
            return self.error("cannot use starred expression here", first.span);
        }
        Ok(first)
    }

    fn check_double_star_group(&mut self) -> Parse<()> {
        let star = self.span();
        let is_group = self.foresee(|parser| {
            parser.bump();
            parser.expression()?;
            parser.expect(Tok::RPar)
        });
        match is_group {
            Some(_) if self.trial == 0 => self.error("cannot use double starred expression here", star),
            _ => self.fail(),
        }
    }

    pub(super) fn at_comprehension(&self) -> bool {
        self.at(Tok::For) || (self.at(Tok::Async) && self.peek(1) == Tok::For)
    }

    /// The clauses of a comprehension whose element may not be starred.
    fn element_generators(&mut self, element: &Expr) -> Parse<Vec<Comprehension>> {
        if matches!(element.kind, ExprKind::Starred(_)) {
            return self.error("iterable unpacking cannot be used in comprehension", element.span);
        }
        self.comprehension_clauses()
    }

    /// `[a, b for x in y]` lacks brackets around its element.
    fn check_target_parentheses(&self, elements: &[Expr], first: Span) -> Parse<()> {
        if self.trial == 0 && self.at_comprehension() {
            let last = elements.last().map_or(first, |last| last.span);
            return self.error(
                "did you forget parentheses around the comprehension target?",
                first.to(last),
            );
        }
        Ok(())
    }

    fn list_display(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        if self.eat(Tok::RSqb) {
            return Ok(expr(ExprKind::List(Vec::new()), self.since(start)));
        }
        let first = self.star_named_expression()?;
        let kind = if self.at_comprehension() {
            let generators = self.element_generators(&first)?;
            ExprKind::ListComp {
                elt: Box::new(first),
                generators,
            }
        } else {
            let span = first.span;
            let elements = self.more_elements(first, Self::star_named_expression)?;
            if elements.len() > 1 {
                self.check_target_parentheses(&elements, span)?;
            }
            ExprKind::List(elements)
        };
        self.expect(Tok::RSqb)?;
        Ok(expr(kind, self.since(start)))
    }

    /// A set or a dict, or a comprehension of either.
    fn brace_display(&mut self) -> Parse<Expr> {
        let start = self.bump().span.start;
        let kind = match self.tok() {
            Tok::RBrace => ExprKind::Dict {
                keys: Vec::new(),
                values: Vec::new(),
            },
            Tok::DoubleStar => self.dict_items(None)?,
            _ => self.set_or_dict()?,
        };
        self.expect(Tok::RBrace)?;
        Ok(expr(kind, self.since(start)))
    }

    fn set_or_dict(&mut self) -> Parse<ExprKind> {
        let first = self.star_named_expression()?;
        let is_key = !matches!(first.kind, ExprKind::Starred(_) | ExprKind::NamedExpr { .. });
        if self.at(Tok::Colon) && (is_key || self.is_parenthesised(&first)) {
            return self.dict_items(Some(first));
        }
        if self.at_comprehension() {
            let generators = self.element_generators(&first)?;
            return Ok(ExprKind::SetComp {
                elt: Box::new(first),
                generators,
            });
        }
        let span = first.span;
        let elements = self.more_elements(first, Self::star_named_expression)?;
        if elements.len() > 1 {
            self.check_target_parentheses(&elements, span)?;
        }
        Ok(ExprKind::Set(elements))
    }

    /// The items of a dict; `first` is a key already read. A comprehension if clauses follow the first item.
    fn dict_items(&mut self, first: Option<Expr>) -> Parse<ExprKind> {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let mut key = first;
        loop {
            let start = self.start();
            if key.is_none() && self.eat(Tok::DoubleStar) {
                let value = self.bitwise_or()?;
                if self.at_comprehension() && keys.is_empty() {
                    let span = Span::new(start, start + 2);
                    return self.error("dict unpacking cannot be used in dict comprehension", span);
                }
                keys.push(None);
                values.push(value);
            } else {
                let item_key = match key.take() {
                    Some(key) => key,
                    None => self.expression()?,
                };
                let value = self.dict_value(&item_key)?;
                if self.at_comprehension() && keys.is_empty() {
                    let generators = self.comprehension_clauses()?;
                    return Ok(ExprKind::DictComp {
                        key: Box::new(item_key),
                        value: Box::new(value),
                        generators,
                    });
                }
                keys.push(Some(item_key));
                values.push(value);
            }
            if !self.eat(Tok::Comma) || self.at(Tok::RBrace) {
                return Ok(ExprKind::Dict { keys, values });
            }
        }
    }

    fn dict_value(&mut self, key: &Expr) -> Parse<Expr> {
        if !self.at(Tok::Colon) {
            if self.trial == 0 && matches!(self.tok(), Tok::RBrace | Tok::Comma) {
                return self.error("':' expected after dictionary key", self.span_before(key));
            }
            return self.fail();
        }
        let colon = self.bump().span;
        match self.tok() {
            Tok::RBrace | Tok::Comma if self.trial == 0 => {
                self.error("expression expected after dictionary key and ':'", colon)
            }
            Tok::Star if self.trial == 0 => {
                let star = self.span();
                self.error("cannot use a starred expression in a dictionary value", star)
            }
            _ => self.expression(),
        }
    }

    /// CPython points at the last token of the key.
    fn span_before(&self, key: &Expr) -> Span {
        match self.pos.checked_sub(1) {
            Some(before) => self.tokens.tokens[before].span,
            None => key.span,
        }
    }

    /// Whether an expression that ends right before the current token stands in round brackets of its own.
    pub(super) fn is_parenthesised(&self, inner: &Expr) -> bool {
        let before = self.tokens.tokens[self.pos.saturating_sub(1)];
        before.tok == Tok::RPar && before.span.end > inner.span.end
    }

    pub(super) fn comprehension_clauses(&mut self) -> Parse<Vec<Comprehension>> {
        let mut clauses = Vec::new();
        while self.at_comprehension() {
            let is_async = self.eat(Tok::Async);
            self.bump();
            let target = self.loop_target()?;
            self.expect(Tok::In)?;
            let iter = self.disjunction()?;
            let mut ifs = Vec::new();
            while self.eat(Tok::If) {
                ifs.push(self.disjunction()?);
            }
            clauses.push(Comprehension {
                target,
                iter,
                ifs,
                is_async,
            });
        }
        Ok(clauses)
    }
}
