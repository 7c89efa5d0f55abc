//! Python's builtin functions.
