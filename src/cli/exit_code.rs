//! How a command ended, as the shell sees it.

/// The documented exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    /// A bug in pivot.
    Bug = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// The Python could not be analysed.
    NotAnalysed = 3,
    /// Nothing could be evolved, or the build failed.
    NotEvolved = 4,
    /// Parity was not certified.
    NotCertified = 5,
    /// Slower than the baseline allows.
    Regressed = 6,
    InputNotFound = 8,
    TimeLimit = 10,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit as u8)
    }
}
