//! The oracle: CPython itself, running the user's unchanged source in worker processes.

pub mod home;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::Deserialize;

use self::home::Home;
use super::form::{Form, decode};
use super::protocol;
use super::sandbox::{Confinement, confine};
use super::scratch::Scratch;
use super::worker::{Launch, Reply, Worker};
use crate::build::{Interpreter, find_program};
use crate::vessel::ParamKind;

/// Starts CPython workers for one source file, each in a scratch folder of its own.
#[derive(Debug)]
pub struct Oracle {
    home: Home,
    folders: Scratch,
    python: PathBuf,
    source: PathBuf,
    memory: u64,
    confinement: Confinement,
    started: AtomicU32,
}

/// What the oracle says of the source before any case is run.
#[derive(Clone, Debug, Deserialize)]
pub struct Description {
    /// CPython's version.
    pub version: String,
    /// The C library whose mathematical functions CPython calls.
    pub libm: String,
    /// The module can remember something from one call to the next, so that each case needs a fresh one.
    pub remembers: bool,
    pub branches: Vec<Branch>,
    #[serde(default)]
    functions: BTreeMap<String, DescribedFunction>,
    /// What each class of the module is called with.
    #[serde(default)]
    pub classes: BTreeMap<String, Vec<ClassParam>>,
    /// What the file says about running it; nothing where it has no main block.
    #[serde(default)]
    pub script: Option<ScriptNotes>,
}

/// What a file with a main block says about running it.
#[derive(Clone, Debug, Deserialize)]
pub struct ScriptNotes {
    /// Where the main block begins.
    pub line: u32,
    /// The lines of the statements outside functions.
    pub lines: Vec<u32>,
    /// Command lines that the file's own text shows.
    pub shown: Vec<Vec<String>>,
    /// Short texts in the file: options, names of files, commands.
    pub words: Vec<String>,
    /// It reads its command line.
    pub arguments: bool,
    /// It reads standard input.
    pub input: bool,
    /// It deals in files.
    pub files: bool,
}

/// A parameter of a class's call.
#[derive(Clone, Debug, Deserialize)]
pub struct ClassParam {
    pub name: String,
    pub kind: ParamKind,
    pub optional: bool,
    /// Its annotation's text; empty where there is none.
    pub annotation: String,
}

/// One way that a condition, loop or handler can go.
#[derive(Clone, Debug, Deserialize)]
pub struct Branch {
    pub function: String,
    pub line: u32,
    /// `entered`, `true`, `false`, `iterates`, `ends`, `handles`, `matches`, `operand true`, `operand false`.
    pub what: String,
}

#[derive(Clone, Debug, Deserialize)]
struct DescribedFunction {
    constants: String,
    files: bool,
    json: bool,
    bound: bool,
    calls: bool,
}

/// Why CPython cannot decide.
#[derive(Debug)]
pub enum OracleError {
    Start(io::Error),
    /// The source cannot be imported; CPython's words.
    Import(String),
    /// Importing the source takes longer than this.
    Late(Duration),
    /// The worker did not answer as it should.
    Answer(String),
}

impl fmt::Display for OracleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OracleError::Start(error) => write!(f, "python could not be started: {error}"),
            OracleError::Import(words) => write!(f, "the source could not be imported: {words}"),
            OracleError::Late(limit) => write!(f, "importing the source takes longer than {limit:?}"),
            OracleError::Answer(words) => write!(f, "python did not answer: {words}"),
        }
    }
}

impl std::error::Error for OracleError {}

impl From<io::Error> for OracleError {
    fn from(error: io::Error) -> Self {
        OracleError::Start(error)
    }
}

/// The interpreter itself, where the program is a script that finds one (as version managers have them): a confined
/// worker may start no further process.
pub fn interpreter(python: &Path) -> PathBuf {
    let found = find_program(&python.to_string_lossy());
    let python = found.as_deref().unwrap_or(python);
    let mut head = [0; 2];
    let read = fs::File::open(python).and_then(|mut file| io::Read::read_exact(&mut file, &mut head));
    if read.is_err() || &head != b"#!" {
        return python.to_path_buf();
    }
    let found = Interpreter::find(&python.to_string_lossy());
    found.map_or_else(|_| python.to_path_buf(), |found| found.program)
}

