//! `pivot completions`: a script that teaches a shell pivot's commands.

use super::exit_code::Exit;
use super::failure::Failure;
use super::{Cli, output};
use clap::CommandFactory;
use clap_complete::Shell;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot completions bash > ~/.local/share/bash-completion/completions/pivot")]
pub struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pivot", &mut script);
    output::emit(&String::from_utf8_lossy(&script), None)?;
    Ok(Exit::Done)
}
