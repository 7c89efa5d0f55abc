//! A certificate for people and for CI: text, SARIF, JUnit, GitHub annotations, in-toto.

mod annotations;
mod in_toto;
mod junit;
mod sarif;
mod text;

pub use annotations::annotations;
pub use in_toto::in_toto;
pub use junit::junit;
pub use sarif::sarif;
pub use text::{failures, text};
