//! What rustc refuses is left out, and nothing else: faults planted in the Rust just before it is compiled.

use crate::support::{Scratch, outcome};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

const SOURCE: &str = "\
def guilty(n):
    return n * 1234567

def innocent(n):
    return n * 7654321

def calls(n):
    return guilty(n) + innocent(n)

if __name__ == '__main__':
    print(calls(3), innocent(4))
";

/// Evolves the source while `edit`, a sed command, is applied to the file of the staged crate.
fn evolve(file: &str, edit: &str) -> (String, String) {
    let scratch = Scratch::new();
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
    scratch.write("job.py", SOURCE);
    let script = format!("#!/bin/sh\n[ -f src/generic.rs ] && sed -i '{edit}' src/{file}\nexec \"$@\"\n");
    let wrapper = scratch.write("wrapper.sh", script);
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("permissions");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(["evolve", "job.py", "--no-certify", "--no-bench"]);
    command.current_dir(scratch.path()).env("NO_COLOR", "1");
    command.env("RUSTC_WRAPPER", wrapper);
    command.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    let story = outcome(&command.output().expect("pivot starts")).2;
    let vessel = scratch.path().join("vessels/job/job_vessel");
    let ran = Command::new(&vessel).output();
    let said = ran.map_or_else(|error| error.to_string(), |output| outcome(&output).1);
    (story, said)
}

#[track_caller]
fn tells(story: &str, lines: &[&str]) {
    for line in lines {
        assert!(story.contains(line), "`{line}` is not in\n{story}");
    }
}

#[test]
fn a_native_form_that_rustc_refuses_is_given_up_alone() {
    let (story, said) = evolve("native.rs", "s/1234567/\"planted\"/");
    tells(
        &story,
        &[
            "a bug in pivot",
            "guilty    generic",
            "innocent  native",
            "calls     native",
        ],
    );
    assert_eq!(said, "26666664 30617284\n", "{story}");
}

#[test]
fn where_no_function_is_at_fault_all_native_forms_are_given_up() {
    let (story, said) = evolve("native.rs", "s/^use .*/&\\nconst PLANTED: u8 = \"planted\";/");
    tells(&story, &["a bug in pivot", "guilty    generic", "innocent  generic"]);
    assert_eq!(said, "26666664 30617284\n", "{story}");
}
