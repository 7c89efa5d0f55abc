//! The calls a script really makes: its main block and doctests are run under CPython and watched.
//!
//! Recorded calls are the first cases of a proof, and the types seen in them are seeds for inference. They are
//! beliefs, not facts: whoever builds on them guards them.

mod base64;
pub mod beside;
mod follow;
mod report;

pub(crate) use base64::unbase64;
pub use follow::{Followed, follow};

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::form::Form;
use super::oracle::home::Home;
use super::sandbox::{Confinement, confine};
use super::scratch::Scratch;
use crate::vessel::TypeSpec;

/// Calls of one function that are kept of those that others made.
const MOST_CALLS: usize = 60;

/// How long the script may run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for all attempts together; what was seen until then is kept.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_secs(3),
        }
    }
}

/// What was seen of a file's functions.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// By qualified name (`Point.norm`, `outer.inner`).
    pub functions: BTreeMap<String, Recorded>,
    pub attempts: Vec<Attempt>,
}

/// One function's calls.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// How many calls were looked at; `calls` holds some of them.
    pub seen: u64,
    /// How many of them ended in an exception.
    pub raised: u64,
    /// Every parameter, in order (without `*args` and `**kwargs`), with the type of all its arguments.
    pub params: Vec<(String, TypeSpec)>,
    /// The type of all results; a generator's is an iterator.
    pub returns: TypeSpec,
    /// Different calls that can be made again.
    pub calls: Vec<Call>,
}

/// A call's arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    pub args: Vec<Form>,
    pub kwargs: Vec<(String, Form)>,
}

/// One run of the script.
#[derive(Clone, Debug, Deserialize)]
pub struct Attempt {
    pub argv: Vec<String>,
    /// `ok`, `exit`, `time`, `stuck`, or the type of the exception that ended it.
    pub end: String,
    pub seconds: f64,
}

/// Why nothing could be recorded.
#[derive(Debug)]
pub enum RecordError {
    /// Python could not be started.
    Start(io::Error),
    /// Python ended without a report; its last words.
    NoReport(String),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::Start(error) => write!(f, "python could not be started: {error}"),
            RecordError::NoReport(words) => write!(f, "the recording ended early: {words}"),
        }
    }
}

impl std::error::Error for RecordError {}

impl From<io::Error> for RecordError {
    fn from(error: io::Error) -> Self {
        RecordError::Start(error)
    }
}

/// Runs the file's main block (with sample command lines) and its doctests, and records the calls of its functions.
///
/// A script that raises, exits or runs out of time still gives what was seen before.
///
/// # Errors
/// When `python` cannot be started, or dies before it can report.
pub fn calls(path: &Path, python: &Path, limits: Limits, confinement: Confinement) -> Result<Recording, RecordError> {
    let home = Home::new()?;
    let folder = Scratch::new("record")?;
    let target = home.file("recorded.json");
    let mut command = home.command(python, "record", folder.path());
    command
        .arg(&target)
        .arg(path.canonicalize()?)
        .arg(limits.time.as_secs_f64().to_string());
    // A script may start processes of its own; they are held to the same folders.
    let confinement = match confinement {
        Confinement::None => Confinement::None,
        _ => Confinement::Files,
    };
    confine(&mut command, &[folder.path(), home.path()], confinement)?;
    let words = run(command, limits.time + Duration::from_secs(6))?;
    let text = fs::read_to_string(&target).map_err(|_| RecordError::NoReport(words))?;
    let report: report::Report =
        serde_json::from_str(&text).map_err(|error| RecordError::NoReport(error.to_string()))?;
    let mut recording = Recording {
        functions: report::functions(report.functions),
        attempts: report.attempts,
    };
    recording.merge(beside::read(path));
    Ok(recording)
}

impl Recording {
    /// Adds what was recorded at another time.
    pub fn merge(&mut self, functions: BTreeMap<String, Recorded>) {
        for (name, recorded) in functions {
            match self.functions.entry(name) {
                Entry::Vacant(entry) => drop(entry.insert(recorded)),
                Entry::Occupied(mut entry) => entry.get_mut().merge(recorded),
            }
        }
    }
}

/// What a worker noticed of the functions that were called.
pub fn of_json(text: &[u8]) -> BTreeMap<String, Recorded> {
    serde_json::from_slice(text).map(report::functions).unwrap_or_default()
}

