//! One evolve of a vessel at a time: a lock that the operating system drops with the process.

use super::error::BuildError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

/// Held while the value lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of this file, and waits for it where another process has it: `waiting` is called first.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn take(path: &Path, waiting: impl FnOnce()) -> Result<Lock, BuildError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(BuildError::io(folder))?;
        }
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(BuildError::io(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(BuildError::io(path))?;
            }
            Err(TryLockError::Error(error)) => return Err(BuildError::io(path)(error)),
        }
        Ok(Lock { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    #[test]
    fn the_second_waits_for_the_first() {
        let path = std::env::temp_dir().join(format!("pivot-lock-{}", std::process::id()));
        let first = Lock::take(&path, || panic!("nobody holds it")).unwrap();
        let released = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let (sender, receiver) = std::sync::mpsc::channel();
            let (path, released) = (&path, &released);
            scope.spawn(move || {
                let _second = Lock::take(path, || sender.send(()).unwrap()).unwrap();
                assert!(released.load(Ordering::SeqCst));
            });
            receiver
                .recv_timeout(Duration::from_secs(10))
                .expect("the second has to wait");
            released.store(true, Ordering::SeqCst);
            drop(first);
        });
        fs::remove_file(&path).unwrap();
    }
}
