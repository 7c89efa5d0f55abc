//! Scopes and what each name in them refers to, by CPython's rules (its symbol table, chapter 4.2 of the reference).
//!
//! Comprehensions are scopes too. Most are lowered in place; one that must be a function of its own (a generator
//! object, targets captured by an inner function, a comprehension in a class body) is marked `as_function`.

use super::hints::{self, Hints};
use super::{bound, library};
use crate::source::Span;
use crate::syntax::ast::{
    Comprehension, Constant, Expr, ExprKind, FunctionDef, Ident, Module, Params, Pattern, PatternKind, Stmt, StmtKind,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScopeId(pub usize);

/// Identifies the node that opens a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeKey(Span, ScopeKind);

impl NodeKey {
    pub fn new(span: Span, kind: ScopeKind) -> NodeKey {
        NodeKey(span, kind)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKind {
    Module,
    Function,
    Class,
    Comprehension,
}

#[derive(Clone, Debug)]
pub struct Scope {
    pub kind: ScopeKind,
    pub parent: Option<ScopeId>,
    /// Names bound here, in order of first binding.
    pub bound: Vec<String>,
    pub globals: BTreeSet<String>,
    nonlocals: BTreeSet<String>,
    uses: BTreeSet<String>,
    /// Names of this scope that an inner function reads or rebinds.
    pub cells: BTreeSet<String>,
    /// Names of enclosing functions that this one or an inner one refers to.
    pub free: BTreeSet<String>,
    /// A comprehension that becomes a function of its own.
    pub as_function: bool,
    generator_expression: bool,
    /// The builtin that takes this generator expression apart on the spot, if the name means the builtin.
    consumer: Option<String>,
    /// `yield` or `await` stands directly in it.
    pub has_yield: bool,
    pub has_await: bool,
}

/// What a name means in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A variable of the scope named (the scope itself, or a comprehension or function around it).
    Local(ScopeId),
    /// A variable of an enclosing function.
    Captured(ScopeId),
    /// Of the module, or a builtin if the module binds no such name.
    Global,
    /// In a class body: bound there, else global.
    ClassLocal(ScopeId),
}

/// All scopes of a module.
#[derive(Debug)]
pub struct Scopes {
    scopes: Vec<Scope>,
    by_node: HashMap<NodeKey, ScopeId>,
    /// Names that some function rebinds through `global`.
    pub rebound_globals: BTreeMap<String, usize>,
    /// How annotations are read, where they are evaluated.
    hints: Option<Hints>,
    /// The names in annotations that may not be bound where they stand.
    doubtful: HashSet<Span>,
}

impl Scopes {
    pub const MODULE: ScopeId = ScopeId(0);

    /// `hinted`: what the module's annotations evaluate counts.
    pub fn build(module: &Module, hinted: bool) -> Scopes {
        let hinted = hinted && hints::are_evaluated(module);
        let mut builder = Builder {
            scopes: Vec::new(),
            by_node: HashMap::new(),
            current: ScopeId(0),
            hints: hinted.then(|| Hints::of(module)),
            bound: HashSet::new(),
            hinted: Vec::new(),
        };
        builder.open(ScopeKind::Module, None);
        builder.module(module);
        let mut scopes = Scopes {
            scopes: builder.scopes,
            by_node: builder.by_node,
            rebound_globals: BTreeMap::new(),
            hints: builder.hints,
            doubtful: HashSet::new(),
        };
        scopes.count_global_rebinds();
        scopes.doubt(builder.hinted);
        scopes.decide_functions();
        scopes.link_free_names();
        scopes
    }

    pub fn get(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    pub fn of(&self, key: NodeKey) -> ScopeId {
        self.by_node[&key]
    }

    /// The scope whose frame holds this one's variables: class bodies and comprehensions lowered in place belong to
    /// the function (or module) around them.
    pub fn frame(&self, mut id: ScopeId) -> ScopeId {
        loop {
            let scope = &self.scopes[id.0];
            match (scope.kind, scope.parent) {
                (ScopeKind::Class, Some(parent)) => id = parent,
                (ScopeKind::Comprehension, Some(parent)) if !scope.as_function => id = parent,
                _ => return id,
            }
        }
    }

    pub fn resolve(&self, from: ScopeId, name: &str) -> Resolution {
        let scope = self.get(from);
        if scope.globals.contains(name) || scope.kind == ScopeKind::Module {
            return Resolution::Global;
        }
        if scope.bound.iter().any(|n| n == name) && !scope.nonlocals.contains(name) {
            return match scope.kind {
                ScopeKind::Class => Resolution::ClassLocal(from),
                _ => Resolution::Local(from),
            };
        }
        match self.owner(from, name) {
            Some(owner) if self.frame(owner) == self.frame(from) => Resolution::Local(owner),
            Some(owner) => Resolution::Captured(owner),
            None => Resolution::Global,
        }
    }

    /// The enclosing function (or comprehension) scope that binds the name.
    fn owner(&self, from: ScopeId, name: &str) -> Option<ScopeId> {
        let mut at = self.get(from).parent;
        while let Some(id) = at {
            let scope = self.get(id);
            let visible = match scope.kind {
                ScopeKind::Module => return None,
                // Names of a class body are seen by nothing inside it.
                ScopeKind::Class => false,
                _ => true,
            };
            if visible && scope.globals.contains(name) {
                return None;
            }
            if visible && scope.bound.iter().any(|n| n == name) && !scope.nonlocals.contains(name) {
                return Some(id);
            }
            at = scope.parent;
        }
        None
    }

    /// The parts of an annotation that have to be evaluated.
    pub fn hint_parts<'a>(&self, annotation: &'a Expr) -> Vec<&'a Expr> {
        let parts = self.hints.as_ref().map(|hints| hints.parts(annotation));
        let mut parts = parts.unwrap_or_default();
        parts.retain(|part| !matches!(part.kind, ExprKind::Name(_)) || self.doubtful.contains(&part.span));
        parts
    }

    /// Finds which names in annotations have to be read, and notes that they are.
    fn doubt(&mut self, hinted: Vec<Hinted>) {
        for hint in hinted {
            let is_builtin = library::has_builtin(&hint.name) || library::is_known_elsewhere(&hint.name);
            let is_known = match self.resolve(hint.scope, &hint.name) {
                Resolution::Global => hint.is_bound || is_builtin && !self.module_binds(&hint.name),
                _ => false,
            };
            if !is_known {
                self.doubtful.insert(hint.span);
                self.scopes[hint.scope.0].uses.insert(hint.name);
            }
        }
    }

    fn count_global_rebinds(&mut self) {
        for scope in self.scopes.iter().skip(1) {
            for name in scope.globals.iter().filter(|name| scope.bound.contains(name)) {
                *self.rebound_globals.entry(name.clone()).or_default() += 1;
            }
        }
    }

    /// Marks the comprehensions whose targets an inner function captures; repeats, as marking makes new captures.
    fn decide_functions(&mut self) {
        for id in 0..self.scopes.len() {
            let Some(parent) = self.scopes[id].parent else { continue };
            let in_class = self.get(parent).kind == ScopeKind::Class;
            let consumed = self.scopes[id].consumer.as_ref().is_some_and(|name| {
                name == "join" || self.resolve(parent, name) == Resolution::Global && !self.module_binds(name)
            });
            let scope = &mut self.scopes[id];
            let object = scope.generator_expression && (!consumed || scope.has_yield || scope.has_await);
            if scope.kind == ScopeKind::Comprehension && (object || in_class) {
                scope.as_function = true;
            }
        }
        loop {
            let captured: Vec<ScopeId> = (0..self.scopes.len())
                .map(ScopeId)
                .flat_map(|from| {
                    self.names_used(from)
                        .into_iter()
                        .map(move |name| (from, name))
                        .collect::<Vec<_>>()
                })
                .filter_map(|(from, name)| match self.resolve(from, &name) {
                    Resolution::Captured(owner) => Some(owner),
                    _ => None,
                })
                .filter(|owner| {
                    let scope = self.get(*owner);
                    scope.kind == ScopeKind::Comprehension && !scope.as_function
                })
                .collect();
            if captured.is_empty() {
                return;
            }
            for id in captured {
                self.scopes[id.0].as_function = true;
            }
        }
    }

    /// Some scope reads the global of this name, or is in a position to.
    pub fn is_used(&self, name: &str) -> bool {
        self.scopes.iter().any(|s| s.uses.contains(name))
    }

    pub fn module_binds(&self, name: &str) -> bool {
        self.scopes[0].bound.iter().any(|n| n == name) || self.rebound_globals.contains_key(name)
    }

    fn names_used(&self, id: ScopeId) -> BTreeSet<String> {
        let scope = self.get(id);
        scope
            .uses
            .iter()
            .chain(&scope.bound)
            .chain(&scope.nonlocals)
            .cloned()
            .collect()
    }

    /// Marks cells in their owners and free names in every frame between owner and user.
    fn link_free_names(&mut self) {
        for from in (0..self.scopes.len()).map(ScopeId) {
            for name in self.names_used(from) {
                let Resolution::Captured(owner) = self.resolve(from, &name) else {
                    continue;
                };
                self.scopes[owner.0].cells.insert(name.clone());
                let owner_frame = self.frame(owner);
                let mut at = self.frame(from);
                while at != owner_frame {
                    self.scopes[at.0].free.insert(name.clone());
                    let parent = self.scopes[at.0].parent.expect("the owner encloses the user");
                    at = self.frame(parent);
                }
            }
        }
    }
}

struct Builder {
    scopes: Vec<Scope>,
    by_node: HashMap<NodeKey, ScopeId>,
    current: ScopeId,
    hints: Option<Hints>,
    /// The names that the module has surely bound where the builder stands.
    bound: HashSet<String>,
    hinted: Vec<Hinted>,
}

/// A name in an annotation that is evaluated.
struct Hinted {
    scope: ScopeId,
    name: String,
    span: Span,
    /// The module has surely bound it there.
    is_bound: bool,
}

impl Builder {
    fn open(&mut self, kind: ScopeKind, node: Option<Span>) -> ScopeId {
        let id = ScopeId(self.scopes.len());
        let parent = (kind != ScopeKind::Module).then_some(self.current);
        self.scopes.push(Scope {
            kind,
            parent,
            bound: Vec::new(),
            globals: BTreeSet::new(),
            nonlocals: BTreeSet::new(),
            uses: BTreeSet::new(),
            cells: BTreeSet::new(),
            free: BTreeSet::new(),
            as_function: false,
            generator_expression: false,
            consumer: None,
            has_yield: false,
            has_await: false,
        });
        if let Some(span) = node {
            self.by_node.insert(NodeKey(span, kind), id);
        }
        self.current = id;
        id
    }

    fn close(&mut self) {
        self.current = self.scopes[self.current.0].parent.expect("the module scope stays open");
    }

    fn scope(&mut self) -> &mut Scope {
        &mut self.scopes[self.current.0]
    }

    fn bind(&mut self, name: &str) {
        let scope = self.scope();
        if !scope.bound.iter().any(|n| n == name) {
            scope.bound.push(name.to_owned());
        }
    }

    fn module(&mut self, module: &Module) {
        let unbound = bound::unbound_somewhere(module);
        for stmt in &module.body {
            self.stmt(stmt);
            let names = bound::after(stmt).unwrap_or_default().into_iter();
            self.bound.extend(names.filter(|name| !unbound.contains(name.as_str())));
        }
    }

    fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    /// What an annotation evaluates.
    fn hint(&mut self, annotation: &Expr) {
        let parts = self.hints.as_ref().map(|hints| hints.parts(annotation));
        for part in parts.into_iter().flatten() {
            match &part.kind {
                ExprKind::Name(name) => self.hinted.push(Hinted {
                    scope: self.current,
                    name: name.clone(),
                    span: part.span,
                    is_bound: self.bound.contains(name),
                }),
                _ => self.expr(part),
            }
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, stmt.span),
            StmtKind::ClassDef(def) => {
                self.exprs(&def.decorators);
                self.exprs(&def.bases);
                def.keywords.iter().for_each(|k| self.expr(&k.value));
                self.bind(&def.name.name);
                self.open(ScopeKind::Class, Some(stmt.span));
                self.block(&def.body);
                self.close();
            }
            StmtKind::Return(value) => self.maybe(value),
            StmtKind::Delete(targets) => targets.iter().for_each(|t| self.target(t)),
            StmtKind::Assign { targets, value } => {
                self.expr(value);
                targets.iter().for_each(|t| self.target(t));
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target);
                self.target(target);
                self.expr(value);
            }
            StmtKind::AnnAssign {
                target,
                value,
                annotation,
                ..
            } => {
                self.maybe(value);
                self.target(target);
                if matches!(self.scope().kind, ScopeKind::Module | ScopeKind::Class) {
                    self.hint(annotation);
                }
            }
            StmtKind::For(f) => {
                self.expr(&f.iter);
                self.target(&f.target);
                self.block(&f.body);
                self.block(&f.orelse);
                self.scope().has_await |= f.is_async;
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::With { items, body, is_async } => {
                for item in items {
                    self.expr(&item.context);
                    item.target.iter().for_each(|t| self.target(t));
                }
                self.block(body);
                self.scope().has_await |= is_async;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject);
                for case in cases {
                    self.pattern(&case.pattern);
                    self.maybe(&case.guard);
                    self.block(&case.body);
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.maybe(exc);
                self.maybe(cause);
            }
            StmtKind::Try(t) => {
                self.block(&t.body);
                for handler in &t.handlers {
                    self.maybe(&handler.typ);
                    self.bind_ident(&handler.name);
                    self.block(&handler.body);
                }
                self.block(&t.orelse);
                self.block(&t.finalbody);
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test);
                self.maybe(msg);
            }
            StmtKind::Import(names) => {
                for alias in names {
                    let first = alias.name.split('.').next().unwrap_or_default();
                    self.bind(alias.asname.as_deref().unwrap_or(first));
                }
            }
            StmtKind::ImportFrom { names, .. } => {
                names
                    .iter()
                    .filter(|a| a.name != "*")
                    .for_each(|a| self.bind(a.asname.as_ref().unwrap_or(&a.name)));
            }
            StmtKind::Global(names) => names.iter().for_each(|n| {
                self.scope().globals.insert(n.name.clone());
            }),
            StmtKind::Nonlocal(names) => names.iter().for_each(|n| {
                self.scope().nonlocals.insert(n.name.clone());
            }),
            StmtKind::Expr(e) => self.expr(e),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
        }
    }

    fn function(&mut self, def: &FunctionDef, span: Span) {
        self.exprs(&def.decorators);
        self.defaults(&def.params);
        hints::of_function(def).for_each(|annotation| self.hint(annotation));
        self.bind(&def.name.name);
        self.open(ScopeKind::Function, Some(span));
        def.params.iter().for_each(|p| self.bind(&p.name.name));
        self.block(&def.body);
        self.close();
    }

    fn defaults(&mut self, params: &Params) {
        params.iter().for_each(|p| self.maybe(&p.default));
    }

    fn maybe(&mut self, e: &Option<Expr>) {
        e.iter().for_each(|e| self.expr(e));
    }

    fn exprs(&mut self, list: &[Expr]) {
        list.iter().for_each(|e| self.expr(e));
    }

    fn bind_ident(&mut self, name: &Option<Ident>) {
        name.iter().for_each(|n| self.bind(&n.name));
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.bind(name),
            ExprKind::Tuple(parts) | ExprKind::List(parts) => parts.iter().for_each(|p| self.target(p)),
            ExprKind::Starred(inner) => self.target(inner),
            _ => self.expr(target),
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Value(e) => self.expr(e),
            PatternKind::Singleton(_) => {}
            PatternKind::Sequence(parts) | PatternKind::Or(parts) => parts.iter().for_each(|p| self.pattern(p)),
            PatternKind::Mapping { keys, patterns, rest } => {
                self.exprs(keys);
                patterns.iter().for_each(|p| self.pattern(p));
                self.bind_ident(rest);
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                self.expr(cls);
                patterns.iter().chain(kwd_patterns).for_each(|p| self.pattern(p));
            }
            PatternKind::Star(name) => self.bind_ident(name),
            PatternKind::As { pattern, name } => {
                pattern.iter().for_each(|p| self.pattern(p));
                self.bind_ident(name);
            }
        }
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Name(name) => {
                self.scope().uses.insert(name.clone());
            }
            ExprKind::NamedExpr { target, value } => {
                self.expr(value);
                self.bind_walrus(&target.name);
            }
            ExprKind::Lambda { params, body } => {
                self.defaults(params);
                self.open(ScopeKind::Function, Some(e.span));
                params.iter().for_each(|p| self.bind(&p.name.name));
                self.expr(body);
                self.close();
            }
            ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } => {
                let id = self.comprehension(e.span, generators, &[elt]);
                self.awaits_as(id);
            }
            ExprKind::DictComp { key, value, generators } => {
                let id = self.comprehension(e.span, generators, &[key, value]);
                self.awaits_as(id);
            }
            ExprKind::GeneratorExp { elt, generators } => {
                let id = self.comprehension(e.span, generators, &[elt]);
                self.scopes[id.0].generator_expression = true;
            }
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => {
                self.scope().has_yield = true;
                e.each_child(&mut |child| self.expr(child));
            }
            ExprKind::Await(_) => {
                self.scope().has_await = true;
                e.each_child(&mut |child| self.expr(child));
            }
            _ => e.each_child(&mut |child| self.expr(child)),
        }
    }

    /// What awaits inside a comprehension that is made on the spot awaits in what is around it too.
    fn awaits_as(&mut self, inner: ScopeId) {
        let awaits = self.scopes[inner.0].has_await;
        self.scope().has_await |= awaits;
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[crate::syntax::ast::Keyword]) {
        self.expr(func);
        self.exprs(args);
        keywords.iter().for_each(|k| self.expr(&k.value));
        if let [only] = args
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
            && let Some(consumer) = consumer_in_place(func, keywords.len())
        {
            let id = self.by_node[&NodeKey(only.span, ScopeKind::Comprehension)];
            self.scopes[id.0].consumer = Some(consumer.to_owned());
        }
    }

    /// An assignment expression binds in the function around the comprehensions it stands in.
    fn bind_walrus(&mut self, name: &str) {
        let mut at = self.current;
        while self.scopes[at.0].kind == ScopeKind::Comprehension {
            at = self.scopes[at.0].parent.expect("a comprehension has a parent");
        }
        let scope = &mut self.scopes[at.0];
        if !scope.bound.iter().any(|n| n == name) {
            scope.bound.push(name.to_owned());
        }
        self.scope().uses.insert(name.to_owned());
    }

    fn comprehension(&mut self, span: Span, generators: &[Comprehension], parts: &[&Expr]) -> ScopeId {
        if let Some(first) = generators.first() {
            self.expr(&first.iter);
        }
        let id = self.open(ScopeKind::Comprehension, Some(span));
        for (at, clause) in generators.iter().enumerate() {
            if at > 0 {
                self.expr(&clause.iter);
            }
            self.target(&clause.target);
            self.exprs(&clause.ifs);
            self.scope().has_await |= clause.is_async;
        }
        parts.iter().for_each(|e| self.expr(e));
        self.close();
        id
    }
}

/// The builtin called, if it takes a generator expression apart on the spot, so that no generator object is needed.
fn consumer_in_place(func: &Expr, keywords: usize) -> Option<&str> {
    match &func.kind {
        ExprKind::Name(name) => {
            let bare = matches!(
                name.as_str(),
                "sum" | "any" | "all" | "min" | "max" | "list" | "tuple" | "set"
            );
            (keywords == 0 && bare || name == "sorted").then_some(name)
        }
        ExprKind::Attribute { value, attr } => {
            let on_literal = matches!(value.kind, ExprKind::Constant(Constant::Str(_)));
            (attr.name == "join" && on_literal).then_some("join")
        }
        _ => None,
    }
}
