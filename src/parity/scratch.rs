//! A folder of our own under the system's temporary folder, removed when dropped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A temporary folder; workers run in one, so that what they write goes nowhere else.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes a new, empty folder.
    ///
    /// # Errors
    /// When the temporary folder cannot be written to.
    pub fn new(what: &str) -> io::Result<Scratch> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("pivot-{what}-{}-{number}", std::process::id()));
        match fs::create_dir(&path) {
            // A leftover of a killed process that had our number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::remove_dir_all(&path)?;
                fs::create_dir(&path)?;
            }
            other => other?,
        }
        Ok(Scratch {
            path: path.canonicalize()?,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing can be done about a folder that will not go away.
        let _ = fs::remove_dir_all(&self.path);
    }
}
