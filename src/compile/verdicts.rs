//! The compiler's verdict on the functions of a file, without making a vessel of it: what `analyze` reports is what
//! `evolve` will do.

use super::Imports;
use super::blocked::{self, Blocked};
use super::loader::ProjectLoader;
use super::outlines::{OutlineLoader, Outlines};
use crate::analysis::{FoundFunction, Translator};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::Function;
use crate::lower::{self, Lowered};
use crate::source::SourceFile;
use crate::syntax::ast::Module;
use std::path::PathBuf;

/// Lowers files as for a vessel and stops there.
#[derive(Debug)]
pub struct Verdicts<'a> {
    /// The folder of the interpreter's standard library.
    pub library: Option<PathBuf>,
    /// Library modules are looked at in outline, once for all files: quicker for many.
    pub outlines: Option<Outlines>,
    /// What the interpreter cannot import.
    pub imports: &'a (dyn Imports + Sync),
}

impl Translator for Verdicts<'_> {
    fn blockers(&self, file: &SourceFile, module: &Module, functions: &[FoundFunction]) -> Vec<Vec<Diagnostic>> {
        let mut full = ProjectLoader {
            library: self.library.as_deref(),
            imports: self.imports,
        };
        let path = file.path().canonicalize().unwrap_or_else(|_| file.path().to_path_buf());
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let mut lowered = match &self.outlines {
            None => lower::lower(&name, &path, module, &mut full),
            Some(outlines) => {
                let mut loader = OutlineLoader { outlines, full };
                lower::lower(&name, &path, module, &mut loader)
            }
        };
        let (blocked, _) = blocked::analyse(&mut lowered);
        functions
            .iter()
            .map(|found| of_function(&lowered, &blocked, found))
            .collect()
    }
}

fn of_function(lowered: &Lowered, blocked: &Blocked, found: &FoundFunction) -> Vec<Diagnostic> {
    let own = |f: &&Function| f.module.0 == 0 && f.span == found.span && f.name == found.def.name.name;
    match lowered.program.functions.iter().find(own) {
        Some(function) => blocked.get(&function.id).cloned().unwrap_or_default(),
        // What stands in refused code is not even looked at.
        None => vec![
            Diagnostic::error(
                &codes::CALLS_PYTHON,
                "stands in code that stays in Python",
                found.def.name.span,
            )
            .with_help("see what stands in the way of the function or class around it"),
        ],
    }
}
