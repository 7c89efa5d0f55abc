//! Binding the arguments of a call to a known function's parameters.

use super::func::{Param, ParamKind};
use super::ops::{Arg, Expr};

/// What a parameter gets in a direct call.
pub enum Bound<'a> {
    Given(&'a Expr),
    Default,
    /// The surplus positional arguments, for `*args`.
    Rest(Vec<&'a Expr>),
    NoKeywords,
}

/// Binds the arguments to the parameters where that can be done now; otherwise the call goes through the function
/// object, which raises what Python raises. The arguments are evaluated in the order of the text, whatever the
/// parameters' is.
pub fn bind<'a>(params: &[Param], args: &'a [Arg], keywords: &'a [(Option<String>, Expr)]) -> Option<Vec<Bound<'a>>> {
    if args.iter().any(|a| matches!(a, Arg::Star(_))) || keywords.iter().any(|(name, _)| name.is_none()) {
        return None;
    }
    let mut positional = args.iter().map(Arg::expr).collect::<Vec<_>>().into_iter();
    let mut bound = Vec::new();
    let mut used = 0;
    for param in params {
        let named = keywords
            .iter()
            .position(|(name, _)| name.as_deref() == Some(&param.name));
        let takes_keyword = matches!(param.kind, ParamKind::Positional | ParamKind::KeywordOnly);
        let next = match param.kind {
            ParamKind::PositionalOnly | ParamKind::Positional => positional.next(),
            ParamKind::VarArgs => {
                bound.push(Bound::Rest(positional.by_ref().collect()));
                continue;
            }
            ParamKind::VarKeywords => {
                bound.push(Bound::NoKeywords);
                continue;
            }
            ParamKind::KeywordOnly => None,
        };
        match (next, named) {
            (Some(e), None) => {
                bound.push(Bound::Given(e));
            }
            (None, Some(at)) if takes_keyword => {
                used += 1;
                bound.push(Bound::Given(&keywords[at].1));
            }
            (None, None) if param.default.is_some() => bound.push(Bound::Default),
            _ => return None,
        }
    }
    let complete = positional.next().is_none() && used == keywords.len();
    complete.then_some(bound)
}
