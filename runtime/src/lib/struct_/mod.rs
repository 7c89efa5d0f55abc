//! `struct`: values as the bytes of C structures.

mod half;
mod layout;
mod pack;
mod rows;

pub use rows::MODULE;
