//! What is wrong with the configuration, and where.

use std::fmt;
use std::path::PathBuf;

/// A fault in `.pivotrc` or in an option of the command line; always exit code 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub message: String,
    /// The file, line and column (from 1) at fault; none for the command line.
    pub place: Option<(PathBuf, usize, usize)>,
    /// The next step for the user.
    pub help: Option<String>,
}

impl ConfigError {
    pub fn new(message: impl Into<String>) -> Self {
        ConfigError {
            message: message.into(),
            place: None,
            help: None,
        }
    }

    pub fn at(mut self, path: impl Into<PathBuf>, line: usize, column: usize) -> Self {
        self.place = Some((path.into(), line, column));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some((path, line, column)) = &self.place {
            write!(f, "\n  --> {}:{line}:{column}", path.display())?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// The candidate most like `word`, where one is like enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        let words = ["optimization", "profile", "python"];
        assert_eq!(nearest("optimisation", words), Some("optimization"));
        assert_eq!(nearest("proflie", words), Some("profile"));
        assert_eq!(nearest("zzz", words), None);
    }
}
