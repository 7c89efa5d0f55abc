//! Tokens to syntax tree by recursive descent, one function per construct of CPython 3.11's grammar.
//!
//! Where the text is no Python the first fault found is told in CPython's words. The tree's depth is bounded
//! here and in `check`, so that no later stage can overflow its stack.

mod argument;
mod atom;
mod compound;
mod expr;
mod import;
mod params;
mod pattern;
mod simple;
mod strings;
mod target;

use super::ast::*;
use super::error::{ErrorKind, SyntaxError};
use super::lexer::Tokens;
use super::token::{Tok, Token};
use crate::source::Span;
use unicode_normalization::UnicodeNormalization;

/// How deep a tree may get: CPython 3.11 gives up at about as many levels.
pub(super) const MAX_DEPTH: u32 = 2_980;

type Parse<T> = Result<T, SyntaxError>;

pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    pos: usize,
    /// The furthest token looked at as the current one, and the furthest looked at to word an error.
    furthest: usize,
    foreseen: usize,
    depth: u32,
    /// Above zero while trying something out: special wordings of errors are not worth finding then.
    trial: u32,
    /// The end of the last token that was no line end or indentation.
    last_end: u32,
    is_field: bool,
}

impl<'a> Parser<'a> {
    pub fn new(text: &'a str, tokens: &'a Tokens) -> Self {
        Parser {
            text,
            tokens,
            pos: 0,
            furthest: 0,
            foreseen: 0,
            depth: 0,
            trial: 0,
            last_end: 0,
            is_field: false,
        }
    }

    /// Parses a whole file.
    pub fn module(mut self) -> Parse<Module> {
        let mut body = Vec::new();
        while self.tok() != Tok::End {
            if let Err(error) = self.statement(&mut body) {
                return Err(self.foremost(error));
            }
        }
        Ok(Module { body })
    }

    /// What CPython reports where the parser found `error`: a fault of the tokenizer anywhere in the text comes
    /// first, then a bracket left open on an earlier line than the parser got to.
    fn foremost(&self, error: SyntaxError) -> SyntaxError {
        if error.kind == ErrorKind::Indentation && error.message.starts_with("unexpected") {
            return error;
        }
        if let Some(fault) = self.tokens.error.as_ref().filter(|fault| is_loud(fault)) {
            return fault.clone();
        }
        let mut error = error;
        if error.message == "invalid syntax" && error.span == self.span() {
            error.span = self.tokens.tokens[self.furthest].span;
        }
        let Some(open) = self.tokens.unclosed else { return error };
        let reached = self.tokens.tokens[self.furthest.max(self.foreseen)];
        if reached.tok == Tok::End {
            return self.never_closed(open);
        }
        let is_later =
            super::line_of(self.text, reached.span.start as usize) > super::line_of(self.text, open.start as usize);
        if is_later { self.never_closed(open) } else { error }
    }

    fn never_closed(&self, open: Span) -> SyntaxError {
        SyntaxError::new(format!("'{}' was never closed", self.slice(open)), open)
    }

    // The cursor.

    fn token(&self) -> Token {
        self.tokens.tokens[self.pos]
    }

    fn tok(&self) -> Tok {
        self.tokens.tokens[self.pos].tok
    }

    /// The kind of the token `ahead` of the current one; the last one of the text repeats for ever.
    fn peek(&self, ahead: usize) -> Tok {
        let last = self.tokens.tokens.len() - 1;
        self.tokens.tokens[(self.pos + ahead).min(last)].tok
    }

    fn span(&self) -> Span {
        self.token().span
    }

    fn start(&self) -> u32 {
        self.span().start
    }

    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// The span from `start` to the end of the last token taken.
    fn since(&self, start: u32) -> Span {
        Span::new(start, self.last_end.max(start))
    }

    fn bump(&mut self) -> Token {
        let token = self.token();
        if !matches!(token.tok, Tok::Newline | Tok::Indent | Tok::Dedent) {
            self.last_end = token.span.end;
        }
        if self.pos + 1 < self.tokens.tokens.len() {
            self.pos += 1;
            self.furthest = self.furthest.max(self.pos);
        }
        token
    }

    fn at(&self, tok: Tok) -> bool {
        self.tok() == tok
    }

    fn eat(&mut self, tok: Tok) -> bool {
        let found = self.at(tok);
        if found {
            self.bump();
        }
        found
    }

    fn expect(&mut self, tok: Tok) -> Parse<Token> {
        if self.at(tok) { Ok(self.bump()) } else { self.fail() }
    }

    /// A token that CPython names when it is missing, whatever stands there instead.
    fn force(&mut self, tok: Tok) -> Parse<Token> {
        if self.at(tok) {
            return Ok(self.bump());
        }
        if self.at(Tok::Error) {
            return self.fail();
        }
        self.error(format!("expected '{}'", tok.text()), self.span())
    }

    /// Whether the current token is this soft keyword.
    fn at_word(&self, word: &str) -> bool {
        self.at(Tok::Name) && self.slice(self.span()) == word
    }

    // Errors.

    fn error<T>(&self, message: impl Into<String>, span: Span) -> Parse<T> {
        Err(SyntaxError::new(message, span))
    }

