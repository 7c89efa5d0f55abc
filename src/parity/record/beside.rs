//! Recorded calls kept beside the source, so that they can be put under version control: `.pivot/NAME.calls.json`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Recorded, report};

/// Where the calls of a source file are kept.
pub fn path_of(source: &Path) -> PathBuf {
    let name = source.file_stem().unwrap_or_default().to_string_lossy();
    source.with_file_name(".pivot").join(format!("{name}.calls.json"))
}

/// The calls kept for a source file; none where there is no such file, or it is no recording.
pub fn read(source: &Path) -> BTreeMap<String, Recorded> {
    let text = fs::read_to_string(path_of(source)).unwrap_or_default();
    serde_json::from_str(&text).map(report::functions).unwrap_or_default()
}

/// Keeps calls for a source file in the place of those kept before.
///
/// # Errors
/// When the file cannot be written; the old one is then as it was.
pub fn write(source: &Path, functions: &BTreeMap<String, Recorded>) -> io::Result<PathBuf> {
    let path = path_of(source);
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let reported: BTreeMap<&String, report::Function> = functions
        .iter()
        .map(|(name, recorded)| (name, report::of_recorded(recorded)))
        .collect();
    let text = serde_json::to_string_pretty(&reported).map_err(io::Error::other)? + "\n";
    let beside = path.with_extension(format!("part{}", std::process::id()));
    fs::write(&beside, text)?;
    fs::rename(&beside, &path)?;
    Ok(path)
}
