//! One process for each case and side, in a folder of its own, sandboxed and with a time limit.

use super::cases;
use super::outcome::{End, Outcome, without_places};
use super::{Case, Mode};
use crate::parity::oracle::home::Home;
use crate::parity::oracle::{MEMORY, interpreter};
use crate::parity::sandbox::{Confinement, confine};
use crate::parity::scratch::Scratch;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The option that makes a vessel run its script as a case.
const CASE_OPTION: &str = "--pivot-case";
/// The status by which a trial says that it was given up.
const TOO_LONG: i32 = 252;
/// A vessel that is late may take so many times as long when it is asked again.
const PATIENCE: u32 = 6;
/// Lines of the script's file that a case may run; the script without arguments may run more.
const MOST_LINES: u64 = 100_000;
const MOST_LINES_PLAIN: u64 = 500_000;
/// How long is waited between two looks at a process.
const PAUSE: Duration = Duration::from_millis(1);

/// Runs a script in CPython.
pub struct Original {
    home: Home,
    stage: Stage,
    python: PathBuf,
    source: PathBuf,
    /// What CPython does on the cases that were asked for, by their encoding.
    known: Mutex<HashMap<Vec<u8>, Expected>>,
}

/// What CPython does on a case.
#[derive(Clone, Debug)]
pub enum Expected {
    /// Why that proves nothing.
    SetAside(&'static str),
    Outcome {
        outcome: Outcome,
        /// Lines of the file that the case ran.
        lines: BTreeSet<u32>,
    },
}

/// Runs a script on both sides.
pub struct Scripts<'a> {
    pub original: &'a Original,
    binary: PathBuf,
}

/// Where processes run, and how long they may.
struct Stage {
    folders: Scratch,
    started: AtomicU32,
    limit: Duration,
    confinement: Confinement,
}

impl Original {
    /// # Errors
    /// The source is gone, or the temporary folder cannot be written to.
    pub fn new(python: &Path, source: &Path, limit: Duration, confinement: Confinement) -> io::Result<Original> {
        Ok(Original {
            home: Home::new()?,
            stage: Stage {
                folders: Scratch::new("script")?,
                started: AtomicU32::new(0),
                limit,
                confinement,
            },
            python: interpreter(python),
            source: source.canonicalize()?,
            known: Mutex::default(),
        })
    }

    /// What the vessel has to do on the case; each case is run only once, and then a second time to see whether CPython
    /// repeats itself.
    ///
    /// # Errors
    /// As those of [`Self::trial`].
    pub fn expected(&self, case: &Case) -> io::Result<Expected> {
        let key = case.encode();
        if let Some(known) = self.known().get(&key) {
            return Ok(known.clone());
        }
        let expected = self.expect(case)?;
        self.known().insert(key, expected.clone());
        Ok(expected)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Expected>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn expect(&self, case: &Case) -> io::Result<Expected> {
        let most = if case.args.is_empty() {
            MOST_LINES_PLAIN
        } else {
            MOST_LINES
        };
        let (trial, lines) = self.trial(case, most)?;
        let Some(trial) = trial else {
            return Ok(Expected::SetAside("ran too long"));
        };
        let outcome = self.python(case)?;
        Ok(match outcome.proves_nothing() {
            Some(reason) => Expected::SetAside(reason),
            None if trial != outcome => Expected::SetAside("CPython does not repeat itself"),
            None => Expected::Outcome { outcome, lines },
        })
    }

    /// The script's file, without its folder.
    pub fn file_name(&self) -> &str {
        self.source
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
    }

    /// CPython's outcome while the lines it runs are counted; none where these are too many. And the lines.
    ///
    /// # Errors
    /// The process cannot be started, or a file not be written.
    pub fn trial(&self, case: &Case, most: u64) -> io::Result<(Option<Outcome>, BTreeSet<u32>)> {
        let place = self.stage.place(case)?;
        let notes = place.notes.join("lines");
        let bounds = format!("{MEMORY}:{most}:{}", notes.display());
        let command = self.home.script(&self.python, &self.source, &bounds);
        let outcome = self.stage.run(command, self.stage.limit, case, &place)?;
        let lines = fs::read(&notes)
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok());
        let given_up = matches!(outcome.end, End::Status(TOO_LONG) | End::Late) && lines.is_none();
        Ok(((!given_up).then_some(outcome), lines.unwrap_or_default()))
    }

