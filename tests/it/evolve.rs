//! `pivot evolve` on input that cannot be evolved: what it says, and the exit code.

use crate::support::{Scratch, outcome};
use std::path::Path;
use std::process::Command;

/// `pivot` in a folder of its own, with a cache that all tests share.
fn pivot_in(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1");
    command.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    command
}

fn check(folder: &Path, args: &[&str], code: i32, words: &[&str]) {
    let (found, stdout, stderr) = outcome(&pivot_in(folder, args).output().expect("pivot starts"));
    assert_eq!(found, code, "{args:?}\n{stderr}");
    assert_eq!(stdout, "", "nothing belongs on stdout");
    for word in words {
        assert!(stderr.contains(word), "`{word}` is not in\n{stderr}");
    }
    assert!(!folder.join("vessels").exists(), "no vessel may be left behind");
}

#[test]
fn a_file_that_is_not_there() {
    let scratch = Scratch::new();
    check(
        scratch.path(),
        &["evolve", "nowhere.py"],
        8,
        &["error: nowhere.py: No such file or directory"],
    );
}

#[test]
fn a_folder() {
    let scratch = Scratch::new();
    check(
        scratch.path(),
        &["evolve", "."],
        2,
        &[". is a folder", "pivot analyze FOLDER"],
    );
}

#[test]
fn an_empty_file() {
    let scratch = Scratch::new();
    scratch.write("empty.py", "");
    check(
        scratch.path(),
        &["evolve", "empty.py"],
        4,
        &["the file defines no function"],
    );
}

#[test]
fn a_syntax_error_is_shown_in_its_line() {
    let scratch = Scratch::new();
    scratch.write("bad.py", "def f(:\n    pass\n");
    check(
        scratch.path(),
        &["evolve", "bad.py"],
        3,
        &["bad.py:1:7", "def f(:", "is not valid Python"],
    );
}

#[test]
fn bytes_that_are_no_text() {
    let scratch = Scratch::new();
    scratch.write("latin.py", b"x = '\xe9'\n");
    check(
        scratch.path(),
        &["evolve", "latin.py"],
        3,
        &["Non-UTF-8 code starting with '\\xe9' on line 1"],
    );
}

#[test]
fn no_python() {
    let scratch = Scratch::new();
    scratch.write("job.py", "def f():\n    return 1\n");
    let args = ["evolve", "job.py", "--python", "no-such-python"];
    check(
        scratch.path(),
        &args,
        4,
        &["`no-such-python` was not found", "install CPython"],
    );
}

#[test]
fn no_cargo() {
    let scratch = Scratch::new();
    scratch.write("job.py", "def f():\n    return 1\n");
    let mut command = pivot_in(scratch.path(), &["evolve", "job.py"]);
    let home = scratch.path().join("home");
    command
        .env("PATH", scratch.path())
        .env("HOME", &home)
        .env_remove("CARGO")
        .env_remove("CARGO_HOME");
    let (code, _, stderr) = outcome(&command.output().unwrap());
    assert_eq!(code, 4, "{stderr}");
    assert!(
        stderr.contains("`cargo` was not found") && stderr.contains("https://rustup.rs"),
        "{stderr}"
    );
}

#[test]
fn a_function_that_the_file_does_not_have() {
    let scratch = Scratch::new();
    scratch.write("job.py", "class C:\n    def f(self):\n        return 1\n");
    check(
        scratch.path(),
        &["evolve", "job.py", "--function", "f"],
        2,
        &["no function `f`", "C.f"],
    );
}

#[test]
fn an_unknown_profile_or_target() {
    let scratch = Scratch::new();
    scratch.write("job.py", "def f():\n    return 1\n");
    check(
        scratch.path(),
        &["evolve", "job.py", "--profile", "agressive"],
        2,
        &["did you mean `aggressive`?"],
    );
    check(
        scratch.path(),
        &["evolve", "job.py", "--target", "go"],
        2,
        &["Rust only"],
    );
}

#[test]
fn a_fault_in_the_configuration_names_its_place() {
    let scratch = Scratch::new();
    scratch.write("job.py", "def f():\n    return 1\n");
    scratch.write(".pivotrc", "{\n  \"profil\": \"balanced\"\n}\n");
    check(
        scratch.path(),
        &["evolve", "job.py"],
        2,
        &[".pivotrc:2:3", "did you mean `profile`?"],
    );
}

#[test]
fn two_files_of_one_name() {
    let scratch = Scratch::new();
    scratch.write("a/job.py", "");
    scratch.write("b/job.py", "");
    check(
        scratch.path(),
        &["evolve", "a/job.py", "b/job.py"],
        2,
        &["would become the same vessel"],
    );
}

#[test]
fn a_module_that_cannot_be_imported() {
    let scratch = Scratch::new();
    scratch.write("missing.py", "import no_such_module\ndef f():\n    return 1\n");
    check(
        scratch.path(),
        &["evolve", "missing.py"],
        3,
        &["No module named 'no_such_module'", "--python"],
    );
    scratch.write("raises.py", "def f():\n    return 1\nraise ValueError('boom')\n");
    check(
        scratch.path(),
        &["evolve", "raises.py"],
        3,
        &["could not be imported: ValueError: boom"],
    );
}

#[test]
fn a_module_that_never_ends_its_import() {
    let scratch = Scratch::new();
    scratch.write("endless.py", "def f():\n    return 1\nwhile True:\n    pass\n");
    scratch.write(".pivotrc", "{\"validation\": {\"timeout\": 1}}");
    check(
        scratch.path(),
        &["evolve", "endless.py"],
        10,
        &["importing the source takes longer than 1s"],
    );
}