impl Recorded {
    /// Adds calls of the same function, where there is room, and the types of their arguments.
    pub fn merge_calls(&mut self, other: Recorded) {
        if self.params.is_empty() {
            self.params = other.params;
        } else {
            for ((_, ty), (_, seen)) in self.params.iter_mut().zip(other.params) {
                *ty = std::mem::take(ty).merge(seen);
            }
        }
        for call in other.calls {
            if self.calls.len() < MOST_CALLS && !self.calls.contains(&call) {
                self.calls.push(call);
            }
        }
    }

    /// Adds what was seen of the same function elsewhere; where its parameters are others by now, nothing is added.
    pub fn merge(&mut self, other: Recorded) {
        let names = |recorded: &Recorded| recorded.params.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if names(self) != names(&other) {
            return;
        }
        self.seen += other.seen;
        self.raised += other.raised;
        for ((_, ty), (_, seen)) in self.params.iter_mut().zip(other.params) {
            *ty = std::mem::take(ty).merge(seen);
        }
        self.returns = std::mem::take(&mut self.returns).merge(other.returns);
        for call in other.calls {
            if !self.calls.contains(&call) {
                self.calls.push(call);
            }
        }
    }
}

/// Waits for the process, kills it at the end of its time, and gives the last line it wrote on stderr.
fn run(mut command: Command, limit: Duration) -> io::Result<String> {
    let errors = Scratch::new("stderr")?;
    let file = errors.path().join("text");
    command.stdout(Stdio::null()).stderr(fs::File::create(&file)?);
    let mut child = command.spawn()?;
    let end = Instant::now() + limit;
    while child.try_wait()?.is_none() {
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Ok("killed at the end of its time".to_string());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let text = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
    Ok(text.lines().last().unwrap_or("no message").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(source: &str) -> Recording {
        let folder = Scratch::new("record-test").unwrap();
        let path = folder.path().join("sample.py");
        fs::write(&path, source).unwrap();
        calls(
            &path,
            Path::new("python3"),
            Limits {
                time: Duration::from_secs(2),
            },
            Confinement::Full,
        )
        .unwrap()
    }

    fn check(source: &str, function: &str, params: &str, returns: &str, some_call: Option<&str>) {
        let recording = record(source);
        let found = recording
            .functions
            .get(function)
            .unwrap_or_else(|| panic!("{recording:?}"));
        let shown: Vec<String> = found.params.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        assert_eq!(
            (shown.join(", ").as_str(), found.returns.to_string().as_str()),
            (params, returns)
        );
        if let Some(expected) = some_call {
            let calls: Vec<String> = found
                .calls
                .iter()
                .map(|call| super::super::form::to_python(&Form::Tuple(call.args.clone())))
                .collect();
            assert!(calls.iter().any(|call| call == expected), "{calls:?}");
        }
    }

    #[test]
    fn the_main_block_is_recorded_even_when_it_fails_later() {
        let source = "def f(a, *rest, k=1):\n    return [a]\nif __name__ == '__main__':\n    f(1, 2.5)\n    f('x', k=2)\n    1 / 0\n";
        check(source, "f", "a: int | str, k: int", "list[int | str]", Some("(1, 2.5)"));
    }

    #[test]
    fn arguments_are_recorded_as_they_were_before_the_call() {
        let source = "def f(xs):\n    xs.clear()\n\nxs = [1, 2]\nf(xs)\n";
        check(source, "f", "xs: list[int]", "None", Some("([1, 2],)"));
    }

    #[test]
    fn doctests_are_recorded() {
        check(
            "def f(x):\n    '''\n    >>> f(2.5)\n    5.0\n    '''\n    return x * 2\n",
            "f",
            "x: float",
            "float",
            Some("(2.5,)"),
        );
    }

    #[test]
    fn generators_and_methods_have_their_own_types() {
        let source = "class C:\n    def g(self, n):\n        yield n\n\nlist(C().g(3))\n";
        check(source, "C.g", "self: C, n: int", "Iterator[int]", None);
    }

    #[test]
    fn a_script_that_never_ends_gives_what_was_seen() {
        check(
            "def f(n):\n    return n\n\nf(3)\nwhile True:\n    pass\n",
            "f",
            "n: int",
            "int",
            Some("(3,)"),
        );
    }

    #[test]
    fn command_lines_in_the_text_are_tried() {
        let source =
            "'''python3 sample.py 7 abc'''\nimport sys\ndef f(n, s):\n    return n\nf(int(sys.argv[1]), sys.argv[2])\n";
        check(source, "f", "n: int, s: str", "int", Some("(7, 'abc')"));
    }
}
