//! pivot-runtime: Python's semantics for the crates that pivot generates.

pub mod rc;
