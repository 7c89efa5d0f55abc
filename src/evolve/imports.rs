//! Imports that fail in the interpreter whose behaviour counts, asked of that interpreter.

use crate::build::Interpreter;
use crate::compile::{ImportFailure, Imports};
use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Says how `from MODULE import NAME` fails, on three lines, and nothing where it does not.
///
/// What does not belong to the library is looked for, never run; neither are the modules that are made to be noticed.
const SCRIPT: &str = r#"
import importlib.util, sys
module, name = sys.argv[1:3]
top = module.partition(".")[0]
if top not in sys.stdlib_module_names:
    if importlib.util.find_spec(top) is None:
        print("ModuleNotFoundError", top, f"No module named {top!r}", sep="\n")
elif top not in ("antigravity", "this", "idlelib", "turtledemo", "__main__"):
    try:
        exec(f"from {module} import {name}" if name else f"import {module}", {})
    except ImportError as error:
        print(type(error).__name__, error.name, error, sep="\n")
"#;

/// Asks each question once.
#[derive(Debug)]
pub struct Asked<'a> {
    python: Option<&'a Interpreter>,
    known: Mutex<HashMap<(String, String), Option<ImportFailure>>>,
}

impl<'a> Asked<'a> {
    /// Without an interpreter to ask, no import is known to fail.
    pub fn new(python: Option<&'a Interpreter>) -> Asked<'a> {
        Asked {
            python,
            known: Mutex::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<(String, String), Option<ImportFailure>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, module: &str, name: &str) -> Option<ImportFailure> {
        let mut command = Command::new(&self.python?.program);
        command.args(["-B", "-c", SCRIPT, module, name]);
        let answer = command.stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8(answer.stdout).ok()?;
        let mut lines = text.lines().map(str::to_owned);
        let (class, module, message) = (lines.next()?, lines.next()?, lines.next()?);
        answer
            .status
            .success()
            .then_some(ImportFailure { class, message, module })
    }
}

impl Imports for Asked<'_> {
    fn failure(&self, module: &str, name: Option<&str>) -> Option<ImportFailure> {
        let key = (module.to_owned(), name.unwrap_or_default().to_owned());
        if let Some(known) = self.known().get(&key) {
            return known.clone();
        }
        let found = self.ask(&key.0, &key.1);
        self.known().insert(key, found.clone());
        found
    }
}
