//! Patterns of `match` statements that CPython's compiler refuses.

use super::Check;
use super::placement::{check_name, fail};
use crate::source::Span;
use crate::syntax::ast::*;

/// Checks one case's pattern. `may_match_all`: a guard follows, or it is the last case.
pub(super) fn check(pattern: &Pattern, may_match_all: bool) -> Check {
    check_pattern(pattern, may_match_all, &mut Vec::new())
}

/// `bound` collects the names that the pattern binds.
fn check_pattern<'a>(pattern: &'a Pattern, may_match_all: bool, bound: &mut Vec<&'a str>) -> Check {
    match &pattern.kind {
        PatternKind::Value(value) => check_value(value),
        PatternKind::Singleton(_) => Ok(()),
        PatternKind::Sequence(patterns) => check_sequence(patterns, pattern.span, bound),
        PatternKind::Mapping { keys, patterns, rest } => {
            check_keys(keys, pattern.span)?;
            check_all(patterns, bound)?;
            rest.as_ref().map_or(Ok(()), |rest| bind(rest, pattern.span, bound))
        }
        PatternKind::Class {
            patterns,
            kwd_attrs,
            kwd_patterns,
            ..
        } => {
            check_attributes(kwd_attrs, kwd_patterns)?;
            check_all(patterns, bound)?;
            check_all(kwd_patterns, bound)
        }
        PatternKind::Star(name) => name.as_ref().map_or(Ok(()), |name| bind(name, pattern.span, bound)),
        PatternKind::As {
            pattern: Some(inner),
            name,
        } => {
            check_pattern(inner, may_match_all, bound)?;
            name.as_ref().map_or(Ok(()), |name| bind(name, pattern.span, bound))
        }
        PatternKind::As { pattern: None, name } => check_capture(name.as_ref(), pattern.span, may_match_all, bound),
        PatternKind::Or(patterns) => check_alternatives(patterns, pattern.span, may_match_all, bound),
    }
}

fn check_all<'a>(patterns: &'a [Pattern], bound: &mut Vec<&'a str>) -> Check {
    patterns
        .iter()
        .try_for_each(|pattern| check_pattern(pattern, true, bound))
}

fn bind<'a>(name: &'a Ident, span: Span, bound: &mut Vec<&'a str>) -> Check {
    check_name(&name.name, span)?;
    if bound.contains(&name.name.as_str()) {
        return fail(format!("multiple assignments to name '{}' in pattern", name.name), span);
    }
    bound.push(&name.name);
    Ok(())
}

fn check_capture<'a>(name: Option<&'a Ident>, span: Span, may_match_all: bool, bound: &mut Vec<&'a str>) -> Check {
    match name {
        None if !may_match_all => fail("wildcard makes remaining patterns unreachable", span),
        Some(name) if !may_match_all => fail(
            format!("name capture '{}' makes remaining patterns unreachable", name.name),
            span,
        ),
        None => Ok(()),
        Some(name) => bind(name, span, bound),
    }
}

/// Literals and dotted names only: an f-string is neither.
fn check_value(value: &Expr) -> Check {
    match value.kind {
        ExprKind::JoinedStr(_) => fail("patterns may only match literals and attribute lookups", value.span),
        _ => Ok(()),
    }
}

fn check_sequence<'a>(patterns: &'a [Pattern], span: Span, bound: &mut Vec<&'a str>) -> Check {
    let is_star = |pattern: &Pattern| matches!(pattern.kind, PatternKind::Star(_));
    if patterns.iter().filter(|&pattern| is_star(pattern)).count() > 1 {
        return fail("multiple starred names in sequence pattern", span);
    }
    if patterns.iter().position(is_star).is_some_and(|before| before >= 256) {
        return fail("too many expressions in star-unpacking sequence pattern", span);
    }
    check_all(patterns, bound)
}

fn check_keys(keys: &[Expr], span: Span) -> Check {
    let mut seen: Vec<String> = Vec::new();
    for key in keys {
        match &key.kind {
            ExprKind::Attribute { .. } => continue,
            ExprKind::JoinedStr(_) => {
                return fail(
                    "mapping pattern keys may only match literals and attribute lookups",
                    span,
                );
            }
            _ => {}
        }
        let Some((identity, shown)) = literal(key) else {
            continue;
        };
        if seen.contains(&identity) {
            return fail(format!("mapping pattern checks duplicate key ({shown})"), span);
        }
        seen.push(identity);
    }
    Ok(())
}

/// A literal key: what it is equal to, and how Python shows it.
fn literal(key: &Expr) -> Option<(String, String)> {
    match &key.kind {
        ExprKind::Constant(Constant::Str(text)) => Some((format!("s{text}"), format!("'{text}'"))),
        ExprKind::Constant(Constant::Bytes(bytes)) => {
            let shown = bytes.escape_ascii().to_string();
            Some((format!("b{shown}"), format!("b'{shown}'")))
        }
        ExprKind::Constant(Constant::None) => Some(("None".to_owned(), "None".to_owned())),
        // True equals 1, and 1.0 does too.
        ExprKind::Constant(Constant::Bool(value)) => {
            let shown = if *value { "True" } else { "False" };
            Some((format!("n{}", u8::from(*value)), shown.to_owned()))
        }
        ExprKind::Constant(Constant::Int(value)) => Some((format!("n{value}"), value.to_string())),
        ExprKind::Constant(Constant::Float(value)) => Some((format!("n{value}"), format!("{value:?}"))),
        ExprKind::UnaryOp { operand, .. } => {
            literal(operand).map(|(identity, shown)| (format!("-{identity}"), format!("-{shown}")))
        }
        _ => None,
    }
}

fn check_attributes(names: &[Ident], patterns: &[Pattern]) -> Check {
    for (at, name) in names.iter().enumerate() {
        check_name(&name.name, name.span)?;
        let repeated = names[at + 1..].iter().position(|other| other.name == name.name);
        if let Some(after) = repeated {
            let span = patterns.get(at + 1 + after).map_or(name.span, |pattern| pattern.span);
            return fail(format!("attribute name repeated in class pattern: {}", name.name), span);
        }
    }
    Ok(())
}

fn check_alternatives<'a>(patterns: &'a [Pattern], span: Span, may_match_all: bool, bound: &mut Vec<&'a str>) -> Check {
    let mut names: Option<Vec<&'a str>> = None;
    for (at, pattern) in patterns.iter().enumerate() {
        let mut own = Vec::new();
        check_pattern(pattern, may_match_all && at + 1 == patterns.len(), &mut own)?;
        let mut sorted = own.clone();
        sorted.sort_unstable();
        if names.as_ref().is_some_and(|names| *names != sorted) {
            return fail("alternative patterns bind different names", span);
        }
        names = Some(sorted);
    }
    for name in names.unwrap_or_default() {
        if bound.contains(&name) {
            return fail(format!("multiple assignments to name '{name}' in pattern"), span);
        }
        bound.push(name);
    }
    Ok(())
}
