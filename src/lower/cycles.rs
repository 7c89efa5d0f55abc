//! Modules of the project that import each other, and reading names of a module that may not have bound them yet.

use super::demand::Demand;
use super::{Loader, Lowerer};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Block, Const, Expr, ExprKind, GlobalId, Handler, LocalId, ModuleId, Stmt, StmtKind, Target};
use crate::resolve::cycles::{self, Late, Node};
use crate::source::Span;
use crate::syntax::ast;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What asks for a name of another module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// `from module import name`.
    Import,
    /// `module.name`.
    Attribute,
}

/// What is late in the modules of the program's project, by their dotted names.
pub fn find(
    demand: &mut Demand,
    loader: &mut dyn Loader,
    dotted: &str,
    path: &Path,
    ast: &ast::Module,
) -> HashMap<String, Late> {
    let mut files: BTreeMap<String, (PathBuf, Arc<super::Parsed>)> = BTreeMap::new();
    let mut imports: BTreeMap<String, Vec<Vec<(String, bool)>>> = BTreeMap::new();
    let script = Graph {
        demand,
        loader,
        module: dotted,
        path,
    }
    .imports(ast);
    let mut open: Vec<String> = names(&script);
    let mut from = path.to_owned();
    imports.insert(dotted.to_owned(), script);
    while let Some(module) = open.pop() {
        if imports.contains_key(&module) {
            continue;
        }
        let Some(file) = demand.load(&module, &from, loader) else {
            continue;
        };
        let graph = Graph {
            demand,
            loader,
            module: &module,
            path: &file.path,
        };
        let found = graph.imports(&file.parsed.ast);
        open.extend(names(&found));
        from.clone_from(&file.path);
        files.insert(module.clone(), (file.path.clone(), file.parsed.clone()));
        imports.insert(module, found);
    }
    let node = |(module, imports): (String, Vec<Vec<(String, bool)>>)| {
        let ast = files.get(&module).map_or(ast, |(_, parsed)| &parsed.ast);
        (module, Node { ast, imports })
    };
    cycles::find(&imports.into_iter().map(node).collect())
}

fn names(imports: &[Vec<(String, bool)>]) -> Vec<String> {
    imports.iter().flatten().map(|(module, _)| module.clone()).collect()
}

/// Finds what one file imports of the project.
struct Graph<'a> {
    demand: &'a mut Demand,
    loader: &'a mut dyn Loader,
    module: &'a str,
    path: &'a Path,
}

impl Graph<'_> {
    fn imports(mut self, ast: &ast::Module) -> Vec<Vec<(String, bool)>> {
        let each = |stmt: &ast::Stmt| {
            let mut found = Vec::new();
            if !super::is_main_block(stmt) {
                self.stmt(stmt, true, &mut found);
            }
            found
        };
        ast.body.iter().map(each).collect()
    }

    fn stmt(&mut self, stmt: &ast::Stmt, at_once: bool, found: &mut Vec<(String, bool)>) {
        match &stmt.kind {
            ast::StmtKind::Import(names) => {
                for alias in names {
                    // The packages are named too.
                    let ends = alias
                        .name
                        .match_indices('.')
                        .map(|(at, _)| at)
                        .chain([alias.name.len()]);
                    for end in ends {
                        self.module(alias.name[..end].to_owned(), at_once, found);
                    }
                }
            }
            ast::StmtKind::ImportFrom { module, names, level } => {
                let is_package = super::modules::is_package(self.path);
                let module = module.as_deref().unwrap_or_default();
                let Some(module) = super::modules::absolute(self.module, is_package, module, *level) else {
                    return;
                };
                for alias in names {
                    if !self.module(format!("{module}.{}", alias.name), at_once, found) {
                        self.module(module.clone(), at_once, found);
                    }
                }
            }
            _ => {
                let at_once = at_once && !matches!(stmt.kind, ast::StmtKind::FunctionDef(_));
                stmt.each_block(&mut |block| block.iter().for_each(|inner| self.stmt(inner, at_once, found)));
            }
        }
    }

    /// Notes the module where it is one of the project.
    fn module(&mut self, module: String, at_once: bool, found: &mut Vec<(String, bool)>) -> bool {
        if crate::resolve::library::has_module(&module) {
            return false;
        }
        let file = self.demand.load(&module, self.path, self.loader);
        let is_project = file.is_some_and(|file| !file.is_library);
        if is_project {
            found.push((module, at_once));
        }
        is_project
    }
}

