//! Modules of the program: found through the loader, lowered once, run once.

use super::{Lowerer, Static, lower_module};
use crate::ir::{Block, Callee, Expr, ExprKind, GlobalId, ModuleId, Stmt, StmtKind};
use crate::resolve::library;
use crate::source::Span;

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
            if file.is_library {
                let part = self.shared.demand.needed_part(&name, &file.ast);
                lower_module(self.shared, &name, &file.path, &part, false)
            } else {
                lower_module(self.shared, &name, &file.path, &file.ast, false)
            }
        });
        self.shared.modules.insert(name, id);
        id
    }

    fn absolute(&self, module: &str, level: u32) -> Option<String> {
        let record = &self.shared.program.modules[self.module.index()];
        let is_package = record.path.file_name().is_some_and(|n| n == "__init__.py");
        absolute(&record.name, is_package, module, level)
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

    /// An import of a module of the program runs its statements, the first time.
    pub fn run_user_module(&mut self, module: &str, level: u32, span: Span, out: &mut Block) {
        let Some(id) = self.user_module(module, level) else {
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

/// The dotted name that `module`, with `level` leading dots, has in the module called `from`.
pub fn absolute(from: &str, is_package: bool, module: &str, level: u32) -> Option<String> {
    if level == 0 {
        return Some(library::canonical(module).to_owned());
    }
    let mut package: Vec<&str> = from.split('.').collect();
    let up = level as usize - usize::from(is_package);
    package.truncate(package.len().checked_sub(up)?);
    if !module.is_empty() {
        package.push(module);
    }
    Some(package.join("."))
}
