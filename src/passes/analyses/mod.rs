//! Facts about functions; nothing here edits.

pub mod assigned;
pub mod filled;
pub mod fixed;
pub mod placement;
pub mod purity;
