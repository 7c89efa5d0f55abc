//! Where cases come from: recorded calls, typed generation with boundary values, mutation, and wrong arguments;
//! chosen so as to reach the branches of the Python function.

mod boundary;
mod calls;
mod generate;
pub mod instances;
mod material;
mod mutate;
mod rehearse;
pub mod rng;
mod select;
mod text;

pub use calls::{Plan, Source};
pub use material::Material;
pub use rehearse::{Noticed, rehearse};
pub use rng::Rng;
pub use select::{Chosen, Coverage, Pools, choose};
