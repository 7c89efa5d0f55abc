//! Results: to stdout, or to a file that is never half written.

use super::exit_code::Exit;
use super::failure::{Failure, io_words};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a result to `path`, or to stdout where there is none.
///
/// # Errors
/// The file cannot be written; stdout cannot, for another reason than its reader having left.
pub fn emit(text: &str, path: Option<&Path>) -> Result<(), Failure> {
    match path {
        Some(path) => write_whole(path, text.as_bytes()).map_err(|error| unwritable(path, &error)),
        None => to_stdout(text),
    }
}

/// Writes beside the target, then renames: readers see the old file or the new one.
///
/// # Errors
/// Whatever the file system says; the target is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&beside, path));
    if renamed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    renamed
}

/// A name in the same folder that no other process uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn to_stdout(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(
            Exit::Usage,
            format!("cannot write to stdout: {}", io_words(&error)),
        )),
        _ => Ok(()),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot write {}: {}", path.display(), io_words(error)),
    )
}
