//! Results: to stdout, or to a file that is never half written.

use super::exit_code::Exit;
use super::failure::{Failure, io_words};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// So much is handed to the system at once.
const CHUNK: usize = 1 << 16;

/// Writes a result to `path`, or to stdout where there is none.
///
/// # Errors
/// The file cannot be written; stdout cannot, for another reason than its reader having left.
pub fn emit(text: &str, path: Option<&Path>) -> Result<(), Failure> {
    emit_as_written(path, |out| out.write_all(text.as_bytes()))
}

/// As `emit`, of what `write` gives piece by piece: long results never stand in memory.
///
/// # Errors
/// As those of `emit`.
pub fn emit_as_written(path: Option<&Path>, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    match path {
        Some(path) => write_beside(path, write).map_err(|error| unwritable(path, &error)),
        None => to_stdout(write),
    }
}

/// Writes beside the target, then renames: readers see the old file or the new one.
///
/// # Errors
/// Whatever the file system says; the target is then as it was.
fn write_beside(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let beside = beside(path);
    let written = fs::File::create(&beside).and_then(|file| {
        let mut out = BufWriter::with_capacity(CHUNK, file);
        write(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()
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

fn to_stdout(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(CHUNK, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
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
