//! From a parsed file to the Rust of its vessel: everything between `syntax` and `build`.

mod annotations;
mod blocked;
mod crossing;
mod loader;
mod native;
mod report;
mod vessel_files;

use crate::config::{Asynchrony, Profile};
use crate::ir::{FuncId, GlobalKind, Program};
use crate::lower::{self, Lowered};
use crate::parity::record::Recording;
use crate::source::SourceFile;
use crate::syntax::ast;
use crate::vessel::{Blocker, FunctionEntry};

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
}

/// Compiles one file. What cannot be translated exactly is left in Python and says why.
pub fn compile(request: &Request<'_>) -> Compiled {
    let mut loader = loader::ProjectLoader;
    let lowered = lower::lower(request.name, request.file.path(), request.module, &mut loader);
    let blocked = blocked::analyse(&lowered);
    let entries = entry_functions(&lowered.program, &|id| !blocked.contains_key(&id));
    let script = main_function(&lowered.program).filter(|id| !blocked.contains_key(id));
    let native = native::build(request, &lowered, &blocked, &entries, script);
    let parts = vessel_files::Parts {
        request,
        lowered: &lowered,
        native: native.as_ref(),
        entries: &entries,
        script,
    };
    let files = vessel_files::write(&parts, &|id| is_emitted(&lowered, id, &blocked));
    let functions = report::functions(request, &lowered, &blocked, native.as_ref());
    let main_blocked = main_function(&lowered.program).and_then(|id| blocked.get(&id));
    Compiled {
        files,
        functions,
        script: script.is_some(),
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
