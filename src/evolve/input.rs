//! The Python file to evolve, read and parsed.

use super::error::EvolveError;
use crate::analysis::report::Analysis;
use crate::analysis::{analyse, find_functions};
use crate::build::{BuildError, digest_file};
use crate::compile::Verdicts;
use crate::diagnostics::{Diagnostic, codes};
use crate::source::SourceFile;
use crate::syntax::{self, ast};
use std::path::{Path, PathBuf};

/// A file that is valid Python.
#[derive(Debug)]
pub struct Input {
    /// Absolute.
    pub path: PathBuf,
    pub file: SourceFile,
    pub module: ast::Module,
    /// Of the file's bytes, in hex.
    pub sha256: String,
}

impl Input {
    /// Reads and parses a file.
    ///
    /// # Errors
    /// It is a folder, cannot be opened or decoded, or is no Python.
    pub fn read(path: &Path) -> Result<Input, EvolveError> {
        if path.is_dir() {
            return Err(EvolveError::Folder(path.to_path_buf()));
        }
        let unreadable = |error| EvolveError::Unreadable {
            path: path.to_path_buf(),
            error,
        };
        let file = SourceFile::read(path).map_err(unreadable)?;
        let module = match syntax::parse(file.text()) {
            Ok(module) => module,
            Err(error) => {
                let diagnostic = Diagnostic::error(&codes::SYNTAX_ERROR, error.to_string(), error.span);
                return Err(EvolveError::Invalid {
                    diagnostic: Box::new(diagnostic),
                    file: Box::new(file),
                });
            }
        };
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let sha256 = digest_file(&path).map_err(BuildError::io(&path))?;
        Ok(Input {
            path,
            file,
            module,
            sha256,
        })
    }

    /// The names of all functions and methods that the file defines, as reports spell them.
    pub fn function_names(&self) -> Vec<String> {
        find_functions(&self.module)
            .into_iter()
            .map(|function| function.name)
            .collect()
    }

    /// What each function costs, does and is worth.
    pub fn analysis(&self, verdicts: &Verdicts<'_>) -> Analysis {
        analyse(&self.file, &self.module, verdicts, None)
    }
}
