//! The library modules against tables of CPython's results.

mod re;
mod table;
