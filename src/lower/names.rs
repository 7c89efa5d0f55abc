//! Names: what they mean where they stand, reading and binding them.

use super::Lowerer;
use crate::diagnostics::codes;
use crate::ir::func::Storage;
use crate::ir::{Const, Expr, ExprKind, GlobalId, GlobalKind, Handler, LocalId, Stmt, StmtKind, Target};
use crate::resolve::library;
use crate::resolve::scope::{Resolution, ScopeId, Scopes};
use crate::resolve::statics::Static;
use crate::source::Span;

/// What a name or a dotted name is known to be.
pub enum Meaning {
    Local(LocalId),
    Global(GlobalId),
    Builtin(String),
    /// A library module.
    Module(String),
    /// Something in a library module.
    Library {
        module: String,
        name: String,
    },
    /// A module of the program.
    UserModule(String),
    /// An attribute that this library module does not have, in the interpreter either.
    Missing(String),
    Unknown,
}

impl Lowerer<'_, '_> {
    pub fn meaning(&mut self, name: &str) -> Meaning {
        let scope = self.context().scope;
        match self.scopes.resolve(scope, name) {
            Resolution::Local(owner) => self.local_meaning(owner, name),
            Resolution::ClassLocal(owner) => Meaning::Local(self.local_of(owner, name)),
            Resolution::Captured(owner) => self.local_meaning(owner, name),
            Resolution::Global => {
                let name = self.mangle(name);
                self.global_meaning(&name)
            }
        }
    }

    fn local_meaning(&mut self, owner: ScopeId, name: &str) -> Meaning {
        let frame = self.scopes.frame(owner);
        let import = self
            .stack
            .iter()
            .find(|c| self.scopes.frame(c.scope) == frame && owner == frame)
            .and_then(|c| c.imports.get(name).cloned());
        match import {
            Some(what) => self.static_meaning(what),
            None => Meaning::Local(self.local_of(owner, name)),
        }
    }

    fn global_meaning(&mut self, name: &str) -> Meaning {
        match self.statics.get(name).cloned() {
            Some(what @ (Static::Module(_) | Static::Member { .. })) => self.static_meaning(what),
            _ => match self.globals.get(name) {
                Some(id) => Meaning::Global(*id),
                None => self.unbound_meaning(name),
            },
        }
    }

    /// A name that no statement of the module binds: importing a module inside a package binds it there, too.
    fn unbound_meaning(&self, name: &str) -> Meaning {
        if let Some(inner) = self.imported_inner_module(name) {
            return Meaning::UserModule(inner);
        }
        match library::has_builtin(name) {
            true => Meaning::Builtin(name.to_owned()),
            false => Meaning::Unknown,
        }
    }

    fn static_meaning(&mut self, what: Static) -> Meaning {
        match what {
            Static::Module(module) => self.module_meaning(&module),
            Static::Member { module, level, name } => self.member_of(&module, level, &name),
            Static::Function | Static::Class => Meaning::Unknown,
        }
    }

    fn module_meaning(&mut self, module: &str) -> Meaning {
        let module = library::canonical(module);
        if library::has_module(module) || module == "builtins" {
            return Meaning::Module(module.to_owned());
        }
        match self.user_module(module, 0) {
            Some(_) => Meaning::UserModule(module.to_owned()),
            None => Meaning::Unknown,
        }
    }

    /// `module.name`, where the module is a library module or one of the program.
    pub fn member_of(&mut self, module: &str, level: u32, name: &str) -> Meaning {
        let module = if level == 0 { library::canonical(module) } else { module };
        if level == 0 && module == "builtins" && library::has_builtin(name) {
            return Meaning::Builtin(name.to_owned());
        }
        if level == 0 && library::has_member(module, name) {
            return Meaning::Library {
                module: module.to_owned(),
                name: name.to_owned(),
            };
        }
        let dotted = match self.absolute(module, level) {
            Some(module) => format!("{module}.{name}"),
            None => return Meaning::Unknown,
        };
        if level == 0 && library::has_module(&dotted) {
            return Meaning::Module(dotted);
        }
        let owner = self.user_module(module, level);
        if let Some(known) = owner.and_then(|id| self.shared.module_names.get(&(id, name.to_owned()))) {
            return Meaning::UserModule(known.clone());
        }
        match owner.and_then(|id| self.global_of(id, name)) {
            Some(id) => Meaning::Global(id),
            None if self.user_module(&dotted, 0).is_some() => Meaning::UserModule(dotted),
            None => Meaning::Unknown,
        }
    }

