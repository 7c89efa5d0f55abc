//! `vessel.json`: what a vessel was built from and what became of each function.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::type_spec::TypeSpec;

/// The version of the manifest's layout that this pivot writes and reads.
pub const SCHEMA_VERSION: u32 = 1;
/// The manifest's name inside the vessel's folder.
pub const FILE_NAME: &str = "vessel.json";

/// The whole manifest of one vessel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub schema_version: u32,
    /// The vessel's name: the source file's stem.
    pub name: String,
    pub source: Source,
    /// The Python that decides what is right, and its full version (`3.11.7`).
    pub python: Python,
    pub profile: String,
    pub toolchain: Toolchain,
    /// Effective build settings by name (`opt-level`, `lto`, `target-cpu`, ...).
    pub settings: std::collections::BTreeMap<String, String>,
    pub functions: Vec<FunctionEntry>,
    /// The built vessel, relative to the manifest's folder.
    pub binary: String,
    /// Version of the runtime crate linked in.
    pub runtime_version: String,
    /// Whether the source has a main block, so that the vessel runs as a script.
    #[serde(default)]
    pub has_script: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Path of the Python file as given; relative paths are relative to the manifest's folder.
    pub path: String,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Python {
    pub executable: String,
    pub version: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    /// `rustc --version`.
    pub rustc: String,
    pub target: String,
    pub cpu_features: Vec<String>,
    pub flags: Vec<String>,
}

/// What became of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Types known, fast path.
    Native,
    /// Translated, values carried dynamically.
    Generic,
    /// Left in Python.
    Python,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FunctionEntry {
    /// Qualified name (`process_batch`, `Point.norm`).
    pub name: String,
    pub status: Status,
    pub params: Vec<Param>,
    pub returns: TypeSpec,
    /// The inferred signature as a person reads it.
    pub signature: String,
    pub reason: String,
    #[serde(default)]
    pub blockers: Vec<Blocker>,
    /// What the function may do beyond computing (`stdout`, `reads_files`, ...).
    #[serde(default)]
    pub effects: Vec<String>,
    /// First and last line in the source.
    pub lines: (u32, u32),
    /// Reads or changes what outlives the call: module variables, class attributes, mutable defaults.
    #[serde(default)]
    pub touches_state: bool,
    /// Some parameter names a file to open.
    #[serde(default)]
    pub reads_paths: bool,
    /// Lines of the loops that may run on several threads.
    #[serde(default)]
    pub parallel_loops: Vec<u32>,
    /// Where its Rust stands, the native form first.
    #[serde(default)]
    pub rust: Vec<RustPlace>,
}

/// Lines of a file of the vessel's crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RustPlace {
    /// Of the native form.
    pub native: bool,
    pub file: String,
    pub line: u32,
    pub end_line: u32,
}

/// How a parameter takes its argument, in CPython's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParamKind {
    PositionalOnly,
    PositionalOrKeyword,
    VarPositional,
    KeywordOnly,
    VarKeyword,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Param {
    pub name: String,
    pub kind: ParamKind,
    /// The default's source text, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    #[serde(rename = "type")]
    pub ty: TypeSpec,
}

/// Why a function was left in Python, at the place that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocker {
    pub code: String,
    pub line: u32,
    pub column: u32,
    pub message: String,
    pub help: String,
}

impl Manifest {
    /// Reads `vessel.json` in a vessel's folder.
    ///
    /// # Errors
    /// When the file is missing, is no manifest, or has a layout this pivot does not know.
    pub fn read(folder: &Path) -> io::Result<Manifest> {
        let text = fs::read_to_string(folder.join(FILE_NAME))?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(io::Error::other)?;
        if manifest.schema_version != SCHEMA_VERSION {
            let found = manifest.schema_version;
            return Err(io::Error::other(format!(
                "manifest version {found}; this pivot reads {SCHEMA_VERSION}"
            )));
        }
        Ok(manifest)
    }

    /// Writes `vessel.json` into the folder; the old one stays until the new one is complete.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        text.push('\n');
        let beside = folder.join(format!(".{FILE_NAME}.{}", std::process::id()));
        fs::write(&beside, text)?;
        fs::rename(beside, folder.join(FILE_NAME))
    }
}
