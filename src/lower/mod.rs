//! Syntax tree to IR: gives every construct its meaning in Python's own operations, all values dynamic.
//!
//! One file per family: `function`, `class`, `stmt`, `assign`, `expr`, `call`, `comp`, `pattern`, `names`. What cannot
//! be given an exact meaning becomes a diagnostic on the outermost function it stands in.

mod accelerators;
mod assign;
mod asynchronous;
mod call;
mod class;
mod comp;
mod context;
mod cycles;
mod demand;
mod expr;
mod function;
mod hints;
mod modules;
mod names;
mod parts;
mod pattern;
mod star;
mod stmt;

pub use accelerators::do_without;
pub use expr::truth;
pub use parts::Parsed;

use crate::diagnostics::{Code, Diagnostic, codes};
use crate::ir::{Block, FuncId, Function, Global, GlobalId, GlobalKind, Label, Module, ModuleId, Program};
use crate::resolve::cycles::Late;
use crate::resolve::early;
use crate::resolve::scope::{NodeKey, ScopeId, Scopes};
use crate::resolve::statics::{self, Static};
use crate::source::Span;
use crate::syntax::ast;
use context::FnContext;
use demand::Demand;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A program in IR, with what stands in the way of each function that could not be lowered.
pub struct Lowered {
    pub program: Program,
    pub blockers: HashMap<FuncId, Vec<Diagnostic>>,
    /// Module variables whose binding statement could not be lowered, with the reason.
    pub poisoned: HashMap<GlobalId, Diagnostic>,
    /// Statements of modules that could not be lowered, as far as they could.
    pub refused: Vec<(Block, Diagnostic)>,
    /// Where each top-level statement begins in its module's function.
    pub groups: HashMap<FuncId, Vec<usize>>,
}

/// Finds and parses the modules that a program imports.
pub trait Loader {
    /// The parsed file of the dotted module, if it is Python source that should be compiled with the program.
    fn load(&mut self, module: &str, from: &Path) -> Option<Loaded>;

    /// As `load`, of library modules only. They come without what stands for their C parts.
    fn load_library(&mut self, module: &str) -> Option<Loaded>;

    /// The interpreter whose behaviour counts has such a module.
    fn exists(&self, module: &str) -> bool;

    /// How an import fails in that interpreter; None where it does not, or where that is not known.
    fn import_failure(&self, module: &str, name: Option<&str>) -> Option<ImportFailure>;

    /// The dotted name of the package that a file of the project stands in.
    fn package(&self, path: &Path) -> Option<String>;
}

/// The exception that an import raises.
#[derive(Clone, Debug)]
pub struct ImportFailure {
    pub class: String,
    pub message: String,
    /// The exception's `name`.
    pub module: String,
}

pub struct Loaded {
    pub path: PathBuf,
    pub parsed: Arc<Parsed>,
    /// Part of the library, not of the project.
    pub is_library: bool,
    /// Lowered as far as it is needed only, as the library always is.
    pub in_part: bool,
}

/// Lowers the file named and the modules it imports.
pub fn lower(name: &str, path: &Path, ast: &ast::Module, loader: &mut dyn Loader) -> Lowered {
    let dotted = match loader.package(path) {
        None => name.to_owned(),
        Some(package) if modules::is_package(path) => package,
        Some(package) => format!("{package}.{name}"),
    };
    let mut demand = Demand::default();
    let ast = &*star::expand(&mut demand, loader, ast, &dotted, path);
    let mut demand = Demand::of(&dotted, path, ast, loader);
    let late = cycles::find(&mut demand, loader, &dotted, path, ast);
    let mut shared = Shared {
        program: Program::default(),
        blockers: HashMap::new(),
        poisoned: HashMap::new(),
        refused: Vec::new(),
        groups: HashMap::new(),
        modules: HashMap::new(),
        module_names: HashMap::new(),
        loader,
        demand,
        late,
        dotted,
    };
    lower_module(&mut shared, name, path, ast, Origin::Script);
    Lowered {
        program: shared.program,
        blockers: shared.blockers,
        poisoned: shared.poisoned,
        refused: shared.refused,
        groups: shared.groups,
    }
}

