//! The functions of a file: methods and nested functions too, each once.

use crate::source::Span;
use crate::syntax::ast::*;
use crate::syntax::walk;

/// A function with the name it is listed under.
#[derive(Clone, Debug)]
pub struct FoundFunction<'a> {
    /// `function`, `Class.method` or `outer.inner`.
    pub name: String,
    pub def: &'a FunctionDef,
    pub span: Span,
    /// The class it is a method of, by its listed name.
    pub class: Option<String>,
    /// The function it is nested in, by its place in the list.
    pub outer: Option<usize>,
}

/// Lists the functions in the order of the text.
pub fn find_functions(module: &Module) -> Vec<FoundFunction<'_>> {
    let mut found = Vec::new();
    find_in(
        &module.body,
        &Context {
            prefix: String::new(),
            class: None,
            outer: None,
        },
        &mut found,
    );
    found
}

struct Context {
    prefix: String,
    class: Option<String>,
    outer: Option<usize>,
}

fn find_in<'a>(body: &'a [Stmt], context: &Context, found: &mut Vec<FoundFunction<'a>>) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => {
                let name = format!("{}{}", context.prefix, def.name.name);
                let inner = Context {
                    prefix: format!("{name}."),
                    class: None,
                    outer: Some(found.len()),
                };
                let (class, outer) = (context.class.clone(), context.outer);
                found.push(FoundFunction {
                    name,
                    def,
                    span: stmt.span,
                    class,
                    outer,
                });
                find_in(&def.body, &inner, found);
            }
            StmtKind::ClassDef(class) => {
                let name = format!("{}{}", context.prefix, class.name.name);
                let inner = Context {
                    prefix: format!("{name}."),
                    class: Some(name),
                    outer: context.outer,
                };
                find_in(&class.body, &inner, found);
            }
            _ => walk::blocks(stmt)
                .into_iter()
                .for_each(|block| find_in(block, context, found)),
        }
    }
}

/// Calls `each` on every statement of a function's own code: not those of nested functions and classes, whose
/// definitions themselves are given.
pub(super) fn for_each_own_stmt<'a>(body: &'a [Stmt], each: &mut dyn FnMut(&'a Stmt)) {
    for stmt in body {
        each(stmt);
        if !matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef(_)) {
            walk::blocks(stmt)
                .into_iter()
                .for_each(|block| for_each_own_stmt(block, each));
        }
    }
}

/// Calls `each` on every expression that a statement evaluates itself, from the outside inwards. Annotations are
/// left out: they compute nothing.
pub(super) fn for_each_expr_deep<'a>(stmt: &'a Stmt, each: &mut dyn FnMut(&'a Expr)) {
    match &stmt.kind {
        StmtKind::AnnAssign { target, value, .. } => {
            [target].into_iter().chain(value).for_each(|expr| deep(expr, each));
        }
        StmtKind::FunctionDef(def) => {
            def.decorators.iter().for_each(|expr| deep(expr, each));
            def.params
                .iter()
                .filter_map(|param| param.default.as_ref())
                .for_each(|expr| deep(expr, each));
        }
        _ => walk::for_each_expr(stmt, &mut |expr| deep(expr, each)),
    }
}

/// Calls `each` on an expression and everything in it.
pub(super) fn deep<'a>(expr: &'a Expr, each: &mut dyn FnMut(&'a Expr)) {
    each(expr);
    walk::for_each_part(expr, &mut |part| deep(part, each));
}
