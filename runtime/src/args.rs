//! Checks on the arguments of builtin functions, with CPython's messages.
