//! The parser against CPython: verdicts and trees over the standard library, wordings over small cases.

use crate::support::root;
use crate::tree_dump;
use pivot::source::SourceFile;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Asks `tests/cases/syntax/oracle.py`; None where there is no CPython 3.11 on this machine.
fn ask_oracle(questions: &[Value], flags: &[&str]) -> Option<Vec<Value>> {
    let version = Command::new("python3")
        .args(["-c", "import sys; print(sys.version_info[:2])"])
        .output()
        .ok()?;
    if version.stdout != b"(3, 11)\n" {
        eprintln!("skipped: python3 is not CPython 3.11");
        return None;
    }
    let script = root().join("tests/cases/syntax/oracle.py");
    let mut oracle = Command::new("python3");
    oracle
        .arg(script)
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = oracle.spawn().expect("python3 starts");
    let lines: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let mut stdin = child.stdin.take().expect("stdin");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("python3 ends");
    writer.join().expect("writer").expect("questions written");
    let answers = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    Some(
        answers
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect(),
    )
}

/// The Python files of CPython's standard library: all of them where the slow tests run, else every eighth.
fn library_files() -> Vec<PathBuf> {
    let script = "import os, sysconfig; lib = sysconfig.get_path('stdlib')\n\
                  for folder, folders, files in os.walk(lib):\n    \
                  folders[:] = sorted(f for f in folders if f != 'site-packages')\n    \
                  for f in sorted(files):\n        \
                  if f.endswith('.py'): print(os.path.join(folder, f))";
    let Ok(output) = Command::new("python3").args(["-c", script]).output() else {
        return Vec::new();
    };
    let all = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(PathBuf::from)
        .collect::<Vec<_>>();
    let step = if std::env::var_os("PIVOT_SLOW_TESTS").is_some() {
        1
    } else {
        8
    };
    let is_odd_one = |path: &PathBuf| path.to_string_lossy().contains("bad");
    all.into_iter()
        .enumerate()
        .filter(|(at, path)| at % step == 0 || is_odd_one(path))
        .map(|(_, path)| path)
        .collect()
}

/// Pivot's answer in the oracle's form.
fn own_answer(path: &Path) -> Value {
    let file = match SourceFile::read(path) {
        Ok(file) => file,
        Err(error) => return json!({"error": ["SyntaxError", error.to_string(), 0, 0], "tree": null}),
    };
    match pivot::syntax::parse(file.text()) {
        Ok(module) => {
            let dump = pivot::syntax::with_deep_stack(|| tree_dump::dump(&module, file.text()));
            let hash: String = Sha256::digest(dump.as_bytes())
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            json!({"error": null, "tree": hash})
        }
        Err(error) => {
            let at = file.position(error.span.start);
            json!({"error": [error.kind.name(), error.message, at.line, at.column], "tree": null})
        }
    }
}

/// Where the tree of a file begins to differ from CPython's.
fn first_difference(path: &PathBuf) -> String {
    let file = SourceFile::read(path).expect("readable");
    let module = pivot::syntax::parse(file.text()).expect("valid");
    let own = pivot::syntax::with_deep_stack(|| tree_dump::dump(&module, file.text()));
    let answers = ask_oracle(&[json!({"path": path, "tree": true})], &["--dump"]).expect("python3 was there");
    let expected = answers[0]["tree"].as_str().expect("a tree");
    let at = own.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let bytes = &text.as_bytes()[at.saturating_sub(60)..(at + 60).min(text.len())];
        String::from_utf8_lossy(bytes).into_owned()
    };
    format!(
        "another tree\n  CPython: {}\n  pivot:   {}",
        around(expected),
        around(&own)
    )
}

#[test]
fn the_standard_library_gives_cpythons_verdicts_and_trees() {
    let files = library_files();
    let questions: Vec<_> = files.iter().map(|path| json!({"path": path, "tree": true})).collect();
    let Some(answers) = ask_oracle(&questions, &[]) else {
        return;
    };
    assert_eq!(answers.len(), files.len());
    let mut faults = Vec::new();
    for (path, expected) in files.iter().zip(&answers) {
        let own = own_answer(path);
        if own["error"].is_null() != expected["error"].is_null() {
            faults.push(format!(
                "{}: CPython says {}, pivot {}",
                path.display(),
                expected["error"],
                own["error"]
            ));
        } else if own["tree"] != expected["tree"] {
            faults.push(format!("{}: {}", path.display(), first_difference(path)));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} files differ:\n{}",
        faults.len(),
        files.len(),
        faults.join("\n")
    );
}