impl Lowerer<'_, '_> {
    /// What a module's name holds, read by another module; where it may not be bound, with CPython's words for that.
    pub fn read_of_module(&mut self, id: GlobalId, asks: Asks, span: Span) -> Expr {
        let global = self.shared.program.global(id);
        let (module, name) = (global.module, global.name.clone());
        if module == self.module || !self.late(module).is_some_and(|late| late.names.contains(&name)) {
            return self.read_global(id, span);
        }
        let (value, missing) = (self.temp(), self.temp());
        let read = self.read_global(id, span);
        let mut stmts = attempt(read, value, missing, span);
        let then = self.unbound_name(module, &name, asks, span);
        stmts.push(if_true(missing, then, span));
        Expr::new(ExprKind::Seq(stmts, Box::new(Expr::local(value, span))), span)
    }

    /// An import that needs no code, unless it may fail.
    pub fn ask_module(&mut self, id: GlobalId, span: Span, out: &mut Block) {
        let value = self.read_of_module(id, Asks::Import, span);
        if !matches!(value.kind, ExprKind::Global(_)) {
            let kind = StmtKind::Expr(value);
            out.push(Stmt { kind, span });
        }
    }

    /// A name that a star import took: CPython takes those that are bound by then.
    pub fn may_be_late(&self, id: GlobalId) -> bool {
        let global = self.shared.program.global(id);
        let late = self.late(global.module);
        late.is_some_and(|late| late.in_cycle && late.names.contains(&global.name))
    }

    pub fn late(&self, module: ModuleId) -> Option<&Late> {
        let record = &self.shared.program.modules[module.index()];
        let name = if module.0 == 0 {
            &self.shared.dotted
        } else {
            &record.name
        };
        self.shared.late.get(name)
    }

    /// The hidden variable that is bound once the module's statements have run.
    fn done(&self, module: ModuleId) -> Option<GlobalId> {
        self.late(module).filter(|late| late.in_cycle)?;
        self.global_of(module, ".done")
    }

    fn unbound_name(&mut self, module: ModuleId, name: &str, asks: Asks, span: Span) -> Block {
        let whole = self.raise_unbound(module, name, asks, false, span);
        let Some(done) = self.done(module) else {
            return vec![whole];
        };
        let (value, running) = (self.temp(), self.temp());
        let mut stmts = attempt(self.read_global(done, span), value, running, span);
        let in_part = self.raise_unbound(module, name, asks, true, span);
        stmts.push(if_true(running, vec![in_part], span));
        stmts.push(whole);
        stmts
    }

    fn raise_unbound(&mut self, module: ModuleId, name: &str, asks: Asks, in_part: bool, span: Span) -> Stmt {
        let record = &self.shared.program.modules[module.index()];
        let (shown, path) = (record.shown.clone(), record.path.to_string_lossy().into_owned());
        let part = if in_part { "partially initialized module " } else { "" };
        let round = if in_part {
            " (most likely due to a circular import)"
        } else {
            ""
        };
        let raise = match asks {
            Asks::Import => {
                let message = format!("cannot import name '{name}' from {part}'{shown}'{round} ({path})");
                let keyword = |key: &str, text: &str| (Some(key.to_owned()), Expr::str(text, span));
                let keywords = vec![keyword("name", &shown), keyword("path", &path)];
                self.raised_with("ImportError", &message, keywords, span)
            }
            Asks::Attribute => {
                let part = if in_part { part } else { "module " };
                let message = format!("{part}'{shown}' has no attribute '{name}'{round}");
                self.raised("AttributeError", &message, span)
            }
        };
        Stmt {
            kind: StmtKind::Expr(raise),
            span,
        }
    }
}

/// CPython has a script that its modules import twice: as the script, and as the module of its name.
pub fn imported_script() -> Diagnostic {
    let message = "the script is imported by a module that it imports, and would run a second time as that";
    Diagnostic::error(&codes::MODULE_VALUE, message, Span::default())
        .with_help("move what both need into a module of its own")
}

/// `value = read`, or `missing = True`.
fn attempt(read: Expr, value: LocalId, missing: LocalId, span: Span) -> Block {
    let assign = |value, target| Stmt {
        kind: StmtKind::Assign {
            value,
            target: Target::Local(target),
        },
        span,
    };
    let truth = |is| Expr::new(ExprKind::Const(Const::Bool(is)), span);
    let handler = Handler {
        class: Some(Expr::new(ExprKind::Builtin("NameError".to_owned()), span)),
        name: None,
        body: vec![assign(truth(true), missing)],
        span,
    };
    let attempt = Stmt {
        kind: StmtKind::Try {
            body: vec![assign(read, value)],
            handlers: vec![handler],
            orelse: Vec::new(),
            finally: Vec::new(),
        },
        span,
    };
    vec![assign(Expr::none(span), value), assign(truth(false), missing), attempt]
}

fn if_true(flag: LocalId, then: Block, span: Span) -> Stmt {
    let kind = StmtKind::If {
        cond: super::truth(Expr::local(flag, span)),
        then,
        orelse: Vec::new(),
    };
    Stmt { kind, span }
}