    /// CPython's outcome.
    ///
    /// # Errors
    /// As those of [`Self::trial`].
    pub fn python(&self, case: &Case) -> io::Result<Outcome> {
        let command = self.home.script(&self.python, &self.source, &MEMORY.to_string());
        self.stage
            .run(command, self.stage.limit, case, &self.stage.place(case)?)
    }
}

impl<'a> Scripts<'a> {
    /// # Errors
    /// The vessel is gone.
    pub fn new(original: &'a Original, binary: &Path) -> io::Result<Scripts<'a>> {
        Ok(Scripts {
            original,
            binary: binary.canonicalize()?,
        })
    }

    /// The vessel's outcome.
    ///
    /// # Errors
    /// As those of [`Original::trial`].
    pub fn vessel(&self, case: &Case, mode: Mode) -> io::Result<Outcome> {
        let limit = self.original.stage.limit;
        let outcome = self.vessel_within(limit, case, mode)?;
        match outcome.end {
            // A busy machine is no fault of the vessel's.
            End::Late => self.vessel_within(limit * PATIENCE, case, mode),
            _ => Ok(outcome),
        }
    }

    fn vessel_within(&self, limit: Duration, case: &Case, mode: Mode) -> io::Result<Outcome> {
        let mut command = Command::new(&self.binary);
        command.arg(CASE_OPTION).arg(MEMORY.to_string()).args(mode.options);
        if mode.crowded {
            let threads = std::thread::available_parallelism().map_or(1, usize::from) + 1;
            command.args(["--workers", &threads.to_string()]);
        }
        command.arg("--").env_clear();
        let stage = &self.original.stage;
        stage.run(command, limit, case, &stage.place(case)?)
    }
}

impl Stage {
    fn place(&self, case: &Case) -> io::Result<Place> {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let folder = self.folders.path().join(number.to_string());
        let place = Place {
            work: folder.join("work"),
            notes: folder.join("notes"),
            folder,
        };
        fs::create_dir_all(&place.work)?;
        fs::create_dir_all(&place.notes)?;
        for (name, content) in &case.files {
            fs::write(place.work.join(name), content)?;
        }
        fs::write(place.notes.join("stdin"), cases::input(case))?;
        Ok(place)
    }

    fn run(&self, mut command: Command, limit: Duration, case: &Case, place: &Place) -> io::Result<Outcome> {
        let note = |name: &str| place.notes.join(name);
        command.args(cases::words(case)).current_dir(&place.work);
        command.envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC"), ("PATH", "/usr/bin:/bin")]);
        command.stdin(File::open(note("stdin"))?);
        command.stdout(File::create(note("stdout"))?);
        command.stderr(File::create(note("stderr"))?);
        confine(&mut command, &[&place.work, &place.notes], self.confinement)?;
        let end = wait(command, limit)?;
        let mut files = BTreeMap::new();
        collect(&place.work, &place.work, &mut files);
        Ok(Outcome {
            end,
            stdout: fs::read(note("stdout"))?,
            stderr: without_places(&fs::read(note("stderr"))?),
            files,
        })
    }
}

fn wait(mut command: Command, limit: Duration) -> io::Result<End> {
    let mut child = command.spawn()?;
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status
                .code()
                .map_or_else(|| End::Killed(status.to_string()), End::Status));
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Ok(End::Late);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Where one process runs.
struct Place {
    folder: PathBuf,
    /// The script's working folder.
    work: PathBuf,
    /// Its streams.
    notes: PathBuf,
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot be removed now goes with the folder around it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn collect(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&path, root, found),
            Ok(kind) if kind.is_file() => {
                found.insert(name, fs::read(&path).unwrap_or_default());
            }
            _ => {}
        }
    }
}
