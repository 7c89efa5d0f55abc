//! What cargo-audit says of a vessel's dependencies, where it and its database are there. Nothing is fetched: a proof needs
//! no network.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::build::find_program;

/// The words for a vessel that nobody has looked at.
pub const NOT_AUDITED: &str = "not audited";

/// The part of cargo-audit's report that is of use here.
#[derive(Deserialize)]
struct Report {
    database: Database,
    lockfile: Lockfile,
    vulnerabilities: Vulnerabilities,
}

#[derive(Deserialize)]
struct Database {
    #[serde(rename = "last-commit")]
    last_commit: Option<String>,
}

#[derive(Deserialize)]
struct Lockfile {
    #[serde(rename = "dependency-count")]
    dependency_count: usize,
}

#[derive(Deserialize)]
struct Vulnerabilities {
    list: Vec<Vulnerability>,
}

#[derive(Deserialize)]
struct Vulnerability {
    advisory: Advisory,
}

#[derive(Deserialize)]
struct Advisory {
    id: String,
}

/// The verdict on the vessel in this folder.
pub fn verdict(folder: &Path) -> String {
    audited(folder).unwrap_or_else(|| NOT_AUDITED.to_string())
}

fn audited(folder: &Path) -> Option<String> {
    let program = find_program("cargo-audit")?;
    let lock = folder.join("Cargo.lock");
    if !lock.is_file() || !database()?.is_dir() {
        return None;
    }
    let mut command = Command::new(program);
    command.args(["audit", "--no-fetch", "--stale", "--json", "--file"]);
    // It ends with an error where it finds something; what it wrote decides.
    let output = command.arg(lock).output().ok()?;
    let report: Report = serde_json::from_slice(&output.stdout).ok()?;
    Some(words(report))
}

/// Where cargo-audit keeps its database unless told otherwise.
fn database() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    home.map(|home| home.join("advisory-db"))
}

fn words(report: Report) -> String {
    let commit: String = report
        .database
        .last_commit
        .unwrap_or_default()
        .chars()
        .take(12)
        .collect();
    let of = format!(
        "in {} dependencies (advisory database {commit})",
        report.lockfile.dependency_count
    );
    let mut ids: Vec<String> = report
        .vulnerabilities
        .list
        .into_iter()
        .map(|one| one.advisory.id)
        .collect();
    ids.sort();
    ids.dedup();
    match ids.as_slice() {
        [] => format!("no advisories {of}"),
        ids => format!("advisories {of}: {}", ids.join(", ")),
    }
}
