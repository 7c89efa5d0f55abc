//! Functions, lambdas and module bodies.

use super::Lowerer;
use super::context::FnContext;
use crate::ir::func::{Flavor, Storage};
use crate::ir::{Arg, Callee, ClassId, Expr, ExprKind, FuncId, LocalId, Param, ParamKind, Stmt, StmtKind, Target};
use crate::resolve::handlers;
use crate::resolve::scope::{NodeKey, ScopeId, ScopeKind, Scopes};
use crate::resolve::statics::{self, Static};
use crate::source::Span;
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    pub fn context(&self) -> &FnContext {
        self.stack.last().expect("a function is being lowered")
    }

    pub fn context_mut(&mut self) -> &mut FnContext {
        self.stack.last_mut().expect("a function is being lowered")
    }

    /// A module's statements as a function without parameters. A statement that cannot be lowered poisons the names
    /// it binds and, in the script's function, refuses the script.
    pub fn module_function(&mut self, id: FuncId, body: &[&ast::Stmt], name: &str) {
        self.stack.push(FnContext::new(id, Scopes::MODULE));
        let mut lowered = Vec::new();
        if let Some(global) = self.globals.get("__name__") {
            let span = Span::default();
            let value = Expr::str(name, span);
            lowered.push(Stmt {
                kind: StmtKind::Assign {
                    value,
                    target: Target::Global(*global),
                },
                span,
            });
        }
        let in_cycle = self.late(self.module).is_some_and(|late| late.in_cycle);
        if self.module.0 != 0 || in_cycle {
            self.run_once(&mut lowered);
        }
        let done = in_cycle.then(|| self.declare_global(".done", crate::ir::GlobalKind::Variable));
        let mut groups = Vec::new();
        for stmt in body {
            let before = self.context().blockers.len();
            // The main block is there only where it runs.
            let part = match &stmt.kind {
                ast::StmtKind::If { body, .. } if super::is_main_block(stmt) => self.block(body),
                _ => self.block(std::slice::from_ref(*stmt)),
            };
            match self.context().blockers.get(before).cloned() {
                None => {
                    groups.push(lowered.len());
                    lowered.extend(part);
                }
                Some(reason) => {
                    for bound in statics::bound_names(stmt) {
                        if let Some(global) = self.globals.get(&bound) {
                            self.shared.poisoned.insert(*global, reason.clone());
                        }
                    }
                    // The script as a whole is refused then, and so changes nothing.
                    if self.shared.program.modules[self.module.index()].init == id {
                        self.shared.refused.push((part, reason));
                    }
                }
            }
        }
        if let Some(done) = done {
            groups.push(lowered.len());
            lowered.push(flag(done));
        }
        self.shared.groups.insert(id, groups);
        self.finish(lowered, Vec::new(), Flavor::Plain, None);
    }

    /// An imported module's statements run the first time only: a hidden variable tells whether they did.
    fn run_once(&mut self, out: &mut Vec<Stmt>) {
        let span = Span::default();
        let stmt = |kind| Stmt { kind, span };
        let id = self.declare_global(".ran", crate::ir::GlobalKind::Variable);
        let ran = Expr::new(ExprKind::Global(id), span);
        let handler = crate::ir::Handler {
            class: Some(Expr::new(ExprKind::Builtin("NameError".to_owned()), span)),
            name: None,
            body: Vec::new(),
            span,
        };
        out.push(stmt(StmtKind::Try {
            body: vec![stmt(StmtKind::Expr(ran)), stmt(StmtKind::Return(Expr::none(span)))],
            handlers: vec![handler],
            orelse: Vec::new(),
            finally: Vec::new(),
        }));
        out.push(flag(id));
    }

    /// Ends the function on top of the stack.
    fn finish(&mut self, body: Vec<Stmt>, params: Vec<Param>, flavor: Flavor, doc: Option<String>) -> FuncId {
        let context = self.stack.pop().expect("a function is being lowered");
        let parent = self.stack.last().map(|c| c.id);
        let function = &mut self.shared.program.functions[context.id.index()];
        function.locals = context.locals;
        function.body = body;
        function.params = params;
        function.flavor = flavor;
        function.doc = doc;
        function.parent = parent;
        if !context.blockers.is_empty() {
            self.shared.blockers.insert(context.id, context.blockers.clone());
            // An inner function that cannot be lowered stands in the way of the one around it. Modules and classes go
            // on without it: only users of the name are refused.
            let scopes = self.scopes;
            let goes_on = |c: &FnContext| matches!(scopes.get(c.scope).kind, ScopeKind::Module | ScopeKind::Class);
            if let Some(outer) = self.stack.last_mut().filter(|c| !goes_on(c)) {
                outer.blockers.extend(context.blockers);
            }
        }
        context.id
    }

    /// `def`: binds the name to the function, or declares a static one.
    pub fn function_def(&mut self, def: &ast::FunctionDef, span: Span, out: &mut Vec<Stmt>) {
        let at_module = self.context().scope == Scopes::MODULE;
        if at_module && self.is_static(&def.name.name, &Static::Function) {
            self.static_function(def, span, out);
            return;
        }
        let decorators: Vec<Expr> = def.decorators.iter().map(|d| self.expr(d)).collect();
        let value = self.function_value(&def.name.name, &def.params, Body::Def(def), span);
        let mut value = self.hinted_function(def, value);
        for decorator in decorators.into_iter().rev() {
            value = Expr::new(
                ExprKind::Call {
                    callee: Callee::Value(Box::new(decorator)),
                    args: vec![Arg::One(value)],
                    keywords: Vec::new(),
                },
                span,
            );
        }
        let target = self.name_target(&def.name.name);
        out.push(Stmt {
            kind: StmtKind::Assign { value, target },
            span,
        });
    }

    /// A module-level function bound once: calls name it directly. Defaults that are not constants are evaluated
    /// here, once, into hidden globals.
    fn static_function(&mut self, def: &ast::FunctionDef, span: Span, out: &mut Vec<Stmt>) {
        let crate::ir::GlobalKind::Function(id) = self.shared.program.global(self.globals[&def.name.name]).kind else {
            return;
        };
        let key = NodeKey::new(span, ScopeKind::Function);
        for param in def.params.iter() {
            let Some(default) = &param.default else { continue };
            if constant_default(default).is_none() {
                let value = self.expr(default);
                let global = self.default_global(&def.name.name, &param.name.name);
                out.push(Stmt {
                    kind: StmtKind::Assign {
                        value,
                        target: Target::Global(global),
                    },
                    span,
                });
            }
        }
        self.function_hints(def, out);
        if self.functions.insert(key, id).is_none() {
            self.lower_function(id, &def.name.name, &def.params, Body::Def(def), span, None);
            self.link_defaults(id, def);
        }
    }

    fn default_global(&mut self, function: &str, param: &str) -> crate::ir::GlobalId {
        let name = format!("{function}.{param}");
        match self.globals.get(&name) {
            Some(id) => *id,
            None => self.declare_global(&name, crate::ir::GlobalKind::Variable),
        }
    }

    fn link_defaults(&mut self, id: FuncId, def: &ast::FunctionDef) {
        for param in def.params.iter().filter(|p| p.default.is_some()) {
            let name = format!("{}.{}", def.name.name, param.name.name);
            let Some(global) = self.globals.get(&name).copied() else {
                continue;
            };
            let read = Expr::new(ExprKind::Global(global), param.name.span);
            let params = &mut self.shared.program.functions[id.index()].params;
            if let Some(found) = params.iter_mut().find(|p| p.name == param.name.name) {
                found.default = Some(read);
            }
        }
    }

    /// A function object made where the `def` or `lambda` stands.
    pub fn function_value(&mut self, name: &str, params: &ast::Params, body: Body, span: Span) -> Expr {
        let positional: Vec<&ast::Param> = params.posonly.iter().chain(&params.args).collect();
        let defaults: Vec<Expr> = positional
            .iter()
            .filter_map(|p| p.default.as_ref())
            .map(|d| self.expr(d))
            .collect();
        let kw_defaults: Vec<Option<Expr>> = params
            .kwonly
            .iter()
            .map(|p| p.default.as_ref().map(|d| self.expr(d)))
            .collect();
        let key = NodeKey::new(span, ScopeKind::Function);
        let func = match self.functions.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.reserve_function(name, span);
                self.functions.insert(key, id);
                self.lower_function(id, name, params, body, span, None);
                id
            }
        };
        if let Some(reasons) = self.shared.blockers.get(&func).cloned()
            && self.context().scope == Scopes::MODULE
        {
            self.context_mut().blockers.extend(reasons);
        }
        Expr::new(
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            },
            span,
        )
    }

    /// Lowers a function's body into the place reserved for it.
    pub fn lower_function(
        &mut self,
        id: FuncId,
        name: &str,
        params: &ast::Params,
        body: Body,
        span: Span,
        class: Option<ClassId>,
    ) {
        let scope = self.scopes.of(NodeKey::new(span, ScopeKind::Function));
        let mut context = FnContext::new(id, scope);
        context.class_name = self.stack.last().and_then(|c| c.class_name.clone());
        if let Body::Def(def) = body {
            context.imports = statics::once_bound(&def.body)
                .into_iter()
                .filter(|(_, what)| matches!(what, Static::Module(_) | Static::Member { .. }))
                .collect();
            context.fading = handlers::fading(&def.body);
        }
        context.first_param = params
            .posonly
            .iter()
            .chain(&params.args)
            .next()
            .map(|p| p.name.name.clone());
        let qualname = self.qualified(name);
        self.shared.program.functions[id.index()].qualname = qualname;
        self.shared.program.functions[id.index()].class = class;
        self.stack.push(context);
        let params = self.params(params, scope);
        let info = self.scopes.get(scope);
        let is_async = matches!(body, Body::Def(def) if def.is_async);
        let flavor = match (is_async, info.has_yield) {
            (false, false) => Flavor::Plain,
            (false, true) => Flavor::Generator,
            (true, false) => Flavor::Coroutine,
            (true, true) => Flavor::AsyncGenerator,
        };
        let (block, doc) = match body {
            Body::Def(def) => {
                let doc = docstring(&def.body);
                (self.block(&def.body), doc)
            }
            Body::Lambda(e) => {
                let value = self.expr(e);
                (
                    vec![Stmt {
                        kind: StmtKind::Return(value),
                        span: e.span,
                    }],
                    None,
                )
            }
        };
        self.finish(block, params, flavor, doc);
    }

    /// The name with those of the classes and functions around the point reached.
    pub fn qualified(&self, name: &str) -> String {
        let Some(context) = self.stack.last() else {
            return name.to_owned();
        };
        if self.scopes.get(context.scope).kind == ScopeKind::Class
            && let Some(class) = self.class_qualnames.get(&context.scope)
        {
            return format!("{class}.{name}");
        }
        let is_global = self.scopes.get(context.scope).globals.contains(name);
        if self.stack.len() == 1 || is_global {
            return name.to_owned();
        }
        let outer = &self.shared.program.functions[context.id.index()];
        format!("{}.<locals>.{name}", outer.qualname)
    }

    fn params(&mut self, params: &ast::Params, scope: ScopeId) -> Vec<Param> {
        let mut list = Vec::new();
        let groups: [(&[ast::Param], ParamKind); 3] = [
            (&params.posonly, ParamKind::PositionalOnly),
            (&params.args, ParamKind::Positional),
            (&params.kwonly, ParamKind::KeywordOnly),
        ];
        for (group, kind) in groups {
            list.extend(group.iter().map(|p| (p, kind)));
        }
        list.extend(params.vararg.iter().map(|p| (p, ParamKind::VarArgs)));
        list.extend(params.kwarg.iter().map(|p| (p, ParamKind::VarKeywords)));
        list.into_iter()
            .map(|(param, kind)| self.param(param, kind, scope))
            .collect()
    }

    fn param(&mut self, param: &ast::Param, kind: ParamKind, scope: ScopeId) -> Param {
        let name = self.mangle(&param.name.name);
        Param {
            local: self.local_of(scope, &param.name.name),
            name,
            kind,
            default: param.default.as_ref().and_then(constant_default),
            default_span: param.default.as_ref().map(|d| d.span),
            annotation: param.annotation.clone(),
        }
    }

    /// A comprehension or generator expression as a function of its own: called at once with its first iterator.
    pub fn comprehension_call(
        &mut self,
        span: Span,
        name: &str,
        first: &ast::Comprehension,
        body: impl FnOnce(&mut Self, LocalId) -> Vec<Stmt>,
        flavor: Flavor,
    ) -> Expr {
        let iter = self.expr(&first.iter);
        let iter = match first.is_async {
            true => self.clause_iterator(first, iter),
            false => self.builtin_call("iter", vec![iter], span),
        };
        let key = NodeKey::new(span, ScopeKind::Comprehension);
        let func = match self.functions.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.reserve_function(name, span);
                self.functions.insert(key, id);
                let qualname = self.qualified(name);
                self.shared.program.functions[id.index()].qualname = qualname;
                let scope = self.scopes.of(key);
                let mut context = FnContext::new(id, scope);
                context.class_name = self.stack.last().and_then(|c| c.class_name.clone());
                self.stack.push(context);
                let local = self.context_mut().add_local(".0", Storage::Plain, false);
                let stmts = body(self, local);
                let param = Param {
                    name: ".0".to_owned(),
                    kind: ParamKind::PositionalOnly,
                    local,
                    default: None,
                    default_span: None,
                    annotation: None,
                };
                self.finish(stmts, vec![param], flavor, None)
            }
        };
        let callee = Callee::Function(func);
        Expr::new(
            ExprKind::Call {
                callee,
                args: vec![Arg::One(iter)],
                keywords: Vec::new(),
            },
            span,
        )
    }

    pub fn builtin_call(&mut self, name: &str, args: Vec<Expr>, span: Span) -> Expr {
        let callee = Callee::Builtin(name.to_owned());
        Expr::new(
            ExprKind::Call {
                callee,
                args: args.into_iter().map(Arg::One).collect(),
                keywords: Vec::new(),
            },
            span,
        )
    }
}

/// Binds a hidden variable, which is all that it is asked about.
fn flag(id: crate::ir::GlobalId) -> Stmt {
    let span = Span::default();
    let value = Expr::new(ExprKind::Const(crate::ir::Const::Bool(true)), span);
    let target = Target::Global(id);
    Stmt {
        kind: StmtKind::Assign { value, target },
        span,
    }
}

/// What a function executes.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    Def(&'a ast::FunctionDef),
    Lambda(&'a ast::Expr),
}

pub fn docstring(body: &[ast::Stmt]) -> Option<String> {
    match &body.first()?.kind {
        ast::StmtKind::Expr(ast::Expr {
            kind: ast::ExprKind::Constant(ast::Constant::Str(text)),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}

/// A default that is an immutable constant: every call may make its own.
fn constant_default(e: &ast::Expr) -> Option<Expr> {
    super::expr::constant(e)
}
