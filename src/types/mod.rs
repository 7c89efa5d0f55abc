//! Types: what inference finds out about values, and what the runtime offers for values of known type.

pub mod infer;
pub mod lattice;
pub mod shapes;
