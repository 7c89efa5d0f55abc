//! One process for each case and side, in a folder of its own, sandboxed and with a time limit.

use super::cases;
use super::outcome::{End, Outcome, without_places};
use super::{Case, Mode};
use crate::parity::oracle::home::Home;
use crate::parity::oracle::{MEMORY, interpreter};
use crate::parity::sandbox::{Confinement, confine};
use crate::parity::scratch::Scratch;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The option that makes a vessel run its script as a case.
const CASE_OPTION: &str = "--pivot-case";
/// The status by which a trial says that it was given up.
const TOO_LONG: i32 = 252;
/// A vessel that is late may take so many times as long when it is asked again.
const PATIENCE: u32 = 6;
/// How long is waited between two looks at a process.
const PAUSE: Duration = Duration::from_millis(1);

/// Runs a script on both sides.
pub struct Scripts {
    home: Home,
    folders: Scratch,
    python: PathBuf,
    source: PathBuf,
    binary: PathBuf,
    limit: Duration,
    confinement: Confinement,
    /// Cases that are run at a time.
    pub jobs: usize,
    started: AtomicU32,
}

impl Scripts {
    /// # Errors
    /// The source or the vessel is gone, or the temporary folder cannot be written to.
    pub fn new(
        (python, source, binary): (&Path, &Path, &Path),
        limit: Duration,
        confinement: Confinement,
        jobs: usize,
    ) -> io::Result<Scripts> {
        Ok(Scripts {
            home: Home::new()?,
            folders: Scratch::new("script")?,
            python: interpreter(python),
            source: source.canonicalize()?,
            binary: binary.canonicalize()?,
            limit,
            confinement,
            jobs,
            started: AtomicU32::new(0),
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
        let place = self.place(case)?;
        let notes = place.notes.join("lines");
        let bounds = format!("{MEMORY}:{most}:{}", notes.display());
        let outcome = self.run(
            self.home.script(&self.python, &self.source, &bounds),
            self.limit,
            case,
            &place,
        )?;
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
        self.run(command, self.limit, case, &self.place(case)?)
    }

    /// The vessel's outcome.
    ///
    /// # Errors
    /// As those of [`Self::trial`].
    pub fn vessel(&self, case: &Case, mode: Mode) -> io::Result<Outcome> {
        let outcome = self.vessel_within(self.limit, case, mode)?;
        match outcome.end {
            // A busy machine is no fault of the vessel's.
            End::Late => self.vessel_within(self.limit * PATIENCE, case, mode),
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
        self.run(command, limit, case, &self.place(case)?)
    }

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
