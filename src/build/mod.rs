//! Writes the crate of a vessel, has cargo build it, and puts the result in its place in one step.
//!
//! A crate is built in a *slot* of the user's cache folder: one for each toolchain, set of build settings and runtime,
//! holding the runtime's source, cargo's target folder and a staging folder for each vessel. The same relative paths
//! hold there and beside the published vessels, so that the published crate is byte for byte the one that was built.

mod cache;
mod cargo;
mod crate_files;
mod digest;
mod error;
mod interpreter;
mod interrupt;
mod lock;
mod lockfile;
mod names;
mod pgo;
mod publish;
mod runtime_source;
mod stage;
mod toolchain;

pub use cache::Cache;
pub use cargo::{Progress, Step};
pub use crate_files::{CrateFiles, Package};
pub use digest::{digest, digest_file};
pub use error::{BuildError, Place};
pub use interpreter::Interpreter;
pub use interrupt::announce_interrupts;
pub use lock::Lock;
pub use names::{binary_name, crate_name, vessel_name};
pub use pgo::{merge, profdata};
pub use publish::{Candidate, place_runtime};
pub use runtime_source::RUNTIME_VERSION;
pub use stage::{Built, Flavour, Stage};
pub use toolchain::{Toolchain, find_program};
