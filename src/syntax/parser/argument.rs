//! The arguments of calls and class definitions.

use super::*;

type Arguments = (Vec<Expr>, Vec<Keyword>);

impl Parser<'_> {
    /// The arguments of a call; the cursor stands on the opening bracket.
    pub(super) fn call_arguments(&mut self) -> Parse<Arguments> {
        let open = self.bump().span.start;
        let arguments = self.deeper(|parser| parser.arguments(Some(open)))?;
        self.expect(Tok::RPar)?;
        Ok(arguments)
    }

    /// Arguments up to the closing bracket. A lone generator may share the bracket that stands at `open`.
    pub(super) fn arguments(&mut self, open: Option<u32>) -> Parse<Arguments> {
        let mut list = ArgumentList::default();
        while !self.at(Tok::RPar) {
            self.argument(&mut list, open)?;
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        Ok((list.args, list.keywords))
    }

    fn argument(&mut self, list: &mut ArgumentList, open: Option<u32>) -> Parse<()> {
        match self.tok() {
            Tok::Star => self.star_argument(list),
            Tok::DoubleStar => {
                self.bump();
                let value = self.expression()?;
                list.has_unpacked = true;
                list.keywords.push(Keyword { arg: None, value });
                Ok(())
            }
            Tok::Name if self.peek(1) == Tok::Equal => self.keyword_argument(list),
            Tok::True | Tok::False | Tok::None if self.peek(1) == Tok::Equal => {
                let word = self.tok().text();
                let span = self.span().to(self.tokens.tokens[self.pos + 1].span);
                self.error(format!("cannot assign to {word}"), span)
            }
            _ => self.positional_argument(list, open),
        }
    }

    fn star_argument(&mut self, list: &mut ArgumentList) -> Parse<()> {
        if list.has_unpacked {
            let message = "iterable argument unpacking follows keyword argument unpacking";
            let end = self.tokens.tokens[self.pos.saturating_sub(1)].span.end;
            return self.error(message, Span::new(list.start(self.start()), end));
        }
        let value = self.starred_expression()?;
        list.args.push(value);
        Ok(())
    }

    fn keyword_argument(&mut self, list: &mut ArgumentList) -> Parse<()> {
        let arg = self.ident()?;
        let equals = self.bump().span;
        let value = self.expression()?;
        if self.at_comprehension() {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return self.error(message, arg.span.to(equals));
        }
        list.keywords.push(Keyword { arg: Some(arg), value });
        Ok(())
    }

    fn positional_argument(&mut self, list: &mut ArgumentList, open: Option<u32>) -> Parse<()> {
        let start = self.start();
        let value = self.argument_value()?;
        if self.at(Tok::Equal) && self.trial == 0 {
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            return self.error(message, Span::new(start, self.span().end));
        }
        if self.at_comprehension() {
            return self.generator_argument(list, value, open);
        }
        if !list.keywords.is_empty() {
            let what = if list.has_unpacked {
                "keyword argument unpacking"
            } else {
                "keyword argument"
            };
            let at = self.after_arguments();
            return self.error(format!("positional argument follows {what}"), at);
        }
        list.args.push(value);
        Ok(())
    }

    /// The token behind the remaining arguments, where CPython tells of a fault in their order.
    fn after_arguments(&mut self) -> Span {
        let after = self.foresee(|parser| {
            while parser.eat(Tok::Comma) && !parser.at(Tok::RPar) {
                parser.argument(&mut ArgumentList::default(), None)?;
            }
            Ok(parser.span())
        });
        after.unwrap_or(self.span())
    }

    /// `name := value` or an expression, without the wordings for `=` that other places have.
    fn argument_value(&mut self) -> Parse<Expr> {
        if self.at(Tok::Name) && self.peek(1) == Tok::ColonEqual {
            return self.named_expression();
        }
        self.expression()
    }

    fn generator_argument(&mut self, list: &mut ArgumentList, elt: Expr, open: Option<u32>) -> Parse<()> {
        let start = elt.span.start;
        let generators = self.comprehension_clauses()?;
        let span = self.since(start);
        let is_alone = list.args.is_empty() && list.keywords.is_empty() && self.at(Tok::RPar);
        if !is_alone && matches!(self.tok(), Tok::RPar | Tok::Comma) {
            return self.error("Generator expression must be parenthesized", span);
        }
        let Some(open) = open else {
            return self.error("invalid syntax", span);
        };
        let span = Span::new(open, self.span().end);
        list.args.push(expr(
            ExprKind::GeneratorExp {
                elt: Box::new(elt),
                generators,
            },
            span,
        ));
        Ok(())
    }
}

#[derive(Default)]
struct ArgumentList {
    args: Vec<Expr>,
    keywords: Vec<Keyword>,
    has_unpacked: bool,
}

impl ArgumentList {
    /// Where the first argument begins.
    fn start(&self, otherwise: u32) -> u32 {
        let first = self.args.first().map(|arg| arg.span.start);
        let keyword = self
            .keywords
            .first()
            .map(|k| k.arg.as_ref().map_or(k.value.span.start, |arg| arg.span.start));
        first.or(keyword).unwrap_or(otherwise)
    }
}
