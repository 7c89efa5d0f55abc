//! What stands in the way of translating a function: asked of who translates.

use super::functions::FoundFunction;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::syntax::ast::Module;

/// Knows whether functions can be translated exactly.
pub trait Translator: Sync {
    /// What stands in the way of each of the file's functions, in their order; nothing where it can be translated.
    fn blockers(&self, file: &SourceFile, module: &Module, functions: &[FoundFunction]) -> Vec<Vec<Diagnostic>>;
}
