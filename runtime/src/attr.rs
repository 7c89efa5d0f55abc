//! Attribute access.
