//! The oracle: CPython itself, running the user's unchanged source in worker processes.

pub mod home;
