//! `template % values` with a constant template: the pieces of an f-string that says the same.
//!
//! Only what both mini-languages render alike is taken; CPython describes the one under "printf-style String
//! Formatting", the other under "Format Specification Mini-Language".

use super::Infer;
use crate::ir::{Arg, Const, Expr, ExprKind, Piece, Ty};
use crate::source::Span;
use crate::syntax::ast::{BinOp, Conversion};
use crate::types::lattice::T;

/// `%[flags][width][.precision]kind`
#[derive(Debug, Default, PartialEq)]
struct Directive {
    left: bool,
    zero: bool,
    sign: Option<char>,
    width: String,
    precision: Option<String>,
    kind: char,
}

#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Directive(Directive),
}

impl Infer<'_> {
    /// `template % values`, piece by piece where that can be done.
    pub fn percent(&mut self, template: &str, values: &Expr, span: Span) -> (Expr, T) {
        let (operand, shown) = match &values.kind {
            ExprKind::Tuple(items) if items.iter().all(|i| matches!(i, Arg::One(_))) => {
                let shown: Vec<(Expr, T)> = items.iter().map(|i| self.expr(i.expr())).collect();
                (None, shown)
            }
            _ => {
                let operand = self.expr(values);
                // A single value that is no tuple, nor a mapping.
                let single = matches!(operand.1, T::Int | T::Float | T::Str);
                let shown = if single { vec![operand.clone()] } else { Vec::new() };
                (Some(operand), shown)
            }
        };
        if let Some(renderings) = renderings(template, &shown) {
            return self.rendered(renderings, shown, span);
        }
        let operand = operand.unwrap_or_else(|| {
            let (kind, t) = self.tuple_of(shown);
            (Expr::typed(kind, self.slots.resolve(&t), values.span), t)
        });
        let template = Expr::typed(ExprKind::Const(Const::Str(template.to_owned())), Ty::Str, span);
        self.operation(BinOp::Mod, (template, T::Str), operand, span)
    }

    fn rendered(&mut self, renderings: Vec<Rendering>, shown: Vec<(Expr, T)>, span: Span) -> (Expr, T) {
        let mut shown = shown.into_iter();
        let mut pieces = Vec::new();
        for rendering in renderings {
            pieces.push(match rendering {
                Rendering::Text(text) => Piece::Literal(text),
                Rendering::Value(conversion, spec) => {
                    let (value, t) = shown
                        .next()
                        .unwrap_or_else(|| unreachable!("a value for each directive"));
                    let spec =
                        (!spec.is_empty()).then(|| Expr::typed(ExprKind::Const(Const::Str(spec)), Ty::Str, span));
                    self.formatted(value, &t, conversion, spec)
                }
            });
        }
        (Expr::typed(ExprKind::Format(pieces), Ty::Str, span), T::Str)
    }
}

/// A part of the text that `%` makes.
enum Rendering {
    Text(String),
    /// The next value, by this conversion and format specification.
    Value(Conversion, String),
}

/// How the template renders values of these types; None where no f-string says the same.
fn renderings(template: &str, shown: &[(Expr, T)]) -> Option<Vec<Rendering>> {
    let mut values = shown.iter();
    let renderings = parts(template)?
        .into_iter()
        .map(|part| match part {
            Part::Text(text) => Some(Rendering::Text(text)),
            Part::Directive(directive) => {
                let (conversion, spec) = rendering(&directive, &values.next()?.1)?;
                Some(Rendering::Value(conversion, spec))
            }
        })
        .collect::<Option<_>>()?;
    values.next().is_none().then_some(renderings)
}

