//! Statements with blocks.

use super::target::TargetKind;
use super::*;

impl Parser<'_> {
    /// None where no compound statement begins here.
    pub(super) fn compound_statement(&mut self) -> Parse<Option<Stmt>> {
        let start = self.start();
        let kind = match self.tok() {
            Tok::If => self.if_statement("'if' statement")?,
            Tok::While => self.while_statement()?,
            Tok::For => self.for_statement(false, start)?,
            Tok::Try => self.try_statement()?,
            Tok::With => self.with_statement(false, start)?,
            Tok::Def => self.function(Vec::new(), false, start)?,
            Tok::Class => self.class(Vec::new())?,
            Tok::At => return self.decorated().map(Some),
            Tok::Async => self.async_statement(Vec::new())?,
            Tok::Name if self.slice(self.span()) == "match" => match self.match_statement()? {
                Some(kind) => kind,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok(Some(Stmt {
            kind,
            span: self.since(start),
        }))
    }

    /// The colon behind a header: where the line ends instead CPython names it.
    pub(super) fn header_colon(&mut self) -> Parse<()> {
        if self.at(Tok::Newline) {
            return self.error("expected ':'", self.span());
        }
        self.expect(Tok::Colon)?;
        Ok(())
    }

    /// An `if` or `elif` with all that hangs on it.
    fn if_statement(&mut self, header: &str) -> Parse<StmtKind> {
        let start = self.bump().span.start;
        let test = self.named_expression()?;
        self.header_colon()?;
        let body = self.block(header, start)?;
        let orelse = if self.at(Tok::Elif) {
            let start = self.start();
            let kind = self.deeper(|parser| parser.if_statement("'elif' statement"))?;
            vec![Stmt {
                kind,
                span: self.since(start),
            }]
        } else {
            self.else_block()?
        };
        Ok(StmtKind::If { test, body, orelse })
    }

    fn else_block(&mut self) -> Parse<Vec<Stmt>> {
        let start = self.start();
        if !self.eat(Tok::Else) {
            return Ok(Vec::new());
        }
        self.force(Tok::Colon)?;
        self.block("'else' statement", start)
    }

    fn while_statement(&mut self) -> Parse<StmtKind> {
        let start = self.bump().span.start;
        let test = self.named_expression()?;
        self.header_colon()?;
        let body = self.block("'while' statement", start)?;
        Ok(StmtKind::While {
            test,
            body,
            orelse: self.else_block()?,
        })
    }

    fn for_statement(&mut self, is_async: bool, start: u32) -> Parse<StmtKind> {
        self.bump();
        let target = self.loop_target()?;
        self.expect(Tok::In)?;
        let iter = self.star_expressions()?;
        self.header_colon()?;
        let body = self.block("'for' statement", start)?;
        let orelse = self.else_block()?;
        Ok(StmtKind::For(Box::new(For {
            target,
            iter,
            body,
            orelse,
            is_async,
        })))
    }

    fn with_statement(&mut self, is_async: bool, start: u32) -> Parse<StmtKind> {
        self.bump();
        let items = match self.bracketed_with_items() {
            Some(items) => items,
            None => self.with_items()?,
        };
        self.header_colon()?;
        let body = self.block("'with' statement", start)?;
        Ok(StmtKind::With { items, body, is_async })
    }

    /// `(a as b, c as d)` right before the colon; None where the brackets are part of an expression.
    fn bracketed_with_items(&mut self) -> Option<Vec<WithItem>> {
        if !self.at(Tok::LPar) {
            return None;
        }
        self.attempt(|parser| {
            parser.bump();
            let mut items = vec![parser.with_item()?];
            while parser.eat(Tok::Comma) && !parser.at(Tok::RPar) {
                items.push(parser.with_item()?);
            }
            parser.expect(Tok::RPar)?;
            // A line end there is told of as a missing colon.
            if matches!(parser.tok(), Tok::Colon | Tok::Newline) {
                Ok(items)
            } else {
                parser.fail()
            }
        })
    }

    fn with_items(&mut self) -> Parse<Vec<WithItem>> {
        let mut items = vec![self.with_item()?];
        while self.eat(Tok::Comma) {
            items.push(self.with_item()?);
        }
        Ok(items)
    }

    fn with_item(&mut self) -> Parse<WithItem> {
        let context = self.expression()?;
        let mut target = None;
        if self.eat(Tok::As) {
            let bound = self.star_expression()?;
            if !matches!(self.tok(), Tok::Comma | Tok::RPar | Tok::Colon | Tok::Newline) {
                return self.fail();
            }
            self.check_target(&bound, TargetKind::Assign)?;
            target = Some(bound);
        }
        Ok(WithItem { context, target })
    }

    fn try_statement(&mut self) -> Parse<StmtKind> {
        let start = self.bump().span.start;
        self.force(Tok::Colon)?;
        let body = self.block("'try' statement", start)?;
        if !matches!(self.tok(), Tok::Except | Tok::Finally) {
            return self.missing_handler();
        }
        let is_star = self.at(Tok::Except) && self.peek(1) == Tok::Star;
        let mut handlers = Vec::new();
        while self.at(Tok::Except) {
            if (self.peek(1) == Tok::Star) != is_star {
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                return self.error(message, self.span());
            }
            handlers.push(self.handler(is_star)?);
        }
        let orelse = if handlers.is_empty() {
            Vec::new()
        } else {
            self.else_block()?
        };
        let finalbody = self.finally_block()?;
        Ok(StmtKind::Try(Box::new(Try {
            body,
            handlers,
            orelse,
            finalbody,
            is_star,
        })))
    }

    fn missing_handler<T>(&mut self) -> Parse<T> {
        if self.at(Tok::Error) {
            return self.fail();
        }
        self.error("expected 'except' or 'finally' block", self.blame())
    }

    fn finally_block(&mut self) -> Parse<Vec<Stmt>> {
        let start = self.start();
        if !self.eat(Tok::Finally) {
            return Ok(Vec::new());
        }
        self.force(Tok::Colon)?;
        self.block("'finally' statement", start)
    }

    fn handler(&mut self, is_star: bool) -> Parse<ExceptHandler> {
        let start = self.bump().span.start;
        if is_star {
            self.bump();
        }
        let (mut typ, mut name) = (None, None);
        if self.at(Tok::Colon) || self.at(Tok::Newline) {
            if is_star {
                return self.error("expected one or more exception types", self.span());
            }
        } else {
            let caught = self.expression()?;
            self.check_exception_list(&caught)?;
            typ = Some(caught);
            name = if self.eat(Tok::As) { Some(self.ident()?) } else { None };
        }
        self.header_colon()?;
        let header = if is_star {
            "'except*' statement"
        } else {
            "'except' statement"
        };
        let body = self.block(header, start)?;
        Ok(ExceptHandler {
            typ,
            name,
            body,
            span: self.since(start),
        })
    }

    /// `except A, B:` lacks brackets.
    fn check_exception_list(&mut self, first: &Expr) -> Parse<()> {
        if !self.at(Tok::Comma) {
            return Ok(());
        }
        let rest = self.foresee(|parser| {
            parser.bump();
            let rest = parser.star_expressions()?;
            if parser.eat(Tok::As) {
                parser.ident()?;
            }
            parser.expect(Tok::Colon)?;
            Ok(rest)
        });
        match rest {
            Some(rest) => self.error(
                "multiple exception types must be parenthesized",
                first.span.to(rest.span),
            ),
            None => {
                self.bump();
                self.fail()
            }
        }
    }

    fn decorated(&mut self) -> Parse<Stmt> {
        let mut decorators = Vec::new();
        while self.eat(Tok::At) {
            decorators.push(self.named_expression()?);
            self.expect(Tok::Newline)?;
        }
        let start = self.start();
        let kind = match self.tok() {
            Tok::Def => self.function(decorators, false, start)?,
            Tok::Class => self.class(decorators)?,
            Tok::Async if self.peek(1) == Tok::Def => self.async_statement(decorators)?,
            _ => return self.fail(),
        };
        Ok(Stmt {
            kind,
            span: self.since(start),
        })
    }

    fn async_statement(&mut self, decorators: Vec<Expr>) -> Parse<StmtKind> {
        let start = self.bump().span.start;
        match self.tok() {
            Tok::Def => self.function(decorators, true, start),
            Tok::For => self.for_statement(true, start),
            Tok::With => self.with_statement(true, start),
            _ => self.fail(),
        }
    }

    fn function(&mut self, decorators: Vec<Expr>, is_async: bool, start: u32) -> Parse<StmtKind> {
        self.bump();
        let name = self.ident()?;
        self.force(Tok::LPar)?;
        let params = self.function_params()?;
        self.expect(Tok::RPar)?;
        let returns = if self.eat(Tok::Arrow) {
            Some(self.expression()?)
        } else {
            None
        };
        self.force(Tok::Colon)?;
        let body = self.block("function definition", start)?;
        Ok(StmtKind::FunctionDef(Box::new(FunctionDef {
            name,
            params,
            body,
            decorators,
            returns,
            is_async,
        })))
    }

    fn class(&mut self, decorators: Vec<Expr>) -> Parse<StmtKind> {
        let start = self.bump().span.start;
        let name = self.ident()?;
        let (mut bases, mut keywords) = (Vec::new(), Vec::new());
        if self.eat(Tok::LPar) {
            (bases, keywords) = self.arguments(None)?;
            self.expect(Tok::RPar)?;
        }
        self.header_colon()?;
        let body = self.block("class definition", start)?;
        Ok(StmtKind::ClassDef(Box::new(ClassDef {
            name,
            bases,
            keywords,
            body,
            decorators,
        })))
    }
}
