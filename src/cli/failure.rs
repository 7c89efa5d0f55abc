//! Why a command could not go on: what the user reads, and the exit code.

use super::exit_code::Exit;
use crate::config::ConfigError;
use std::fmt;
use std::path::Path;

/// An error that ends a command.
#[derive(Clone, Debug)]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
    pub help: Option<String>,
}

impl Failure {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Failure {
            exit,
            message: message.into(),
            help: None,
        }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Failure::new(Exit::Usage, message)
    }

    /// A path given by the user that is not there or cannot be opened.
    pub fn input(path: &Path, error: &std::io::Error) -> Self {
        let exit = if error.kind() == std::io::ErrorKind::NotFound {
            Exit::InputNotFound
        } else {
            Exit::NotAnalysed
        };
        Failure::new(exit, format!("{}: {}", path.display(), io_words(error)))
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// An operating system error without Rust's `(os error 2)`.
pub fn io_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let place = error
            .place
            .map(|(path, line, column)| format!("\n  --> {}:{line}:{column}", path.display()));
        Failure {
            exit: Exit::Usage,
            message: error.message + &place.unwrap_or_default(),
            help: error.help,
        }
    }
}