    /// The current token fits nowhere.
    fn fail<T>(&self) -> Parse<T> {
        Err(self.misfit())
    }

    fn misfit(&self) -> SyntaxError {
        let token = self.token();
        match token.tok {
            Tok::Error => self.tokens.error.clone().expect("an error token comes with its error"),
            Tok::End => match self.tokens.unclosed {
                Some(open) => self.never_closed(open),
                None => SyntaxError::new("invalid syntax", token.span),
            },
            Tok::Indent => self.indentation("unexpected indent"),
            Tok::Dedent => self.indentation("unexpected unindent"),
            _ => SyntaxError::new("invalid syntax", token.span),
        }
    }

    fn indentation(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError {
            kind: ErrorKind::Indentation,
            message: message.into(),
            span: self.blame(),
        }
    }

    /// The place CPython gives for the current token: tokens without text are placed right before what follows.
    fn blame(&self) -> Span {
        let span = self.span();
        if !matches!(self.tok(), Tok::Indent | Tok::Dedent | Tok::End) || span.start == 0 {
            return span;
        }
        let before = self.text.as_bytes()[span.start as usize - 1];
        let is_line_start = before == b'\n' && (span.start as usize) < self.text.len();
        if is_line_start {
            span
        } else {
            Span::new(span.start - 1, span.start)
        }
    }

    /// One level deeper in the tree.
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        self.depth += 1;
        let result = if self.depth > MAX_DEPTH {
            Err(too_deep(self.span()))
        } else {
            parse(self)
        };
        self.depth -= 1;
        result
    }

    /// For loops that make the tree deeper with every turn.
    fn check_chain(&self, length: u32) -> Parse<()> {
        if self.depth + length > MAX_DEPTH {
            Err(too_deep(self.span()))
        } else {
            Ok(())
        }
    }

    /// Tries to parse something. Where that fails the cursor is where it was.
    fn attempt<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Option<T> {
        let (pos, last_end, depth) = (self.pos, self.last_end, self.depth);
        self.trial += 1;
        let result = parse(self);
        self.trial -= 1;
        match result {
            Ok(value) => Some(value),
            Err(_) => {
                (self.pos, self.last_end, self.depth) = (pos, last_end, depth);
                None
            }
        }
    }

    /// As `attempt`, but the cursor goes back in any case.
    fn foresee<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Option<T> {
        let (pos, last_end, furthest) = (self.pos, self.last_end, self.furthest);
        let result = self.attempt(parse);
        self.foreseen = self.foreseen.max(self.furthest);
        (self.pos, self.last_end, self.furthest) = (pos, last_end, furthest);
        result
    }

    // Small pieces.

    fn name(&self, span: Span) -> String {
        let name = self.slice(span);
        if name.is_ascii() {
            name.to_owned()
        } else {
            name.nfkc().collect()
        }
    }

    fn ident(&mut self) -> Parse<Ident> {
        let span = self.expect(Tok::Name)?.span;
        Ok(Ident {
            name: self.name(span),
            span,
        })
    }

    /// The statements below a header such as `if x:`; the cursor stands behind the colon.
    fn block(&mut self, header: &str, header_start: u32) -> Parse<Vec<Stmt>> {
        let mut body = Vec::new();
        if !self.eat(Tok::Newline) {
            self.simple_statements(&mut body)?;
            return Ok(body);
        }
        if !self.eat(Tok::Indent) {
            if self.at(Tok::Error) {
                return self.fail();
            }
            let line = super::line_of(self.text, header_start as usize);
            return Err(self.indentation(format!("expected an indented block after {header} on line {line}")));
        }
        while !self.eat(Tok::Dedent) {
            if self.at(Tok::End) {
                return self.fail();
            }
            self.statement(&mut body)?;
        }
        Ok(body)
    }
}

/// The refusal of a tree that would be too deep, in CPython's words for it.
pub(super) fn too_deep(span: Span) -> SyntaxError {
    let message = "maximum recursion depth exceeded during compilation".to_owned();
    SyntaxError {
        kind: ErrorKind::Recursion,
        message,
        span,
    }
}

/// Whether a fault of the tokenizer is told even where the parser failed before it.
fn is_loud(fault: &SyntaxError) -> bool {
    let is_quiet_text = matches!(
        fault.message.as_str(),
        "unexpected EOF while parsing" | "unexpected character after line continuation character"
    );
    fault.kind == ErrorKind::Syntax && !is_quiet_text
}

/// A node with its span.
fn expr(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, span }
}

impl Tok {
    /// Whether an expression (starred or not) can begin with this token.
    fn begins_expression(self) -> bool {
        matches!(
            self,
            Tok::Name
                | Tok::Number
                | Tok::String
                | Tok::LPar
                | Tok::LSqb
                | Tok::LBrace
                | Tok::Ellipsis
                | Tok::Minus
                | Tok::Plus
                | Tok::Tilde
                | Tok::Star
                | Tok::Not
                | Tok::Lambda
                | Tok::Await
                | Tok::None
                | Tok::True
                | Tok::False
        )
    }
}
