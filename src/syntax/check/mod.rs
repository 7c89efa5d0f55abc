//! What CPython's compiler refuses after parsing: in its order, `__future__` imports, then scopes, then placement.
//!
//! Modelled on `future.c`, `symtable.c` and `compile.c` of CPython 3.11.

mod future;
mod pattern;
mod placement;
mod scope;
mod scope_analysis;

use super::ast::Module;
use super::error::SyntaxError;

type Check = Result<(), SyntaxError>;

/// Finds the first fault of a parsed file.
pub(super) fn check(module: &Module) -> Check {
    let futures = future::find(module)?;
    scope::check(module, futures.annotations)?;
    placement::check(module, &futures)
}
