//! From Python to a certified vessel through the real binary, and what may go wrong on the way.

use crate::schema::validate;
use crate::support::{Scratch, outcome, root};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const JOB: &str = "\
import sys

def double(numbers):
    return [number * 2 for number in numbers]

if __name__ == '__main__':
    print(double(list(range(int(sys.argv[1]) if len(sys.argv) > 1 else 5))))
";

/// `pivot` in a folder of its own, with a cache that all tests share.
fn pivot(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1");
    command.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    command
}

fn evolve(folder: &Path, more: &[&str]) -> Output {
    let cases = if more.contains(&"--cases") {
        &[][..]
    } else {
        &["--cases", "40"][..]
    };
    let quick = ["evolve", "job.py", "--no-bench"];
    pivot(folder, &[&quick[..], cases, more].concat())
        .output()
        .expect("pivot starts")
}

fn vessel_says(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(folder.join("vessels/job/job_vessel"))
        .args(args)
        .output()
        .expect("the vessel starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Writes the job, and settings with which the runtime is built quickly.
fn quick(scratch: &Scratch) {
    scratch.write("job.py", JOB);
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
}

/// Every file of the vessel with its bytes.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => found.extend(snapshot(&path)),
            false => found.push((path.display().to_string(), fs::read(&path).expect("a file"))),
        }
    }
    found.sort();
    found
}

/// A folder with a job and its vessel.
fn evolved() -> Scratch {
    let scratch = Scratch::new();
    quick(&scratch);
    let (code, _, stderr) = outcome(&evolve(scratch.path(), &[]));
    assert_eq!(code, 0, "{stderr}");
    scratch
}

#[test]
fn a_script_becomes_a_certified_vessel_that_behaves_as_it_does() {
    let scratch = Scratch::new();
    quick(&scratch);
    let (code, stdout, stderr) = outcome(&evolve(scratch.path(), &["--json"]));
    assert_eq!(code, 0, "{stderr}");
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["status"], "EVOLVED");
    assert_eq!(report["functions"][0]["name"], "double");
    assert_eq!(report["functions"][0]["certified"], true, "{stderr}");
    assert!(report["phases"]["build"].as_f64().is_some());
    assert!(stderr.contains("Parity CERTIFIED"), "{stderr}");
    assert_eq!(vessel_says(scratch.path(), &["3"]), "[0, 2, 4]\n");
    assert_eq!(
        vessel_says(scratch.path(), &["--mode", "sequential", "--", "2"]),
        "[0, 2]\n"
    );
    let (code, stdout, stderr) = outcome(
        &pivot(
            scratch.path(),
            &["bench", "vessels/job", "--iterations", "1", "--", "9"],
        )
        .output()
        .unwrap(),
    );
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
}

#[test]
fn an_evolve_that_fails_leaves_the_last_good_vessel() {
    let scratch = evolved();
    let before = snapshot(&scratch.path().join("vessels"));
    scratch.write("job.py", JOB.replace("* 2", "* 3"));
    let broken = pivot(scratch.path(), &["evolve", "job.py"])
        .env("RUSTC", "/bin/false")
        .output()
        .unwrap();
    assert_eq!(outcome(&broken).0, 4);
    scratch.write("job.py", "def double(:\n");
    assert_eq!(outcome(&evolve(scratch.path(), &[])).0, 3);
    assert_eq!(snapshot(&scratch.path().join("vessels")), before);
}

#[test]
fn two_evolves_at_once_wait_for_each_other() {
    let scratch = Scratch::new();
    quick(&scratch);
    let start = || {
        let mut command = pivot(scratch.path(), &["evolve", "job.py", "--cases", "40", "--no-bench"]);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("pivot starts")
    };
    let (one, two) = (start(), start());
    for child in [one, two] {
        let (code, _, stderr) = outcome(&child.wait_with_output().unwrap());
        assert_eq!(code, 0, "{stderr}");
    }
    assert_eq!(vessel_says(scratch.path(), &["1"]), "[0]\n");
    let left: Vec<_> = fs::read_dir(scratch.path().join("vessels"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left.len(), 2, "only the vessel and the runtime may be there: {left:?}");
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_the_last_good_vessel() {
    use std::os::unix::process::ExitStatusExt;
    let scratch = evolved();
    let before = snapshot(&scratch.path().join("vessels/job"));
    scratch.write("job.py", JOB.replace("* 2", "* 3"));
    for delay in [200, 600, 1500] {
        let mut command = pivot(scratch.path(), &["evolve", "job.py", "--cases", "200000"]);
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("pivot starts");
        std::thread::sleep(Duration::from_millis(delay));
        // SAFETY: plain system call on a child that has not been waited for.
        unsafe { libc::kill(child.id() as libc::pid_t, libc::SIGINT) };
        let started = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(libc::SIGINT), "after {delay} ms");
        assert!(started.elapsed() < Duration::from_secs(5), "it has to end at once");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("interrupted"),
            "after {delay} ms"
        );
        assert_eq!(
            snapshot(&scratch.path().join("vessels/job")),
            before,
            "after {delay} ms"
        );
    }
    assert_eq!(
        outcome(&evolve(scratch.path(), &[])).0,
        0,
        "what the interrupted runs left must not be in the way"
    );
    assert_eq!(vessel_says(scratch.path(), &["2"]), "[0, 3]\n");
}

