//! Visiting the direct children of expressions and statements, in evaluation order.

use super::ast::{Comprehension, Expr, ExprKind, Params, Pattern, PatternKind, Stmt, StmtKind};

impl Expr {
    /// Calls `visit` on each direct child.
    pub fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match &self.kind {
            ExprKind::BoolOp { values, .. } => values.iter().for_each(visit),
            ExprKind::NamedExpr { value, .. } => visit(value),
            ExprKind::BinOp { left, right, .. } => {
                visit(left);
                visit(right);
            }
            ExprKind::UnaryOp { operand, .. } => visit(operand),
            ExprKind::Lambda { params, body } => {
                each_default(params, visit);
                visit(body);
            }
            ExprKind::IfExp { test, body, orelse } => {
                visit(test);
                visit(body);
                visit(orelse);
            }
            ExprKind::Dict { keys, values } => {
                for (key, value) in keys.iter().zip(values) {
                    key.iter().for_each(&mut *visit);
                    visit(value);
                }
            }
            ExprKind::Set(items) | ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::JoinedStr(items) => {
                items.iter().for_each(visit);
            }
            ExprKind::ListComp { elt, generators }
            | ExprKind::SetComp { elt, generators }
            | ExprKind::GeneratorExp { elt, generators } => {
                each_clause(generators, visit);
                visit(elt);
            }
            ExprKind::DictComp { key, value, generators } => {
                each_clause(generators, visit);
                visit(key);
                visit(value);
            }
            ExprKind::Await(inner) | ExprKind::YieldFrom(inner) | ExprKind::Starred(inner) => visit(inner),
            ExprKind::Yield(inner) => inner.iter().for_each(|e| visit(e)),
            ExprKind::Compare { left, comparators, .. } => {
                visit(left);
                comparators.iter().for_each(visit);
            }
            ExprKind::Call { func, args, keywords } => {
                visit(func);
                args.iter().for_each(&mut *visit);
                keywords.iter().for_each(|k| visit(&k.value));
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                visit(value);
                format_spec.iter().for_each(|e| visit(e));
            }
            ExprKind::Attribute { value, .. } => visit(value),
            ExprKind::Subscript { value, slice } => {
                visit(value);
                visit(slice);
            }
            ExprKind::Slice { lower, upper, step } => {
                [lower, upper, step].into_iter().flatten().for_each(|e| visit(e));
            }
            ExprKind::Constant(_) | ExprKind::Name(_) => {}
        }
    }
}

fn each_default<'a>(params: &'a Params, visit: &mut dyn FnMut(&'a Expr)) {
    params.iter().filter_map(|p| p.default.as_ref()).for_each(visit);
}

fn each_clause<'a>(clauses: &'a [Comprehension], visit: &mut dyn FnMut(&'a Expr)) {
    for clause in clauses {
        visit(&clause.iter);
        visit(&clause.target);
        clause.ifs.iter().for_each(&mut *visit);
    }
}

impl Stmt {
    /// Calls `visit` on each expression that stands directly in this statement, not in the statements inside it.
    pub fn each_expr<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match &self.kind {
            StmtKind::FunctionDef(def) => {
                def.decorators.iter().for_each(&mut *visit);
                each_default(&def.params, visit);
            }
            StmtKind::ClassDef(def) => {
                def.decorators.iter().chain(&def.bases).for_each(&mut *visit);
                def.keywords.iter().for_each(|k| visit(&k.value));
            }
            StmtKind::Return(value) => value.iter().for_each(visit),
            StmtKind::Delete(targets) => targets.iter().for_each(visit),
            StmtKind::Assign { targets, value } => {
                visit(value);
                targets.iter().for_each(visit);
            }
            StmtKind::AugAssign { target, value, .. } => {
                visit(target);
                visit(value);
            }
            StmtKind::AnnAssign { target, value, .. } => {
                value.iter().for_each(&mut *visit);
                visit(target);
            }
            StmtKind::For(f) => {
                visit(&f.iter);
                visit(&f.target);
            }
            StmtKind::While { test, .. } | StmtKind::If { test, .. } => visit(test),
            StmtKind::With { items, .. } => {
                for item in items {
                    visit(&item.context);
                    item.target.iter().for_each(&mut *visit);
                }
            }
            StmtKind::Match { subject, cases } => {
                visit(subject);
                cases.iter().flat_map(|c| &c.guard).for_each(visit);
            }
            StmtKind::Raise { exc, cause } => exc.iter().chain(cause).for_each(visit),
            StmtKind::Try(t) => t.handlers.iter().flat_map(|h| &h.typ).for_each(visit),
            StmtKind::Assert { test, msg } => {
                visit(test);
                msg.iter().for_each(visit);
            }
            StmtKind::Expr(e) => visit(e),
            StmtKind::Import(_)
            | StmtKind::ImportFrom { .. }
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_)
            | StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue => {}
        }
    }

    /// Calls `visit` on each block of statements inside this one, functions' and classes' bodies included.
    pub fn each_block<'a>(&'a self, visit: &mut dyn FnMut(&'a [Stmt])) {
        match &self.kind {
            StmtKind::FunctionDef(def) => visit(&def.body),
            StmtKind::ClassDef(def) => visit(&def.body),
            StmtKind::For(f) => {
                visit(&f.body);
                visit(&f.orelse);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => {
                visit(body);
                visit(orelse);
            }
            StmtKind::With { body, .. } => visit(body),
            StmtKind::Match { cases, .. } => cases.iter().for_each(|c| visit(&c.body)),
            StmtKind::Try(t) => {
                visit(&t.body);
                t.handlers.iter().for_each(|h| visit(&h.body));
                visit(&t.orelse);
                visit(&t.finalbody);
            }
            _ => {}
        }
    }

    /// As `each_block`, for changing what stands there.
    pub fn each_block_mut(&mut self, visit: &mut dyn FnMut(&mut [Stmt])) {
        match &mut self.kind {
            StmtKind::FunctionDef(def) => visit(&mut def.body),
            StmtKind::ClassDef(def) => visit(&mut def.body),
            StmtKind::For(f) => {
                visit(&mut f.body);
                visit(&mut f.orelse);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => {
                visit(body);
                visit(orelse);
            }
            StmtKind::With { body, .. } => visit(body),
            StmtKind::Match { cases, .. } => cases.iter_mut().for_each(|c| visit(&mut c.body)),
            StmtKind::Try(t) => {
                visit(&mut t.body);
                t.handlers.iter_mut().for_each(|h| visit(&mut h.body));
                visit(&mut t.orelse);
                visit(&mut t.finalbody);
            }
            _ => {}
        }
    }
}

impl Pattern {
    /// Calls `visit` on each expression in the pattern: values, keys and classes.
    pub fn each_expr<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match &self.kind {
            PatternKind::Value(e) => visit(e),
            PatternKind::Singleton(_) | PatternKind::Star(_) => {}
            PatternKind::Sequence(parts) | PatternKind::Or(parts) => parts.iter().for_each(|p| p.each_expr(visit)),
            PatternKind::Mapping { keys, patterns, .. } => {
                keys.iter().for_each(&mut *visit);
                patterns.iter().for_each(|p| p.each_expr(visit));
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                visit(cls);
                patterns.iter().chain(kwd_patterns).for_each(|p| p.each_expr(visit));
            }
            PatternKind::As { pattern, .. } => pattern.iter().for_each(|p| p.each_expr(visit)),
        }
    }
}
