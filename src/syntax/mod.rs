//! Python text to syntax tree: the only module that knows the parser crate.

pub mod ast;
