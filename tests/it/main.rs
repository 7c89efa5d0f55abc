//! The one integration-test binary: a module per area, data under `tests/cases`.

mod command;
mod support;
