//! `pivot analyze`: which functions are worth moving, and why.

use super::console::Console;
use super::exit_code::Exit;
use super::failure::Failure;
use crate::diagnostics::{Diagnostic, codes, render};
use crate::source::SourceFile;
use crate::syntax;
use std::path::PathBuf;

/// Score every function: is it worth moving to Rust, and why?
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot analyze src/ --format table --min-complexity 5")]
pub struct Args {
    /// Python files, or folders to search for them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for path in &args.paths {
        let file = SourceFile::read(path).map_err(|error| Failure::new(Exit::NotAnalysed, error.to_string()))?;
        if let Err(error) = syntax::parse(file.text()) {
            let diagnostic = Diagnostic::error(&codes::SYNTAX_ERROR, error.to_string(), error.span);
            console.complain(&render(&diagnostic, &file, console.colour));
            exit = Exit::NotAnalysed;
        }
    }
    Ok(exit)
}
