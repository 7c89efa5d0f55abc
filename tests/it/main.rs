//! The one integration-test binary: a module per area, data under `tests/cases`.

mod bench;
mod build;
mod command;
mod evolve;
mod init;
mod support;
