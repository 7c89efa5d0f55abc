//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    pivot::cli::run(std::env::args_os()).into()
}
