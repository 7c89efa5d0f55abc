//! Method tables of the builtin types.