    /// The local for a name that `owner` binds; captured from the enclosing function where that is another one.
    pub fn local_of(&mut self, owner: ScopeId, name: &str) -> LocalId {
        let depth = self.stack.len() - 1;
        self.local_at(depth, owner, name)
    }

    fn local_at(&mut self, depth: usize, owner: ScopeId, name: &str) -> LocalId {
        let key = (owner, name.to_owned());
        if let Some(id) = self.stack[depth].names.get(&key) {
            return *id;
        }
        let owner_frame = self.scopes.frame(owner);
        let own = depth == 0 || self.scopes.frame(self.stack[depth].scope) == owner_frame;
        let storage = if !own {
            Storage::Captured(self.local_at(depth - 1, owner, name))
        } else if name == "__class__" || self.scopes.get(owner).cells.contains(name) {
            Storage::Cell
        } else {
            Storage::Plain
        };
        let id = self.stack[depth].add_local(name, storage, false);
        self.stack[depth].names.insert(key, id);
        id
    }

    pub fn temp(&mut self) -> LocalId {
        self.context_mut().add_local("", Storage::Plain, true)
    }

    pub fn read_name(&mut self, name: &str, span: Span) -> Expr {
        if name == "__class__"
            && let Some(class) = self.enclosing_class(span)
        {
            return class;
        }
        if let Resolution::ClassLocal(owner) = self.scopes.resolve(self.context().scope, name) {
            return self.read_in_class(owner, name, span);
        }
        let meaning = self.meaning(name);
        self.read_meaning(meaning, name, span)
    }

    /// A name that the class body binds somewhere: the module's, or the builtin, as long as it does not.
    fn read_in_class(&mut self, owner: ScopeId, name: &str, span: Span) -> Expr {
        let own = Expr::local(self.local_of(owner, name), span);
        let mangled = self.mangle(name);
        let outer = self.global_meaning(&mangled);
        if matches!(outer, Meaning::Unknown) {
            return own;
        }
        let outer = self.read_meaning(outer, name, span);
        self.first_bound(own, outer, span)
    }

    /// What a name of the module holds; the builtin of that name where the module may not have bound it.
    pub fn read_module_name(&mut self, id: GlobalId, name: &str, span: Span) -> Expr {
        let own = self.read_global(id, span);
        let is_variable = self.shared.program.global(id).kind == GlobalKind::Variable;
        let in_function = self.context().scope != Scopes::MODULE;
        if !is_variable || !library::has_builtin(name) || in_function && self.surely_bound.contains(name) {
            return own;
        }
        let builtin = Expr::new(ExprKind::Builtin(name.to_owned()), span);
        self.first_bound(own, builtin, span)
    }

