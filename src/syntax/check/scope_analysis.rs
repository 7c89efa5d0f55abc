//! Whether every `nonlocal` has a binding to mean, and no name is declared both ways.

use super::Check;
use super::scope::{Kind, Scope, flag};
use crate::source::Span;
use crate::syntax::error::SyntaxError;
use std::collections::HashSet;

/// Checks all scopes from the module (the first) downwards.
pub(super) fn check(scopes: &[Scope]) -> Check {
    // Without a declaration anywhere there is nothing to go wrong.
    if scopes.iter().all(|scope| scope.directives.is_empty()) {
        return Ok(());
    }
    check_scope(scopes, 0, None)
}

/// `bound` holds the names that the functions around bind; none at module level.
fn check_scope<'a>(scopes: &[Scope<'a>], id: usize, bound: Option<&HashSet<&'a str>>) -> Check {
    let scope = &scopes[id];
    let mut visible = bound.cloned().unwrap_or_default();
    let mut locals = Vec::new();
    for &(name, flags) in &scope.names {
        if flags & flag::GLOBAL != 0 {
            if flags & flag::NONLOCAL != 0 {
                return fail(format!("name '{name}' is nonlocal and global"), scope, name);
            }
            visible.remove(name);
        } else if flags & flag::NONLOCAL != 0 {
            check_nonlocal(scope, name, bound)?;
        } else if flags & flag::BOUND != 0 {
            locals.push(name);
        }
    }
    if scope.kind.is_function() {
        visible.extend(locals);
    } else if scope.kind == Kind::Class {
        visible = bound.cloned().unwrap_or_default();
        visible.insert("__class__");
    }
    scope
        .children
        .iter()
        .try_for_each(|&child| check_scope(scopes, child, Some(&visible)))
}

fn check_nonlocal(scope: &Scope, name: &str, bound: Option<&HashSet<&str>>) -> Check {
    match bound {
        None => fail(
            "nonlocal declaration not allowed at module level".to_owned(),
            scope,
            name,
        ),
        Some(bound) if !bound.contains(name) => fail(format!("no binding for nonlocal '{name}' found"), scope, name),
        Some(_) => Ok(()),
    }
}

/// The fault is told at the declaration of the name.
fn fail(message: String, scope: &Scope, name: &str) -> Check {
    let declared = scope.directives.iter().find(|&&(declared, _)| declared == name);
    Err(SyntaxError::new(
        message,
        declared.map_or(Span::default(), |&(_, span)| span),
    ))
}
