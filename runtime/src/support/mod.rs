//! What only generated code uses: variables shared by closures, module variables, names of the library, ways out of
//! `try` and `with`, and the small steps that a construct of the language takes.

pub mod asynchronous;
pub mod boundary;
pub mod cell;
pub mod flow;
pub mod global;
pub mod make;
pub mod matching;
pub mod named;
pub mod record;
pub mod replay;
pub mod table;
pub mod with;
