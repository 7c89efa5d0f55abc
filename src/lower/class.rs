//! Classes: the body runs in place, then a class object is made of what it bound.

use super::Lowerer;
use crate::diagnostics::codes;
use crate::ir::{
    Arg, Callee, Class, ClassId, Const, Expr, ExprKind, GlobalKind, LocalId, Stmt, StmtKind, Target, Texts,
};
use crate::resolve::ScopeId;
use crate::resolve::scope::{NodeKey, ScopeKind, Scopes};
use crate::resolve::statics::Static;
use crate::source::Span;
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    pub fn class_def(&mut self, def: &ast::ClassDef, span: Span, out: &mut Vec<Stmt>) {
        let decorators: Vec<Expr> = def.decorators.iter().map(|d| self.expr(d)).collect();
        let bases: Vec<Expr> = def.bases.iter().map(|b| self.expr(b)).collect();
        let keywords: Vec<(String, Expr)> = def
            .keywords
            .iter()
            .filter_map(|k| self.class_keyword(k, span))
            .collect();
        let class = self.class_id(def, span);
        let scope = self.scopes.of(NodeKey::new(span, ScopeKind::Class));
        self.class_names.insert(scope, def.name.name.clone());
        let qualname = self.shared.program.classes[class.index()].qualname.clone();
        self.class_qualnames.insert(scope, qualname);
        let namespace = self.class_body(def, class, scope, out);
        let mut value = Expr::new(
            ExprKind::MakeClass {
                class,
                bases,
                keywords,
                namespace,
            },
            span,
        );
        if let Some(target) = self.class_cell(scope) {
            let made = self.kept_in(target, value, span, out);
            value = made;
        }
        for decorator in decorators.into_iter().rev() {
            let callee = Callee::Value(Box::new(decorator));
            value = Expr::new(
                ExprKind::Call {
                    callee,
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

    fn class_id(&mut self, def: &ast::ClassDef, span: Span) -> ClassId {
        let known = self
            .shared
            .program
            .classes
            .iter()
            .position(|c| c.module == self.module && c.span == span);
        if let Some(at) = known {
            return ClassId(at as u32);
        }
        let id = ClassId(self.shared.program.classes.len() as u32);
        let name = def.name.name.clone();
        let qualname = self.qualified(&name);
        let early = self.context().scope == Scopes::MODULE && self.early.contains(&name);
        self.shared.program.classes.push(Class {
            qualname,
            name: name.clone(),
            module: self.module,
            span,
            methods: Vec::new(),
            early,
            by_call: false,
            layout: None,
            compared: None,
            ordered: None,
            texts: Texts::default(),
        });
        if self.context().scope == Scopes::MODULE && self.is_static(&name, &Static::Class) {
            self.set_global_kind(&name, GlobalKind::Class(id));
        }
        id
    }

    /// Takes note of the class that a module-level `Name = namedtuple(...)` makes.
    pub fn note_called_class(&mut self, value: &Expr, target: &Target) {
        let (Target::Global(_), Some(name)) = (target, named_tuple(value)) else {
            return;
        };
        let bound = match target {
            Target::Global(id) => self.shared.program.global(*id).name.clone(),
            _ => return,
        };
        let span = value.span;
        let classes = &mut self.shared.program.classes;
        // The statements of a script are there twice: with the main block, and without.
        if classes.iter().any(|c| c.module == self.module && c.span == span) {
            return;
        }
        classes.push(Class {
            name: name.to_owned(),
            qualname: name.to_owned(),
            module: self.module,
            span,
            methods: Vec::new(),
            early: self.early.contains(&bound),
            by_call: true,
            layout: None,
            compared: None,
            ordered: None,
            texts: Texts::default(),
        });
    }

    /// What `__class__` names inside the class's functions, where one of them asks for it.
    fn class_cell(&self, scope: ScopeId) -> Option<Target> {
        let hidden = class_variable(scope);
        let local = self.context().names.get(&(scope, "__class__".to_owned()));
        let global = self.globals.get(&hidden);
        local
            .map(|id| Target::Local(*id))
            .or(global.map(|id| Target::Global(*id)))
    }

    /// Assigns the value to the target and gives a second reading of it.
    fn kept_in(&mut self, target: Target, mut value: Expr, span: Span, out: &mut Vec<Stmt>) -> Expr {
        let temp = self.temp();
        let stmts = [
            (Target::Local(temp), &mut value),
            (target, &mut Expr::local(temp, span)),
        ];
        for (target, value) in stmts {
            let value = std::mem::replace(value, Expr::none(span));
            out.push(Stmt {
                kind: StmtKind::Assign { value, target },
                span,
            });
        }
        Expr::local(temp, span)
    }

    /// The class in whose body the function at hand stands, as `__class__` and `super()` see it.
    pub fn enclosing_class(&mut self, span: Span) -> Option<Expr> {
        let mut at = self.context().scope;
        let mut inside = false;
        loop {
            match self.scopes.get(at).kind {
                ScopeKind::Class if inside => break,
                ScopeKind::Function => inside = true,
                _ => {}
            }
            at = self.scopes.get(at).parent?;
        }
        let outer = self.scopes.get(at).parent?;
        let name = self.class_names.get(&at).cloned().unwrap_or_default();
        if outer == Scopes::MODULE && self.is_static(&name, &Static::Class) {
            return Some(self.read_global(self.globals[&name], span));
        }
        if self.scopes.frame(at) != Scopes::MODULE {
            return Some(Expr::local(self.local_of(at, "__class__"), span));
        }
        let hidden = class_variable(at);
        let id = match self.globals.get(&hidden) {
            Some(id) => *id,
            None => self.declare_global(&hidden, GlobalKind::Variable),
        };
        Some(self.read_global(id, span))
    }

    /// Lowers the body's statements in place; gives the names bound, with their locals.
    fn class_body(
        &mut self,
        def: &ast::ClassDef,
        class: ClassId,
        scope: ScopeId,
        out: &mut Vec<Stmt>,
    ) -> Vec<(String, LocalId)> {
        let outer_scope = std::mem::replace(&mut self.context_mut().scope, scope);
        let outer_class = self.context_mut().class_name.replace(def.name.name.clone());
        // The names are fresh each time the statement runs.
        for name in self.scopes.get(scope).bound.clone() {
            let local = self.local_of(scope, &name);
            out.push(Stmt {
                kind: StmtKind::DelLocal(local),
                span: def.name.span,
            });
        }
        let body = self.block(&def.body);
        out.extend(body);
        let mut namespace: Vec<(String, LocalId)> = Vec::new();
        if let Some(text) = super::function::docstring(&def.body) {
            namespace.push((
                "__doc__".to_owned(),
                self.bound_temp(Const::Str(text), def.name.span, out),
            ));
        }
        if let Some(local) = self.annotations(&def.body, def.name.span, out) {
            namespace.push(("__annotations__".to_owned(), local));
        }
        for name in self.scopes.get(scope).bound.clone() {
            let local = self.local_of(scope, &name);
            namespace.push((self.mangle(&name), local));
        }
        for stmt in &def.body {
            let key = NodeKey::new(stmt.span, ScopeKind::Function);
            if let (ast::StmtKind::FunctionDef(_), Some(func)) = (&stmt.kind, self.functions.get(&key).copied()) {
                self.shared.program.functions[func.index()].class = Some(class);
                let methods = &mut self.shared.program.classes[class.index()].methods;
                if !methods.contains(&func) {
                    methods.push(func);
                }
            }
        }
        self.context_mut().scope = outer_scope;
        self.context_mut().class_name = outer_class;
        namespace
    }

    fn bound_temp(&mut self, value: Const, span: Span, out: &mut Vec<Stmt>) -> LocalId {
        let temp = self.temp();
        let value = Expr::new(ExprKind::Const(value), span);
        out.push(Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        });
        temp
    }

    /// `__annotations__`: names in order, each with its annotation's text.
    fn annotations(&mut self, body: &[ast::Stmt], span: Span, out: &mut Vec<Stmt>) -> Option<LocalId> {
        let items: Vec<(Option<Expr>, Expr)> = body
            .iter()
            .filter_map(|s| match &s.kind {
                ast::StmtKind::AnnAssign {
                    target,
                    annotation,
                    simple: true,
                    ..
                } => match &target.kind {
                    ast::ExprKind::Name(name) => Some((
                        Some(Expr::str(name, s.span)),
                        Expr::str(&annotation_text(annotation), s.span),
                    )),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        if items.is_empty() {
            return None;
        }
        let temp = self.temp();
        let value = Expr::new(ExprKind::Dict(items), span);
        out.push(Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        });
        Some(temp)
    }

    fn class_keyword(&mut self, keyword: &ast::Keyword, span: Span) -> Option<(String, Expr)> {
        let Some(name) = &keyword.arg else {
            self.refuse(
                &codes::METACLASS,
                span,
                "class keywords are unpacked from a mapping",
                "write them out",
            );
            return None;
        };
        let value = self.expr(&keyword.value);
        Some((name.name.clone(), value))
    }
}

/// The hidden module variable that holds the class of this scope.
fn class_variable(scope: ScopeId) -> String {
    format!("class.{}", scope.0)
}

/// The text of an annotation, as `from __future__ import annotations` would keep it for simple forms.
fn annotation_text(e: &ast::Expr) -> String {
    match &e.kind {
        ast::ExprKind::Name(name) => name.clone(),
        ast::ExprKind::Constant(ast::Constant::Str(text)) => text.clone(),
        ast::ExprKind::Constant(ast::Constant::None) => "None".to_owned(),
        ast::ExprKind::Attribute { value, attr } => format!("{}.{}", annotation_text(value), attr.name),
        ast::ExprKind::Subscript { value, slice } => {
            format!("{}[{}]", annotation_text(value), annotation_text(slice))
        }
        ast::ExprKind::Tuple(parts) => parts.iter().map(annotation_text).collect::<Vec<_>>().join(", "),
        ast::ExprKind::BinOp {
            left,
            op: ast::BinOp::BitOr,
            right,
        } => {
            format!("{} | {}", annotation_text(left), annotation_text(right))
        }
        _ => "...".to_owned(),
    }
}

/// The name that a call of `namedtuple` gives its class.
fn named_tuple(value: &Expr) -> Option<&str> {
    let ExprKind::Call {
        callee: Callee::Library { module, name },
        args,
        ..
    } = &value.kind
    else {
        return None;
    };
    let is_maker = module == "collections" && name == "namedtuple";
    match &args.first().filter(|_| is_maker)?.expr().kind {
        ExprKind::Const(Const::Str(name)) => Some(name),
        _ => None,
    }
}
