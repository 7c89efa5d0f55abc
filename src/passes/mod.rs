//! Analyses and transforms of the IR.

pub mod analyses;
pub mod classes;
pub mod comprehend;
pub mod generators;
pub mod inner;
pub mod parallel;
pub mod split;
