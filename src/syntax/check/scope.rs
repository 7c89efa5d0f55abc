//! Names by scope: which are bound where, and the declarations that contradict each other.

use super::Check;
use super::scope_analysis;
use crate::source::Span;
use crate::syntax::ast::*;
use crate::syntax::error::SyntaxError;
use crate::syntax::parser::{MAX_DEPTH, too_deep};
use crate::syntax::walk::for_each_part;
use std::collections::HashMap;

/// How a scope uses a name, as a set of bits.
pub(super) mod flag {
    pub const GLOBAL: u8 = 1;
    pub const LOCAL: u8 = 2;
    pub const PARAM: u8 = 4;
    pub const NONLOCAL: u8 = 8;
    pub const USED: u8 = 16;
    pub const ANNOTATED: u8 = 32;
    pub const LOOP_VARIABLE: u8 = 64;
    pub const BOUND: u8 = LOCAL | PARAM;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Module,
    Class,
    Function,
    /// With the words for it: `list comprehension` and so on.
    Comprehension(&'static str),
    Annotation,
}

impl Kind {
    pub fn is_function(self) -> bool {
        matches!(self, Kind::Function | Kind::Comprehension(_))
    }
}

/// One scope with its names in the order of their first appearance.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub kind: Kind,
    pub names: Vec<(&'a str, u8)>,
    index: HashMap<&'a str, usize>,
    /// `global` and `nonlocal` declarations and what stands for one, with their places.
    pub directives: Vec<(&'a str, Span)>,
    pub children: Vec<usize>,
    /// Above zero inside the iterable of a comprehension, nested scopes included.
    in_iterable: u32,
    in_loop_target: bool,
}

impl<'a> Scope<'a> {
    fn new(kind: Kind, in_iterable: u32) -> Self {
        Scope {
            kind,
            names: Vec::new(),
            index: HashMap::new(),
            directives: Vec::new(),
            children: Vec::new(),
            in_iterable,
            in_loop_target: false,
        }
    }

    fn flags(&self, name: &str) -> u8 {
        self.index.get(name).map_or(0, |&at| self.names[at].1)
    }

    fn add(&mut self, name: &'a str, flags: u8) {
        let at = *self.index.entry(name).or_insert_with(|| {
            self.names.push((name, 0));
            self.names.len() - 1
        });
        self.names[at].1 |= flags;
    }
}

/// Checks every scope of a file. `future_annotations`: annotations are scopes of their own.
pub(super) fn check(module: &Module, future_annotations: bool) -> Check {
    let mut table = Table {
        scopes: vec![Scope::new(Kind::Module, 0)],
        stack: vec![0],
        future_annotations,
        depth: 0,
    };
    table.body(&module.body)?;
    scope_analysis::check(&table.scopes)
}

struct Table<'a> {
    scopes: Vec<Scope<'a>>,
    /// The scopes that the walk is in, innermost last.
    stack: Vec<usize>,
    future_annotations: bool,
    depth: u32,
}

fn fail(message: String, span: Span) -> Check {
    Err(SyntaxError::new(message, span))
}

impl<'a> Table<'a> {
    fn current(&mut self) -> &mut Scope<'a> {
        let top = *self.stack.last().expect("the module stays");
        &mut self.scopes[top]
    }

    fn enter(&mut self, kind: Kind) {
        let in_iterable = self.current().in_iterable;
        let id = self.scopes.len();
        self.current().children.push(id);
        self.scopes.push(Scope::new(kind, in_iterable));
        self.stack.push(id);
    }

    fn leave(&mut self) {
        self.stack.pop();
    }

    fn within(&mut self, kind: Kind, walk: impl FnOnce(&mut Self) -> Check) -> Check {
        self.enter(kind);
        let result = walk(self);
        self.leave();
        result
    }

    /// Counts a level of the tree, as CPython does against its recursion limit.
    fn deeper(&mut self, span: Span, walk: impl FnOnce(&mut Self) -> Check) -> Check {
        self.depth += 1;
        let result = if self.depth > MAX_DEPTH {
            Err(too_deep(span))
        } else {
            walk(self)
        };
        self.depth -= 1;
        result
    }

    fn bind(&mut self, name: &'a str, flags: u8, span: Span) -> Check {
        let top = *self.stack.last().expect("the module stays");
        self.bind_in(top, name, flags, span)
    }