/// The conversion and the format specification that render such a value like the directive.
fn rendering(directive: &Directive, t: &T) -> Option<(Conversion, String)> {
    let Directive {
        left,
        zero,
        sign,
        width,
        precision,
        kind,
    } = directive;
    let side = if *left { "<" } else { ">" };
    let padded = |fill: &str| {
        if width.is_empty() {
            String::new()
        } else {
            format!("{fill}{width}")
        }
    };
    let sign: String = sign.iter().collect();
    match (kind, t) {
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o', T::Int) if precision.is_none() => {
            let kind = if matches!(kind, 'i' | 'u') { 'd' } else { *kind };
            let padded = match (left, zero) {
                (true, _) => format!("<{sign}{width}"),
                (false, true) => format!("{sign}{}", padded("0")),
                (false, false) => format!("{sign}{width}"),
            };
            let plain = padded.is_empty() || padded == "<";
            Some((
                Conversion::None,
                if plain && kind == 'd' {
                    String::new()
                } else {
                    format!("{padded}{kind}")
                },
            ))
        }
        // Zeros would pad infinity, too.
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', T::Float | T::Int) if !zero => {
            let side = if *left { "<" } else { "" };
            let precision = precision
                .as_ref()
                .map_or(String::new(), |p| format!(".{}", if p.is_empty() { "0" } else { p }));
            Some((Conversion::None, format!("{side}{sign}{width}{precision}{kind}")))
        }
        ('s', T::Str) if sign.is_empty() && !zero => {
            let precision = precision
                .as_ref()
                .map_or(String::new(), |p| format!(".{}", if p.is_empty() { "0" } else { p }));
            Some((Conversion::None, format!("{}{precision}", padded(side))))
        }
        ('s', T::Int) if precision.is_none() && sign.is_empty() && !zero => Some((Conversion::None, padded(side))),
        ('s', T::Float) if precision.is_none() && width.is_empty() && sign.is_empty() && !zero => {
            Some((Conversion::None, String::new()))
        }
        // Of these, no text runs code of the program: all values are there before the first is rendered.
        ('s' | 'r' | 'a', T::None | T::Bool | T::Int | T::Float | T::Str)
            if precision.is_none() && sign.is_empty() && !zero =>
        {
            let conversion = match kind {
                's' => Conversion::Str,
                'r' => Conversion::Repr,
                _ => Conversion::Ascii,
            };
            Some((conversion, padded(side)))
        }
        _ => None,
    }
}

/// The template taken apart; None where it asks for something else than plain directives.
fn parts(template: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = template.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        if rest.next_if_eq(&'%').is_some() {
            text.push('%');
            continue;
        }
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        let mut directive = Directive::default();
        while let Some(flag) = rest.next_if(|c| "-0+ #".contains(*c)) {
            match flag {
                '-' => directive.left = true,
                '0' => directive.zero = true,
                '+' => directive.sign = Some('+'),
                ' ' => directive.sign = directive.sign.or(Some(' ')),
                _ => return None,
            }
        }
        directive.width = digits(&mut rest);
        if rest.next_if_eq(&'.').is_some() {
            directive.precision = Some(digits(&mut rest));
        }
        if directive.width.len() > 4 || directive.precision.as_ref().is_some_and(|p| p.len() > 3) {
            return None;
        }
        directive.kind = rest.next()?;
        parts.push(Part::Directive(directive));
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

fn digits(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut digits = String::new();
    while let Some(digit) = rest.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(template: &str, t: &T) -> Option<String> {
        match parts(template)?.remove(0) {
            Part::Directive(directive) => rendering(&directive, t).map(|(_, spec)| spec),
            Part::Text(text) => Some(text),
        }
    }

    #[test]
    fn directives_become_specifications() {
        for (template, t, wanted) in [
            ("%d", T::Int, ""),
            ("%5d", T::Int, "5d"),
            ("%-5d", T::Int, "<5d"),
            ("%-05d", T::Int, "<5d"),
            ("%+05d", T::Int, "+05d"),
            ("%x", T::Int, "x"),
            ("%.2f", T::Float, ".2f"),
            ("%8.f", T::Int, "8.0f"),
            ("%-8.3e", T::Float, "<8.3e"),
            ("%s", T::Str, ""),
            ("%10s", T::Str, ">10"),
            ("%-10.3s", T::Str, "<10.3"),
            ("%r", T::None, ""),
        ] {
            assert_eq!(spec(template, &t).as_deref(), Some(wanted), "{template}");
        }
    }

    #[test]
    fn what_differs_is_left_to_the_interpreters_own_rules() {
        for (template, t) in [
            ("%05.1f", T::Float),
            ("%d", T::Float),
            ("%#x", T::Int),
            ("%c", T::Int),
            ("%.3d", T::Int),
        ] {
            assert_eq!(spec(template, &t), None, "{template}");
        }
        assert_eq!(parts("100%"), None);
    }
}
