//! The one integration-test binary: a module per area, data under `tests/cases`.

mod analyze;
mod analyze_peers;
mod bench;
mod build;
mod certify;
mod certify_ci;
mod command;
mod doctor;
mod evolve;
mod explain;
mod hostile;
mod init;
mod left_behind;
mod long_expressions;
mod planted;
mod record;

mod run_cases;
mod schema;
mod script;
mod stages;
mod support;
mod syntax;
mod tree_dump;
mod verdicts;
mod verifier;
mod vessel;
