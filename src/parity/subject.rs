//! The subject: the built vessel, answering the same calls in worker processes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::sandbox::{Confinement, confine};
use super::scratch::Scratch;
use super::worker::Launch;

/// The option that makes a vessel serve frames instead of running its script.
pub const WORKER_OPTION: &str = "--pivot-worker";

/// Starts a vessel's workers, each in a scratch folder of its own.
#[derive(Debug)]
pub struct Vessel {
    binary: PathBuf,
    folders: Scratch,
    memory: u64,
    confinement: Confinement,
    started: AtomicU32,
}

impl Vessel {
    /// Workers of this binary.
    ///
    /// # Errors
    /// When the binary is not there, or the temporary folder cannot be written to.
    pub fn new(binary: &Path) -> io::Result<Vessel> {
        Ok(Vessel {
            binary: binary.canonicalize()?,
            folders: Scratch::new("vessel")?,
            memory: super::oracle::MEMORY,
            confinement: Confinement::Full,
            started: AtomicU32::new(0),
        })
    }

    /// The same with workers that may do more.
    #[must_use]
    pub fn confined(self, confinement: Confinement) -> Vessel {
        Vessel { confinement, ..self }
    }
}

impl Launch for Vessel {
    fn command(&self) -> io::Result<Command> {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let folder = self.folders.path().join(number.to_string());
        fs::create_dir(&folder)?;
        let mut command = Command::new(&self.binary);
        command.arg(WORKER_OPTION).arg(self.memory.to_string());
        confine(&mut command, &[&folder], self.confinement)?;
        command.current_dir(folder).stderr(Stdio::null()).env_clear();
        command.envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC"), ("PATH", "/usr/bin:/bin")]);
        Ok(command)
    }
}
