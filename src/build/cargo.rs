//! Runs cargo and reads its JSON messages.

use super::error::{BuildError, Place};
use super::toolchain::Toolchain;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What was compiled just now.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Crates that are ready, this one included.
    pub done: usize,
    pub name: String,
}

/// A crate that cargo compiled, and how long after the one before it.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: String,
    pub took: Duration,
}

/// What cargo made.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub executable: PathBuf,
    /// What was compiled, in the order it was ready; crates that were ready before are left out.
    pub steps: Vec<Step>,
}

/// Settings of the caller's environment that would change what is built behind the manifest's back.
const FOREIGN: &[&str] = &[
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_INCREMENTAL",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTFLAGS",
];

/// What cargo is to build.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    pub toolchain: &'a Toolchain,
    /// The package.
    pub folder: &'a Path,
    /// cargo's target folder.
    pub target: &'a Path,
    /// Flags for rustc over those of the package's own configuration.
    pub flags: &'a [String],
}

/// Builds a package in release mode: without the network first, with it where crates are not at hand.
///
/// # Errors
/// rustc refuses the code, or cargo fails.
pub fn build(job: Job<'_>, progress: &mut dyn FnMut(&Progress)) -> Result<Outcome, BuildError> {
    match attempt(job, &["--offline"], progress) {
        Err(BuildError::Cargo { words }) if wants_network(&words) => attempt(job, &[], progress),
        outcome => outcome,
    }
}

fn wants_network(words: &str) -> bool {
    [
        "--offline",
        "offline was specified",
        "no matching package",
        "failed to download",
    ]
    .iter()
    .any(|sign| words.contains(sign))
}

fn attempt(job: Job<'_>, extra: &[&str], progress: &mut dyn FnMut(&Progress)) -> Result<Outcome, BuildError> {
    let cargo = &job.toolchain.cargo;
    let mut child = command(job, extra).spawn().map_err(BuildError::io(cargo))?;
    let stderr = child.stderr.take().expect("cargo's stderr is a pipe");
    let words = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = BufReader::new(stderr).read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut messages = Messages::default();
    messages.read(&mut child, progress);
    let status = child.wait().map_err(BuildError::io(cargo))?;
    let words = words.join().unwrap_or_default();
    match messages.executable {
        Some(executable) if status.success() => Ok(Outcome {
            executable,
            steps: messages.steps,
        }),
        _ if !messages.errors.is_empty() => Err(BuildError::Refused {
            messages: messages.errors,
            places: messages.places,
            folder: job.folder.to_path_buf(),
        }),
        _ => Err(BuildError::Cargo {
            words: if words.is_empty() { status.to_string() } else { words },
        }),
    }
}

fn command(job: Job<'_>, extra: &[&str]) -> Command {
    let mut command = Command::new(&job.toolchain.cargo);
    command.args(["build", "--release", "--message-format=json", "--quiet"]);
    command.args(extra).current_dir(job.folder);
    if !job.flags.is_empty() {
        let flags = serde_json::to_string(job.flags).expect("a list of strings is plain data");
        command
            .arg("--config")
            .arg(format!("target.'cfg(all())'.rustflags={flags}"));
    }
    command
        .env("CARGO_TARGET_DIR", job.target)
        .env("CARGO_TERM_COLOR", "never");
    for name in FOREIGN {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PROFILE_") {
            command.env_remove(name);
        }
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[derive(Default)]
struct Messages {
    executable: Option<PathBuf>,
    errors: String,
    places: Vec<Place>,
    done: usize,
    steps: Vec<Step>,
}

impl Messages {
    fn read(&mut self, child: &mut Child, progress: &mut dyn FnMut(&Progress)) {
        let stdout = child.stdout.take().expect("cargo's stdout is a pipe");
        let mut last = Instant::now();
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let Ok(message) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            match message["reason"].as_str() {
                Some("compiler-artifact") => self.artifact(&message, &mut last, progress),
                Some("compiler-message") => self.message(&message["message"]),
                _ => {}
            }
        }
    }

    fn artifact(&mut self, message: &Value, last: &mut Instant, progress: &mut dyn FnMut(&Progress)) {
        self.done += 1;
        let name = message["target"]["name"].as_str().unwrap_or_default().to_string();
        if let Some(path) = message["executable"].as_str() {
            self.executable = Some(PathBuf::from(path));
        }
        if message["fresh"] != true {
            self.steps.push(Step {
                name: name.clone(),
                took: last.elapsed(),
            });
            *last = Instant::now();
        }
        progress(&Progress { done: self.done, name });
    }

    fn message(&mut self, message: &Value) {
        if message["level"]
            .as_str()
            .is_some_and(|level| level.starts_with("error"))
        {
            self.errors.push_str(message["rendered"].as_str().unwrap_or_default());
            let spans = message["spans"].as_array().into_iter().flatten();
            let places = spans.filter(|span| span["is_primary"] == true).filter_map(place);
            self.places.extend(places);
        }
    }
}

fn place(span: &Value) -> Option<Place> {
    Some(Place {
        file: span["file_name"].as_str()?.to_string(),
        line: span["line_start"].as_u64()? as usize,
    })
}
