//! A certificate for people and for CI: text, SARIF, JUnit.

mod junit;
mod sarif;
mod text;

pub use junit::junit;
pub use sarif::sarif;
pub use text::{failures, text};
