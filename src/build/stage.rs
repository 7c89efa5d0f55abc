//! The staging folder of one vessel: its crate is written here, formatted and built; nothing here is ever published
//! half made.

use super::cache::{Cache, USED};
use super::cargo::{self, Progress, Step};
use super::crate_files::{CrateFiles, Package, rustc_flags};
use super::digest::{digest, digest_file, short};
use super::error::BuildError;
use super::lock::Lock;
use super::names::{binary_name, crate_name};
use super::runtime_source;
use super::toolchain::Toolchain;
use crate::config::Profile;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A place to build one vessel in.
#[derive(Debug)]
pub struct Stage {
    slot: PathBuf,
    /// The staged crate.
    folder: PathBuf,
    toolchain: Toolchain,
    profile: Profile,
    /// The features of the processor that is built for.
    pub cpu_features: Vec<String>,
    /// Everything a build depends on besides the crate's own files.
    key: String,
}

/// A crate that is built.
#[derive(Clone, Debug)]
pub struct Built {
    /// The staged crate: its formatted source and its lock.
    pub folder: PathBuf,
    pub executable: PathBuf,
    /// Nothing had changed since it was last built.
    pub fresh: bool,
    pub steps: Vec<Step>,
}

/// The name of the file that tells what the stage was last built from, and what came out.
const STAMP: &str = ".built";

impl Stage {
    /// The stage for the vessel that will be published in `destination`.
    ///
    /// # Errors
    /// The processor of the profile is unknown to rustc, or the runtime's source cannot be written.
    pub fn open(
        cache: &Cache,
        toolchain: Toolchain,
        profile: &Profile,
        destination: &Path,
    ) -> Result<Stage, BuildError> {
        let cpu_features = toolchain.cpu_features(&profile.target_cpu)?;
        let key = key(&toolchain, profile, &cpu_features);
        let slot = cache.slot(profile.name, &key);
        let vessel = destination.file_name().unwrap_or_default().to_string_lossy();
        let place = digest([destination.as_os_str().as_encoded_bytes()]);
        let folder = slot
            .join("vessels")
            .join(format!("{}-{}", crate_name(&vessel), short(&place)));
        fs::create_dir_all(&folder).map_err(BuildError::io(&folder))?;
        Ok(Stage {
            slot,
            folder,
            toolchain,
            profile: profile.clone(),
            cpu_features,
            key,
        })
    }

    /// Has the crate built, unless it was built from these very files before.
    ///
    /// # Errors
    /// A file cannot be written, rustc refuses the code, or cargo fails.
    pub fn build(
        &self,
        package: &Package<'_>,
        waiting: impl FnOnce(),
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Built, BuildError> {
        let _lock = Lock::take(&self.slot.join(USED), waiting)?;
        self.touch();
        let files = CrateFiles::render(package);
        let key = digest([self.key.as_bytes(), files.hash().as_bytes()]);
        let executable = self.folder.join(binary_name(package.vessel));
        if self.is_built(&key, &executable) {
            return Ok(Built {
                folder: self.folder.clone(),
                executable,
                fresh: true,
                steps: Vec::new(),
            });
        }
        self.place_runtime()?;
        self.write(&files)?;
        self.format();
        let outcome = cargo::build(&self.toolchain, &self.folder, &self.slot.join("target"), progress)?;
        fs::copy(&outcome.executable, &executable).map_err(BuildError::io(&executable))?;
        self.stamp(&key, &executable)?;
        Ok(Built {
            folder: self.folder.clone(),
            executable,
            fresh: false,
            steps: outcome.steps,
        })
    }

    /// The flags that rustc was given beyond the manifest's profile.
    pub fn flags(&self, extra: &[String]) -> Vec<String> {
        rustc_flags(&self.profile, extra)
    }

    pub fn toolchain(&self) -> &Toolchain {
        &self.toolchain
    }

    fn touch(&self) {
        let used = fs::OpenOptions::new().write(true).open(self.slot.join(USED));
        let _ = used.and_then(|file| file.set_modified(std::time::SystemTime::now()));
    }

    fn is_built(&self, key: &str, executable: &Path) -> bool {
        let stamp = fs::read_to_string(self.folder.join(STAMP)).unwrap_or_default();
        let mut lines = stamp.lines();
        lines.next() == Some(key) && digest_file(executable).is_ok_and(|hash| lines.next() == Some(&hash))
    }

    fn stamp(&self, key: &str, executable: &Path) -> Result<(), BuildError> {
        let hash = digest_file(executable).map_err(BuildError::io(executable))?;
        let stamp = self.folder.join(STAMP);
        fs::write(&stamp, format!("{key}\n{hash}\n")).map_err(BuildError::io(&stamp))
    }

    fn place_runtime(&self) -> Result<(), BuildError> {
        let folder = self.slot.join("vessels/pivot-runtime");
        if runtime_source::is_at(&folder) {
            return Ok(());
        }
        let _ = fs::remove_dir_all(&folder);
        runtime_source::write(&folder)
    }

    /// Writes the crate; files of an earlier one that this one lacks are removed.
    fn write(&self, files: &CrateFiles) -> Result<(), BuildError> {
        for part in ["src", ".cargo", STAMP] {
            let part = self.folder.join(part);
            let removed = if part.is_dir() {
                fs::remove_dir_all(&part)
            } else {
                fs::remove_file(&part)
            };
            match removed {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(BuildError::io(&part)(error)),
                _ => {}
            }
        }
        for (path, text) in files.iter() {
            let path = self.folder.join(path);
            let parent = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent).map_err(BuildError::io(parent))?;
            fs::write(&path, text).map_err(BuildError::io(&path))?;
        }
        Ok(())
    }

    /// Runs rustfmt where there is one: the code is right without it, only less pleasant to read.
    fn format(&self) {
        let Some(rustfmt) = &self.toolchain.rustfmt else { return };
        let mut command = Command::new(rustfmt);
        command.args(["--edition", "2024", "--quiet"]).current_dir(&self.folder);
        command
            .args(["src/main.rs", "src/lib.rs"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let _ = command.status();
    }
}

/// One slot for everything that decides how a dependency is compiled.
fn key(toolchain: &Toolchain, profile: &Profile, cpu_features: &[String]) -> String {
    let settings = serde_json::to_string(profile).unwrap_or_default();
    let features = cpu_features.join(",");
    digest([
        toolchain.verbose.as_bytes(),
        settings.as_bytes(),
        features.as_bytes(),
        runtime_source::hash().as_bytes(),
    ])
}
