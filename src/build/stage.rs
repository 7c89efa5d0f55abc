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

/// Which of the builds that profile-guided optimisation needs.
#[derive(Clone, Copy, Debug)]
pub enum Flavour<'a> {
    /// Without it.
    Plain,
    /// Counts what it does, into raw profiles in this folder.
    Training(&'a Path),
    /// Optimised by this merged profile.
    Trained(&'a Path),
}

impl Flavour<'_> {
    /// Flags for rustc.
    pub fn flags(self) -> Vec<String> {
        match self {
            Flavour::Plain => Vec::new(),
            Flavour::Training(folder) => vec![format!("-Cprofile-generate={}", folder.display())],
            Flavour::Trained(profile) => vec![format!("-Cprofile-use={}", profile.display())],
        }
    }

    /// What tells its files from those of the others.
    fn name(self) -> &'static str {
        match self {
            Flavour::Plain => "plain",
            Flavour::Training(_) => "training",
            Flavour::Trained(_) => "trained",
        }
    }

    /// What it is built from beyond the crate.
    fn hash(self) -> String {
        match self {
            Flavour::Trained(profile) => digest_file(profile).unwrap_or_default(),
            _ => self.name().to_string(),
        }
    }
}

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
        flavour: Flavour<'_>,
        waiting: impl FnOnce(),
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Built, BuildError> {
        let _lock = Lock::take(&self.slot.join(USED), waiting)?;
        self.touch();
        let files = CrateFiles::render(package);
        let key = digest([self.key.as_bytes(), files.hash().as_bytes(), flavour.hash().as_bytes()]);
        let place = self.built_in(flavour);
        let executable = place.join(binary_name(package.vessel));
        let built = |fresh, steps| Built {
            folder: self.folder.clone(),
            executable: executable.clone(),
            fresh,
            steps,
        };
        if is_built(&place, &key, &executable) {
            return Ok(built(true, Vec::new()));
        }
        self.place_runtime()?;
        self.write(&files)?;
        self.format();
        fs::create_dir_all(&place).map_err(BuildError::io(&place))?;
        let (target, flags) = (self.target(flavour), flavour.flags());
        let job = cargo::Job {
            toolchain: &self.toolchain,
            folder: &self.folder,
            target: &target,
            flags: &flags,
        };
        let outcome = cargo::build(job, progress)?;
        fs::copy(&outcome.executable, &executable).map_err(BuildError::io(&executable))?;
        stamp(&place, &key, &executable)?;
        Ok(built(false, outcome.steps))
    }

    /// Where the binary of a flavour is kept, with a stamp that tells what it was built from.
    fn built_in(&self, flavour: Flavour<'_>) -> PathBuf {
        self.folder.join(".built").join(flavour.name())
    }

    /// cargo's target folder: the vessels of a slot share one, but what is compiled for or by a profile is one
    /// vessel's own.
    fn target(&self, flavour: Flavour<'_>) -> PathBuf {
        match flavour {
            Flavour::Plain => self.slot.join("target"),
            Flavour::Training(_) => self.folder.join(".built/target-training"),
            Flavour::Trained(_) => self.folder.join(".built/target"),
        }
    }

    /// A folder for the profiles of this vessel.
    pub fn profiles(&self) -> PathBuf {
        self.folder.join(".built/profiles")
    }

    /// The flags that rustc is given beyond the manifest's profile.
    pub fn flags(&self, flavour: Flavour<'_>) -> Vec<String> {
        [rustc_flags(&self.profile), flavour.flags()].concat()
    }

    pub fn toolchain(&self) -> &Toolchain {
        &self.toolchain
    }

    fn touch(&self) {
        let used = fs::OpenOptions::new().write(true).open(self.slot.join(USED));
        let _ = used.and_then(|file| file.set_modified(std::time::SystemTime::now()));
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
        for part in ["src", ".cargo"] {
            let part = self.folder.join(part);
            match fs::remove_dir_all(&part) {
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

/// The name of the file that tells what a binary was built from, and its hash.
const STAMP: &str = "stamp";

fn is_built(place: &Path, key: &str, executable: &Path) -> bool {
    let stamp = fs::read_to_string(place.join(STAMP)).unwrap_or_default();
    let mut lines = stamp.lines();
    lines.next() == Some(key) && digest_file(executable).is_ok_and(|hash| lines.next() == Some(&hash))
}

fn stamp(place: &Path, key: &str, executable: &Path) -> Result<(), BuildError> {
    let hash = digest_file(executable).map_err(BuildError::io(executable))?;
    let stamp = place.join(STAMP);
    fs::write(&stamp, format!("{key}\n{hash}\n")).map_err(BuildError::io(&stamp))
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
