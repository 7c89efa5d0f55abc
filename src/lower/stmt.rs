//! Statements.

use super::Lowerer;
use super::cycles::Asks;
use super::names::Meaning;
use crate::diagnostics::codes;
use crate::ir::{Block, Expr, ExprKind, Handler, Stmt, StmtKind, Target};
use crate::resolve::scope::Scopes;
use crate::resolve::statics::Static;
use crate::source::Span;
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    pub fn block(&mut self, body: &[ast::Stmt]) -> Block {
        let mut out = Vec::new();
        for stmt in body {
            self.stmt(stmt, &mut out);
        }
        out
    }

    fn stmt(&mut self, stmt: &ast::Stmt, out: &mut Block) {
        let span = stmt.span;
        match &stmt.kind {
            ast::StmtKind::FunctionDef(def) => self.function_def(def, span, out),
            ast::StmtKind::ClassDef(def) => self.class_def(def, span, out),
            ast::StmtKind::Return(value) => {
                let value = value.as_ref().map_or_else(|| Expr::none(span), |e| self.expr(e));
                out.push(Stmt {
                    kind: StmtKind::Return(value),
                    span,
                });
            }
            ast::StmtKind::Delete(targets) => targets.iter().for_each(|t| self.delete(t, out)),
            ast::StmtKind::Assign { targets, value } => {
                if !self.is_unused_alias(targets, value) {
                    self.assign(targets, value, span, out);
                }
            }
            ast::StmtKind::AugAssign { target, op, value } => {
                let stmt = self.augmented(target, *op, value, span);
                out.push(stmt);
            }
            ast::StmtKind::AnnAssign {
                target,
                value,
                annotation,
                ..
            } => {
                let target = std::slice::from_ref(target);
                if let Some(value) = value
                    && !self.is_unused_alias(target, value)
                {
                    self.assign(target, value, span, out);
                }
                self.variable_hint(annotation, out);
            }
            ast::StmtKind::Pass => {}
            ast::StmtKind::For(f) => self.for_loop(f, span, out),
            ast::StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse, span, out),
            ast::StmtKind::If { test, body, orelse } => {
                if let Some(taken) = self.statically_taken(test) {
                    let block = self.block(if taken { body } else { orelse });
                    out.extend(block);
                    return;
                }
                let cond = self.cond(test);
                let (then, orelse) = (self.block(body), self.block(orelse));
                out.push(Stmt {
                    kind: StmtKind::If { cond, then, orelse },
                    span,
                });
            }
            ast::StmtKind::With { items, body, is_async } => self.with(items, body, *is_async, span, out),
            ast::StmtKind::Match { subject, cases } => self.match_stmt(subject, cases, span, out),
            ast::StmtKind::Raise { exc, cause } => self.raise(exc, cause, span, out),
            ast::StmtKind::Try(t) => self.try_stmt(t, span, out),
            ast::StmtKind::Assert { test, msg } => self.assert(test, msg, span, out),
            ast::StmtKind::Import(names) => self.import(names, span, out),
            ast::StmtKind::ImportFrom { module, names, level } => {
                self.import_from(module.as_deref().unwrap_or_default(), *level, names, span, out);
            }
            ast::StmtKind::Global(_) | ast::StmtKind::Nonlocal(_) => {}
            ast::StmtKind::Expr(e) => {
                if !matches!(e.kind, ast::ExprKind::Constant(_)) {
                    let value = self.expr(e);
                    out.push(Stmt {
                        kind: StmtKind::Expr(value),
                        span,
                    });
                }
            }
            ast::StmtKind::Break => self.jump(StmtKind::Break, span, out),
            ast::StmtKind::Continue => self.jump(StmtKind::Continue, span, out),
        }
    }

    /// The name of a handler is unbound after it, where anything could tell.
    fn fades(&self, name: &str) -> bool {
        self.context().scope == Scopes::MODULE || self.context().fading.contains(name)
    }

    /// What the end of a handler does to its name: `name = None; del name`.
    fn unbind(&mut self, name: &str, span: Span, out: &mut Block) {
        let target = self.name_target(name);
        let kind = match target {
            Target::Local(id) => StmtKind::DelLocal(id),
            Target::Global(id) => StmtKind::DelGlobal(id),
            _ => return,
        };
        let value = Expr::none(span);
        let assign = StmtKind::Assign { value, target };
        out.extend([assign, kind].map(|kind| Stmt { kind, span }));
    }

    fn jump(&mut self, make: fn(crate::ir::Label) -> StmtKind, span: Span, out: &mut Block) {
        let loops = self.context().loops.len();
        let left: Vec<String> = self
            .context()
            .handler_names
            .iter()
            .filter(|(at, _)| *at == loops)
            .map(|(_, name)| name.clone())
            .collect();
        left.iter().rev().for_each(|name| self.unbind(name, span, out));
        if let Some(label) = self.context().loops.last() {
            out.push(Stmt {
                kind: make(*label),
                span,
            });
        }
    }

    /// `Vector = list[float]` at module level where nothing but annotations names it: not evaluated.
    fn is_unused_alias(&self, targets: &[ast::Expr], value: &ast::Expr) -> bool {
        let [
            ast::Expr {
                kind: ast::ExprKind::Name(name),
                ..
            },
        ] = targets
        else {
            return false;
        };
        let typing_only = match &value.kind {
            ast::ExprKind::Subscript { .. } | ast::ExprKind::Call { .. } | ast::ExprKind::BinOp { .. } => {
                names_only_types(value, &self.statics)
            }
            _ => false,
        };
        self.context().scope == Scopes::MODULE && typing_only && !self.scopes.is_used(name)
    }

    /// `if TYPE_CHECKING:` is never taken at run time.
    fn statically_taken(&mut self, test: &ast::Expr) -> Option<bool> {
        let named = match &test.kind {
            ast::ExprKind::Name(name) => matches!(
                self.statics.get(name),
                Some(Static::Member { module, name, .. }) if module == "typing" && name == "TYPE_CHECKING"
            ),
            ast::ExprKind::Attribute { attr, .. } => attr.name == "TYPE_CHECKING",
            _ => false,
        };
        named.then_some(false)
    }

    fn for_loop(&mut self, f: &ast::For, span: Span, out: &mut Block) {
        if f.is_async {
            return self.async_for(f, span, out);
        }
        let iter = self.expr(&f.iter);
        let label = self.fresh_label();
        let target = self.target(&f.target);
        self.context_mut().loops.push(label);
        let body = self.block(&f.body);
        self.context_mut().loops.pop();
        let orelse = self.block(&f.orelse);
        out.push(Stmt {
            kind: StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse,
            },
            span,
        });
    }

    fn while_loop(&mut self, test: &ast::Expr, body: &[ast::Stmt], orelse: &[ast::Stmt], span: Span, out: &mut Block) {
        let label = self.fresh_label();
        let cond = self.cond(test);
        self.context_mut().loops.push(label);
        let body = self.block(body);
        self.context_mut().loops.pop();
        let orelse = self.block(orelse);
        out.push(Stmt {
            kind: StmtKind::While {
                label,
                cond,
                body,
                orelse,
            },
            span,
        });
    }

    fn with(&mut self, items: &[ast::WithItem], body: &[ast::Stmt], is_async: bool, span: Span, out: &mut Block) {
        let Some((item, rest)) = items.split_first() else {
            let block = self.block(body);
            out.extend(block);
            return;
        };
        let manager = self.expr(&item.context);
        let target = item.target.as_ref().map(|t| self.target(t));
        let mut inner = Vec::new();
        self.with(rest, body, is_async, span, &mut inner);
        out.push(Stmt {
            kind: StmtKind::With {
                manager,
                target,
                body: inner,
                is_async,
            },
            span,
        });
    }

    fn raise(&mut self, exc: &Option<ast::Expr>, cause: &Option<ast::Expr>, span: Span, out: &mut Block) {
        match exc {
            Some(exc) => {
                let exc = self.expr(exc);
                let cause = cause.as_ref().map(|c| self.expr(c));
                out.push(Stmt {
                    kind: StmtKind::Raise { exc, cause },
                    span,
                });
            }
            None if self.context().handlers > 0 => out.push(Stmt {
                kind: StmtKind::Reraise,
                span,
            }),
            None => self.refuse(
                &codes::BARE_RAISE,
                span,
                "a bare `raise` stands outside an `except` body",
                "name the exception to raise",
            ),
        }
    }

    fn try_stmt(&mut self, t: &ast::Try, span: Span, out: &mut Block) {
        if t.is_star {
            self.refuse(
                &codes::EXCEPTION_GROUP,
                span,
                "`except*` is not supported",
                "catch single exceptions",
            );
            return;
        }
        let body = self.block(&t.body);
        let handlers = t.handlers.iter().map(|h| self.handler(h)).collect();
        let orelse = self.block(&t.orelse);
        let finally = self.block(&t.finalbody);
        out.push(Stmt {
            kind: StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            },
            span,
        });
    }

    fn handler(&mut self, h: &ast::ExceptHandler) -> Handler {
        let class = h.typ.as_ref().map(|t| self.expr(t));
        self.context_mut().handlers += 1;
        let fading = h.name.as_ref().map(|n| n.name.clone()).filter(|n| self.fades(n));
        let target = h.name.as_ref().map(|n| self.name_target(&n.name));
        let mut body = Vec::new();
        let name = match target {
            Some(Target::Local(id)) => Some(id),
            Some(other) => {
                let value = Expr::new(ExprKind::CurrentException, h.span);
                body.push(Stmt {
                    kind: StmtKind::Assign { value, target: other },
                    span: h.span,
                });
                None
            }
            None => None,
        };
        if let Some(name) = &fading {
            let loops = self.context().loops.len();
            self.context_mut().handler_names.push((loops, name.clone()));
        }
        let lowered = self.block(&h.body);
        body.extend(lowered);
        if let Some(name) = fading {
            self.context_mut().handler_names.pop();
            self.unbind(&name, h.span, &mut body);
        }
        self.context_mut().handlers -= 1;
        Handler {
            class,
            name,
            body,
            span: h.span,
        }
    }

    fn assert(&mut self, test: &ast::Expr, msg: &Option<ast::Expr>, span: Span, out: &mut Block) {
        let cond = self.cond(test);
        let failed = Expr::typed(ExprKind::Not(Box::new(cond)), crate::ir::Ty::Bool, span);
        let args = msg.iter().map(|m| self.expr(m)).collect();
        let exc = self.builtin_call("AssertionError", args, span);
        let raise = Stmt {
            kind: StmtKind::Raise { exc, cause: None },
            span,
        };
        out.push(Stmt {
            kind: StmtKind::If {
                cond: failed,
                then: vec![raise],
                orelse: Vec::new(),
            },
            span,
        });
    }

    /// Static imports need no code; others bind the module's value.
    fn import(&mut self, names: &[ast::Alias], span: Span, out: &mut Block) {
        for alias in names {
            let first = alias.name.split('.').next().unwrap_or_default().to_owned();
            let bound = alias.asname.clone().unwrap_or_else(|| first.clone());
            let module = if alias.asname.is_some() {
                crate::resolve::library::canonical(&alias.name).to_owned()
            } else {
                crate::resolve::library::canonical(&first).to_owned()
            };
            self.run_user_module(&alias.name, 0, span, out);
            if self.fails_to_import(&alias.name, span, out) || self.is_static_import(&bound) {
                continue;
            }
            if !crate::resolve::library::has_module(&module) {
                self.refuse(
                    &codes::UNKNOWN_NAME,
                    span,
                    format!("module `{module}` is not available to a vessel"),
                    "import it once, at the top of the module",
                );
                continue;
            }
            let target = self.name_target(&bound);
            out.push(Stmt {
                kind: StmtKind::Assign {
                    value: Expr::new(ExprKind::ModuleValue(module), span),
                    target,
                },
                span,
            });
        }
    }

    fn import_from(&mut self, module: &str, level: u32, names: &[ast::Alias], span: Span, out: &mut Block) {
        if module == "__future__" && level == 0 {
            return;
        }
        self.run_user_module(module, level, span, out);
        if level == 0 && self.fails_to_import(module, span, out) {
            return;
        }
        for alias in names {
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).clone();
            if alias.name == "*" {
                self.refuse_star(module, span);
                continue;
            }
            // What a module imports, others may take from it.
            let is_static = self.is_static_import(&bound);
            let exports = self.module.0 != 0 && self.context().scope == Scopes::MODULE;
            let member = self.member_of(module, level, &alias.name);
            if let (Meaning::Unknown, 0) = (&member, level)
                && let Some(failure) = self.import_failure(module, Some(&alias.name))
            {
                self.raise_failure(&failure, span, out);
                return;
            }
            if let Meaning::UserModule(module) = &member {
                self.run_user_module(module, 0, span, out);
            }
            if let Meaning::Global(id) = &member
                && alias.span == span
                && self.may_be_late(*id)
            {
                self.refuse_star(module, span);
                continue;
            }
            if is_static && !exports {
                if let Meaning::Global(id) = member {
                    self.ask_module(id, span, out);
                }
                continue;
            }
            let value = match member {
                Meaning::Library { module, name } => Expr::new(ExprKind::Library { module, name }, span),
                Meaning::Module(module) => Expr::new(ExprKind::ModuleValue(module), span),
                Meaning::Global(id) if !self.takes_inner_module(module, level, &alias.name) => {
                    self.read_of_module(id, Asks::Import, span)
                }
                _ if is_static => continue,
                _ => {
                    let message = format!("`{module}.{}` is not available to a vessel", alias.name);
                    self.refuse(
                        &codes::UNKNOWN_NAME,
                        span,
                        message,
                        "import it once, at the top of the module",
                    );
                    continue;
                }
            };
            let target = self.name_target(&bound);
            out.push(Stmt {
                kind: StmtKind::Assign { value, target },
                span,
            });
        }
    }

    fn refuse_star(&mut self, module: &str, span: Span) {
        self.refuse(
            &codes::STAR_IMPORT,
            span,
            format!("`from {module} import *` hides what is used"),
            "import the names that are used",
        );
    }

    /// The interpreter has no such module: the import raises.
    fn fails_to_import(&mut self, module: &str, span: Span, out: &mut Block) -> bool {
        let known = crate::resolve::library::has_module(crate::resolve::library::canonical(module));
        if known || self.user_module(module, 0).is_some() {
            return false;
        }
        let failure = self.import_failure(module, None);
        if let Some(failure) = &failure {
            self.raise_failure(failure, span, out);
        }
        failure.is_some()
    }

    fn raise_failure(&mut self, failure: &super::ImportFailure, span: Span, out: &mut Block) {
        let name = (Some("name".to_owned()), Expr::str(&failure.module, span));
        let raise = self.raised_with(&failure.class, &failure.message, vec![name], span);
        out.push(Stmt {
            kind: StmtKind::Expr(raise),
            span,
        });
    }

    fn is_static_import(&self, name: &str) -> bool {
        let known = if self.context().scope == Scopes::MODULE {
            self.statics.get(name)
        } else {
            self.context().imports.get(name)
        };
        Self::is_import(known)
    }
}

