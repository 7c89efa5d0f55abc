//! The Python that decides what is right, asked once who it is.

use super::error::BuildError;
use super::toolchain::{ask, find_program, missing};
use std::path::PathBuf;
use std::process::Command;

/// How to get a Python.
const GET_PYTHON: &str = "install CPython 3.11, or name one with --python or the key `python` of .pivotrc";

/// One answer to a line.
const QUESTIONS: &str = "import os, sys
for answer in sys.implementation.name, sys.version.split()[0], sys.executable, os.path.dirname(os.__file__):
    print(answer)";

/// A CPython that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// The interpreter itself, where the name stands for a script that finds one (as version managers have them): such
    /// scripts take longer to start than Python does, and confined workers may start no further process.
    pub program: PathBuf,
    /// Such as `3.11.7`.
    pub version: String,
    /// The folder of its standard library, where that is one.
    pub library: Option<PathBuf>,
}

impl Interpreter {
    /// The interpreter of this name or path.
    ///
    /// # Errors
    /// It is not there, does not run, or is no CPython.
    pub fn find(name: &str) -> Result<Interpreter, BuildError> {
        let found = find_program(name).ok_or_else(|| missing(name, GET_PYTHON))?;
        let answer = ask(
            Command::new(&found).args(["-I", "-S", "-c", QUESTIONS]),
            name,
            GET_PYTHON,
        )?;
        let lines: Vec<&str> = answer.lines().collect();
        match lines[..] {
            ["cpython", version, program, library] => Ok(Interpreter {
                program: Some(PathBuf::from(program))
                    .filter(|path| path.is_file())
                    .unwrap_or(found),
                version: version.to_string(),
                library: Some(PathBuf::from(library)).filter(|folder| folder.is_dir()),
            }),
            _ => Err(BuildError::Broken {
                program: name.into(),
                words: format!("it says it is `{}`, not CPython", lines.first().unwrap_or(&"")),
                help: GET_PYTHON.into(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_is_named_with_the_way_to_get_it() {
        let error = Interpreter::find("no-such-python").unwrap_err();
        assert_eq!(error.to_string(), "`no-such-python` was not found");
        assert!(error.help().contains("--python"));
    }

    #[test]
    fn what_is_no_python_is_not_taken_for_one() {
        assert!(Interpreter::find("true").is_err());
    }

    #[test]
    fn an_interpreter_finds_itself() {
        let python = Interpreter::find("python3").unwrap();
        let itself = Interpreter::find(&python.program.to_string_lossy()).unwrap();
        assert_eq!(python, itself);
        assert!(python.library.unwrap().join("os.py").is_file());
    }
}
