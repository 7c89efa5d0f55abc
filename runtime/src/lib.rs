//! pivot-runtime: Python's semantics for the crates that pivot generates.
//!
//! Values first, then what is done to them: a module may use the ones of its own group and of the groups above.

mod allocator;

#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

// The shared pointer, values and their traits.
pub mod elem;
pub mod exc;
pub mod native;
pub mod rc;
pub mod registry;
mod release;
pub mod types;
pub mod value;

// Text and numbers.
pub mod block;
pub mod bytes;
pub mod codec;
pub mod complex;
pub mod float;
pub mod format;
pub mod hash;
pub mod int;
pub mod str;
pub mod text;
pub mod units;

// Containers and iteration.
pub mod dict;
pub mod generator;
pub mod iter;
pub mod list;
pub mod range;
pub mod set;
pub mod slice;
pub mod tuple;

// Functions and classes.
pub mod args;
pub mod attr;
pub mod class;
pub mod depth;
pub mod function;
pub mod instance;
pub mod site;

// What programs call.
pub mod builtins;
pub mod io;
#[path = "lib/mod.rs"]
pub mod lib;
pub mod methods;
pub mod modules;
pub mod ops;

// How a vessel runs.
pub mod caseform;
pub mod clock;
pub mod settings;
pub mod system;
pub mod vessel;
pub mod wire;
pub mod worker;

// What only generated code uses.
pub mod fast;
pub mod prelude;
pub mod support;

pub use exc::{Exc, Result};
pub use value::Value;
