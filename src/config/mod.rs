//! What the user asks for: `.pivotrc` as written, the profiles, and both resolved with the command line.

mod error;
mod file;
mod json;
mod keys;
mod options;
mod profiles;
mod schema;

pub use error::ConfigError;
pub use file::{FILE_NAME, RcFile};
pub use keys::{KEYS, Key, Kind};
pub use options::{Asynchrony, Options, Overrides, Validation};
pub use profiles::{Lto, PROFILES, Panic, Parallelism, Pgo, Profile, TargetCpu};
pub use schema::{sample, schema};