/// State of the whole program while its modules are lowered.
struct Shared<'a> {
    program: Program,
    blockers: HashMap<FuncId, Vec<Diagnostic>>,
    poisoned: HashMap<GlobalId, Diagnostic>,
    refused: Vec<(Block, Diagnostic)>,
    groups: HashMap<FuncId, Vec<usize>>,
    /// Modules lowered, or refused (None), by dotted name.
    modules: HashMap<String, Option<ModuleId>>,
    /// Names of modules that stand for other modules of the project, by what those are called.
    module_names: HashMap<(ModuleId, String), String>,
    loader: &'a mut dyn Loader,
    demand: Demand,
    /// What modules of the project may find unbound in each other, by dotted names.
    late: HashMap<String, Late>,
    /// The file named, as other modules of its package would import it.
    dotted: String,
}

/// Lowers one module.
struct Lowerer<'a, 'b> {
    shared: &'a mut Shared<'b>,
    module: ModuleId,
    path: PathBuf,
    /// The module's own description.
    doc: Option<String>,
    scopes: &'a Scopes,
    statics: HashMap<String, Static>,
    /// Functions and classes that may be asked for before they are bound.
    early: HashSet<String>,
    globals: HashMap<String, GlobalId>,
    /// Functions being lowered, innermost last.
    stack: Vec<FnContext>,
    /// Functions lowered already: module-level statements are lowered twice, for import and for the script.
    functions: HashMap<NodeKey, FuncId>,
    next_label: u32,
    /// Names that the module's statements bind whatever happens.
    surely_bound: HashSet<String>,
    /// The names of the classes met so far, by the scopes of their bodies.
    class_names: HashMap<ScopeId, String>,
    class_qualnames: HashMap<ScopeId, String>,
}

/// Where a module comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The file that was named.
    Script,
    Project,
    Library,
}

fn lower_module(shared: &mut Shared, name: &str, path: &Path, ast: &ast::Module, origin: Origin) -> ModuleId {
    let scopes = Scopes::build(ast, origin != Origin::Library);
    let module = ModuleId(shared.program.modules.len() as u32);
    shared.modules.insert(name.to_owned(), Some(module));
    shared.program.modules.push(Module {
        name: name.to_owned(),
        shown: own_name(&ast.body).unwrap_or(name).to_owned(),
        path: path.to_owned(),
        is_library: origin == Origin::Library,
        init: FuncId(u32::MAX),
        main: None,
    });
    let mut early = early::names(ast);
    let known_as = if module.0 == 0 { &shared.dotted } else { name };
    let late = shared.late.get(known_as);
    early.extend(late.into_iter().flat_map(|late| late.early.iter().cloned()));
    let in_cycle = late.is_some_and(|late| late.in_cycle);
    let statics = statics::of_module(ast, &scopes, &early);
    let mut lowerer = Lowerer {
        shared,
        module,
        path: path.to_owned(),
        doc: function::docstring(&ast.body),
        scopes: &scopes,
        statics,
        early,
        globals: HashMap::new(),
        stack: Vec::new(),
        functions: HashMap::new(),
        next_label: 0,
        surely_bound: ast.body.iter().flat_map(statics::surely_bound_names).collect(),
        class_names: HashMap::new(),
        class_qualnames: HashMap::new(),
    };
    let init = lowerer.reserve_function("<module>", Span::default());
    lowerer.shared.program.modules[module.index()].init = init;
    lowerer.declare_globals(&ast.body);
    lowerer.module_function(init, &without_main_block(&ast.body), name);
    if origin == Origin::Script {
        let main = lowerer.reserve_function("<main>", Span::default());
        lowerer.module_function(main, &ast.body.iter().collect::<Vec<_>>(), "__main__");
        if let Some(span) = modules::relative_import(&ast.body) {
            let message = "a script stands in no package: its relative imports fail";
            let refusal = Diagnostic::error(&codes::UNKNOWN_NAME, message, span).with_help("import by the full name");
            lowerer.shared.blockers.entry(main).or_default().push(refusal);
        }
        if in_cycle {
            lowerer
                .shared
                .blockers
                .entry(main)
                .or_default()
                .push(cycles::imported_script());
        }
        lowerer.shared.program.modules[module.index()].main = Some(main);
    }
    module
}

