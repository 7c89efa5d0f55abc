//! Constructs that stand where CPython's compiler refuses them.

use super::Check;
use super::future::Futures;
use super::pattern;
use crate::source::Span;
use crate::syntax::ast::*;
use crate::syntax::error::SyntaxError;
use crate::syntax::walk::{any_expr_in_body, for_each_part};

/// CPython's limit on blocks inside each other.
const MAX_BLOCKS: usize = 20;

/// The code that a statement belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
}

/// What a jump may have to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Loop,
    /// The body of an `except*`.
    GroupHandler,
    Other,
}

/// How an expression is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Store,
    Delete,
}

pub(super) fn check(module: &Module, futures: &Futures) -> Check {
    let mut walker = Walker {
        futures,
        unit: Unit::Module,
        blocks: Vec::new(),
        is_async_generator: false,
    };
    walker.body(&module.body)
}

struct Walker<'a> {
    futures: &'a Futures,
    unit: Unit,
    blocks: Vec<Block>,
    is_async_generator: bool,
}

pub(super) fn fail(message: impl Into<String>, span: Span) -> Check {
    Err(SyntaxError::new(message, span))
}

/// `__debug__` can be neither bound nor deleted.
pub(super) fn check_name(name: &str, span: Span) -> Check {
    if name == "__debug__" {
        fail("cannot assign to __debug__", span)
    } else {
        Ok(())
    }
}

