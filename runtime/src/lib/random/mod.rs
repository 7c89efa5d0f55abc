//! `random`: CPython's streams, seed for seed.

mod distributions;
mod integers;
pub mod mt;
mod object;
mod pick;
mod rows;
mod state;
pub mod variates;

pub use rows::MODULE;
pub use state::{Source, start_case, with_global};
