//! `match` statements and their patterns (PEP 634).

use super::*;

impl Parser<'_> {
    /// None where `match` is an ordinary name here.
    pub(super) fn match_statement(&mut self) -> Parse<Option<StmtKind>> {
        let header_start = self.start();
        let Some(subject) = self.match_header() else {
            return Ok(None);
        };
        if !self.eat(Tok::Indent) {
            let line = crate::syntax::line_of(self.text, header_start as usize);
            let message = format!("expected an indented block after 'match' statement on line {line}");
            return Err(self.indentation(message));
        }
        let mut cases = Vec::new();
        while self.at_word("case") {
            cases.push(self.case_block()?);
        }
        self.expect(Tok::Dedent)?;
        Ok(Some(StmtKind::Match { subject, cases }))
    }

    /// `match subject:` and its line end, if that is what stands here.
    fn match_header(&mut self) -> Option<Expr> {
        if !self.peek(1).begins_expression() {
            return None;
        }
        let subject = self.attempt(|parser| {
            parser.bump();
            let subject = parser.star_named_expressions()?;
            parser.expect(Tok::Colon)?;
            parser.expect(Tok::Newline)?;
            Ok(subject)
        })?;
        let is_lone_star = matches!(subject.kind, ExprKind::Starred(_));
        if is_lone_star { None } else { Some(subject) }
    }

    /// Where a statement that begins with `match` fits nowhere: the fault of `match x` without its colon.
    pub(super) fn headless_match(&mut self, first: usize) -> Option<SyntaxError> {
        let after = std::mem::replace(&mut self.pos, first);
        let end = self.foresee(|parser| {
            parser.bump();
            parser.star_named_expressions()?;
            let end = parser.span();
            parser.expect(Tok::Newline)?;
            Ok(end)
        });
        self.pos = after;
        end.map(|end| SyntaxError::new("expected ':'", end))
    }

    fn case_block(&mut self) -> Parse<MatchCase> {
        let start = self.bump().span.start;
        let pattern = self.open_sequence_pattern()?;
        let guard = if self.eat(Tok::If) {
            Some(self.named_expression()?)
        } else {
            None
        };
        self.header_colon()?;
        let body = self.block("'case' statement", start)?;
        Ok(MatchCase { pattern, guard, body })
    }

    fn pattern_node(&self, kind: PatternKind, start: u32) -> Pattern {
        Pattern {
            kind,
            span: self.since(start),
        }
    }

    /// `a, *b`: a sequence where there is a comma.
    fn open_sequence_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let first = self.maybe_star_pattern()?;
        if !self.at(Tok::Comma) {
            return match first.kind {
                PatternKind::Star(_) => self.fail(),
                _ => Ok(first),
            };
        }
        let patterns = self.more_patterns(first)?;
        Ok(self.pattern_node(PatternKind::Sequence(patterns), start))
    }

    fn more_patterns(&mut self, first: Pattern) -> Parse<Vec<Pattern>> {
        let mut patterns = vec![first];
        while self.eat(Tok::Comma) && !matches!(self.tok(), Tok::RPar | Tok::RSqb | Tok::Colon | Tok::If) {
            patterns.push(self.maybe_star_pattern()?);
        }
        Ok(patterns)
    }

    fn maybe_star_pattern(&mut self) -> Parse<Pattern> {
        if !self.at(Tok::Star) {
            return self.as_pattern();
        }
        let start = self.bump().span.start;
        let name = self.ident()?;
        let name = if name.name == "_" { None } else { Some(name) };
        Ok(self.pattern_node(PatternKind::Star(name), start))
    }

    fn as_pattern(&mut self) -> Parse<Pattern> {
        self.deeper(Self::as_pattern_at_depth)
    }

    fn as_pattern_at_depth(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let inner = self.or_pattern()?;
        if !self.eat(Tok::As) {
            return Ok(inner);
        }
        if self.at_word("_") {
            return self.error("cannot use '_' as a target", self.span());
        }
        if !self.at(Tok::Name) {
            return match self.foresee(Self::expression) {
                Some(target) => self.error("invalid pattern target", target.span),
                None => self.fail(),
            };
        }
        let name = Some(self.ident()?);
        Ok(self.pattern_node(
            PatternKind::As {
                pattern: Some(Box::new(inner)),
                name,
            },
            start,
        ))
    }

    fn or_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let first = self.closed_pattern()?;
        if !self.at(Tok::VBar) {
            return Ok(first);
        }
        let mut patterns = vec![first];
        while self.eat(Tok::VBar) {
            patterns.push(self.closed_pattern()?);
        }
        Ok(self.pattern_node(PatternKind::Or(patterns), start))
    }

    fn closed_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let kind = match self.tok() {
            Tok::None => self.singleton(Constant::None),
            Tok::True => self.singleton(Constant::Bool(true)),
            Tok::False => self.singleton(Constant::Bool(false)),
            Tok::String => PatternKind::Value(self.strings()?),
            Tok::Number | Tok::Minus => PatternKind::Value(self.number_pattern()?),
            Tok::Name => self.name_pattern()?,
            Tok::LPar => return self.group_pattern(),
            Tok::LSqb => self.bracket_pattern(Tok::RSqb)?,
            Tok::LBrace => self.mapping_pattern()?,
            _ => return self.fail(),
        };
        Ok(self.pattern_node(kind, start))
    }

    fn singleton(&mut self, constant: Constant) -> PatternKind {
        self.bump();
        PatternKind::Singleton(constant)
    }

    /// A number with a sign, and an imaginary part behind it if there is one.
    fn number_pattern(&mut self) -> Parse<Expr> {
        let start = self.start();
        let real = self.signed_number()?;
        let op = match self.tok() {
            Tok::Plus => BinOp::Add,
            Tok::Minus => BinOp::Sub,
            _ => return Ok(real),
        };
        if is_imaginary(&real) {
            return self.error("real number required in complex literal", real.span);
        }
        self.bump();
        let span = self.expect(Tok::Number)?.span;
        let imaginary = expr(ExprKind::Constant(self.number(span)?), span);
        if !is_imaginary(&imaginary) {
            return self.error("imaginary number required in complex literal", span);
        }
        let kind = ExprKind::BinOp {
            left: Box::new(real),
            op,
            right: Box::new(imaginary),
        };
        Ok(expr(kind, self.since(start)))
    }

    fn signed_number(&mut self) -> Parse<Expr> {
        let start = self.start();
        let is_negative = self.eat(Tok::Minus);
        let span = self.expect(Tok::Number)?.span;
        let number = expr(ExprKind::Constant(self.number(span)?), span);
        if !is_negative {
            return Ok(number);
        }
        Ok(expr(
            ExprKind::UnaryOp {
                op: UnaryOp::USub,
                operand: Box::new(number),
            },
            self.since(start),
        ))
    }

    /// A capture, a wildcard, a dotted value or a class.
    fn name_pattern(&mut self) -> Parse<PatternKind> {
        let name = self.ident()?;
        if !matches!(self.tok(), Tok::Dot | Tok::LPar) {
            let name = if name.name == "_" { None } else { Some(name) };
            return Ok(PatternKind::As { pattern: None, name });
        }
        let start = name.span.start;
        let value = self.dotted_value(name)?;
        if !self.at(Tok::LPar) {
            return Ok(PatternKind::Value(value));
        }
        debug_assert_eq!(value.span.start, start);
        self.class_pattern(value)
    }

    fn dotted_value(&mut self, name: Ident) -> Parse<Expr> {
        let start = name.span.start;
        let mut value = expr(ExprKind::Name(name.name), name.span);
        let mut turns = 0;
        while self.eat(Tok::Dot) {
            turns += 1;
            self.check_chain(turns)?;
            let attr = self.ident()?;
            value = expr(
                ExprKind::Attribute {
                    value: Box::new(value),
                    attr,
                },
                self.since(start),
            );
        }
        Ok(value)
    }

    fn class_pattern(&mut self, cls: Expr) -> Parse<PatternKind> {
        self.bump();
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        while !self.at(Tok::RPar) {
            if self.at(Tok::Name) && self.peek(1) == Tok::Equal {
                kwd_attrs.push(self.ident()?);
                self.bump();
                kwd_patterns.push(self.as_pattern()?);
            } else {
                let pattern = self.as_pattern()?;
                if !kwd_attrs.is_empty() {
                    let message = "positional patterns follow keyword patterns";
                    return self.error(message, pattern.span);
                }
                patterns.push(pattern);
            }
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        self.expect(Tok::RPar)?;
        Ok(PatternKind::Class {
            cls,
            patterns,
            kwd_attrs,
            kwd_patterns,
        })
    }

    /// `(p)` is `p`; `()`, `(p,)` and `(p, q)` are sequences.
    fn group_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let kind = self.bracket_pattern(Tok::RPar)?;
        let has_comma = self.tokens.tokens[self.pos - 2].tok == Tok::Comma;
        match kind {
            PatternKind::Sequence(mut patterns) if patterns.len() == 1 && !has_comma => {
                let only = patterns.pop().expect("one pattern");
                match only.kind {
                    PatternKind::Star(_) => self.error("invalid syntax", only.span),
                    _ => Ok(only),
                }
            }
            kind => Ok(self.pattern_node(kind, start)),
        }
    }

    fn bracket_pattern(&mut self, close: Tok) -> Parse<PatternKind> {
        self.bump();
        if self.eat(close) {
            return Ok(PatternKind::Sequence(Vec::new()));
        }
        let first = self.maybe_star_pattern()?;
        let patterns = self.more_patterns(first)?;
        self.expect(close)?;
        Ok(PatternKind::Sequence(patterns))
    }

    fn mapping_pattern(&mut self) -> Parse<PatternKind> {
        self.bump();
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        while !self.at(Tok::RBrace) {
            if self.eat(Tok::DoubleStar) {
                if self.at_word("_") {
                    return self.fail();
                }
                rest = Some(self.ident()?);
                self.eat(Tok::Comma);
                break;
            }
            keys.push(self.mapping_key()?);
            self.expect(Tok::Colon)?;
            patterns.push(self.as_pattern()?);
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        self.expect(Tok::RBrace)?;
        Ok(PatternKind::Mapping { keys, patterns, rest })
    }

    fn mapping_key(&mut self) -> Parse<Expr> {
        let start = self.start();
        let constant = match self.tok() {
            Tok::Number | Tok::Minus => return self.number_pattern(),
            Tok::String => return self.strings(),
            Tok::None => Constant::None,
            Tok::True => Constant::Bool(true),
            Tok::False => Constant::Bool(false),
            Tok::Name if self.peek(1) == Tok::Dot => {
                let name = self.ident()?;
                return self.dotted_value(name);
            }
            _ => return self.fail(),
        };
        self.bump();
        Ok(expr(ExprKind::Constant(constant), self.since(start)))
    }
}

fn is_imaginary(number: &Expr) -> bool {
    match &number.kind {
        ExprKind::Constant(Constant::Imaginary(_)) => true,
        ExprKind::UnaryOp { operand, .. } => is_imaginary(operand),
        _ => false,
    }
}
