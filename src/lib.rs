//! pivot compiles ordinary Python into exact, fast Rust and proves it. Modules stand in pipeline order.

pub mod analysis;
pub mod bench;
pub mod build;
pub mod cli;
pub mod compile;
pub mod config;
pub mod diagnostics;
pub mod emit;
pub mod evolve;
pub mod ir;
pub mod lower;
pub mod passes;
pub mod resolve;
pub mod source;
pub mod syntax;
pub mod types;

pub mod vessel;

pub mod parity;
