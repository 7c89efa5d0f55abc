//! Cognitive complexity (G. Ann Campbell, SonarSource, 2018) with the counting rules of complexipy 8.
//!
//! Control flow costs one more for each level that it is nested in: loops, `if`, `match`, handlers, conditional
//! expressions, comprehension clauses. An `elif` or `else` costs one, a change of boolean operator one, a direct
//! recursion one. Nested functions count in themselves.

use crate::syntax::ast::*;
use crate::syntax::walk;

/// `text` is the file's, to tell an `elif` from an `else` that holds an `if`: the tree does not.
pub(super) fn of_function(def: &FunctionDef, text: &str) -> u32 {
    Counter { text }.body(&def.body, 0) + u32::from(calls_itself(&def.body, &def.name.name))
}

struct Counter<'a> {
    text: &'a str,
}

impl Counter<'_> {
    fn body(&self, stmts: &[Stmt], nesting: u32) -> u32 {
        stmts.iter().map(|stmt| self.stmt(stmt, nesting)).sum()
    }

    fn stmt(&self, stmt: &Stmt, nesting: u32) -> u32 {
        match &stmt.kind {
            StmtKind::Assign { value, .. } | StmtKind::AugAssign { value, .. } | StmtKind::Expr(value) => {
                expr(value, nesting)
            }
            StmtKind::AnnAssign { value, .. } | StmtKind::Return(value) => exprs(value, nesting),
            StmtKind::For(f) => self.looped(&f.iter, &f.body, &f.orelse, nesting),
            StmtKind::While { test, body, orelse } => self.looped(test, body, orelse, nesting),
            StmtKind::If { test, body, orelse } => {
                1 + nesting + expr(test, nesting) + self.body(body, nesting + 1) + self.otherwise(orelse, nesting)
            }
            StmtKind::Try(try_stmt) => self.tried(try_stmt, nesting),
            StmtKind::Match { cases, .. } => {
                1 + nesting + cases.iter().map(|case| self.body(&case.body, nesting + 1)).sum::<u32>()
            }
            StmtKind::Raise { exc, cause } => exprs(exc.iter().chain(cause), nesting),
            StmtKind::Assert { test, msg } => exprs([test].into_iter().chain(msg), nesting),
            StmtKind::With { items, body, .. } => {
                exprs(items.iter().map(|item| &item.context), nesting) + self.body(body, nesting)
            }
            _ => 0,
        }
    }

    fn looped(&self, control: &Expr, body: &[Stmt], orelse: &[Stmt], nesting: u32) -> u32 {
        1 + nesting + expr(control, nesting) + self.body(body, nesting + 1) + self.body(orelse, nesting)
    }

    /// The `elif` and `else` of an `if`.
    fn otherwise(&self, orelse: &[Stmt], nesting: u32) -> u32 {
        match orelse {
            [] => 0,
            [
                Stmt {
                    kind: StmtKind::If { test, body, orelse },
                    span,
                },
            ] if self.text[span.start as usize..].starts_with("elif") => {
                1 + expr(test, nesting) + self.body(body, nesting + 1) + self.otherwise(orelse, nesting)
            }
            _ => 1 + self.body(orelse, nesting + 1),
        }
    }

    fn tried(&self, try_stmt: &Try, nesting: u32) -> u32 {
        let handlers = try_stmt
            .handlers
            .iter()
            .map(|handler| 1 + nesting + self.body(&handler.body, nesting + 1));
        self.body(&try_stmt.body, nesting)
            + handlers.sum::<u32>()
            + self.body(&try_stmt.orelse, nesting)
            + self.body(&try_stmt.finalbody, nesting)
    }
}

fn exprs<'a>(exprs: impl IntoIterator<Item = &'a Expr>, nesting: u32) -> u32 {
    exprs.into_iter().map(|e| expr(e, nesting)).sum()
}

fn expr(e: &Expr, nesting: u32) -> u32 {
    match &e.kind {
        ExprKind::BoolOp { .. } | ExprKind::UnaryOp { .. } => switches(e, None),
        ExprKind::Compare { left, comparators, .. } => expr(left, nesting) + exprs(comparators, nesting),
        ExprKind::IfExp { test, body, orelse } => {
            1 + nesting + expr(test, nesting) + exprs([&**body, &**orelse], nesting + 1)
        }
        ExprKind::Lambda { body, .. } => expr(body, nesting + 1),
        ExprKind::ListComp { elt, generators }
        | ExprKind::SetComp { elt, generators }
        | ExprKind::GeneratorExp { elt, generators } => comprehension(&[elt], generators, nesting),
        ExprKind::DictComp { key, value, generators } => comprehension(&[key, value], generators, nesting),
        ExprKind::Call { args, .. } => exprs(args, nesting),
        ExprKind::Tuple(elements) | ExprKind::List(elements) | ExprKind::Set(elements) => exprs(elements, nesting),
        ExprKind::Dict { values, .. } => exprs(values, nesting),
        _ => 0,
    }
}

fn comprehension(elements: &[&Expr], generators: &[Comprehension], nesting: u32) -> u32 {
    let clauses = generators.iter().map(|generator| {
        let filters = generator.ifs.iter().map(|filter| 1 + expr(filter, nesting + 1));
        1 + nesting + expr(&generator.iter, nesting) + filters.sum::<u32>()
    });
    clauses.sum::<u32>() + exprs(elements.iter().copied(), nesting + 1)
}

/// The boolean operations of a condition: one each, but none for an operand of another with the same operator.
/// A negation in between starts anew.
fn switches(e: &Expr, outer: Option<BoolOp>) -> u32 {
    match &e.kind {
        ExprKind::BoolOp { op, values } => {
            u32::from(outer != Some(*op)) + values.iter().map(|value| switches(value, Some(*op))).sum::<u32>()
        }
        ExprKind::UnaryOp { operand, .. } => switches(operand, None),
        _ => 0,
    }
}

/// Whether a function calls its own bare name, nested scopes left out.
fn calls_itself(body: &[Stmt], name: &str) -> bool {
    let mut is_call = |e: &Expr| match &e.kind {
        ExprKind::Call { func, .. } => matches!(&func.kind, ExprKind::Name(called) if called == name),
        _ => false,
    };
    body.iter().any(|stmt| {
        let is_scope = matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef(_));
        let mut found = false;
        if !is_scope {
            walk::for_each_expr(stmt, &mut |e| found = found || walk::any_expr(e, &mut is_call));
            found = found || walk::blocks(stmt).into_iter().any(|block| calls_itself(block, name));
        }
        found
    })
}
