//! `pivot init`: a commented `.pivotrc` to start from.

use super::console::Console;
use super::exit_code::Exit;
use super::failure::Failure;
use super::output;
use crate::config::{FILE_NAME, sample};
use std::path::PathBuf;

/// Write a commented .pivotrc with every key at its default.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot init")]
pub struct Args {
    /// The folder to write it to.
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
    /// Replace a file that is there already.
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    if !args.folder.is_dir() {
        let message = format!("{}: no such folder", args.folder.display());
        return Err(Failure::new(Exit::InputNotFound, message));
    }
    let path = args.folder.join(FILE_NAME);
    if path.exists() && !args.force {
        let message = format!("{} is there already", path.display());
        return Err(Failure::usage(message).with_help("--force replaces it"));
    }
    output::emit(&sample(), Some(&path))?;
    console.story(&format!("wrote {}", path.display()));
    Ok(Exit::Done)
}
