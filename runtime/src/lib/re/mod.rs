//! `re`: own parser, compiler and matcher with the behaviour of CPython 3.11's.

pub mod ast;
mod casefix;
pub mod chars;
mod class;
mod error;
mod escape;
mod flags;
pub mod machine;
mod match_object;
pub mod parse;
mod pattern;
mod pattern_methods;
pub mod program;
mod rows;
mod substitute;
pub mod tokens;

pub use match_object::MatchObject;
pub use pattern::{Pattern, PatternObject, compile};
pub use rows::{MODULE, escape_text};
