//! What pivot knows about a built vessel: its manifest and the types its functions were inferred to take.

pub mod manifest;
pub mod type_spec;

pub use manifest::{Blocker, FunctionEntry, Manifest, Param, ParamKind, RustPlace, Status};
pub use type_spec::TypeSpec;
