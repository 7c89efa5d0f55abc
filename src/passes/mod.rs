//! Analyses and transforms of the IR.

pub mod analyses;
