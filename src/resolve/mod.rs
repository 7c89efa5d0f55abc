//! Names to what they mean: scopes and closures, imports, static bindings of a module.

pub mod bound;
pub mod cycles;
pub mod early;
pub mod handlers;
pub mod hints;
pub mod library;
pub mod scope;
pub mod statics;

pub use scope::{NodeKey, Resolution, ScopeId, ScopeKind, Scopes};
