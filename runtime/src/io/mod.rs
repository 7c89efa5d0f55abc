//! Standard streams and files.

mod locale;
pub mod stderr;
pub mod stdin;
pub mod stdout;
mod stream;
