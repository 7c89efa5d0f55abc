//! Standard streams and files.
