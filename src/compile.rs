//! From a parsed file to the Rust of its vessel: everything between `syntax` and `build`.

use crate::config::{Asynchrony, Profile};
use crate::parity::record::Recording;
use crate::source::SourceFile;
use crate::syntax::ast;
use crate::vessel::{Blocker, FunctionEntry, Status, TypeSpec};

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
    /// Whether the file has a main block, so that the vessel runs as a script.
    pub script: bool,
}

/// Compiles one file. What cannot be translated exactly is left in Python and says why.
pub fn compile(request: &Request<'_>) -> Compiled {
    let mut functions = Vec::new();
    list(&request.module.body, "", request.file, &mut functions);
    Compiled {
        files: Vec::new(),
        functions,
        script: false,
    }
}

fn list(body: &[ast::Stmt], prefix: &str, file: &SourceFile, found: &mut Vec<FunctionEntry>) {
    for statement in body {
        let place = file.position(statement.span.start);
        match &statement.kind {
            ast::StmtKind::FunctionDef(def) => {
                let lines = (place.line, file.position(statement.span.end).line);
                found.push(untranslated(format!("{prefix}{}", def.name.name), lines, place.column));
            }
            ast::StmtKind::ClassDef(def) => list(&def.body, &format!("{prefix}{}.", def.name.name), file, found),
            _ => {}
        }
    }
}

fn untranslated(name: String, lines: (u32, u32), column: u32) -> FunctionEntry {
    let message = "this build of pivot has no translator yet".to_string();
    FunctionEntry {
        name,
        status: Status::Python,
        params: Vec::new(),
        returns: TypeSpec::Any,
        signature: String::new(),
        reason: message.clone(),
        blockers: vec![Blocker {
            code: "PV100".into(),
            line: lines.0,
            column,
            message,
            help: String::new(),
        }],
        effects: Vec::new(),
        lines,
        touches_state: false,
        reads_paths: false,
        parallel_loops: Vec::new(),
    }
}
