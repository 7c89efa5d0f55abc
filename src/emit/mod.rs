//! IR to Rust: a syntax tree first, text last.
//!
//! `program` makes the files of a vessel; `function` one Rust function, with `stmt`, `control`, `expr` and `call` for
//! its parts; `convert` knows representations; `rust` is the tree and its printer; `names` keeps names valid.

mod call;
mod collections;
mod control;
mod convert;
mod counted;
mod depth;
mod expr;
mod function;
mod names;
mod objects;
mod parallel;
pub mod program;
mod rust;
mod source;
mod stmt;
mod table;
mod typed;
mod types;

pub use program::{Entries, Gate, WorldFile, bound_entry, emit_world};
pub use rust::string_literal;

/// In which of its two forms a function is emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Every value carried with its type tag.
    Generic,
    /// Types known.
    Native,
}

impl World {
    /// The name of its file in the vessel's `src` folder.
    pub fn file(self) -> &'static str {
        match self {
            World::Generic => "generic.rs",
            World::Native => "native.rs",
        }
    }
}
