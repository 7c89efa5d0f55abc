//! `pivot record`: what a command's calls leave behind.

use crate::support::{Scratch, outcome};
use pivot::parity::record::beside;
use std::path::Path;
use std::process::Command;

fn record(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command
        .arg("record")
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1");
    outcome(&command.output().expect("pivot starts"))
}

#[test]
fn the_calls_of_a_test_suite_are_kept_beside_the_source() {
    let folder = Scratch::new();
    let source = folder.write("job.py", "def double(x):\n    return x * 2\n");
    folder.write(
        "test_job.py",
        "import unittest\nimport job\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(job.double(4), 8)\n        job.double('a')\n",
    );
    let (code, _, err) = record(folder.path(), &["--", "python3", "-m", "unittest", "-q", "test_job"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains(".pivot/job.calls.json: 2 calls of 1 functions"), "{err}");
    let kept = beside::read(&source);
    assert_eq!(kept["double"].params[0].1.to_string(), "int | str");
    assert!(
        !folder.path().join(".pivot/test_job.calls.json").exists(),
        "tests are not watched"
    );
}

#[test]
fn a_second_recording_adds_to_the_first() {
    let folder = Scratch::new();
    let source = folder.write("job.py", "import sys\ndef f(x):\n    return x\nf(sys.argv[1])\n");
    for word in ["one", "two", "one"] {
        let (code, _, err) = record(folder.path(), &["--file", "job.py", "--", "python3", "job.py", word]);
        assert_eq!(code, 0, "{err}");
    }
    let kept = beside::read(&source);
    assert_eq!((kept["f"].calls.len(), kept["f"].seen), (2, 3));
}

#[test]
fn a_command_that_fails_says_so_and_keeps_what_was_seen() {
    let folder = Scratch::new();
    let source = folder.write("job.py", "def f(x):\n    return 1 / x\nf(0)\n");
    let (code, _, err) = record(folder.path(), &["--", "python3", "job.py"]);
    assert_eq!(
        (code, err.contains("the command ended with exit status: 1")),
        (3, true),
        "{err}"
    );
    assert_eq!(beside::read(&source)["f"].raised, 1);
    let (code, _, err) = record(folder.path(), &["--", "no-such-program"]);
    assert_eq!(code, 8, "{err}");
}

#[test]
fn the_users_own_sitecustomize_still_runs() {
    let folder = Scratch::new();
    let source = folder.write(
        "job.py",
        "def f(x):\n    return x\nimport sitecustomize\nf(sitecustomize.WORD)\n",
    );
    folder.write("own/sitecustomize.py", "WORD = 'mine'\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command
        .args(["record", "--", "python3", "job.py"])
        .current_dir(folder.path())
        .env("PYTHONPATH", folder.path().join("own"));
    let (code, out, err) = outcome(&command.output().expect("pivot starts"));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(!err.contains("Error in sitecustomize"), "{err}");
    assert_eq!(beside::read(&source)["f"].calls.len(), 1);
}

#[test]
fn a_script_without_a_sitecustomize_of_the_users_starts_silently() {
    let folder = Scratch::new();
    folder.write("job.py", "def f(x):\n    return x\nf(1)\n");
    let (code, _, err) = record(folder.path(), &["--", "python3", "job.py"]);
    assert_eq!(
        (code, err.as_str()),
        (0, ".pivot/job.calls.json: 1 calls of 1 functions\n")
    );
}

/// Runs where pytest is installed; unittest, which always is, has a test of its own.
#[test]
fn the_calls_of_a_pytest_suite_are_kept() {
    let pytest = Command::new("python3").args(["-m", "pytest", "--version"]).output();
    if !pytest.is_ok_and(|output| output.status.success()) {
        return;
    }
    let folder = Scratch::new();
    let source = folder.write("job.py", "def double(x):\n    return x * 2\n");
    folder.write(
        "test_job.py",
        "import job\ndef test_double():\n    assert job.double(2.5) == 5\n",
    );
    let (code, _, err) = record(folder.path(), &["--", "python3", "-m", "pytest", "-q"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(beside::read(&source)["double"].params[0].1.to_string(), "float");
}

#[test]
fn threads_and_child_processes_are_watched_as_well() {
    let folder = Scratch::new();
    let source = folder.write("job.py", "def f(x):\n    return x\n");
    folder.write(
        "main.py",
        "import subprocess, sys, threading, job\nthread = threading.Thread(target=job.f, args=(1,))\nthread.start()\nthread.join()\nsubprocess.run([sys.executable, '-c', 'import job; job.f(\"a\")'], check=True)\n",
    );
    let (code, _, err) = record(folder.path(), &["--", "python3", "main.py"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(beside::read(&source)["f"].params[0].1.to_string(), "int | str");
}

#[test]
fn recorded_calls_are_the_seeds_of_inference() {
    let folder = Scratch::new();
    folder.write("job.py", "def double(x):\n    return x * 2\n");
    folder.write("use.py", "import job\njob.double(1.5)\n");
    let explained = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
        command.args(["explain", "job.py"]).current_dir(folder.path());
        outcome(&command.output().expect("pivot starts")).1
    };
    assert!(!explained().contains("double(x: float)"), "nothing tells the type yet");
    let (code, _, err) = record(folder.path(), &["--", "python3", "use.py"]);
    assert_eq!(code, 0, "{err}");
    let listing = explained();
    assert!(listing.contains("double(x: float)"), "{listing}");
}
