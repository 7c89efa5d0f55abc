//! Where builds happen: the user's cache folder, or the one named by `PIVOT_CACHE_DIR`.

use super::digest::{digest, short};
use super::error::BuildError;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// pivot's part of the user's cache.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
}

/// Slots that nobody built in for so long are swept away.
const STALE: Duration = Duration::from_secs(30 * 24 * 3600);
/// More slots than this are not kept: each new pivot, toolchain or setting makes one of some hundred megabytes.
const MOST: usize = 12;

impl Cache {
    /// The cache folder of this user.
    ///
    /// # Errors
    /// No folder can be named: neither `PIVOT_CACHE_DIR` nor a home folder is set.
    pub fn of_user() -> Result<Cache, BuildError> {
        let named = std::env::var_os("PIVOT_CACHE_DIR")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from);
        let root = named
            .or_else(|| Some(system_cache()?.join("pivot")))
            .ok_or_else(|| BuildError::Broken {
                program: "pivot".into(),
                words: "no folder for its cache".into(),
                help: "set PIVOT_CACHE_DIR to a folder that can be written".into(),
            })?;
        Cache::at(&root)
    }

    /// A cache in a folder of the caller's choice.
    ///
    /// # Errors
    /// The path is empty.
    pub fn at(root: &Path) -> Result<Cache, BuildError> {
        let root = std::path::absolute(root).map_err(BuildError::io(root))?;
        Ok(Cache { root })
    }

    /// Writes and removes a file, to see whether that can be done.
    ///
    /// # Errors
    /// It cannot.
    pub fn probe(&self) -> Result<(), BuildError> {
        let file = self.root.join(format!("probe-{}", std::process::id()));
        let written = fs::create_dir_all(&self.root).and_then(|()| fs::write(&file, "x"));
        written
            .and_then(|()| fs::remove_file(&file))
            .map_err(BuildError::io(&file))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of one toolchain, set of build settings and runtime.
    pub fn slot(&self, label: &str, key: &str) -> PathBuf {
        self.root.join("builds").join(format!("{label}-{}", short(key)))
    }

    /// The lock file that serialises work on one published vessel.
    pub fn vessel_lock(&self, vessel: &Path) -> PathBuf {
        let key = digest([vessel.as_os_str().as_encoded_bytes()]);
        self.root.join("locks").join(short(&key))
    }

    /// Removes slots that were not used for a month, and all but the latest ones. Never fails: a folder that resists is
    /// left.
    pub fn sweep(&self) {
        let Ok(entries) = fs::read_dir(self.root.join("builds")) else {
            return;
        };
        let age_of = |slot: &Path| {
            fs::metadata(slot.join(USED))
                .and_then(|data| data.modified())
                .ok()?
                .elapsed()
                .ok()
        };
        let slots = entries.flatten().map(|entry| entry.path());
        // A slot without an age is being made just now.
        let mut slots: Vec<(Duration, PathBuf)> = slots.filter_map(|slot| Some((age_of(&slot)?, slot))).collect();
        slots.sort();
        for (at, (age, slot)) in slots.iter().enumerate() {
            if *age > STALE || at >= MOST {
                let _ = fs::remove_dir_all(slot);
            }
        }
    }
}

/// Touched at each build in a slot; also the lock of the slot.
pub const USED: &str = "used";

fn system_cache() -> Option<PathBuf> {
    let var = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if cfg!(target_os = "windows") {
        return var("LOCALAPPDATA");
    }
    if cfg!(target_os = "macos") {
        return Some(var("HOME")?.join("Library/Caches"));
    }
    var("XDG_CACHE_HOME").or_else(|| Some(var("HOME")?.join(".cache")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn old_slots_and_too_many_of_them_are_swept_away() {
        let root = std::env::temp_dir().join(format!("pivot-cache-{}", std::process::id()));
        let cache = Cache::at(&root).unwrap();
        let day = Duration::from_secs(24 * 3600);
        for age in (0..16).chain([40]) {
            let slot = cache.slot(&format!("age{age}"), "0123456789abcdef");
            fs::create_dir_all(&slot).unwrap();
            let used = fs::File::create(slot.join(USED)).unwrap();
            used.set_modified(SystemTime::now() - day * age).unwrap();
        }
        fs::create_dir_all(cache.slot("new", "0123456789abcdef")).unwrap();
        cache.sweep();
        let mut left: Vec<String> = fs::read_dir(root.join("builds"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        let mut expected: Vec<String> = (0..MOST).map(|age| format!("age{age}-0123456789ab")).collect();
        expected.push("new-0123456789ab".into());
        expected.sort();
        assert_eq!(left, expected);
        fs::remove_dir_all(&root).unwrap();
    }
}
