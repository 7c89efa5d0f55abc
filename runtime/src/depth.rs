//! How deep calls are nested: RecursionError before the stack ends.
