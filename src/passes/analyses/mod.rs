//! Facts about functions; nothing here edits.

pub mod assigned;
pub mod fixed;
pub mod placement;
pub mod purity;