impl Walker<'_> {
    fn is_function(&self) -> bool {
        !matches!(self.unit, Unit::Module | Unit::Class)
    }

    /// Walks code of its own: other blocks, another unit.
    fn within(&mut self, unit: Unit, walk: impl FnOnce(&mut Self) -> Check) -> Check {
        let outer_unit = std::mem::replace(&mut self.unit, unit);
        let outer_blocks = std::mem::take(&mut self.blocks);
        let outer_generator = std::mem::replace(&mut self.is_async_generator, false);
        let result = walk(self);
        self.unit = outer_unit;
        self.blocks = outer_blocks;
        self.is_async_generator = outer_generator;
        result
    }

    fn block(&mut self, block: Block, span: Span, walk: impl FnOnce(&mut Self) -> Check) -> Check {
        if self.blocks.len() >= MAX_BLOCKS {
            return fail("too many statically nested blocks", span);
        }
        self.blocks.push(block);
        let result = walk(self);
        self.blocks.pop();
        result
    }

    fn body(&mut self, body: &[Stmt]) -> Check {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Check {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function(function, span),
            StmtKind::ClassDef(class) => self.class(class, span),
            StmtKind::Return(value) => self.return_stmt(value.as_ref(), span),
            StmtKind::Delete(targets) => targets.iter().try_for_each(|target| self.target(target, Use::Delete)),
            StmtKind::Assign { targets, value } => {
                self.expr(value)?;
                targets.iter().try_for_each(|target| self.assigned(target))
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.target(target, Use::Store)?;
                self.expr(value)
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                ..
            } => self.annotated(target, annotation, value.as_ref()),
            StmtKind::For(for_stmt) => self.for_loop(for_stmt, span),
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.block(Block::Loop, span, |walker| walker.body(body))?;
                self.body(orelse)
            }
            StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::With { items, body, is_async } => self.with(items, body, *is_async, span),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => {
                self.opt(exc.as_ref())?;
                self.opt(cause.as_ref())
            }
            StmtKind::Try(try_stmt) => self.try_stmt(try_stmt, span),
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.opt(msg.as_ref())
            }
            StmtKind::Import(names) => self.imports(names),
            StmtKind::ImportFrom { module, names, .. } => self.import_from(module.as_deref(), names, span),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Break => self.jump(true, span),
            StmtKind::Continue => self.jump(false, span),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) | StmtKind::Pass => Ok(()),
        }
    }

    fn function(&mut self, function: &FunctionDef, span: Span) -> Check {
        self.exprs(&function.decorators)?;
        self.check_params(&function.params)?;
        self.defaults(&function.params)?;
        if !self.futures.annotations {
            let annotations = function.params.iter().filter_map(|param| param.annotation.as_ref());
            for annotation in annotations.chain(&function.returns) {
                match &annotation.kind {
                    ExprKind::Starred(value) => self.expr(value)?,
                    _ => self.expr(annotation)?,
                }
            }
        }
        let unit = if function.is_async {
            Unit::AsyncFunction
        } else {
            Unit::Function
        };
        self.within(unit, |walker| {
            walker.is_async_generator = function.is_async && body_yields(&function.body);
            walker.body(&function.body)
        })?;
        check_name(&function.name.name, span)
    }

    fn check_params(&self, params: &Params) -> Check {
        params
            .iter()
            .try_for_each(|param| check_name(&param.name.name, param.name.span))
    }

    fn defaults(&mut self, params: &Params) -> Check {
        let all = params.posonly.iter().chain(&params.args).chain(&params.kwonly);
        all.filter_map(|param| param.default.as_ref())
            .try_for_each(|default| self.expr(default))
    }

    fn class(&mut self, class: &ClassDef, span: Span) -> Check {
        self.exprs(&class.decorators)?;
        self.within(Unit::Class, |walker| walker.body(&class.body))?;
        self.arguments(&class.bases, &class.keywords)?;
        check_name(&class.name.name, span)
    }

    fn return_stmt(&mut self, value: Option<&Expr>, span: Span) -> Check {
        if !self.is_function() {
            return fail("'return' outside function", span);
        }
        if value.is_some() && self.is_async_generator {
            return fail("'return' with value in async generator", span);
        }
        self.opt(value)?;
        if self.blocks.contains(&Block::GroupHandler) {
            group_handler(span)
        } else {
            Ok(())
        }
    }

    fn jump(&mut self, is_break: bool, span: Span) -> Check {
        match self.blocks.iter().rev().find(|&&block| block != Block::Other) {
            Some(Block::Loop) => Ok(()),
            Some(_) => group_handler(span),
            None if is_break => fail("'break' outside loop", span),
            None => fail("'continue' not properly in loop", span),
        }
    }

    /// Functions do not evaluate the annotations of their variables.
    fn annotated(&mut self, target: &Expr, annotation: &Expr, value: Option<&Expr>) -> Check {
        self.opt(value)?;
        if value.is_some() || matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. }) {
            self.target(target, Use::Store)?;
        } else {
            self.expr(target)?;
        }
        let is_evaluated = matches!(self.unit, Unit::Module | Unit::Class) && !self.futures.annotations;
        if is_evaluated { self.expr(annotation) } else { Ok(()) }
    }

    fn for_loop(&mut self, for_stmt: &For, span: Span) -> Check {
        if for_stmt.is_async && self.unit != Unit::AsyncFunction {
            return fail("'async for' outside async function", span);
        }
        self.expr(&for_stmt.iter)?;
        self.block(Block::Loop, span, |walker| {
            walker.assigned(&for_stmt.target)?;
            walker.body(&for_stmt.body)
        })?;
        self.body(&for_stmt.orelse)
    }

    /// Each item is a block inside the one before it.
    fn with(&mut self, items: &[WithItem], body: &[Stmt], is_async: bool, span: Span) -> Check {
        if is_async && self.unit != Unit::AsyncFunction {
            return fail("'async with' outside async function", span);
        }
        let Some((first, rest)) = items.split_first() else {
            return self.body(body);
        };
        self.expr(&first.context)?;
        self.block(Block::Other, span, |walker| {
            if let Some(target) = &first.target {
                walker.assigned(target)?;
            }
            walker.with(rest, body, is_async, span)
        })
    }

    fn match_stmt(&mut self, subject: &Expr, cases: &[MatchCase]) -> Check {
        self.expr(subject)?;
        for (at, case) in cases.iter().enumerate() {
            let may_match_all = case.guard.is_some() || at + 1 == cases.len();
            pattern::check(&case.pattern, may_match_all)?;
            self.opt(case.guard.as_ref())?;
            self.body(&case.body)?;
        }
        Ok(())
    }

    fn try_stmt(&mut self, try_stmt: &Try, span: Span) -> Check {
        if try_stmt.finalbody.is_empty() {
            return self.try_except(try_stmt, span);
        }
        self.block(Block::Other, span, |walker| {
            if try_stmt.handlers.is_empty() {
                walker.body(&try_stmt.body)
            } else {
                walker.try_except(try_stmt, span)
            }
        })?;
        self.block(Block::Other, span, |walker| walker.body(&try_stmt.finalbody))
    }

    fn try_except(&mut self, try_stmt: &Try, span: Span) -> Check {
        self.block(Block::Other, span, |walker| walker.body(&try_stmt.body))?;
        self.body(&try_stmt.orelse)?;
        let outer = if try_stmt.is_star {
            Block::GroupHandler
        } else {
            Block::Other
        };
        let last = try_stmt.handlers.len().saturating_sub(1);
        self.block(outer, span, |walker| {
            for (at, handler) in try_stmt.handlers.iter().enumerate() {
                if handler.typ.is_none() && at < last {
                    return fail("default 'except:' must be last", handler.span);
                }
                walker.handler(handler)?;
            }
            Ok(())
        })
    }

    fn handler(&mut self, handler: &ExceptHandler) -> Check {
        self.opt(handler.typ.as_ref())?;
        if let Some(name) = &handler.name {
            check_name(&name.name, handler.span)?;
        }
        self.block(Block::Other, handler.span, |walker| walker.body(&handler.body))
    }

    fn imports(&mut self, names: &[Alias]) -> Check {
        names
            .iter()
            .try_for_each(|alias| check_name(alias.asname.as_ref().unwrap_or(&alias.name), alias.span))
    }

    fn import_from(&mut self, module: Option<&str>, names: &[Alias], span: Span) -> Check {
        let is_late = self.futures.last.is_none_or(|last| span.start > last);
        if module == Some("__future__") && is_late {
            return fail("from __future__ imports must occur at the beginning of the file", span);
        }
        self.imports(names)
    }

    /// A whole target: a starred one must be in a list or tuple.
    fn assigned(&mut self, target: &Expr) -> Check {
        if matches!(target.kind, ExprKind::Starred(_)) {
            return fail("starred assignment target must be in a list or tuple", target.span);
        }
        self.target(target, Use::Store)
    }

    fn target(&mut self, target: &Expr, how: Use) -> Check {
        match &target.kind {
            ExprKind::Name(name) => check_bound_name(name, target.span, how),
            ExprKind::Attribute { value, attr } => {
                self.expr(value)?;
                check_bound_name(&attr.name, target.span, how)
            }
            ExprKind::List(elements) | ExprKind::Tuple(elements) => self.unpacked(elements, target.span, how),
            ExprKind::Starred(value) => self.assigned(value),
            _ => self.expr(target),
        }
    }

    fn unpacked(&mut self, elements: &[Expr], span: Span, how: Use) -> Check {
        let is_starred = |element: &Expr| matches!(element.kind, ExprKind::Starred(_));
        if elements.iter().filter(|&element| is_starred(element)).count() > 1 {
            return fail("multiple starred expressions in assignment", span);
        }
        if elements.iter().position(is_starred).is_some_and(|before| before >= 256) {
            return fail("too many expressions in star-unpacking assignment", span);
        }
        elements.iter().try_for_each(|element| self.target(element, how))
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Check {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    fn opt(&mut self, expr: Option<&Expr>) -> Check {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    fn expr(&mut self, expr: &Expr) -> Check {
        match &expr.kind {
            ExprKind::Starred(_) => fail("can't use starred expression here", expr.span),
            ExprKind::List(elements) | ExprKind::Tuple(elements) | ExprKind::Set(elements) => {
                elements.iter().try_for_each(|element| self.element(element))
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.arguments(args, keywords)
            }
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                check_name(&target.name, target.span)
            }
            ExprKind::Lambda { params, body } => {
                self.check_params(params)?;
                self.defaults(params)?;
                self.within(Unit::Lambda, |walker| walker.expr(body))
            }
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => self.yielded(expr),
            ExprKind::Await(value) => self.awaited(value, expr.span),
            ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } => {
                self.comprehension(generators, &[elt], false, expr)
            }
            ExprKind::DictComp { key, value, generators } => self.comprehension(generators, &[key, value], false, expr),
            ExprKind::GeneratorExp { elt, generators } => self.comprehension(generators, &[elt], true, expr),
            _ => self.plain_expr(expr),
        }
    }

    fn plain_expr(&mut self, expr: &Expr) -> Check {
        let mut result = Ok(());
        for_each_part(expr, &mut |part| {
            if result.is_ok() {
                result = self.expr(part);
            }
        });
        result
    }

    /// An element of a display or an argument, where a star is welcome.
    fn element(&mut self, element: &Expr) -> Check {
        match &element.kind {
            ExprKind::Starred(value) => self.expr(value),
            _ => self.expr(element),
        }
    }

    fn arguments(&mut self, args: &[Expr], keywords: &[Keyword]) -> Check {
        for (at, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            check_name(&name.name, name.span)?;
            let repeated = keywords[at + 1..]
                .iter()
                .find(|other| other.arg.as_ref().is_some_and(|other| other.name == name.name));
            if let Some(Keyword {
                arg: Some(other),
                value,
            }) = repeated
            {
                return fail(
                    format!("keyword argument repeated: {}", name.name),
                    other.span.to(value.span),
                );
            }
        }
        args.iter().try_for_each(|arg| self.element(arg))?;
        keywords.iter().try_for_each(|keyword| self.expr(&keyword.value))
    }

    fn yielded(&mut self, expr: &Expr) -> Check {
        if !self.is_function() {
            return fail("'yield' outside function", expr.span);
        }
        if matches!(expr.kind, ExprKind::YieldFrom(_)) && self.unit == Unit::AsyncFunction {
            return fail("'yield from' inside async function", expr.span);
        }
        self.plain_expr(expr)
    }

    fn awaited(&mut self, value: &Expr, span: Span) -> Check {
        if !self.is_function() {
            return fail("'await' outside function", span);
        }
        if !matches!(self.unit, Unit::AsyncFunction | Unit::Comprehension) {
            return fail("'await' outside async function", span);
        }
        self.expr(value)
    }

    fn comprehension(
        &mut self,
        generators: &[Comprehension],
        elements: &[&Expr],
        is_generator: bool,
        whole: &Expr,
    ) -> Check {
        let may_be_async = is_generator || matches!(self.unit, Unit::AsyncFunction | Unit::Comprehension);
        if !may_be_async && is_async_comprehension(generators, elements) {
            return fail(
                "asynchronous comprehension outside of an asynchronous function",
                whole.span,
            );
        }
        let (first, rest) = generators.split_first().expect("a comprehension has a clause");
        self.expr(&first.iter)?;
        self.within(Unit::Comprehension, |walker| {
            walker.assigned(&first.target)?;
            walker.exprs(&first.ifs)?;
            for generator in rest {
                walker.expr(&generator.iter)?;
                walker.assigned(&generator.target)?;
                walker.exprs(&generator.ifs)?;
            }
            elements.iter().try_for_each(|element| walker.expr(element))
        })
    }
}

