//! The proof: the same calls made in CPython (the oracle) and in the vessel (the subject), compared bit for bit.

// Values, cases and how workers are asked.
pub mod case;
pub mod form;
pub mod kept;
pub mod merkle;
pub mod protocol;
pub mod sandbox;
pub mod scratch;

// The processes on both sides.
pub mod oracle;
pub mod pool;
pub mod subject;
pub mod worker;

// Where cases come from.
pub mod cases;
pub mod record;

// What becomes of them.
mod audit;
pub mod certificate;
pub mod certify;
pub mod compare;
pub mod error;
pub mod ground;
pub mod inclusion;
mod lanes;
pub mod mutants;
pub mod prove;
pub mod report;
pub mod resume;
pub mod script;
pub mod shrink;
pub mod sign;
pub mod verify;
