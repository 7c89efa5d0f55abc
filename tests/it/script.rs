//! Scripts run as a whole: what counts as their outcome, and what is refuted. Shell scripts play the vessel.

use crate::support::Scratch;
use pivot::build::find_program;
use pivot::parity::case::Case;
use pivot::parity::form::Form;
use pivot::parity::oracle::Oracle;
use pivot::parity::prove::Proof;
use pivot::parity::sandbox::{Confinement, offered};
use pivot::parity::script::{Original, Scripts, modes, prove};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(2);

fn python() -> PathBuf {
    find_program("python3").expect("python3")
}

/// A vessel that does with its arguments, and with the script, what the shell text says.
fn vessel(folder: &Scratch, text: &str) -> PathBuf {
    let path = folder.write("vessel.sh", format!("#!/bin/sh\nshift 3\n{text}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    path
}

fn original(folder: &Scratch, source: &str) -> Original {
    let path = folder.write("job.py", source);
    Original::new(&python(), &path, LIMIT, Confinement::Full).expect("folders")
}

fn vessel_of(folder: &Scratch, shell: &str) -> PathBuf {
    let path = folder.path().join("job.py");
    let shell = shell.replace(
        "PYTHON",
        &format!("exec {} -B {}", interpreter().display(), path.display()),
    );
    vessel(folder, &shell)
}

/// What `python3` stands for, where that is a script which would have to start processes.
fn interpreter() -> PathBuf {
    let asked = std::process::Command::new(python())
        .args(["-c", "import sys; print(sys.executable)"])
        .output();
    PathBuf::from(String::from_utf8_lossy(&asked.expect("python3").stdout).trim_end())
}

fn case(words: &[&str], input: &str) -> Case {
    Case {
        args: words.iter().map(|word| Form::str(word)).collect(),
        kwargs: vec![("stdin".to_string(), Form::Bytes(input.as_bytes().to_vec()))],
        files: vec![("data.txt".to_string(), b"given".to_vec())],
    }
}

/// What CPython does, in words.
#[track_caller]
fn check(body: &str, words: &[&str], input: &str, expected: &str) {
    let folder = Scratch::new();
    let original = original(&folder, &format!("import os, sys, time\n{body}\n"));
    let outcome = original.python(&case(words, input)).expect("a process");
    assert_eq!(outcome.describe(), expected, "{body}");
}

fn proof(source: &str, shell: &str) -> Proof {
    let folder = Scratch::new();
    let original = original(&folder, source);
    let scripts = Scripts::new(&original, &vessel_of(&folder, shell)).expect("a vessel");
    let oracle = Oracle::new(Path::new("python3"), &folder.path().join("job.py")).expect("CPython");
    let notes = oracle
        .describe(LIMIT)
        .expect("a description")
        .script
        .expect("a main block");
    prove(&scripts, &notes, &[], modes(false), (0, 2), &|_, _| {}).expect("processes")
}

#[test]
fn status_streams_and_files_are_the_outcome() {
    check(
        "print(sys.argv, sys.stdin.read()); sys.exit(3)",
        &["a b", "é"],
        "line\n",
        "exited with 3; printed '[\\'job.py\\', \\'a b\\', \\'é\\'] line\\n\\n'; left 'data.txt'",
    );
    check(
        "open('new.txt', 'w').write(open('data.txt').read()); os.remove('data.txt')",
        &[],
        "",
        "exited with 0; left 'new.txt'",
    );
    check(
        "{}['k']",
        &[],
        "",
        "exited with 1; wrote on stderr 'Traceback (most recent call last):\\nKeyError: \\'k\\'\\n'; left 'data.txt'",
    );
    check(
        "print(time.time(), time.time_ns(), os.getcwd().endswith('work'))",
        &[],
        "",
        "exited with 0; printed '1700000000.001 1700000000002000000 True\\n'; left 'data.txt'",
    );
}

#[test]
fn a_hostile_script_does_no_harm_and_its_end_is_told() {
    check("while True: pass", &[], "", "did not end in time; left 'data.txt'");
    check("os.abort()", &[], "", "died: signal: 6 (SIGABRT); left 'data.txt'");
    if offered().starts_with("Landlock") {
        check(
            "try: open('/tmp/pivot-was-here', 'w')\nexcept OSError as e: print(type(e).__name__)\ntry: os.fork()\nexcept OSError \
             as e: print(type(e).__name__)",
            &[],
            "",
            "exited with 0; printed 'PermissionError\\nBlockingIOError\\n'; left 'data.txt'",
        );
    }
}

const DOUBLE: &str = "import sys\nif __name__ == '__main__':\n    print(int(sys.argv[1]) * 2)\n";

#[test]
fn a_vessel_that_does_the_same_is_certified_line_by_line() {
    let proof = proof(DOUBLE, "PYTHON \"$@\"");
    assert!(proof.certified(), "{proof:#?}");
    assert_eq!((proof.run, proof.branches, proof.reached), (24, 2, 2));
    assert_eq!(proof.oracle_root, proof.subject_root);
}

#[test]
fn another_status_output_or_file_is_refuted_with_the_shortest_run() {
    let call = |shell: &str| {
        let proof = proof(DOUBLE, &format!("{shell}\nPYTHON \"$@\""));
        assert!(!proof.certified(), "{shell}");
        assert_ne!(proof.oracle_root, proof.subject_root);
        let shown = &proof.shown[0];
        let path = shown.difference.as_ref().map(|difference| difference.path.clone());
        (shown.call.clone(), path.unwrap_or_default())
    };
    let run =
        |words: &str| format!("import subprocess, sys\nsubprocess.run([sys.executable, 'job.py'{words}], input=b'')");
    let of = |words: &str, path: &str| (run(words), path.to_string());
    assert_eq!(
        call("[ \"$1\" = 2 ] && echo more && exit 0"),
        of(", '2'", "stdout, line 1")
    );
    assert_eq!(call("[ $# = 0 ] && echo left >> out.txt"), of("", "the file out.txt"));
}

#[test]
fn a_script_that_does_not_repeat_itself_is_set_aside() {
    let source = "import os\nif __name__ == '__main__':\n    print(os.urandom(8))\n";
    let proof = proof(source, "PYTHON \"$@\"");
    assert_eq!((proof.compared, proof.failures), (0, 0));
    assert_eq!(
        proof.set_aside.get("CPython does not repeat itself"),
        Some(&2),
        "{:?}",
        proof.set_aside
    );
}

#[test]
fn a_script_that_runs_for_ever_is_set_aside_by_its_steps() {
    let source = "if __name__ == '__main__':\n    while True:\n        x = 1\n";
    let proof = proof(source, "exit 0");
    assert_eq!(proof.set_aside.get("ran too long"), Some(&2), "{:?}", proof.set_aside);
}
