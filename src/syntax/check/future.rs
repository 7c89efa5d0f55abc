//! `from __future__ import ...` at the beginning of a file.

use crate::syntax::ast::*;
use crate::syntax::error::SyntaxError;

/// What the file's future imports switch on.
#[derive(Debug, Default)]
pub(super) struct Futures {
    pub annotations: bool,
    /// Where the last future import that is well placed begins.
    pub last: Option<u32>,
}

const FEATURES: &[&str] = &[
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// Reads the future imports that at most a docstring and other future imports come before.
pub(super) fn find(module: &Module) -> Result<Futures, SyntaxError> {
    let mut futures = Futures::default();
    for (at, stmt) in module.body.iter().enumerate() {
        match &stmt.kind {
            StmtKind::ImportFrom {
                module: Some(name),
                names,
                ..
            } if name == "__future__" => {
                for feature in names {
                    check_feature(&feature.name, stmt)?;
                    futures.annotations |= feature.name == "annotations";
                }
                futures.last = Some(stmt.span.start);
            }
            StmtKind::Expr(value) if at == 0 && is_text(value) => {}
            _ => break,
        }
    }
    Ok(futures)
}

fn is_text(value: &Expr) -> bool {
    matches!(
        value.kind,
        ExprKind::Constant(Constant::Str(_) | Constant::SurrogateStr(_))
    )
}

fn check_feature(name: &str, stmt: &Stmt) -> Result<(), SyntaxError> {
    if FEATURES.contains(&name) {
        return Ok(());
    }
    let message = match name {
        "braces" => "not a chance".to_owned(),
        _ => format!("future feature {name} is not defined"),
    };
    Err(SyntaxError::new(message, stmt.span))
}
