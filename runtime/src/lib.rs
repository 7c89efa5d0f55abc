//! Python semantics for generated crates.
