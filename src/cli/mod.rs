//! The command line: one file per command, arguments in, exit code out.

mod analyze;
mod bench;
mod certify;
mod completions;
pub mod console;
mod doctor;
mod evolve;
pub mod exit_code;
mod explain;
pub mod failure;
mod init;
pub mod oracle;
mod output;
pub mod progress;
mod record;
mod run;
mod story;

use crate::syntax;
use clap::{Parser, Subcommand};
use console::Console;
use exit_code::Exit;
use failure::Failure;
use std::ffi::OsString;

/// Compiles ordinary Python into exact, fast Rust and proves it, case by case.
#[derive(Debug, Parser)]
#[command(name = "pivot", version, max_term_width = 100, after_help = EXAMPLE)]
pub struct Cli {
    /// Say only what went wrong.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more; twice for still more.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLE: &str = "\
Examples:
  pivot analyze file.py
  pivot evolve file.py --profile aggressive --target rust
  pivot certify";

#[derive(Debug, Subcommand)]
enum Command {
    Analyze(analyze::Args),
    Bench(bench::Args),
    Certify(certify::Args),
    Run(run::Args),
    Record(record::Args),
    Explain(explain::Args),
    Evolve(evolve::Args),
    Init(init::Args),
    Doctor(doctor::Args),
    Completions(completions::Args),
}

impl Command {
    fn run(&self, console: &Console) -> Result<Exit, Failure> {
        match self {
            Command::Analyze(args) => analyze::run(args, console),
            Command::Bench(args) => bench::run(args, console),
            Command::Certify(args) => certify::run(args, console),
            Command::Record(args) => record::run(args, console),
            Command::Run(args) => run::run(args, console),
            Command::Explain(args) => explain::run(args, console),
            Command::Evolve(args) => evolve::run(args, console),
            Command::Init(args) => init::run(args, console),
            Command::Doctor(args) => doctor::run(args),
            Command::Completions(args) => completions::run(args),
        }
    }
}

/// Runs the command that the arguments (program name first) ask for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    let console = Console::new(cli.quiet, cli.verbose);
    let command = || syntax::with_deep_stack(|| cli.command.run(&console));
    match std::panic::catch_unwind(command) {
        Ok(Ok(exit)) => exit,
        Ok(Err(failure)) => {
            console.failure(&failure);
            failure.exit
        }
        Err(_) => {
            console.complain("error: this is a bug in pivot; the lines above tell where");
            Exit::Bug
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
