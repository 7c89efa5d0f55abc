//! The library modules against tables of CPython's results.

mod expr;
mod modules;
mod re;
mod table;