/// The expression names nothing but types: builtin ones, those of `typing`, and strings in subscripts.
fn names_only_types(e: &ast::Expr, statics: &std::collections::HashMap<String, Static>) -> bool {
    let from_typing = |name: &str| match statics.get(name) {
        Some(Static::Member { module, .. }) => {
            matches!(module.as_str(), "typing" | "collections.abc" | "typing_extensions")
        }
        Some(Static::Module(module)) => module == "typing",
        Some(Static::Class) => true,
        _ => false,
    };
    match &e.kind {
        ast::ExprKind::Subscript { value, slice } => {
            names_only_types(value, statics) && (names_only_types(slice, statics) || is_type_list(slice, statics))
        }
        ast::ExprKind::Call { func, .. } => match &func.kind {
            ast::ExprKind::Name(name) => {
                name == "TypeVar" && from_typing(name) || name == "NewType" && from_typing(name)
            }
            _ => false,
        },
        ast::ExprKind::BinOp {
            left,
            op: ast::BinOp::BitOr,
            right,
        } => names_only_types(left, statics) && names_only_types(right, statics),
        ast::ExprKind::Attribute { value, .. } => names_only_types(value, statics),
        ast::ExprKind::Name(name) => {
            from_typing(name)
                || matches!(
                    name.as_str(),
                    "int"
                        | "str"
                        | "float"
                        | "bool"
                        | "bytes"
                        | "list"
                        | "dict"
                        | "tuple"
                        | "set"
                        | "frozenset"
                        | "object"
                )
        }
        ast::ExprKind::Constant(ast::Constant::None | ast::Constant::Str(_) | ast::Constant::Ellipsis) => true,
        _ => false,
    }
}

fn is_type_list(e: &ast::Expr, statics: &std::collections::HashMap<String, Static>) -> bool {
    match &e.kind {
        ast::ExprKind::Tuple(parts) | ast::ExprKind::List(parts) => parts
            .iter()
            .all(|p| names_only_types(p, statics) || is_type_list(p, statics)),
        _ => false,
    }
}
