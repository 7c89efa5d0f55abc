//! `re`: own parser, compiler and matcher with the behaviour of CPython 3.11's.

pub mod ast;
mod casefix;
pub mod chars;
mod class;
mod escape;
pub mod machine;
pub mod parse;
pub mod program;
pub mod tokens;
