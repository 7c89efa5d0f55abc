//! Where the cases come from, and how they are compared.

use crate::{calls, item};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text")
}

/// Checks the kept rows of a family.
pub fn check_kept(family: &str) {
    let path = folder().join("tables").join(format!("{family}.txt"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let compared = check_lines(family, text.lines().map(str::to_owned));
    assert!(compared > 20, "{family}: only {compared} rows");
}

/// Checks fresh rows from CPython 3.11; says so and passes where there is none.
pub fn check_sweep(family: &str) {
    let count = std::env::var("PIVOT_SWEEP").unwrap_or_else(|_| "200".to_owned());
    let seed = std::env::var("PIVOT_SEED").unwrap_or_else(|_| "7".to_owned());
    let version = Command::new("python3")
        .args(["-c", "import sys; print(sys.version_info[:2])"])
        .output();
    if !version.is_ok_and(|output| output.stdout.starts_with(b"(3, 11)")) {
        eprintln!("{family}: no CPython 3.11, nothing swept");
        return;
    }
    let mut child = Command::new("python3")
        .arg(folder().join("cases.py"))
        .args([family, &count, &seed])
        .env("PYTHONHASHSEED", "0")
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 was there a moment ago");
    let output = BufReader::new(child.stdout.take().expect("the output is piped"));
    let compared = check_lines(family, output.lines().map(|line| line.expect("ASCII lines")));
    assert!(
        child.wait().expect("the child ends").success(),
        "{family}: cases.py failed"
    );
    assert!(compared > 20, "{family}: only {compared} rows");
    eprintln!("{family}: {compared} cases agree");
}

/// How many differing cases are shown before the rest is only counted.
const SHOWN: usize = 15;

fn check_lines(family: &str, lines: impl Iterator<Item = String>) -> usize {
    let (mut compared, mut differing) = (0, 0);
    for line in lines {
        let (left, expected) = line.split_once(" = ").expect("a case has a result");
        let (name, args) = left.split_once(' ').unwrap_or((left, ""));
        let found = item::show(&calls::call(name, &item::read_all(args)));
        compared += 1;
        if found != expected {
            differing += 1;
            if differing <= SHOWN {
                eprintln!(
                    "{left}\n  CPython {}\n  here    {}",
                    readable(expected),
                    readable(&found)
                );
            }
        }
    }
    assert!(differing == 0, "{family}: {differing} of {compared} cases differ");
    compared
}

/// An outcome with its text spelled out.
fn readable(outcome: &str) -> String {
    let spelled = |token: &str| match token.strip_prefix('s') {
        Some(points) => {
            let chars = points
                .split('.')
                .filter_map(|point| char::from_u32(u32::from_str_radix(point, 16).ok()?));
            format!("{:?}", chars.collect::<String>())
        }
        None => token.to_owned(),
    };
    outcome.split(' ').map(spelled).collect::<Vec<_>>().join(" ")
}