    /// The value of `own`, or of `outer` where that is not bound.
    fn first_bound(&mut self, own: Expr, outer: Expr, span: Span) -> Expr {
        let temp = self.temp();
        let into_temp = |value| Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        };
        let handler = Handler {
            class: Some(Expr::new(ExprKind::Builtin("NameError".to_owned()), span)),
            name: None,
            body: vec![into_temp(outer)],
            span,
        };
        let attempt = Stmt {
            kind: StmtKind::Try {
                body: vec![into_temp(own)],
                handlers: vec![handler],
                orelse: Vec::new(),
                finally: Vec::new(),
            },
            span,
        };
        Expr::new(ExprKind::Seq(vec![attempt], Box::new(Expr::local(temp, span))), span)
    }

    fn read_meaning(&mut self, meaning: Meaning, name: &str, span: Span) -> Expr {
        match meaning {
            Meaning::Local(id) => Expr::local(id, span),
            Meaning::Global(id) => self.read_module_name(id, name, span),
            Meaning::Builtin(name) => Expr::new(ExprKind::Builtin(name), span),
            Meaning::Module(module) => Expr::new(ExprKind::ModuleValue(module), span),
            Meaning::Library { module, name } => Expr::new(ExprKind::Library { module, name }, span),
            Meaning::UserModule(module) => {
                self.refuse(
                    &codes::MODULE_VALUE,
                    span,
                    format!("module `{module}` is used as a value"),
                    "name what you use of it: `module.function(...)`",
                );
                Expr::none(span)
            }
            Meaning::Missing(..) | Meaning::Unknown => {
                let name = self.mangle(name);
                self.unknown_name(&name, span)
            }
        }
    }

    /// What binds the module's name is an import that fails.
    fn never_imported(&mut self, name: &str) -> bool {
        match self.statics.get(name).cloned() {
            Some(Static::Module(module)) => self.import_failure(&module, None).is_some(),
            Some(Static::Member { module, level: 0, name }) => self.import_failure(&module, Some(&name)).is_some(),
            _ => false,
        }
    }

    /// A name that nothing binds: reading it raises NameError.
    fn never_bound(&mut self, name: &str, span: Span) -> Expr {
        self.builtin_call(".undefined", vec![Expr::str(name, span)], span)
    }

    pub fn read_global(&self, id: GlobalId, span: Span) -> Expr {
        Expr::new(ExprKind::Global(id), span)
    }

    fn unknown_name(&mut self, name: &str, span: Span) -> Expr {
        let text = match name {
            "__file__" => self.path.to_string_lossy().into_owned(),
            "__doc__" => match &self.doc {
                Some(doc) => doc.clone(),
                None => return Expr::none(span),
            },
            "__debug__" => return Expr::new(ExprKind::Const(Const::Bool(true)), span),
            _ => {
                if self.never_imported(name) {
                    return match library::has_builtin(name) {
                        true => Expr::new(ExprKind::Builtin(name.to_owned()), span),
                        false => self.never_bound(name, span),
                    };
                }
                let (message, help) = match self.statics.get(name) {
                    Some(Static::Module(module)) => (
                        format!("module `{module}` is not available to a vessel"),
                        "keep what needs it in a function of its own: the others are still evolved".to_owned(),
                    ),
                    Some(Static::Member { module, name, .. }) => (
                        format!("`{module}.{name}` is not available to a vessel"),
                        "keep what needs it in a function of its own: the others are still evolved".to_owned(),
                    ),
                    _ if !library::is_known_elsewhere(name) => return self.never_bound(name, span),
                    _ => (
                        format!("`{name}` is not available to a vessel"),
                        "keep what needs it in a function of its own: the others are still evolved".to_owned(),
                    ),
                };
                self.refuse(&codes::UNKNOWN_NAME, span, message, help);
                String::new()
            }
        };
        Expr::str(&text, span)
    }

    /// The target that binds a name.
    pub fn name_target(&mut self, name: &str) -> Target {
        let scope = self.context().scope;
        match self.scopes.resolve(scope, name) {
            Resolution::Local(owner) | Resolution::Captured(owner) | Resolution::ClassLocal(owner) => {
                Target::Local(self.local_of(owner, name))
            }
            Resolution::Global => {
                let name = self.mangle(name);
                match self.globals.get(&name) {
                    Some(id) => Target::Global(*id),
                    None => Target::Global(self.declare_global(&name, crate::ir::GlobalKind::Variable)),
                }
            }
        }
    }

    /// `__private` in a class body or method is `_Class__private`.
    pub fn mangle(&self, name: &str) -> String {
        match &self.context().class_name {
            Some(class) if name.starts_with("__") && !name.ends_with("__") && !name.contains('.') => {
                let stem = class.trim_start_matches('_');
                if stem.is_empty() {
                    name.to_owned()
                } else {
                    format!("_{stem}{name}")
                }
            }
            _ => name.to_owned(),
        }
    }
}
