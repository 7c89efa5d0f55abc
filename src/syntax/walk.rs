//! Walks over the tree for whoever asks a small question of it.

use super::ast::*;

/// Calls `each` on the direct expressions of a statement, in the order of the text; blocks are left out.
pub fn for_each_expr<'a>(stmt: &'a Stmt, each: &mut dyn FnMut(&'a Expr)) {
    match &stmt.kind {
        StmtKind::FunctionDef(function) => {
            function.decorators.iter().for_each(&mut *each);
            for_each_param_expr(&function.params, each);
            function.returns.iter().for_each(each);
        }
        StmtKind::ClassDef(class) => {
            class.decorators.iter().chain(&class.bases).for_each(&mut *each);
            class.keywords.iter().for_each(|keyword| each(&keyword.value));
        }
        StmtKind::Return(value) => value.iter().for_each(each),
        StmtKind::Delete(targets) => targets.iter().for_each(each),
        StmtKind::Assign { targets, value } => targets.iter().chain([value]).for_each(each),
        StmtKind::AugAssign { target, value, .. } => [target, value].into_iter().for_each(each),
        StmtKind::AnnAssign {
            target,
            annotation,
            value,
            ..
        } => {
            [target, annotation].into_iter().chain(value).for_each(each);
        }
        StmtKind::For(for_stmt) => [&for_stmt.target, &for_stmt.iter].into_iter().for_each(each),
        StmtKind::While { test, .. } | StmtKind::If { test, .. } => each(test),
        StmtKind::With { items, .. } => {
            items
                .iter()
                .for_each(|item| [&item.context].into_iter().chain(&item.target).for_each(&mut *each));
        }
        StmtKind::Match { subject, cases } => {
            each(subject);
            for case in cases {
                for_each_pattern_expr(&case.pattern, each);
                case.guard.iter().for_each(&mut *each);
            }
        }
        StmtKind::Raise { exc, cause } => exc.iter().chain(cause).for_each(each),
        StmtKind::Try(try_stmt) => try_stmt
            .handlers
            .iter()
            .filter_map(|handler| handler.typ.as_ref())
            .for_each(each),
        StmtKind::Assert { test, msg } => [test].into_iter().chain(msg).for_each(each),
        StmtKind::Expr(value) => each(value),
        StmtKind::Import(_)
        | StmtKind::ImportFrom { .. }
        | StmtKind::Global(_)
        | StmtKind::Nonlocal(_)
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue => {}
    }
}

fn for_each_param_expr<'a>(params: &'a Params, each: &mut dyn FnMut(&'a Expr)) {
    for param in params.iter() {
        param.annotation.iter().chain(&param.default).for_each(&mut *each);
    }
}

fn for_each_pattern_expr<'a>(pattern: &'a Pattern, each: &mut dyn FnMut(&'a Expr)) {
    match &pattern.kind {
        PatternKind::Value(value) => each(value),
        PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => {
            patterns.iter().for_each(|pattern| for_each_pattern_expr(pattern, each));
        }
        PatternKind::Mapping { keys, patterns, .. } => {
            keys.iter().for_each(&mut *each);
            patterns.iter().for_each(|pattern| for_each_pattern_expr(pattern, each));
        }
        PatternKind::Class {
            cls,
            patterns,
            kwd_patterns,
            ..
        } => {
            each(cls);
            patterns
                .iter()
                .chain(kwd_patterns)
                .for_each(|pattern| for_each_pattern_expr(pattern, each));
        }
        PatternKind::As {
            pattern: Some(pattern), ..
        } => for_each_pattern_expr(pattern, each),
        PatternKind::Singleton(_) | PatternKind::Star(_) | PatternKind::As { pattern: None, .. } => {}
    }
}