/// Bytes of memory that a worker may take.
pub const MEMORY: u64 = 2 << 30;

impl Oracle {
    /// An oracle for the file.
    ///
    /// # Errors
    /// When the source is not there, or the temporary folder cannot be written to.
    pub fn new(python: &Path, source: &Path) -> io::Result<Oracle> {
        Ok(Oracle {
            home: Home::new()?,
            folders: Scratch::new("python")?,
            python: interpreter(python),
            source: source.canonicalize()?,
            memory: MEMORY,
            confinement: Confinement::Full,
            started: AtomicU32::new(0),
        })
    }

    /// The same with workers that may take so many bytes of memory.
    #[must_use]
    pub fn with_memory(self, memory: u64) -> Oracle {
        Oracle { memory, ..self }
    }

    /// The same with workers that may do more.
    #[must_use]
    pub fn confined(self, confinement: Confinement) -> Oracle {
        Oracle { confinement, ..self }
    }

    /// Asks a worker to import the source and describe it.
    ///
    /// # Errors
    /// When CPython cannot be started, cannot import the source, or takes longer than `limit`.
    pub fn describe(&self, limit: Duration) -> Result<Description, OracleError> {
        let mut worker = Worker::new(self, limit);
        let reply = worker.ask(&[protocol::describe()])?.remove(0);
        let answer = match reply {
            Reply::Answer(answer) => answer,
            Reply::Died(words) => return Err(OracleError::Answer(words)),
            Reply::TimedOut => return Err(OracleError::Late(limit)),
        };
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Answer {
            Failed { error: String },
            Described(Description),
        }
        match serde_json::from_slice(&answer) {
            Ok(Answer::Described(description)) => Ok(description),
            Ok(Answer::Failed { error }) => Err(OracleError::Import(error)),
            Err(error) => Err(OracleError::Answer(error.to_string())),
        }
    }
}

impl Launch for Oracle {
    fn command(&self) -> io::Result<Command> {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let folder = self.folders.path().join(number.to_string());
        fs::create_dir(&folder)?;
        let mut command = self.home.command(&self.python, "serve", &folder);
        command
            .arg(&self.source)
            .arg(self.memory.to_string())
            .stderr(Stdio::null());
        confine(&mut command, &[&folder], self.confinement)?;
        Ok(command)
    }
}

impl Description {
    /// Constants in the function's code.
    pub fn constants(&self, function: &str) -> Vec<Form> {
        let found = self
            .functions
            .get(function)
            .and_then(|found| super::record::unbase64(&found.constants));
        match found.map(|bytes| decode(&bytes)) {
            Some(Ok(Form::List(items))) => items,
            _ => Vec::new(),
        }
    }

    /// The function's code speaks of files.
    pub fn deals_in_files(&self, function: &str) -> bool {
        self.functions.get(function).is_some_and(|found| found.files)
    }

    /// The function's code reads JSON.
    pub fn reads_json(&self, function: &str) -> bool {
        self.functions.get(function).is_some_and(|found| found.json)
    }

    /// The function may call others of the file.
    pub fn calls_others(&self, function: &str) -> bool {
        self.functions.get(function).is_some_and(|found| found.calls)
    }

    /// The function's name gives it bound to its class, so that its first parameter is taken already.
    pub fn is_bound(&self, function: &str) -> bool {
        self.functions.get(function).is_some_and(|found| found.bound)
    }

    /// Numbers of the branches that belong to the function or to functions inside it.
    pub fn branches_of(&self, function: &str) -> Vec<u16> {
        let inside = format!("{function}.");
        let own = |branch: &Branch| branch.function == function || branch.function.starts_with(&inside);
        (0..)
            .zip(&self.branches)
            .filter(|(_, branch)| own(branch))
            .map(|(number, _)| number)
            .collect()
    }
}