    fn bind_in(&mut self, scope: usize, name: &'a str, mut flags: u8, span: Span) -> Check {
        let scope = &mut self.scopes[scope];
        let known = scope.flags(name);
        if flags & known & flag::PARAM != 0 {
            return fail(format!("duplicate argument '{name}' in function definition"), span);
        }
        if scope.in_loop_target {
            if (known | flags) & (flag::GLOBAL | flag::NONLOCAL) != 0 {
                let message = "comprehension inner loop cannot rebind assignment expression target";
                return fail(format!("{message} '{name}'"), span);
            }
            flags |= flag::LOOP_VARIABLE;
        }
        scope.add(name, flags);
        if flags & flag::GLOBAL != 0 {
            self.scopes[0].add(name, flag::GLOBAL);
        }
        Ok(())
    }

    fn body(&mut self, body: &'a [Stmt]) -> Check {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Check {
        self.deeper(stmt.span, |table| table.stmt_at_depth(stmt))
    }

    fn stmt_at_depth(&mut self, stmt: &'a Stmt) -> Check {
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function(function, stmt.span),
            StmtKind::ClassDef(class) => self.class(class, stmt.span),
            StmtKind::Return(value) => self.opt(value.as_ref()),
            StmtKind::Delete(targets) => self.targets(targets),
            StmtKind::Assign { targets, value } => {
                self.targets(targets)?;
                self.expr(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.target(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign { .. } => self.annotated(stmt),
            StmtKind::For(for_stmt) => self.for_loop(for_stmt),
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::With { items, body, .. } => self.with(items, body),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => {
                self.opt(exc.as_ref())?;
                self.opt(cause.as_ref())
            }
            StmtKind::Try(try_stmt) => self.try_stmt(try_stmt),
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.opt(msg.as_ref())
            }
            StmtKind::Import(names) | StmtKind::ImportFrom { names, .. } => self.imports(names),
            StmtKind::Global(names) => self.declare(names, flag::GLOBAL, "global", stmt.span),
            StmtKind::Nonlocal(names) => self.declare(names, flag::NONLOCAL, "nonlocal", stmt.span),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    fn function(&mut self, function: &'a FunctionDef, span: Span) -> Check {
        self.bind(&function.name.name, flag::LOCAL, span)?;
        self.defaults(&function.params)?;
        let params = &function.params;
        let plain = params.posonly.iter().chain(&params.args);
        let order = plain.chain(&params.vararg).chain(&params.kwarg).chain(&params.kwonly);
        for annotation in order
            .filter_map(|param| param.annotation.as_ref())
            .chain(&function.returns)
        {
            self.annotation(annotation)?;
        }
        self.exprs(&function.decorators)?;
        self.within(Kind::Function, |table| {
            table.params(params)?;
            table.body(&function.body)
        })
    }

    fn defaults(&mut self, params: &'a Params) -> Check {
        let params = params.posonly.iter().chain(&params.args).chain(&params.kwonly);
        params
            .filter_map(|param| param.default.as_ref())
            .try_for_each(|default| self.expr(default))
    }

    fn params(&mut self, params: &'a Params) -> Check {
        params
            .iter()
            .try_for_each(|param| self.bind(&param.name.name, flag::PARAM, param.name.span))
    }

    fn class(&mut self, class: &'a ClassDef, span: Span) -> Check {
        self.bind(&class.name.name, flag::LOCAL, span)?;
        self.exprs(&class.bases)?;
        self.keywords(&class.keywords)?;
        self.exprs(&class.decorators)?;
        self.within(Kind::Class, |table| table.body(&class.body))
    }

    fn annotation(&mut self, annotation: &'a Expr) -> Check {
        if self.future_annotations {
            self.within(Kind::Annotation, |table| table.expr(annotation))
        } else {
            self.expr(annotation)
        }
    }

    fn annotated(&mut self, stmt: &'a Stmt) -> Check {
        let StmtKind::AnnAssign {
            target,
            annotation,
            value,
            simple,
        } = &stmt.kind
        else {
            return Ok(());
        };
        match &target.kind {
            ExprKind::Name(name) => {
                let known = self.current().flags(name);
                let is_module = self.stack.len() == 1;
                if known & (flag::GLOBAL | flag::NONLOCAL) != 0 && !is_module && *simple {
                    let what = if known & flag::GLOBAL != 0 {
                        "global"
                    } else {
                        "nonlocal"
                    };
                    return fail(format!("annotated name '{name}' can't be {what}"), stmt.span);
                }
                if *simple {
                    self.bind(name, flag::ANNOTATED | flag::LOCAL, target.span)?;
                } else if value.is_some() {
                    self.bind(name, flag::LOCAL, target.span)?;
                }
            }
            _ => self.expr(target)?,
        }
        self.annotation(annotation)?;
        self.opt(value.as_ref())
    }

    fn for_loop(&mut self, for_stmt: &'a For) -> Check {
        self.target(&for_stmt.target)?;
        self.expr(&for_stmt.iter)?;
        self.body(&for_stmt.body)?;
        self.body(&for_stmt.orelse)
    }

    fn with(&mut self, items: &'a [WithItem], body: &'a [Stmt]) -> Check {
        for item in items {
            self.expr(&item.context)?;
            if let Some(target) = &item.target {
                self.target(target)?;
            }
        }
        self.body(body)
    }

    fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Check {
        self.expr(subject)?;
        for case in cases {
            self.pattern(&case.pattern)?;
            self.opt(case.guard.as_ref())?;
            self.body(&case.body)?;
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern) -> Check {
        self.deeper(pattern.span, |table| table.pattern_at_depth(pattern))
    }

    fn pattern_at_depth(&mut self, pattern: &'a Pattern) -> Check {
        match &pattern.kind {
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Singleton(_) => Ok(()),
            PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => self.patterns(patterns),
            PatternKind::Mapping { keys, patterns, rest } => {
                self.exprs(keys)?;
                self.patterns(patterns)?;
                self.capture(rest.as_ref())
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)
            }
            PatternKind::Star(name) => self.capture(name.as_ref()),
            PatternKind::As { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern)?;
                }
                self.capture(name.as_ref())
            }
        }
    }

    fn patterns(&mut self, patterns: &'a [Pattern]) -> Check {
        patterns.iter().try_for_each(|pattern| self.pattern(pattern))
    }

    fn capture(&mut self, name: Option<&'a Ident>) -> Check {
        name.map_or(Ok(()), |name| self.bind(&name.name, flag::LOCAL, name.span))
    }

    fn try_stmt(&mut self, try_stmt: &'a Try) -> Check {
        self.body(&try_stmt.body)?;
        self.body(&try_stmt.orelse)?;
        for handler in &try_stmt.handlers {
            self.opt(handler.typ.as_ref())?;
            self.capture(handler.name.as_ref())?;
            self.body(&handler.body)?;
        }
        self.body(&try_stmt.finalbody)
    }

    fn imports(&mut self, names: &'a [Alias]) -> Check {
        for alias in names {
            if alias.name == "*" {
                if self.current().kind != Kind::Module {
                    return fail("import * only allowed at module level".to_owned(), alias.span);
                }
                continue;
            }
            let first = alias.name.split('.').next().unwrap_or(&alias.name);
            self.bind(alias.asname.as_deref().unwrap_or(first), flag::LOCAL, alias.span)?;
        }
        Ok(())
    }

    fn declare(&mut self, names: &'a [Ident], flags: u8, word: &str, span: Span) -> Check {
        for name in names {
            let known = self.current().flags(&name.name);
            let name = name.name.as_str();
            let message = if known & flag::PARAM != 0 {
                format!("name '{name}' is parameter and {word}")
            } else if known & flag::USED != 0 {
                format!("name '{name}' is used prior to {word} declaration")
            } else if known & flag::ANNOTATED != 0 {
                format!("annotated name '{name}' can't be {word}")
            } else if known & flag::LOCAL != 0 {
                format!("name '{name}' is assigned to before {word} declaration")
            } else {
                self.bind(name, flags, span)?;
                self.current().directives.push((name, span));
                continue;
            };
            return fail(message, span);
        }
        Ok(())
    }

    fn targets(&mut self, targets: &'a [Expr]) -> Check {
        targets.iter().try_for_each(|target| self.target(target))
    }

    /// An expression that is assigned to or deleted.
    fn target(&mut self, target: &'a Expr) -> Check {
        self.deeper(target.span, |table| match &target.kind {
            ExprKind::Name(name) => table.bind(name, flag::LOCAL, target.span),
            ExprKind::List(elements) | ExprKind::Tuple(elements) => table.targets(elements),
            ExprKind::Starred(value) => table.target(value),
            _ => table.expr_at_depth(target),
        })
    }

    fn exprs(&mut self, exprs: &'a [Expr]) -> Check {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    fn opt(&mut self, expr: Option<&'a Expr>) -> Check {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    fn keywords(&mut self, keywords: &'a [Keyword]) -> Check {
        keywords.iter().try_for_each(|keyword| self.expr(&keyword.value))
    }

    fn expr(&mut self, expr: &'a Expr) -> Check {
        self.deeper(expr.span, |table| table.expr_at_depth(expr))
    }

    fn expr_at_depth(&mut self, expr: &'a Expr) -> Check {
        match &expr.kind {
            ExprKind::Name(name) => self.bind(name, flag::USED, expr.span),
            ExprKind::NamedExpr { target, value } => self.named(target, value, expr.span),
            ExprKind::Lambda { params, body } => {
                self.defaults(params)?;
                self.within(Kind::Function, |table| {
                    table.params(params)?;
                    table.expr(body)
                })
            }
            ExprKind::ListComp { elt, generators } => self.comprehension("list comprehension", generators, &[elt]),
            ExprKind::SetComp { elt, generators } => self.comprehension("set comprehension", generators, &[elt]),
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("dict comprehension", generators, &[value, key])
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("generator expression", generators, &[elt])
            }
            ExprKind::Yield(value) => self.yielded(value.as_deref(), expr.span),
            ExprKind::YieldFrom(value) => self.yielded(Some(value), expr.span),
            ExprKind::Await(value) => {
                self.check_annotation("await expression", expr.span)?;
                self.expr(value)
            }
            _ => self.plain_expr(expr),
        }
    }

    /// Expressions that only pass the walk on to their parts.
    fn plain_expr(&mut self, expr: &'a Expr) -> Check {
        let mut result = Ok(());
        for_each_part(expr, &mut |part| {
            if result.is_ok() {
                result = self.expr(part);
            }
        });
        result
    }

    fn check_annotation(&mut self, what: &str, span: Span) -> Check {
        if self.current().kind == Kind::Annotation {
            return fail(format!("{what} cannot be used within an annotation"), span);
        }
        Ok(())
    }

    fn yielded(&mut self, value: Option<&'a Expr>, span: Span) -> Check {
        self.check_annotation("yield expression", span)?;
        self.opt(value)?;
        match self.current().kind {
            Kind::Comprehension(what) => fail(format!("'yield' inside {what}"), span),
            _ => Ok(()),
        }
    }

    fn named(&mut self, target: &'a Ident, value: &'a Expr, span: Span) -> Check {
        self.check_annotation("named expression", span)?;
        if self.current().in_iterable > 0 {
            let message = "assignment expression cannot be used in a comprehension iterable expression";
            return fail(message.to_owned(), span);
        }
        if matches!(self.current().kind, Kind::Comprehension(_)) {
            self.bind_outside_comprehension(target)?;
        }
        self.expr(value)?;
        self.bind(&target.name, flag::LOCAL, target.span)
    }

    /// A `:=` in a comprehension binds in the scope around it.
    fn bind_outside_comprehension(&mut self, target: &'a Ident) -> Check {
        let (name, span) = (target.name.as_str(), target.span);
        for at in (0..self.stack.len()).rev() {
            let scope = self.stack[at];
            let known = self.scopes[scope].flags(name);
            match self.scopes[scope].kind {
                Kind::Comprehension(_) => {
                    if known & flag::LOOP_VARIABLE != 0 && known & flag::LOCAL != 0 {
                        let message = "assignment expression cannot rebind comprehension iteration variable";
                        return fail(format!("{message} '{name}'"), span);
                    }
                }
                Kind::Function => {
                    let flags = if known & flag::GLOBAL != 0 {
                        flag::GLOBAL
                    } else {
                        flag::NONLOCAL
                    };
                    self.bind(name, flags, span)?;
                    self.current().directives.push((name, span));
                    return self.bind_in(scope, name, flag::LOCAL, span);
                }
                Kind::Module => {
                    self.bind(name, flag::GLOBAL, span)?;
                    self.current().directives.push((name, span));
                    return self.bind_in(scope, name, flag::GLOBAL, span);
                }
                Kind::Class => {
                    let message = "assignment expression within a comprehension cannot be used in a class body";
                    return fail(message.to_owned(), span);
                }
                Kind::Annotation => {}
            }
        }
        Ok(())
    }

    fn comprehension(&mut self, what: &'static str, generators: &'a [Comprehension], elements: &[&'a Expr]) -> Check {
        let (first, rest) = generators.split_first().expect("a comprehension has a clause");
        self.iterable(&first.iter)?;
        self.within(Kind::Comprehension(what), |table| {
            table.loop_target(&first.target)?;
            table.exprs(&first.ifs)?;
            for generator in rest {
                table.loop_target(&generator.target)?;
                table.iterable(&generator.iter)?;
                table.exprs(&generator.ifs)?;
            }
            elements.iter().try_for_each(|element| table.expr(element))
        })
    }

    fn iterable(&mut self, iter: &'a Expr) -> Check {
        self.current().in_iterable += 1;
        let result = self.expr(iter);
        self.current().in_iterable -= 1;
        result
    }

    fn loop_target(&mut self, target: &'a Expr) -> Check {
        self.current().in_loop_target = true;
        let result = self.target(target);
        self.current().in_loop_target = false;
        result
    }
}
