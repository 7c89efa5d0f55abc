//! What stands in the way of translating a function: asked of who translates.

use super::functions::FoundFunction;
use super::report::BlockerReport;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::syntax::ast::Module;
use std::collections::HashMap;

/// Knows whether functions can be translated exactly.
pub trait Translator: Sync {
    /// What stands in the way of each of the file's functions, in their order; nothing where it can be translated.
    fn blockers(&self, file: &SourceFile, module: &Module, functions: &[FoundFunction]) -> Vec<Vec<Diagnostic>>;
}

/// What is reported of a function's blockers: each thing said once, where it is met first.
pub fn reported(blockers: &[Diagnostic], file: &SourceFile) -> Vec<BlockerReport> {
    let mut at: HashMap<(&str, &str), usize> = HashMap::new();
    let mut found: Vec<BlockerReport> = Vec::new();
    for blocker in blockers {
        let known = at.entry((blocker.code.id, &blocker.message)).or_insert(found.len());
        match found.get_mut(*known) {
            Some(report) => report.times += 1,
            None => found.push(BlockerReport {
                record: blocker.to_record(file),
                times: 1,
            }),
        }
    }
    found
}