/// The name that a module gives itself: `_collections_abc` calls itself `collections.abc`.
fn own_name(body: &[ast::Stmt]) -> Option<&str> {
    body.iter().find_map(|stmt| match &stmt.kind {
        ast::StmtKind::Assign { targets, value } => match (targets.as_slice(), &value.kind) {
            ([target], ast::ExprKind::Constant(ast::Constant::Str(text)))
                if matches!(&target.kind, ast::ExprKind::Name(name) if name == "__name__") =>
            {
                Some(text.as_str())
            }
            _ => None,
        },
        _ => None,
    })
}

/// `if __name__ == "__main__":` at the top level.
fn is_main_block(stmt: &ast::Stmt) -> bool {
    let ast::StmtKind::If { test, .. } = &stmt.kind else {
        return false;
    };
    let ast::ExprKind::Compare { left, ops, comparators } = &test.kind else {
        return false;
    };
    let is_name = |e: &ast::Expr| matches!(&e.kind, ast::ExprKind::Name(n) if n == "__name__");
    let is_main = |e: &ast::Expr| matches!(&e.kind, ast::ExprKind::Constant(ast::Constant::Str(s)) if s == "__main__");
    match (ops.as_slice(), comparators.as_slice()) {
        ([ast::CmpOp::Eq], [right]) => is_name(left) && is_main(right) || is_main(left) && is_name(right),
        _ => false,
    }
}

fn without_main_block(body: &[ast::Stmt]) -> Vec<&ast::Stmt> {
    body.iter().filter(|s| !is_main_block(s)).collect()
}

impl Lowerer<'_, '_> {
    /// Makes a global for every name the module binds, and knows functions and classes before their bodies.
    fn declare_globals(&mut self, body: &[ast::Stmt]) {
        let mut names = self.scopes.get(Scopes::MODULE).bound.clone();
        names.extend(
            self.scopes
                .rebound_globals
                .keys()
                .filter(|n| !names.contains(n))
                .cloned()
                .collect::<Vec<_>>(),
        );
        if self.scopes.is_used("__name__") {
            names.push("__name__".to_owned());
        }
        for name in names {
            if !self.names_module(&name) {
                self.declare_global(&name, GlobalKind::Variable);
            }
        }
        for stmt in body {
            match &stmt.kind {
                ast::StmtKind::FunctionDef(def) if self.is_static(&def.name.name, &Static::Function) => {
                    let func = self.reserve_function(&def.name.name, stmt.span);
                    self.set_global_kind(&def.name.name, GlobalKind::Function(func));
                }
                _ => {}
            }
        }
    }

    fn is_static(&self, name: &str, what: &Static) -> bool {
        self.statics.get(name) == Some(what)
    }

    fn declare_global(&mut self, name: &str, kind: GlobalKind) -> GlobalId {
        let id = GlobalId(self.shared.program.globals.len() as u32);
        let global = Global {
            module: self.module,
            name: name.to_owned(),
            kind,
            ty: crate::ir::Ty::Dyn,
        };
        self.shared.program.globals.push(global);
        self.globals.insert(name.to_owned(), id);
        id
    }

    fn set_global_kind(&mut self, name: &str, kind: GlobalKind) {
        let id = self.globals[name];
        self.shared.program.globals[id.index()].kind = kind;
    }

    /// A place in the program for a function whose body follows.
    fn reserve_function(&mut self, name: &str, span: Span) -> FuncId {
        let id = FuncId(self.shared.program.functions.len() as u32);
        self.shared.program.functions.push(Function {
            id,
            name: name.to_owned(),
            qualname: name.to_owned(),
            module: self.module,
            parent: None,
            class: None,
            span,
            doc: None,
            params: Vec::new(),
            locals: Vec::new(),
            body: Vec::new(),
            flavor: crate::ir::func::Flavor::Plain,
            ret: crate::ir::Ty::Dyn,
        });
        id
    }

    /// Refuses the function at hand, and with it the outermost function around it.
    fn refuse(&mut self, code: &'static Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, message, span).with_help(help);
        if let Some(context) = self.stack.last_mut() {
            context.blockers.push(diagnostic);
        }
    }

    fn fresh_label(&mut self) -> Label {
        self.next_label += 1;
        Label(self.next_label)
    }
}