/// The blocks of a statement, in the order of the text.
pub fn blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    match &stmt.kind {
        StmtKind::FunctionDef(function) => vec![&function.body],
        StmtKind::ClassDef(class) => vec![&class.body],
        StmtKind::For(for_stmt) => vec![&for_stmt.body, &for_stmt.orelse],
        StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => vec![body, orelse],
        StmtKind::With { body, .. } => vec![body],
        StmtKind::Match { cases, .. } => cases.iter().map(|case| case.body.as_slice()).collect(),
        StmtKind::Try(try_stmt) => {
            let handlers = try_stmt.handlers.iter().map(|handler| handler.body.as_slice());
            let tail: [&[Stmt]; 2] = [&try_stmt.orelse, &try_stmt.finalbody];
            [try_stmt.body.as_slice()]
                .into_iter()
                .chain(handlers)
                .chain(tail)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Calls `each` on the direct parts of an expression, comprehensions and lambdas included, in the order of the text
/// as far as the tree keeps it.
pub fn for_each_part<'a>(expr: &'a Expr, each: &mut dyn FnMut(&'a Expr)) {
    match &expr.kind {
        ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr(values) => values.iter().for_each(each),
        ExprKind::Set(elements) | ExprKind::List(elements) | ExprKind::Tuple(elements) => {
            elements.iter().for_each(each);
        }
        ExprKind::BinOp { left, right, .. } => [left, right].into_iter().for_each(|part| each(part)),
        ExprKind::UnaryOp { operand: value, .. }
        | ExprKind::Await(value)
        | ExprKind::YieldFrom(value)
        | ExprKind::Attribute { value, .. }
        | ExprKind::NamedExpr { value, .. }
        | ExprKind::Starred(value) => each(value),
        ExprKind::Lambda { params, body } => {
            for_each_param_expr(params, each);
            each(body);
        }
        ExprKind::IfExp { test, body, orelse } => [body, test, orelse].into_iter().for_each(|part| each(part)),
        ExprKind::Dict { keys, values } => {
            for (key, value) in keys.iter().zip(values) {
                key.iter().chain([value]).for_each(&mut *each);
            }
        }
        ExprKind::Compare { left, comparators, .. } => {
            each(left);
            comparators.iter().for_each(each);
        }
        ExprKind::Call { func, args, keywords } => {
            each(func);
            args.iter()
                .chain(keywords.iter().map(|keyword| &keyword.value))
                .for_each(each);
        }
        ExprKind::FormattedValue { value, format_spec, .. } => {
            each(value);
            format_spec.iter().for_each(|part| each(part));
        }
        ExprKind::Subscript { value, slice } => [value, slice].into_iter().for_each(|part| each(part)),
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().for_each(|part| each(part));
        }
        ExprKind::Yield(value) => value.iter().for_each(|part| each(part)),
        ExprKind::ListComp { elt, generators }
        | ExprKind::SetComp { elt, generators }
        | ExprKind::GeneratorExp { elt, generators } => {
            each(elt);
            for_each_clause_expr(generators, each);
        }
        ExprKind::DictComp { key, value, generators } => {
            [key, value].into_iter().for_each(|part| each(part));
            for_each_clause_expr(generators, each);
        }
        ExprKind::Constant(_) | ExprKind::Name(_) => {}
    }
}

fn for_each_clause_expr<'a>(generators: &'a [Comprehension], each: &mut dyn FnMut(&'a Expr)) {
    for generator in generators {
        [&generator.target, &generator.iter]
            .into_iter()
            .chain(&generator.ifs)
            .for_each(&mut *each);
    }
}

/// Whether some expression in a function's own code passes `test`: nested functions and classes are left out but
/// for what is evaluated where they are defined, and so are lambdas' bodies.
pub fn any_expr_in_body(body: &[Stmt], test: &mut dyn FnMut(&Expr) -> bool) -> bool {
    body.iter().any(|stmt| {
        let mut found = false;
        for_each_expr(stmt, &mut |expr| found = found || any_expr(expr, test));
        let is_scope = matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef(_));
        found || (!is_scope && blocks(stmt).into_iter().any(|block| any_expr_in_body(block, test)))
    })
}

/// Whether an expression or a part of it passes `test`; the bodies of lambdas are left out.
pub fn any_expr(expr: &Expr, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
    if test(expr) {
        return true;
    }
    if matches!(expr.kind, ExprKind::Lambda { .. }) {
        return false;
    }
    let mut found = false;
    for_each_part(expr, &mut |part| found = found || any_expr(part, test));
    found
}
