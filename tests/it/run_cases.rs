//! Scripts of `tests/cases/run`: CPython and the vessel print the same and end alike.
//!
//! Add a file there that prints what it finds; each file is one script. A folder in `tests/cases/projects` is a
//! program of several files, whose script is `main.py`.

use crate::support::Scratch;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/run");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of cases")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    found.sort();
    found
}

fn shown(output: &Output) -> String {
    format!(
        "{}\n[{:?}]",
        String::from_utf8_lossy(&output.stdout),
        output.status.code()
    )
}

/// Evolves a script and gives what keeps its vessel from agreeing with CPython; None where nothing does.
fn difference(scratch: &Scratch, script: &Path) -> Option<String> {
    let name = script.file_stem().expect("a file").to_string_lossy().into_owned();
    copy(scratch, script, &format!("{name}.py"));
    compared(scratch, &name)
}

fn copy(scratch: &Scratch, file: &Path, to: &str) {
    let text = fs::read_to_string(file).expect("the case can be read");
    scratch.write(to, &text);
}

/// As `difference`, of a script that is in the scratch folder.
fn compared(scratch: &Scratch, name: &str) -> Option<String> {
    let mut evolve = Command::new(env!("CARGO_BIN_EXE_pivot"));
    evolve.args(["evolve", &format!("{name}.py"), "--no-certify", "--no-bench"]);
    evolve.current_dir(scratch.path()).env("NO_COLOR", "1");
    evolve.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    let story = evolve.output().expect("pivot starts");
    let story = String::from_utf8_lossy(&story.stderr).into_owned();
    if story.contains("rustc refused") || story.contains("stays in Python") {
        return Some(story);
    }
    let python = Command::new("python3")
        .arg(format!("{name}.py"))
        .current_dir(scratch.path())
        // The order of sets of texts depends on it; a vessel has the hashes of this seed.
        .env("PYTHONHASHSEED", "0")
        .output();
    let vessel = Command::new(scratch.path().join(format!("vessels/{name}/{name}_vessel")))
        .current_dir(scratch.path())
        .output();
    let Ok(vessel) = vessel else {
        return Some(format!("there is no vessel:\n{story}"));
    };
    let python = python.expect("python3 starts");
    let (python, vessel) = (shown(&python), shown(&vessel));
    let line = python.lines().zip(vessel.lines()).find(|(a, b)| a != b);
    match line {
        Some((wanted, got)) => Some(format!("CPython: {wanted}\n vessel: {got}")),
        None if python != vessel => Some(format!("the vessel stopped early:\n{vessel}")),
        None => None,
    }
}

#[test]
fn scripts_say_what_cpython_says() {
    let scratch = Scratch::new();
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
    let found: Vec<String> = scripts()
        .iter()
        .filter_map(|script| Some(format!("{}: {}", script.display(), difference(&scratch, script)?)))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

/// Copies the Python files of a folder and of the folders in it.
fn copy_project(scratch: &Scratch, folder: &Path, inside: &str) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let to = format!("{inside}{name}");
        if path.is_dir() {
            fs::create_dir_all(scratch.path().join(&to)).expect("a folder can be made");
            copy_project(scratch, &path, &format!("{to}/"));
        } else if path.extension().is_some_and(|e| e == "py") {
            copy(scratch, &path, &to);
        }
    }
}

#[test]
fn projects_say_what_cpython_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/projects");
    for project in fs::read_dir(folder).expect("the folder of projects").flatten() {
        let scratch = Scratch::new();
        scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
        copy_project(&scratch, &project.path(), "");
        let found = compared(&scratch, "main");
        assert_eq!(found, None, "{}", project.path().display());
    }
}
