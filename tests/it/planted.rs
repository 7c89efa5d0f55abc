//! Faults planted in the Rust just before it is compiled: what rustc refuses is left out, and nothing else; what it takes
//! is refuted.

use crate::support::{Scratch, outcome};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

const SOURCE: &str = "\
def guilty(n):
    return n + 1234567

def innocent(n):
    return n + 7654321

def calls(n):
    return guilty(n) + innocent(n)

if __name__ == '__main__':
    print(calls(3), innocent(4))
";

const PARALLEL: &str = "\
def weigh(n):
    total = 0
    for i in range(n % 50):
        total += i * n % 7
    return total

def weights(count):
    found = []
    for i in range(count):
        found.append(weigh(i * 31))
    return found

if __name__ == '__main__':
    print(sum(weights(30)))
";

/// What `pivot evolve` tells of the source, while `edit`, a sed command, is applied to a file of the staged crate.
fn evolve(scratch: &Scratch, source: &str, args: &[&str], (file, edit): (&str, &str)) -> String {
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
    scratch.write("job.py", source);
    scratch.write("edit.sed", edit);
    // rustc is called more than once for one text.
    let edited = "cd src && [ -f generic.rs ] && [ -f $FILE ] && ! grep -q planted: $FILE && sed -i -f \"$EDIT\" $FILE \
                  && echo '// planted:' >> $FILE";
    let wrapper = scratch.write("wrapper.sh", format!("#!/bin/sh\n({edited})\nexec \"$@\"\n"));
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("permissions");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(["evolve", "job.py", "--no-bench"]).args(args);
    command.current_dir(scratch.path()).env("NO_COLOR", "1");
    command.env("RUSTC_WRAPPER", wrapper).env("FILE", file);
    command.env("EDIT", scratch.path().join("edit.sed"));
    command.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    outcome(&command.output().expect("pivot starts")).2
}

/// What is told, and what the vessel says.
fn evolved(file: &str, edit: &str) -> (String, String) {
    let scratch = Scratch::new();
    let story = evolve(&scratch, SOURCE, &["--no-certify"], (file, edit));
    let ran = Command::new(scratch.path().join("vessels/job/job_vessel")).output();
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
    let (story, said) = evolved("native.rs", "s/1234567/\"planted\"/");
    tells(
        &story,
        &[
            "a bug in pivot",
            "guilty    generic",
            "innocent  native",
            "calls     native",
        ],
    );
    assert_eq!(said, "8888894 7654325\n", "{story}");
}

#[test]
fn where_no_function_is_at_fault_all_native_forms_are_given_up() {
    let (story, said) = evolved("native.rs", "s/^use .*/&\\nconst PLANTED: u8 = \"planted\";/");
    tells(&story, &["a bug in pivot", "guilty    generic", "innocent  generic"]);
    assert_eq!(said, "8888894 7654325\n", "{story}");
}

#[test]
fn a_wrong_constant_is_refuted_and_the_rust_lines_are_named() {
    let scratch = Scratch::new();
    let story = evolve(
        &scratch,
        SOURCE,
        &["--cases", "40"],
        ("native.rs", "s/7654321/7654322/"),
    );
    tells(
        &story,
        &[
            "Parity REFUTED",
            "# its Rust: src/native.rs lines ",
            ", src/generic.rs lines ",
        ],
    );
}

#[test]
fn a_fault_outside_functions_is_refuted_by_running_the_script() {
    let source = SOURCE.replace("calls(3), ", "calls(3) + 4242424, ");
    let scratch = Scratch::new();
    let story = evolve(
        &scratch,
        &source,
        &["--cases", "40"],
        ("native.rs", "s/4242424/4242425/"),
    );
    let call = "subprocess.run([sys.executable, 'job.py'], input=b'')";
    tells(
        &story,
        &["✓ calls", "✗ __main__", call, "first difference: stdout, line 1"],
    );
}

#[test]
fn a_fault_that_only_many_threads_have_is_refuted() {
    let scratch = Scratch::new();
    let many = "use pivot_runtime::settings::{Mode, mode, workers};\\nif mode() == Mode::Parallel \\&\\& workers() != Some(2) {";
    let edit = format!("s/^pub fn weights_round.*{{$/&\\n{many}\\nreturn Ok(0);\\n}}/");
    let story = evolve(&scratch, PARALLEL, &["--cases", "40"], ("native.rs", &edit));
    tells(&story, &["Parity REFUTED", "(more threads than cores)"]);
}
