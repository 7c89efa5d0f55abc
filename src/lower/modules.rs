//! Modules of the program: found through the loader, lowered once, run once.

use super::{ImportFailure, Lowerer, Origin, Static, lower_module};
use crate::ir::{Block, Callee, Expr, ExprKind, GlobalId, ModuleId, Stmt, StmtKind};
use crate::resolve::library;
use crate::resolve::scope::Scopes;
use crate::source::Span;
use crate::syntax::ast;
use std::path::Path;

impl Lowerer<'_, '_> {
    /// The module of the program that a dotted name (with leading dots counted) means here.
    pub fn user_module(&mut self, module: &str, level: u32) -> Option<ModuleId> {
        let name = self.absolute(module, level)?;
        if let Some(known) = self.shared.modules.get(&name) {
            return *known;
        }
        let loaded = if level == 0 && library::has_module(&name) {
            self.shared.demand.supplement(&name)
        } else {
            self.shared.demand.load(&name, &self.path, self.shared.loader)
        };
        let id = loaded.map(|file| {
            let origin = if file.is_library {
                Origin::Library
            } else {
                Origin::Project
            };
            if file.in_part {
                let part = self.shared.demand.needed_part(&name, &file.parsed);
                lower_module(self.shared, &name, &file.path, &part, origin)
            } else {
                lower_module(self.shared, &name, &file.path, &file.parsed.ast, origin)
            }
        });
        self.shared.modules.insert(name, id);
        id
    }

    pub fn absolute(&self, module: &str, level: u32) -> Option<String> {
        let record = &self.shared.program.modules[self.module.index()];
        absolute(self.dotted(), is_package(&record.path), module, level)
    }

    /// What other modules of the project import it by.
    fn dotted(&self) -> &str {
        if self.module.0 == 0 {
            &self.shared.dotted
        } else {
            &self.shared.program.modules[self.module.index()].name
        }
    }

    /// Notes a name of the module that nothing but an import binds, to another module of the project: it needs no
    /// variable. A package so names what is inside it, while its own statements run.
    pub fn names_module(&mut self, name: &str) -> bool {
        let dotted = match self.statics.get(name) {
            Some(Static::Module(dotted)) => dotted.clone(),
            Some(Static::Member { module, level, name }) if self.is_itself(module, *level) => {
                format!("{}.{name}", self.dotted())
            }
            Some(Static::Member { module, level, name }) => {
                let (module, level, name) = (module.clone(), *level, name.clone());
                match self.absolute(&module, level) {
                    Some(package) if !self.binds(&package, &name) => format!("{package}.{name}"),
                    _ => return false,
                }
            }
            _ => return false,
        };
        if library::has_module(&dotted) {
            return false;
        }
        let file = self.shared.demand.load(&dotted, &self.path, self.shared.loader);
        if file.is_none_or(|file| file.is_library) {
            return false;
        }
        self.shared.module_names.insert((self.module, name.to_owned()), dotted);
        true
    }

    /// Some statement of the module binds the name.
    fn binds(&mut self, module: &str, name: &str) -> bool {
        let file = self.shared.demand.load(module, &self.path, self.shared.loader);
        file.is_none_or(|file| {
            let scopes = Scopes::build(&file.parsed.ast, false);
            scopes.get(Scopes::MODULE).bound.iter().any(|bound| bound == name)
        })
    }

    /// An import from here takes from this very module.
    pub fn is_itself(&self, module: &str, level: u32) -> bool {
        self.absolute(module, level).as_deref() == Some(self.dotted())
    }

    /// A package imports a module inside it by a name that it binds otherwise too: which of both is meant depends on
    /// what ran before.
    pub fn takes_inner_module(&mut self, module: &str, level: u32, name: &str) -> bool {
        let dotted = format!("{}.{name}", self.dotted());
        self.is_itself(module, level) && self.user_module(&dotted, 0).is_some()
    }

    /// At the top of a package's own file: a module inside the package is called so.
    pub fn names_inner_module(&mut self, name: &str) -> bool {
        let is_top = self.context().scope == Scopes::MODULE;
        let inner = self.inner_name(name).filter(|_| is_top);
        inner.is_some_and(|dotted| self.user_module(&dotted, 0).is_some())
    }

    /// The module of this name inside the package whose own file this is, where an import has come by it.
    pub fn imported_inner_module(&self, name: &str) -> Option<String> {
        let dotted = self.inner_name(name)?;
        let known = self.shared.modules.get(&dotted);
        known.is_some_and(Option::is_some).then_some(dotted)
    }

    fn inner_name(&self, name: &str) -> Option<String> {
        let record = &self.shared.program.modules[self.module.index()];
        let is_own = is_package(&record.path) && !record.is_library;
        is_own.then(|| format!("{}.{name}", self.dotted()))
    }

    /// How an import fails in the interpreter whose behaviour counts; None where it does not, or is of the project.
    pub fn import_failure(&mut self, module: &str, name: Option<&str>) -> Option<ImportFailure> {
        let shared = &mut *self.shared;
        let found = shared.demand.load(module, &self.path, shared.loader);
        if found.is_some_and(|file| !file.is_library) {
            return None;
        }
        shared.loader.import_failure(module, name)
    }

    pub fn global_of(&self, module: ModuleId, name: &str) -> Option<GlobalId> {
        let at = self
            .shared
            .program
            .globals
            .iter()
            .position(|g| g.module == module && g.name == name)?;
        Some(GlobalId(at as u32))
    }

    /// An import of a module of the program runs its statements, the first time, after those of its packages.
    pub fn run_user_module(&mut self, module: &str, level: u32, span: Span, out: &mut Block) {
        let Some(name) = self.absolute(module, level) else {
            return;
        };
        let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
        for end in ends {
            self.run_one_module(&name[..end], span, out);
        }
    }

    fn run_one_module(&mut self, name: &str, span: Span, out: &mut Block) {
        let Some(id) = self.user_module(name, 0) else {
            return;
        };
        if id == self.module {
            return;
        }
        let init = self.shared.program.modules[id.index()].init;
        let kind = ExprKind::Call {
            callee: Callee::Function(init),
            args: Vec::new(),
            keywords: Vec::new(),
        };
        out.push(Stmt {
            kind: StmtKind::Expr(Expr::new(kind, span)),
            span,
        });
    }

    /// The static meaning is an import.
    pub fn is_import(what: Option<&Static>) -> bool {
        matches!(what, Some(Static::Module(_) | Static::Member { .. }))
    }
}

/// The file is the one that makes its folder a package.
pub fn is_package(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n == "__init__.py")
}

/// The first import in the block, or in what is inside it, that starts from the file's own package.
pub fn relative_import(block: &[ast::Stmt]) -> Option<Span> {
    block.iter().find_map(|stmt| match &stmt.kind {
        ast::StmtKind::ImportFrom { level, .. } if *level > 0 => Some(stmt.span),
        _ => {
            let mut found = None;
            stmt.each_block(&mut |inner| found = found.or_else(|| relative_import(inner)));
            found
        }
    })
}

/// The dotted name that `module`, with `level` leading dots, has in the module called `from`.
pub fn absolute(from: &str, is_package: bool, module: &str, level: u32) -> Option<String> {
    if level == 0 {
        return Some(library::canonical(module).to_owned());
    }
    let mut package: Vec<&str> = from.split('.').collect();
    let up = level as usize - usize::from(is_package);
    package.truncate(package.len().checked_sub(up)?);
    if package.is_empty() {
        return None;
    }
    if !module.is_empty() {
        package.push(module);
    }
    Some(package.join("."))
}
