//! Names to what they mean: scopes and closures, imports, static bindings of a module.

pub mod early;
pub mod handlers;
pub mod library;
pub mod scope;
pub mod statics;

pub use scope::{NodeKey, Resolution, ScopeId, ScopeKind, Scopes};
