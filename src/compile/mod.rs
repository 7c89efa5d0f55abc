//! From a parsed file to the Rust of its vessel: everything between `syntax` and `build`.

mod annotations;
mod apart;
mod blocked;
mod changes;
mod crossing;
mod loader;
mod native;
mod outlines;
mod overlay;
mod report;
mod retreat;
mod stages;
mod typed;
mod verdicts;
mod vessel_files;

pub use crate::lower::ImportFailure;
pub use outlines::Outlines;
pub use retreat::{Emitted, Refused, Retreat};
pub use stages::{Stage, Watch};
pub use verdicts::Verdicts;

use crate::config::{Asynchrony, Profile};
use crate::ir::{FuncId, GlobalId, GlobalKind, Program};
use crate::lower::{self, Lowered};
use crate::parity::record::Recording;
use crate::source::SourceFile;
use crate::syntax::ast;
use crate::vessel::{Blocker, FunctionEntry};
use std::path::Path;

/// What is to be compiled, and how.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub file: &'a SourceFile,
    pub module: &'a ast::Module,
    /// The vessel's name.
    pub name: &'a str,
    pub profile: &'a Profile,
    pub asynchrony: Asynchrony,
    /// Threads the vessel uses unless told otherwise; all cores where absent.
    pub workers: Option<u64>,
    /// Only these functions (qualified names); all where empty.
    pub only: &'a [String],
    /// Calls seen when the script was run: beliefs, not facts.
    pub recording: Option<&'a Recording>,
    /// The folder of the interpreter's standard library.
    pub library: Option<&'a Path>,
    /// What the interpreter cannot import.
    pub imports: &'a dyn Imports,
    /// What rustc refused in earlier attempts.
    pub retreat: &'a Retreat,
}

/// Which imports fail in the interpreter whose behaviour counts.
pub trait Imports: std::fmt::Debug {
    /// How `from module import name` (or `import module`) fails; None where it does not, or where that is not known.
    fn failure(&self, module: &str, name: Option<&str>) -> Option<ImportFailure>;
}

/// Knows of no import that fails: for whoever compiles without an interpreter at hand.
#[derive(Debug)]
pub struct AnyImport;

impl Imports for AnyImport {
    fn failure(&self, _module: &str, _name: Option<&str>) -> Option<ImportFailure> {
        None
    }
}

/// The code of a vessel.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Path under `src/`, and text.
    pub files: Vec<(String, String)>,
    pub functions: Vec<FunctionEntry>,
    /// Whether the vessel runs as a script.
    pub script: bool,
    /// What keeps it from that, where it does not.
    pub script_blockers: Vec<Blocker>,
    /// The functions of the generic and the native file.
    pub emitted: Vec<Emitted>,
}

/// Compiles one file. What cannot be translated exactly is left in Python and says why.
pub fn compile(request: &Request<'_>) -> Compiled {
    compile_watched(request, &mut |_, _| {})
}

/// Compiles one file and shows the program after each step.
pub fn compile_watched(request: &Request<'_>, watch: &mut Watch<'_>) -> Compiled {
    let mut loader = loader::ProjectLoader {
        library: request.library,
        imports: request.imports,
    };
    let mut lowered = lower::lower(request.name, request.file.path(), request.module, &mut loader);
    stages::reached(Stage::Lower, &lowered.program, watch);
    for (id, refusal) in request.retreat.refusals() {
        lowered.blockers.entry(id).or_default().push(refusal);
    }
    let (blocked, apart) = blocked::analyse(&mut lowered);
    let entries = entry_functions(&lowered.program, &|id| !blocked.contains_key(&id));
    let script = main_function(&lowered.program).filter(|id| !blocked.contains_key(id));
    let native = native::build(request, &lowered, &blocked, &entries, script, watch);
    let native = native.filter(|_| !request.retreat.without_native);
    let bound = bound_functions(&lowered, &blocked);
    let parts = vessel_files::Parts {
        request,
        lowered: &lowered,
        native: native.as_ref(),
        entries: &entries,
        bound: &bound,
        script,
    };
    let (files, emitted) = vessel_files::write(&parts, &|id| apart.contains(id) || is_emitted(&lowered, id, &blocked));
    let functions = report::functions(request, &lowered, &blocked, native.as_ref());
    let main_blocked = main_function(&lowered.program).and_then(|id| blocked.get(&id));
    Compiled {
        files,
        functions,
        script: script.is_some(),
        emitted,
        script_blockers: report::blockers(request.file, main_blocked),
    }
}

/// A module's statements are emitted even where some were refused; the script's only as a whole.
fn is_emitted(lowered: &Lowered, id: FuncId, blocked: &blocked::Blocked) -> bool {
    let is_init = lowered.program.modules.iter().any(|m| m.init == id);
    is_init || !blocked.contains_key(&id)
}

fn main_function(program: &Program) -> Option<FuncId> {
    program.modules.first().and_then(|m| m.main)
}

/// The functions of the file that can be called by name from outside.
fn entry_functions(program: &Program, usable: &dyn Fn(FuncId) -> bool) -> Vec<FuncId> {
    program
        .globals
        .iter()
        .filter(|g| g.module.0 == 0)
        .filter_map(|g| match g.kind {
            GlobalKind::Function(id) if usable(id) => Some(id),
            _ => None,
        })
        .collect()
}

/// Names of the file that `def` binds together with something else: decorators, a condition, another `def`.
fn bound_functions(lowered: &Lowered, blocked: &blocked::Blocked) -> Vec<(GlobalId, String)> {
    let program = &lowered.program;
    let defines = |name: &str| {
        let mut found = program
            .functions
            .iter()
            .filter(|f| f.module.0 == 0 && f.qualname == name)
            .peekable();
        found.peek().is_some() && found.all(|f| !blocked.contains_key(&f.id))
    };
    let globals = program.globals.iter().enumerate();
    globals
        .map(|(at, global)| (GlobalId(at as u32), global))
        .filter(|(id, g)| {
            g.module.0 == 0 && g.kind == GlobalKind::Variable && !lowered.poisoned.contains_key(id) && defines(&g.name)
        })
        .map(|(id, g)| (id, g.name.clone()))
        .collect()
}