fn group_handler(span: Span) -> Check {
    fail(
        "'break', 'continue' and 'return' cannot appear in an except* block",
        span,
    )
}

fn check_bound_name(name: &str, span: Span, how: Use) -> Check {
    match how {
        Use::Store => check_name(name, span),
        Use::Delete if name == "__debug__" => fail("cannot delete __debug__", span),
        Use::Delete => Ok(()),
    }
}

/// Whether a comprehension awaits: by an `async for`, an `await` in its own scope, or an inner one of that kind.
fn is_async_comprehension(generators: &[Comprehension], elements: &[&Expr]) -> bool {
    let outer_only = generators.first().map(|first| &first.iter);
    let clauses = generators
        .iter()
        .flat_map(|generator| generator.ifs.iter().chain([&generator.iter]));
    let parts = clauses.filter(|part| !outer_only.is_some_and(|outer| std::ptr::eq(outer, *part)));
    generators.iter().any(|generator| generator.is_async)
        || parts.chain(elements.iter().copied()).any(expression_awaits)
}

fn expression_awaits(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Await(_) => true,
        ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } => {
            is_async_comprehension(generators, &[elt]) || first_iterable_awaits(generators)
        }
        ExprKind::DictComp { key, value, generators } => {
            is_async_comprehension(generators, &[key, value]) || first_iterable_awaits(generators)
        }
        ExprKind::GeneratorExp { generators, .. } => first_iterable_awaits(generators),
        _ => any_part(expr, expression_awaits),
    }
}

fn first_iterable_awaits(generators: &[Comprehension]) -> bool {
    generators.first().is_some_and(|first| expression_awaits(&first.iter))
}

fn any_part(expr: &Expr, test: fn(&Expr) -> bool) -> bool {
    let mut found = false;
    for_each_part(expr, &mut |part| found = found || test(part));
    found
}

/// Whether a function's own code yields, nested functions left out.
fn body_yields(body: &[Stmt]) -> bool {
    any_expr_in_body(body, &mut |expr| matches!(expr.kind, ExprKind::Yield(_)))
}
