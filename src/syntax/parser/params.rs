//! The parameters of functions and lambdas.

use super::*;

/// What tells a function's parameters from a lambda's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Function,
    Lambda,
}

impl Owner {
    fn close(self) -> Tok {
        if self == Owner::Function { Tok::RPar } else { Tok::Colon }
    }
}

impl Parser<'_> {
    /// Up to the closing bracket, which stays.
    pub(super) fn function_params(&mut self) -> Parse<Params> {
        self.params(Owner::Function)
    }

    /// Up to the colon, which stays.
    pub(super) fn lambda_params(&mut self) -> Parse<Params> {
        self.params(Owner::Lambda)
    }

    fn params(&mut self, owner: Owner) -> Parse<Params> {
        let mut state = ParamState::default();
        while !self.at(owner.close()) {
            self.param_item(owner, &mut state)?;
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        if let Some(star) = state.lonely_star() {
            return self.lonely_star_error(owner, star);
        }
        Ok(state.params)
    }

    fn param_item(&mut self, owner: Owner, state: &mut ParamState) -> Parse<()> {
        if state.params.kwarg.is_some() {
            return self.after_kwarg();
        }
        match self.tok() {
            Tok::Slash => self.slash(state),
            Tok::Star => self.star_param(owner, state),
            Tok::DoubleStar => self.kwarg(owner, state),
            Tok::LPar => self.parenthesised_params(owner),
            _ => self.plain_param(owner, state),
        }
    }

    fn after_kwarg<T>(&mut self) -> Parse<T> {
        if matches!(self.tok(), Tok::Name | Tok::Star | Tok::DoubleStar | Tok::Slash) {
            return self.error("arguments cannot follow var-keyword argument", self.span());
        }
        self.fail()
    }

    fn slash(&mut self, state: &mut ParamState) -> Parse<()> {
        let span = self.span();
        if state.has_slash {
            return self.error("/ may appear only once", span);
        }
        if state.has_star() {
            return self.error("/ must be ahead of *", span);
        }
        if state.params.args.is_empty() {
            return self.fail();
        }
        self.bump();
        state.has_slash = true;
        state.params.posonly = std::mem::take(&mut state.params.args);
        Ok(())
    }

    fn star_param(&mut self, owner: Owner, state: &mut ParamState) -> Parse<()> {
        let star = self.span();
        if state.has_star() {
            return self.error("* argument may appear only once", star);
        }
        self.bump();
        if self.at(Tok::Comma) {
            state.bare_star = Some(star);
            return Ok(());
        }
        if self.at(owner.close()) {
            return self.lonely_star_error(owner, star);
        }
        let param = self.param_name(owner, true)?;
        if self.at(Tok::Equal) {
            return self.error("var-positional argument cannot have default value", self.span());
        }
        state.params.vararg = Some(param);
        Ok(())
    }

    /// CPython points at the star of a function, but behind that of a lambda.
    fn lonely_star_error<T>(&self, owner: Owner, star: Span) -> Parse<T> {
        let at = if owner == Owner::Function { star } else { self.span() };
        self.error("named arguments must follow bare *", at)
    }

    fn kwarg(&mut self, owner: Owner, state: &mut ParamState) -> Parse<()> {
        if let Some(star) = state.lonely_star() {
            return self.lonely_star_error(owner, star);
        }
        self.bump();
        let param = self.param_name(owner, false)?;
        if self.at(Tok::Equal) {
            return self.error("var-keyword argument cannot have default value", self.span());
        }
        state.params.kwarg = Some(param);
        Ok(())
    }

    fn plain_param(&mut self, owner: Owner, state: &mut ParamState) -> Parse<()> {
        let mut param = self.param_name(owner, false)?;
        if self.at(Tok::Equal) {
            let equals = self.bump().span;
            if owner == Owner::Function && matches!(self.tok(), Tok::Comma | Tok::RPar) {
                return self.error("expected default value expression", equals);
            }
            param.default = Some(self.expression()?);
        }
        if state.has_star() {
            state.params.kwonly.push(param);
            return Ok(());
        }
        if param.default.is_some() {
            state.has_default = true;
        } else if state.has_default {
            return self.error("non-default argument follows default argument", param.name.span);
        }
        state.params.args.push(param);
        Ok(())
    }

    fn param_name(&mut self, owner: Owner, is_vararg: bool) -> Parse<Param> {
        let name = self.ident()?;
        let mut annotation = None;
        if owner == Owner::Function && self.eat(Tok::Colon) {
            let is_starred = is_vararg && self.at(Tok::Star);
            annotation = Some(if is_starred {
                self.starred()?
            } else {
                self.expression()?
            });
        }
        Ok(Param {
            name,
            annotation,
            default: None,
        })
    }

    /// Python 2's tuple parameters.
    fn parenthesised_params<T>(&mut self, owner: Owner) -> Parse<T> {
        let start = self.start();
        let inner = self.foresee(|parser| {
            parser.bump();
            parser.ident()?;
            while parser.eat(Tok::Comma) && !parser.at(Tok::RPar) {
                parser.ident()?;
            }
            let close = parser.expect(Tok::RPar)?;
            Ok(close.span.end)
        });
        match inner {
            Some(end) if self.trial == 0 => {
                let what = if owner == Owner::Function {
                    "Function"
                } else {
                    "Lambda expression"
                };
                self.error(
                    format!("{what} parameters cannot be parenthesized"),
                    Span::new(start, end),
                )
            }
            _ => self.fail(),
        }
    }
}

#[derive(Default)]
struct ParamState {
    params: Params,
    has_slash: bool,
    has_default: bool,
    bare_star: Option<Span>,
}

impl ParamState {
    /// A bare star that no parameter has followed yet.
    fn lonely_star(&self) -> Option<Span> {
        self.bare_star.filter(|_| self.params.kwonly.is_empty())
    }

    fn has_star(&self) -> bool {
        self.bare_star.is_some() || self.params.vararg.is_some()
    }
}
