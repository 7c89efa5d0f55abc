//! What a function does: arithmetic, cryptography, input and output, calls.

use super::functions::{FoundFunction, for_each_expr_deep, for_each_own_stmt};
use super::names::{Callee, ModuleNames};
use super::tables;
use crate::syntax::ast::*;

/// What was counted in one function's own code.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub arithmetic_ops: u32,
    pub crypto_ops: u32,
    pub io_ops: u32,
    /// The names of what it calls, each once, in the order of the text.
    pub calls: Vec<String>,
    /// The functions of this file that it calls.
    pub callees: Vec<usize>,
    pub yields: bool,
    pub awaits: bool,
    /// Comprehensions, generator expressions, displays: data built from data.
    pub builds_data: bool,
}

/// `at` is the function's place in the list.
pub(super) fn measure(function: &FoundFunction, at: usize, names: &ModuleNames) -> Facts {
    let mut counter = Counter {
        names,
        at,
        facts: Facts::default(),
    };
    for_each_own_stmt(&function.def.body, &mut |stmt| {
        counter.stmt(stmt);
        for_each_expr_deep(stmt, &mut |expr| counter.expr(expr));
    });
    counter.facts
}

struct Counter<'a> {
    names: &'a ModuleNames<'a>,
    at: usize,
    facts: Facts,
}

impl Counter<'_> {
    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::AugAssign { .. } => self.facts.arithmetic_ops += 1,
            StmtKind::For(for_stmt) => self.facts.awaits |= for_stmt.is_async,
            StmtKind::With { is_async, .. } => self.facts.awaits |= is_async,
            _ => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::BinOp { .. } | ExprKind::UnaryOp { op: UnaryOp::USub, .. } => self.facts.arithmetic_ops += 1,
            ExprKind::Call { func, .. } => self.call(func),
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => self.facts.yields = true,
            ExprKind::Await(_) => self.facts.awaits = true,
            ExprKind::ListComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::GeneratorExp { .. }
            | ExprKind::Dict { .. } => self.facts.builds_data = true,
            _ => {}
        }
    }

    fn call(&mut self, func: &Expr) {
        let callee = self.names.callee(func, self.at);
        match &callee {
            Callee::Known(path) => {
                self.facts.crypto_ops += u32::from(tables::is_crypto(path));
                let method = path.rsplit('.').next().unwrap_or(path);
                let moves_data = tables::is_io_function(path) || (path.contains('.') && tables::is_io_method(method));
                self.facts.io_ops += u32::from(moves_data);
            }
            Callee::Method { name, .. } => self.facts.io_ops += u32::from(tables::is_io_method(name)),
            Callee::Own(function) if !self.facts.callees.contains(function) => self.facts.callees.push(*function),
            Callee::Own(_) | Callee::OwnClass(_) | Callee::Unknown(_) => {}
        }
        let name = self.names.describe(callee);
        if !self.facts.calls.contains(&name) {
            self.facts.calls.push(name);
        }
    }
}
