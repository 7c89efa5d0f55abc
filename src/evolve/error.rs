//! Why a file could not be evolved at all.

use crate::build::BuildError;
use crate::diagnostics::Diagnostic;
use crate::parity::error::CertifyError;
use crate::source::{ReadError, SourceFile};
use std::fmt;
use std::path::PathBuf;

/// What stopped the path before there was anything to report.
#[derive(Debug)]
pub enum EvolveError {
    /// The path is a folder.
    Folder(PathBuf),
    /// The file cannot be opened or decoded.
    Unreadable {
        path: PathBuf,
        error: ReadError,
    },
    /// The file is no Python.
    Invalid {
        diagnostic: Box<Diagnostic>,
        file: Box<SourceFile>,
    },
    /// A function was asked for that the file does not have.
    NoFunction {
        name: String,
        known: Vec<String>,
    },
    /// The vessel's place is that of another file's vessel.
    Taken {
        vessel: PathBuf,
        other: PathBuf,
    },
    Build(BuildError),
    /// CPython cannot take part in the proof.
    Certify(CertifyError),
}

impl From<BuildError> for EvolveError {
    fn from(error: BuildError) -> Self {
        EvolveError::Build(error)
    }
}

impl fmt::Display for EvolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvolveError::Folder(path) => write!(f, "{} is a folder", path.display()),
            EvolveError::Unreadable { path, error } => write!(f, "{}: {error}", path.display()),
            EvolveError::Invalid { diagnostic, file } => write!(f, "{}: {}", file.path().display(), diagnostic.message),
            EvolveError::NoFunction { name, .. } => write!(f, "there is no function `{name}` in this file"),
            EvolveError::Taken { vessel, other } => {
                write!(f, "{} holds the vessel of {}", vessel.display(), other.display())
            }
            EvolveError::Build(error) => error.fmt(f),
            EvolveError::Certify(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EvolveError {}
