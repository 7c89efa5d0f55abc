//! From the stage to `vessels/NAME`, in one step: whoever looks sees the old vessel or the new one, never half of one.

use super::error::BuildError;
use super::runtime_source;
use super::stage::Built;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A new vessel beside the old one, not yet in its place: here it is certified.
#[derive(Debug)]
pub struct Candidate {
    folder: PathBuf,
    destination: PathBuf,
    published: bool,
}

/// What a vessel's folder holds of ours; everything else in it is the user's and stays.
const OWN: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
    "src",
    "vessel.json",
    "certificate.json",
];

impl Candidate {
    /// Copies a built crate and its binary beside `destination`; what an interrupted run left there is swept away.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn assemble(built: &Built, destination: &Path) -> Result<Candidate, BuildError> {
        let name = destination.file_name().unwrap_or_default().to_string_lossy();
        let folder = destination.with_file_name(format!(".{name}.new"));
        remove(&folder)?;
        fs::create_dir_all(&folder).map_err(BuildError::io(&folder))?;
        let candidate = Candidate {
            folder,
            destination: destination.to_path_buf(),
            published: false,
        };
        for part in ["Cargo.toml", "Cargo.lock", ".cargo", "src"] {
            copy(&built.folder.join(part), &candidate.folder.join(part))?;
        }
        copy(
            &built.executable,
            &candidate.folder.join(built.executable.file_name().unwrap_or_default()),
        )?;
        Ok(candidate)
    }

    /// Where the candidate is; relative paths from here are the same as from its destination.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts the candidate in its place.
    ///
    /// # Errors
    /// A folder cannot be renamed; the old vessel is then as it was.
    pub fn publish(mut self) -> Result<(), BuildError> {
        self.keep_foreign()?;
        swap(&self.folder, &self.destination).map_err(BuildError::io(&self.destination))?;
        self.published = true;
        let _ = fs::remove_dir_all(&self.folder);
        Ok(())
    }

    /// Where a candidate for this place is left when it is refuted.
    pub fn aside(destination: &Path) -> PathBuf {
        let name = destination.file_name().unwrap_or_default().to_string_lossy();
        destination.with_file_name(format!(".{name}.refuted"))
    }

    /// Leaves the candidate beside the last good vessel under a name of its own, for the user to look at.
    ///
    /// # Errors
    /// The folder cannot be renamed.
    pub fn set_aside(mut self) -> Result<PathBuf, BuildError> {
        let aside = Candidate::aside(&self.destination);
        remove(&aside)?;
        fs::rename(&self.folder, &aside).map_err(BuildError::io(&aside))?;
        self.published = true;
        Ok(aside)
    }

    /// Links what the user keeps in the vessel's folder (a `target` folder, notes) into the new one.
    fn keep_foreign(&self) -> Result<(), BuildError> {
        let Ok(entries) = fs::read_dir(&self.destination) else {
            return Ok(());
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let text = name.to_string_lossy();
            let ours = OWN.contains(&text.as_ref()) || text.contains("_vessel") || self.folder.join(&name).exists();
            if !ours {
                let target = self.folder.join(&name);
                fs::rename(entry.path(), &target).map_err(BuildError::io(&target))?;
            }
        }
        Ok(())
    }
}

