//! What the compiler makes of a few small programs, step by step, as files beside them. `PIVOT_BLESS=1` keeps what is new.

use crate::support::{Job, root};
use pivot::compile::{Stage, compile_watched};
use pivot::ir::{Program, print};
use std::path::{Path, PathBuf};

/// What the compiler makes of the file: its program after each step that changes it, then the Rust.
pub fn stages(path: &Path) -> Vec<(String, String)> {
    let mut shown: Vec<(String, String)> = Vec::new();
    let mut watch = |stage: Stage, program: &Program| {
        let text = print::program(program);
        if shown.last().is_none_or(|(_, last)| *last != text) {
            shown.push((format!("{}.ir", stage.name()), text));
        }
    };
    let compiled = compile_watched(&Job::read(path).request(), &mut watch);
    let written = compiled.files.into_iter().filter(|(name, _)| name != "lib.rs");
    shown.extend(written.map(|(name, text)| (name.replace(".rs", ".rust"), text)));
    shown
}

fn cases() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("tests/cases/stages")).expect("cases");
    let mut paths: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "py"));
    paths.sort();
    paths
}

#[test]
fn every_step_gives_what_is_kept() {
    let bless = std::env::var_os("PIVOT_BLESS").is_some();
    assert!(!cases().is_empty());
    for path in cases() {
        for (stage, got) in stages(&path) {
            let kept = path.with_extension(&stage);
            if bless {
                std::fs::write(&kept, &got).expect("blessed");
            }
            let expected = std::fs::read_to_string(&kept).unwrap_or_default();
            assert_eq!(got, expected, "{}: PIVOT_BLESS=1 keeps the new text", kept.display());
        }
    }
}

#[test]
fn the_same_program_gives_the_same_text() {
    for path in cases() {
        assert_eq!(stages(&path), stages(&path), "{}", path.display());
    }
}
