//! `%` formatting of text and of bytes.

mod arguments;
mod bytes;
mod directive;
mod layout;
mod number;
mod text;

pub use bytes::percent_bytes;
pub use text::percent;