impl Drop for Candidate {
    fn drop(&mut self) {
        if !self.published {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Lays the runtime's source beside the vessels of `output`, in one step; no work where it is there already.
///
/// # Errors
/// A file cannot be written.
pub fn place_runtime(output: &Path) -> Result<(), BuildError> {
    let destination = output.join("pivot-runtime");
    if runtime_source::is_at(&destination) {
        return Ok(());
    }
    let folder = output.join(format!(".pivot-runtime.new-{}", std::process::id()));
    remove(&folder)?;
    let placed =
        runtime_source::write(&folder).and_then(|()| swap(&folder, &destination).map_err(BuildError::io(&destination)));
    let _ = fs::remove_dir_all(&folder);
    placed
}

/// Puts `new` at `place`; what was there, if anything, is at `new` afterwards.
fn swap(new: &Path, place: &Path) -> io::Result<()> {
    if !place.exists() {
        return fs::rename(new, place);
    }
    if exchange(new, place).is_ok() {
        return Ok(());
    }
    let old = new.with_extension("old");
    let _ = fs::remove_dir_all(&old);
    fs::rename(place, &old)?;
    if let Err(error) = fs::rename(new, place) {
        fs::rename(&old, place)?;
        return Err(error);
    }
    fs::rename(&old, new)
}

/// Exchanges two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let c_path = |path: &Path| std::ffi::CString::new(path.as_os_str().as_bytes()).map_err(io::Error::other);
    let (a, b) = (c_path(a)?, c_path(b)?);
    // SAFETY: both arguments are NUL-terminated strings that outlive the call.
    let status = unsafe {
        libc::renameat2(
            libc::AT_FDCWD,
            a.as_ptr(),
            libc::AT_FDCWD,
            b.as_ptr(),
            libc::RENAME_EXCHANGE,
        )
    };
    if status == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

fn remove(folder: &Path) -> Result<(), BuildError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(BuildError::io(folder)(error)),
        _ => Ok(()),
    }
}

/// Copies a file or a folder with all it holds; what is not there is no error.
fn copy(from: &Path, to: &Path) -> Result<(), BuildError> {
    if from.is_dir() {
        fs::create_dir_all(to).map_err(BuildError::io(to))?;
        for entry in fs::read_dir(from).map_err(BuildError::io(from))?.flatten() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else if from.exists() {
        fs::copy(from, to).map_err(BuildError::io(to))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("pivot-publish-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn read(&self, path: &str) -> Option<String> {
            fs::read_to_string(self.0.join(path)).ok()
        }

        fn built(&self, text: &str) -> Built {
            self.write("stage/Cargo.toml", text);
            self.write("stage/src/lib.rs", text);
            self.write("stage/job_vessel", text);
            let folder = self.0.join("stage");
            Built {
                executable: folder.join("job_vessel"),
                folder,
                fresh: false,
                steps: Vec::new(),
            }
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_new_vessel_replaces_the_old_one_and_keeps_what_is_the_users() {
        let folder = Folder::new("replace");
        let destination = folder.0.join("out/job");
        Candidate::assemble(&folder.built("one"), &destination)
            .unwrap()
            .publish()
            .unwrap();
        folder.write("out/job/target/x", "mine");
        folder.write("out/job/certificate.json", "old");
        Candidate::assemble(&folder.built("two"), &destination)
            .unwrap()
            .publish()
            .unwrap();
        assert_eq!(folder.read("out/job/src/lib.rs").as_deref(), Some("two"));
        assert_eq!(folder.read("out/job/job_vessel").as_deref(), Some("two"));
        assert_eq!(folder.read("out/job/target/x").as_deref(), Some("mine"));
        assert_eq!(
            folder.read("out/job/certificate.json"),
            None,
            "a certificate of another vessel must go"
        );
        assert_eq!(
            fs::read_dir(folder.0.join("out")).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_candidate_that_is_dropped_or_refuted_leaves_the_old_vessel() {
        let folder = Folder::new("drop");
        let destination = folder.0.join("out/job");
        Candidate::assemble(&folder.built("one"), &destination)
            .unwrap()
            .publish()
            .unwrap();
        drop(Candidate::assemble(&folder.built("two"), &destination).unwrap());
        assert_eq!(fs::read_dir(folder.0.join("out")).unwrap().count(), 1);
        let aside = Candidate::assemble(&folder.built("three"), &destination)
            .unwrap()
            .set_aside()
            .unwrap();
        assert!(aside.ends_with(".job.refuted"));
        assert_eq!(folder.read("out/job/src/lib.rs").as_deref(), Some("one"));
    }

    #[test]
    fn the_runtime_is_placed_once_and_mended_when_changed() {
        let folder = Folder::new("runtime");
        place_runtime(&folder.0).unwrap();
        let before = folder.read("pivot-runtime/Cargo.toml").unwrap();
        folder.write("pivot-runtime/Cargo.toml", "spoilt");
        place_runtime(&folder.0).unwrap();
        assert_eq!(folder.read("pivot-runtime/Cargo.toml"), Some(before));
    }
}
