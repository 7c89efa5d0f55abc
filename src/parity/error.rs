//! Why there is no proof.

use super::mutants::MutantError;
use super::oracle::OracleError;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why no proof could be attempted.
#[derive(Debug)]
pub enum CertifyError {
    /// The Python source is gone.
    Source(PathBuf, io::Error),
    /// The built vessel is gone.
    Binary(PathBuf, io::Error),
    Oracle(OracleError),
    /// A worker could not be started, or a file not be written.
    Io(io::Error),
    /// Faults could not be planted.
    Mutants(MutantError),
}

impl fmt::Display for CertifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CertifyError::Source(path, error) => write!(f, "{}: the vessel's source: {error}", path.display()),
            CertifyError::Binary(path, error) => write!(f, "{}: the vessel itself: {error}", path.display()),
            CertifyError::Oracle(error) => error.fmt(f),
            CertifyError::Io(error) => error.fmt(f),
            CertifyError::Mutants(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CertifyError {}

impl From<io::Error> for CertifyError {
    fn from(error: io::Error) -> Self {
        CertifyError::Io(error)
    }
}

impl From<OracleError> for CertifyError {
    fn from(error: OracleError) -> Self {
        CertifyError::Oracle(error)
    }
}
