//! The runtime's source, carried inside this program, as the standalone package that vessels depend on.

use super::digest::digest;
use super::error::BuildError;
use include_dir::{Dir, include_dir};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The runtime's version; it is released with pivot.
pub const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

static SOURCE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/runtime/src");
const MANIFEST: &str = include_str!("../../runtime/Cargo.toml");

/// Every file of the package: path from its root, and bytes; sorted by path.
static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let mut files = vec![(PathBuf::from("Cargo.toml"), standalone(MANIFEST).into_bytes())];
    collect(&SOURCE, &mut files);
    files.sort();
    files
});

static HASH: LazyLock<String> = LazyLock::new(|| {
    let parts = FILES
        .iter()
        .flat_map(|(path, bytes)| [path.as_os_str().as_encoded_bytes(), bytes.as_slice()]);
    digest(parts)
});

fn collect(folder: &Dir<'_>, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for file in folder.files() {
        if file
            .path()
            .extension()
            .is_some_and(|extension| ["rs", "bin", "txt"].iter().any(|kind| extension == *kind))
        {
            files.push((Path::new("src").join(file.path()), file.contents().to_vec()));
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// The digest of the whole package.
pub fn hash() -> &'static str {
    &HASH
}

/// Whether `folder` holds exactly this package (other entries, such as a `target` folder, are not looked at).
pub fn is_at(folder: &Path) -> bool {
    FILES
        .iter()
        .all(|(path, bytes)| fs::read(folder.join(path)).is_ok_and(|found| found == *bytes))
}

/// Writes the package into a folder that does not exist yet.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path) -> Result<(), BuildError> {
    for (path, bytes) in FILES.iter() {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(BuildError::io(parent))?;
        fs::write(&path, bytes).map_err(BuildError::io(&path))?;
    }
    Ok(())
}

/// The names of the crates that the runtime itself asks for.
pub fn dependencies() -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in standalone(MANIFEST).lines() {
        if line.starts_with('[') {
            inside =
                line.starts_with("[dependencies") || (line.starts_with("[target.") && line.ends_with(".dependencies]"));
        } else if let Some((name, _)) = line.split_once(['=', '.']).filter(|_| inside && !line.starts_with('#')) {
            names.push(name.trim().to_string());
        }
    }
    names
}

/// The manifest without what only holds inside pivot's own workspace: inherited keys, lints, tests' needs.
fn standalone(manifest: &str) -> String {
    let mut text = String::new();
    let mut dropped = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            dropped = ["[lints", "[dev-dependencies", "[[test", "[[bench"]
                .iter()
                .any(|head| line.starts_with(head));
        }
        if dropped {
            continue;
        }
        match line.strip_suffix(".workspace = true") {
            Some(key) => text.push_str(&format!("{key} = \"{}\"\n", inherited(key))),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n\n[workspace]\n"
}

fn inherited(key: &str) -> &'static str {
    match key {
        "version" => RUNTIME_VERSION,
        "edition" => "2024",
        "rust-version" => env!("CARGO_PKG_RUST_VERSION"),
        "license" => env!("CARGO_PKG_LICENSE"),
        _ => unreachable!("the runtime's manifest inherits a key that pivot does not fill in"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_stands_alone() {
        let manifest = standalone(MANIFEST);
        assert!(!manifest.contains("workspace = true"), "{manifest}");
        assert!(manifest.contains("edition = \"2024\"") && manifest.ends_with("[workspace]\n"));
        assert!(FILES.iter().any(|(path, _)| path == Path::new("src/lib.rs")));
        assert!(dependencies().contains(&"num-bigint".to_string()));
    }
}
