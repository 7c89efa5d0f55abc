//! The proof: the same calls made in CPython (the oracle) and in the vessel (the subject), compared bit for bit.

pub mod form;
pub mod oracle;
pub mod record;
pub mod scratch;
