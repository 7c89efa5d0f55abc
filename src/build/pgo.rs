//! Profile-guided optimisation: which `llvm-profdata` can read what this rustc's programs write.

use super::toolchain::{Toolchain, find_program};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The merger of raw profiles that fits a toolchain.
///
/// # Errors
/// There is none; the text says how to get one.
pub fn profdata(toolchain: &Toolchain) -> Result<PathBuf, String> {
    let major = toolchain.llvm_major().ok_or("rustc does not say which LLVM it has")?;
    let in_sysroot = toolchain.sysroot().map(|root| {
        let bin = root.join("lib/rustlib").join(&toolchain.host).join("bin");
        bin.join(format!("llvm-profdata{}", std::env::consts::EXE_SUFFIX))
    });
    let named = [format!("llvm-profdata-{major}"), "llvm-profdata".to_string()];
    let candidates = in_sysroot
        .into_iter()
        .chain(named.iter().filter_map(|name| find_program(name)));
    let fitting = candidates.into_iter().find(|path| llvm_major_of(path) == Some(major));
    fitting.ok_or_else(|| {
        format!(
            "no llvm-profdata of LLVM {major}: `rustup component add llvm-tools`, or install the package llvm-{major}"
        )
    })
}

/// Merges the raw profiles of a folder; damaged ones among them are left out as long as one is good.
///
/// # Errors
/// There is no good one.
pub fn merge(profdata: &Path, raw: &Path, merged: &Path) -> Result<(), String> {
    let output = Command::new(profdata)
        .args(["merge", "--failure-mode=all", "-o"])
        .arg(merged)
        .arg(raw)
        .output();
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() && merged.exists() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(words
        .trim()
        .lines()
        .last()
        .unwrap_or("llvm-profdata failed and said nothing")
        .to_string())
}

/// The major version in `LLVM version 22.1.2`.
fn llvm_major_of(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.lines().find_map(|line| {
        line.trim()
            .split_once("LLVM version ")
            .map(|(_, version)| version.to_string())
    })?;
    version.split('.').next()?.parse().ok()
}
