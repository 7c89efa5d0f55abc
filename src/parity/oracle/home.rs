//! The Python side of the proof: carried inside pivot, laid out in a scratch folder, started from there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::parity::scratch::Scratch;

/// File name and text of every module of the package `pivot_oracle`.
const MODULES: &[(&str, &str)] = &[
    ("__init__.py", "\"\"\"The Python side of pivot's parity proof.\"\"\"\n"),
    ("branches.py", include_str!("branches.py")),
    ("calls.py", include_str!("calls.py")),
    ("follow.py", include_str!("follow.py")),
    ("harvest.py", include_str!("harvest.py")),
    ("observe.py", include_str!("observe.py")),
    ("packages.py", include_str!("packages.py")),
    ("pins.py", include_str!("pins.py")),
    ("record.py", include_str!("record.py")),
    ("scripts.py", include_str!("scripts.py")),
    ("state.py", include_str!("state.py")),
    ("wire.py", include_str!("wire.py")),
    ("worker.py", include_str!("worker.py")),
];
const START: &str = include_str!("start.py");
const SITE: &str = include_str!("sitecustomize.py");
const SCRIPT: &str = include_str!("script.py");

/// The package on disk; it goes away with this value.
#[derive(Debug)]
pub struct Home {
    scratch: Scratch,
}

impl Home {
    /// Lays the package out.
    ///
    /// # Errors
    /// When the temporary folder cannot be written to.
    pub fn new() -> io::Result<Home> {
        let scratch = Scratch::new("oracle")?;
        let package = scratch.path().join("pivot_oracle");
        fs::create_dir(&package)?;
        for (name, text) in MODULES {
            fs::write(package.join(name), text)?;
        }
        fs::write(scratch.path().join("__main__.py"), START)?;
        for (folder, text) in [("site", SITE), ("script", SCRIPT)] {
            let folder = scratch.path().join(folder);
            fs::create_dir(&folder)?;
            fs::write(folder.join("sitecustomize.py"), text)?;
        }
        Ok(Home { scratch })
    }

    pub fn path(&self) -> &Path {
        self.scratch.path()
    }

    /// A path of this name inside the scratch folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// The folder to put first on the module path of programs that are to be watched.
    pub fn site(&self) -> PathBuf {
        self.file("site")
    }

    /// A command that runs the script as a case, pinned as for workers. `case` says what bounds it (see `script.py`).
    pub fn script(&self, python: &Path, script: &Path, case: &str) -> Command {
        let mut command = Command::new(python);
        command.arg(script).env_clear();
        command.env("PYTHONPATH", self.file("script")).env("PIVOT_CASE", case);
        command.envs([("PYTHONHASHSEED", "0"), ("PYTHONDONTWRITEBYTECODE", "1")]);
        command
    }

    /// A command that starts one part of the package, with everything pinned that a process inherits:
    /// hash seed, locale, time zone, working folder, no standard input.
    pub fn command(&self, python: &Path, part: &str, folder: &Path) -> Command {
        let mut command = Command::new(python);
        command.arg("-B").arg(self.scratch.path()).arg(part);
        command.current_dir(folder).stdin(Stdio::null());
        for name in [
            "PYTHONPATH",
            "PYTHONSTARTUP",
            "PYTHONOPTIMIZE",
            "PYTHONDEBUG",
            "PYTHONINSPECT",
            "LANG",
            "LANGUAGE",
        ] {
            command.env_remove(name);
        }
        command.envs([
            ("PYTHONHASHSEED", "0"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
            ("LC_ALL", "C.UTF-8"),
            ("TZ", "UTC"),
        ]);
        command
    }
}
