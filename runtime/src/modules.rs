//! Library modules by name.
