//! Standard streams and files.

pub mod stderr;
pub mod stdin;
pub mod stdout;
mod stream;
