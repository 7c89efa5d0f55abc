//! `math`: rows for generic code; the typed functions are in the files below.

mod complain;
pub mod float;
pub mod integer;
pub mod libm;
mod rows;
pub mod special;
pub mod vector;

pub use complain::Raised;
pub use float::*;
pub use rows::MODULE;
pub use special::{gamma, lgamma};
pub use vector::{dist, fsum, hypot};