/// Needs the right to mount a small disk in a name space of its own; says so where it has none.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_last_good_vessel() {
    let may_mount = Command::new("unshare")
        .args(["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
        .output();
    if !may_mount.is_ok_and(|output| output.status.success()) {
        eprintln!("not tried: this machine lets nobody mount");
        return;
    }
    let scratch = evolved();
    let disk = scratch.path().join("disk");
    fs::create_dir(&disk).unwrap();
    scratch.write("other.py", JOB);
    let script = "mount -t tmpfs -o size=2m tmpfs disk && mkdir disk/other && echo good > disk/other/note \
                  && \"$0\" evolve other.py --out disk --cases 10; code=$?; cat disk/other/note; ls -a disk; exit $code";
    let mut command = Command::new("unshare");
    command
        .args(["-Urm", "sh", "-c", script, env!("CARGO_BIN_EXE_pivot")])
        .current_dir(scratch.path());
    command.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    let (code, stdout, stderr) = outcome(&command.output().unwrap());
    assert_eq!(code, 4, "{stderr}");
    assert!(
        stderr.contains("the disk is full") && stderr.contains("make room"),
        "{stderr}"
    );
    assert!(stdout.starts_with("good\n") && !stdout.contains(".new"), "{stdout}");
}

#[test]
fn statements_outside_functions_run_once_and_a_file_without_a_main_block_is_a_script_too() {
    let scratch = Scratch::new();
    quick(&scratch);
    scratch.write(
        "job.py",
        "print('top')\n\ndef f():\n    return 3\n\nprint(f(), __name__)\n",
    );
    let (code, _, stderr) = outcome(&evolve(scratch.path(), &["--no-certify"]));
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(vessel_says(scratch.path(), &[]), "top\n3 __main__\n");
}

#[test]
fn methods_are_proven_on_instances_that_pivot_makes_itself() {
    let scratch = Scratch::new();
    quick(&scratch);
    scratch.write(
        "job.py",
        "class Point:\n    def __init__(self, x, y=0):\n        self.x = x\n        self.y = y\n\n    def moved(self, by):\n        \
         if by > 3:\n            self.x += by\n        return self\n\n    @classmethod\n    def origin(cls, at=0):\n        return \
         cls(at, at)\n\n    @property\n    def both(self):\n        return (self.x, self.y)\n\n    def __eq__(self, other):\n        \
         return isinstance(other, Point) and self.x == other.x\n\n\ndef spread(points):\n    return [point.both for point in \
         points if point == Point(1)]\n",
    );
    let (code, stdout, stderr) = outcome(&evolve(scratch.path(), &["--json", "--cases", "200"]));
    assert_eq!(code, 0, "{stderr}");
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    for function in report["functions"].as_array().unwrap() {
        assert_eq!(function["certified"], true, "{function}\n{stderr}");
    }
    assert!(!stderr.contains("not reached"), "{stderr}");
}

#[test]
fn the_cases_of_the_batch_example_refute_faults_in_it() {
    let scratch = Scratch::new();
    quick(&scratch);
    let source = fs::read_to_string(root().join("examples/02-batch-processing/process_files.py")).unwrap();
    scratch.write("job.py", source);
    let (code, _, stderr) = outcome(&evolve(scratch.path(), &["--no-certify"]));
    assert_eq!(code, 0, "{stderr}");
    let args = ["certify", "--mutants", "100", "--format", "json"];
    let (code, stdout, stderr) = outcome(&pivot(scratch.path(), &args).output().unwrap());
    assert_eq!(code, 0, "{stderr}");
    let certificate: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let score = &certificate["mutants"];
    let (planted, refuted) = (score["planted"].as_u64().unwrap(), score["refuted"].as_u64().unwrap());
    assert!(planted > 25 && refuted * 100 >= planted * 95, "{score:#}");
}

#[test]
fn planted_faults_are_refuted_and_the_score_stands_in_the_certificate() {
    let scratch = Scratch::new();
    quick(&scratch);
    scratch.write(
        "job.py",
        "def grade(points, least):\n    total = 0\n    for value in points:\n        if value > least:\n            total += value * 2\n    \
         return total - 1\n\n\nif __name__ == '__main__':\n    print(grade([1, 5, 9], 3))\n",
    );
    let (code, _, stderr) = outcome(&evolve(scratch.path(), &["--cases", "300"]));
    assert_eq!(code, 0, "{stderr}");
    let args = ["certify", "--cases", "300", "--mutants", "500", "--format", "json"];
    let (code, stdout, stderr) = outcome(&pivot(scratch.path(), &args).output().unwrap());
    assert_eq!(code, 0, "{stderr}");
    let certificate: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let schema = fs::read_to_string(root().join("docs/schemas/certificate.json")).unwrap();
    assert_eq!(validate(&certificate, &serde_json::from_str(&schema).unwrap()), Ok(()));
    let score = &certificate["mutants"];
    let (planted, refuted) = (score["planted"].as_u64().unwrap(), score["refuted"].as_u64().unwrap());
    assert!(planted > 15 && refuted * 100 >= planted * 95, "{score:#}");
    let (code, stdout, stderr) = outcome(&pivot(scratch.path(), &["certify", "--verify"]).output().unwrap());
    assert_eq!(code, 0, "the certificate with its score is intact: {stdout}{stderr}");
}
