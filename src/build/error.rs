//! Why a vessel could not be built.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What stopped a build. The last good vessel is untouched in every case.
#[derive(Debug)]
pub enum BuildError {
    /// A program that pivot needs is not on this machine.
    Missing { program: String, help: String },
    /// A program that pivot needs is there and fails before it has seen any of our work.
    Broken {
        program: String,
        words: String,
        help: String,
    },
    /// Reading or writing failed.
    Io { path: PathBuf, error: io::Error },
    /// rustc refused the generated code: a bug in pivot.
    Refused {
        messages: String,
        places: Vec<Place>,
        folder: PathBuf,
    },
    /// cargo failed for another reason: no network, no space, killed.
    Cargo { words: String },
}

/// Where an error of rustc's points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// In the crate's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
}

impl BuildError {
    /// For `map_err` on anything that touches `path`.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> BuildError {
        let path = path.as_ref().to_path_buf();
        move |error| BuildError::Io { path, error }
    }

    /// Whether the disk is full.
    fn is_full(&self) -> bool {
        match self {
            BuildError::Io { error, .. } => {
                matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
            }
            BuildError::Cargo { words } | BuildError::Refused { messages: words, .. } => {
                words.contains("No space left on device") || words.contains("os error 28")
            }
            _ => false,
        }
    }

    /// The next step for the user.
    pub fn help(&self) -> String {
        if self.is_full() {
            return "make room and run the same command again; the last good vessel is as it was".into();
        }
        match self {
            BuildError::Missing { help, .. } | BuildError::Broken { help, .. } => help.clone(),
            BuildError::Io { .. } => "the last good vessel is as it was".into(),
            BuildError::Refused { folder, .. } => {
                format!("this is a bug in pivot: please report it with {}", folder.display())
            }
            BuildError::Cargo { .. } => {
                "`pivot doctor` says what this machine lacks; the last good vessel is as it was".into()
            }
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            _ if self.is_full() => f.write_str("the disk is full")?,
            BuildError::Missing { program, .. } => write!(f, "`{program}` was not found")?,
            BuildError::Broken { program, words, .. } => write!(f, "`{program}` does not work: {words}")?,
            BuildError::Io { path, error } => write!(f, "{}: {error}", path.display())?,
            BuildError::Refused { messages, .. } => {
                write!(f, "rustc refused the generated code\n{}", messages.trim_end())?
            }
            BuildError::Cargo { words } => write!(f, "cargo failed\n{}", words.trim_end())?,
        }
        match self {
            BuildError::Io { path, .. } if self.is_full() => write!(f, ": {} could not be written", path.display()),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_so_whoever_noticed_it() {
        let ours = BuildError::io("/x/y")(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(ours.to_string(), "the disk is full: /x/y could not be written");
        let cargos = BuildError::Cargo {
            words: "failed to write: No space left on device (os error 28)".into(),
        };
        assert_eq!(cargos.to_string(), "the disk is full");
        assert!(cargos.help().contains("make room"));
    }
}
