//! `pivot bench` with a vessel whose binary is a shell script.

use crate::support::{Scratch, outcome, pivot};
use pivot::bench::Figures;
use std::os::unix::fs::PermissionsExt;

/// A vessel that prints `words` and its own `Time:` line.
fn vessel(scratch: &Scratch, words: &str, milliseconds: &str) -> String {
    scratch.write(
        "job.py",
        "import sys\nprint('done')\nprint('Time: 40.0ms', file=sys.stderr)\n",
    );
    let manifest = serde_json::json!({
        "schema_version": 1, "name": "job", "source": {"path": "../job.py", "sha256": ""},
        "python": {"executable": "python3", "version": "3.11"}, "profile": "balanced",
        "toolchain": {"rustc": "", "target": "", "cpu_features": [], "flags": []}, "settings": {},
        "functions": [], "binary": "job_vessel", "runtime_version": "0", "has_script": true,
    });
    scratch.write("job/vessel.json", manifest.to_string());
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = --mode ] && [ \"$3\" = -- ] || exit 9\necho {words}\necho 'Time: {milliseconds}ms' >&2\n"
    );
    let path = scratch.write("job/job_vessel", script);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    scratch.path().join("job").to_str().unwrap().to_string()
}

#[test]
fn all_rows_are_measured_and_a_regression_is_told_by_the_exit_code() {
    let scratch = Scratch::new();
    let folder = vessel(&scratch, "done", "10.0");
    let (code, stdout, stderr) = outcome(&pivot(&["bench", &folder, "--iterations", "2", "--", "1000"]));
    assert_eq!(code, 0, "{stderr}");
    for row in [
        "Time",
        "CPU usage",
        "Memory",
        "Throughput",
        "Speedup",
        "Energy",
        "4.00x",
        "100 k items/s",
    ] {
        assert!(stdout.contains(row), "`{row}` is not in\n{stdout}");
    }
    let baseline = scratch.path().join("baseline.json").to_str().unwrap().to_string();
    let save = [
        "bench",
        &folder,
        "--iterations",
        "1",
        "--format",
        "json",
        "--output",
        &baseline,
    ];
    assert_eq!(outcome(&pivot(&save)).0, 0);
    let figures: Figures = serde_json::from_str(&std::fs::read_to_string(&baseline).unwrap()).unwrap();
    assert_eq!(figures.contenders.len(), 3);

    vessel(&scratch, "done", "20.0");
    let compare = [
        "bench",
        &folder,
        "--iterations",
        "1",
        "--baseline",
        &baseline,
        "--max-regression",
    ];
    let (code, _, stderr) = outcome(&pivot(&[compare.as_slice(), &["50"]].concat()));
    assert_eq!(code, 6, "{stderr}");
    assert!(
        stderr.contains("sequential is 100.0 % slower than the baseline"),
        "{stderr}"
    );
    assert_eq!(outcome(&pivot(&[compare.as_slice(), &["150"]].concat())).0, 0);
}

#[test]
fn another_output_than_pythons_is_told() {
    let scratch = Scratch::new();
    let folder = vessel(&scratch, "other", "10.0");
    let (_, _, stderr) = outcome(&pivot(&["bench", &folder, "--iterations", "1"]));
    assert!(stderr.contains("stdout of `parallel` was not Python's"), "{stderr}");
}

#[test]
fn what_is_no_vessel_is_said_to_be_none() {
    let scratch = Scratch::new();
    let (code, _, stderr) = outcome(&pivot(&["bench", scratch.path().to_str().unwrap()]));
    assert_eq!(code, 8);
    assert!(stderr.contains("there is no vessel here"), "{stderr}");
}
