//! Cyclomatic and cognitive complexity against radon and complexipy over the standard library.
//!
//! Runs where `PIVOT_PEERS` names a Python that has both installed (`pip install radon==6.0.1 complexipy==8.3.0`).

use crate::support::{outcome, pivot, root};
use serde_json::Value;
use std::collections::HashMap;
use std::io::Write;
use std::process::{Command, Stdio};

/// What one peer and pivot said of the same functions.
#[derive(Default)]
struct Agreement {
    same: u32,
    differing: Vec<String>,
}

impl Agreement {
    fn add(&mut self, what: &str, peer: u64, own: &Value) {
        if own.as_u64() == Some(peer) {
            self.same += 1;
        } else {
            self.differing.push(format!("{what}: {peer}, pivot {own}"));
        }
    }

    fn check(&self, peer: &str) {
        let (same, differing) = (self.same, self.differing.len());
        eprintln!("{peer}: {same} functions agree, {differing} do not");
        assert!(same > 1000 && differing == 0, "{peer}:\n{}", self.differing.join("\n"));
    }
}

fn library(python: &str) -> Vec<String> {
    let script = "import glob, sysconfig; lib = sysconfig.get_path('stdlib')\n\
                  print(*sorted(glob.glob(lib + '/*.py') + glob.glob(lib + '/test/test_*.py')), sep='\\n')";
    let output = Command::new(python)
        .args(["-c", script])
        .output()
        .expect("the peers' Python starts");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect()
}

fn ask_peers(python: &str, files: &[String]) -> Vec<Value> {
    let script = root().join("tests/cases/analyze/peers.py");
    let mut command = Command::new(python);
    let mut child = command
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("stdin");
    let lines = files.join("\n") + "\n";
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("writer").expect("written");
    let answers = String::from_utf8_lossy(&output.stdout);
    answers
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn the_complexities_agree_with_radon_and_complexipy() {
    let Ok(python) = std::env::var("PIVOT_PEERS") else {
        eprintln!("skipped: PIVOT_PEERS names no Python with radon and complexipy");
        return;
    };
    let files = library(&python);
    let (mut radon, mut complexipy) = (Agreement::default(), Agreement::default());
    for answer in ask_peers(&python, &files) {
        let path = answer["path"].as_str().expect("path");
        let (_, stdout, _) = outcome(&pivot(&["analyze", path]));
        let report: Value = serde_json::from_str(&stdout).expect("JSON");
        let functions: Vec<&Value> = report["functions"].as_array().into_iter().flatten().collect();
        compare_radon(path, &functions, &answer["radon"], &mut radon);
        compare_complexipy(path, &functions, &answer["complexipy"], &mut complexipy);
    }
    radon.check("radon");
    complexipy.check("complexipy");
}

fn compare_radon(path: &str, functions: &[&Value], peer: &Value, agreement: &mut Agreement) {
    let name = |f: &Value| format!("{}@{}", f["name"].as_str().unwrap_or("?"), f["line"]);
    let own: HashMap<String, &Value> = functions.iter().map(|f| (name(f), *f)).collect();
    for (name, value) in peer.as_object().into_iter().flatten() {
        let found = own.get(name).map_or(&Value::Null, |f| &f["cyclomatic"]);
        agreement.add(&format!("{path} {name}"), value.as_u64().expect("a count"), found);
    }
}

/// complexipy counts nested functions in the outer one, pivot in themselves: those are left out.
fn compare_complexipy(path: &str, functions: &[&Value], peer: &Value, agreement: &mut Agreement) {
    for (name, value) in peer.as_object().into_iter().flatten() {
        let nested = format!("{name}.");
        let has_nested = functions
            .iter()
            .any(|f| f["name"].as_str().is_some_and(|n| n.starts_with(&nested)));
        let mut named = functions.iter().filter(|f| f["name"].as_str() == Some(name));
        let (Some(only), None, Some(value)) = (named.next(), named.next(), value.as_u64()) else {
            continue;
        };
        if !has_nested {
            agreement.add(&format!("{path} {name}"), value, &only["cognitive"]);
        }
    }
}
