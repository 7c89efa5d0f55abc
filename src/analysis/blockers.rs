//! What stands in the way of translating a function.

use super::functions::{FoundFunction, for_each_expr_deep, for_each_own_stmt};
use crate::diagnostics::{Code, Diagnostic, codes};
use crate::source::{SourceFile, Span};
use crate::syntax::ast::*;

/// Knows whether a function can be translated exactly: the compiler, or the check of the syntax alone.
pub trait Translator: Sync {
    /// Every construct of the function that cannot be; none where it can.
    fn blockers(&self, file: &SourceFile, module: &Module, function: &FoundFunction) -> Vec<Diagnostic>;
}

/// Judges by syntax: constructs that no translation takes today.
#[derive(Clone, Copy, Debug, Default)]
pub struct SyntacticCheck;

/// Builtins that look at or make code while it runs.
const DYNAMIC: &[&str] = &[
    "eval",
    "exec",
    "compile",
    "globals",
    "locals",
    "vars",
    "__import__",
    "setattr",
    "delattr",
    "breakpoint",
];

impl Translator for SyntacticCheck {
    fn blockers(&self, _file: &SourceFile, _module: &Module, function: &FoundFunction) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let at_name = function.def.name.span;
        if function.def.is_async {
            found.push(blocker(&codes::ASYNC_CODE, "'async def' is not translated", at_name));
        }
        for decorator in &function.def.decorators {
            found.push(blocker(
                &codes::DECORATED,
                "a decorated function is not translated",
                decorator.span,
            ));
        }
        for_each_own_stmt(&function.def.body, &mut |stmt| {
            found.extend(stmt_blocker(stmt));
            for_each_expr_deep(stmt, &mut |expr| found.extend(expr_blocker(expr)));
        });
        found
    }
}

fn blocker(code: &'static Code, message: &str, span: Span) -> Diagnostic {
    Diagnostic::error(code, message, span).with_help(help(code))
}

fn help(code: &'static Code) -> &'static str {
    match code.id {
        id if id == codes::ASYNC_CODE.id => "move the computation into a plain function and await around it",
        id if id == codes::GENERATOR.id => "return a list, or keep the generator in Python and move what it calls",
        id if id == codes::DECORATED.id => "move the body into a function of its own and decorate a thin wrapper",
        id if id == codes::DYNAMIC_CODE.id => "replace the dynamic lookup by a dict of functions or values",
        id if id == codes::SHARED_NAME.id => "pass the value in and return it instead of rebinding an outer name",
        id if id == codes::NESTED_SCOPE.id => "move it to module level and pass what it needs as arguments",
        _ => "write it with if, for and try, or leave this function in Python",
    }
}

fn stmt_blocker(stmt: &Stmt) -> Option<Diagnostic> {
    let found = |code, message| Some(blocker(code, message, stmt.span));
    match &stmt.kind {
        StmtKind::Global(_) => found(&codes::SHARED_NAME, "'global' rebinds a name of the module"),
        StmtKind::Nonlocal(_) => found(&codes::SHARED_NAME, "'nonlocal' rebinds a name of the outer function"),
        StmtKind::Match { subject, .. } => Some(blocker(
            &codes::PATTERN_MATCH,
            "'match' is not translated",
            subject.span,
        )),
        StmtKind::ClassDef(class) => Some(blocker(
            &codes::NESTED_SCOPE,
            "a class inside a function is not translated",
            class.name.span,
        )),
        StmtKind::FunctionDef(def) => Some(blocker(
            &codes::NESTED_SCOPE,
            "a function inside a function is not translated",
            def.name.span,
        )),
        StmtKind::Try(try_stmt) if try_stmt.is_star => {
            let span = try_stmt.handlers.first().map_or(stmt.span, |handler| handler.span);
            Some(blocker(&codes::EXCEPT_STAR, "'except*' is not translated", span))
        }
        StmtKind::For(for_stmt) if for_stmt.is_async => Some(blocker(
            &codes::ASYNC_CODE,
            "'async for' is not translated",
            for_stmt.iter.span,
        )),
        StmtKind::With {
            items, is_async: true, ..
        } => {
            let span = items.first().map_or(stmt.span, |item| item.context.span);
            Some(blocker(&codes::ASYNC_CODE, "'async with' is not translated", span))
        }
        _ => None,
    }
}

fn expr_blocker(expr: &Expr) -> Option<Diagnostic> {
    let found = |code, message: &str| Some(blocker(code, message, expr.span));
    match &expr.kind {
        ExprKind::Await(_) => found(&codes::ASYNC_CODE, "'await' is not translated"),
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => found(&codes::GENERATOR, "a generator is not translated"),
        ExprKind::Call { func, .. } => match &func.kind {
            ExprKind::Name(name) if DYNAMIC.contains(&name.as_str()) => found(
                &codes::DYNAMIC_CODE,
                &format!("'{name}' works on names that are known only while running"),
            ),
            _ => None,
        },
        _ => None,
    }
}
