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

/// A small file of `tests/cases/syntax/errors.txt` and what is said of it: `ok`, or kind, place and message.
struct Snippet {
    text: String,
    kept: String,
}

fn snippets() -> Vec<Snippet> {
    let all = std::fs::read_to_string(root().join("tests/cases/syntax/errors.txt")).expect("cases");
    let mut snippets = Vec::new();
    let mut text = String::new();
    // The head of the file ends with its first empty line.
    for line in all
        .split_inclusive('\n')
        .skip_while(|line| line.starts_with('#'))
        .skip(1)
    {
        match line.strip_prefix("#> ") {
            Some(kept) => {
                let kept = kept.trim_end().to_owned();
                snippets.push(Snippet {
                    text: std::mem::take(&mut text),
                    kept,
                });
            }
            None if text.is_empty() && line == "\n" => {}
            None => text.push_str(line),
        }
    }
    snippets
}

fn said_of(text: &str) -> String {
    let file = SourceFile::new("case.py", text);
    match pivot::syntax::parse(text) {
        Ok(_) => "ok".to_owned(),
        Err(error) => {
            let at = file.position(error.span.start);
            format!("{} {}:{} {}", error.kind.name(), at.line, at.column, error.message)
        }
    }
}

#[test]
fn small_files_get_the_kept_words_and_place() {
    let snippets = snippets();
    assert!(snippets.len() > 250);
    for Snippet { text, kept } in snippets {
        assert_eq!(said_of(&text), kept, "{text}");
    }
}

#[test]
fn the_kept_words_are_cpythons() {
    let snippets = snippets();
    let questions: Vec<_> = snippets.iter().map(|snippet| json!({"text": snippet.text})).collect();
    let Some(answers) = ask_oracle(&questions, &[]) else {
        return;
    };
    for (Snippet { text, kept }, answer) in snippets.iter().zip(&answers) {
        let words = match answer["error"].as_array() {
            None => "ok".to_owned(),
            Some(error) => format!(
                "{} {}",
                error[0].as_str().unwrap_or("?"),
                error[1].as_str().unwrap_or("?")
            ),
        };
        let without_place: Vec<&str> = kept
            .splitn(3, ' ')
            .enumerate()
            .filter(|(at, _)| *at != 1)
            .map(|(_, w)| w)
            .collect();
        assert_eq!(without_place.join(" "), words, "{text}");
    }
}

#[test]
fn trees_of_any_depth_are_taken_or_refused_without_harm() {
    let deep = "maximum recursion depth exceeded during compilation";
    let chained = |length: usize| format!("({})", "1+".repeat(length) + "1");
    let cases = [
        ("-".repeat(2900) + "1", None),
        ("-".repeat(1_000_000) + "1", Some(deep)),
        ("not ".repeat(50_000) + "1", Some(deep)),
        ("lambda: ".repeat(50_000) + "1", Some(deep)),
        ("1 if 1 else ".repeat(50_000) + "1", Some(deep)),
        ("1".to_owned() + &"**1".repeat(50_000), Some(deep)),
        ("1".to_owned() + &"+1".repeat(1_000_000), Some(deep)),
        ("a".to_owned() + &".b".repeat(100_000), Some(deep)),
        ("a".to_owned() + &"[0]".repeat(100_000), Some(deep)),
        ("if a: b\n".to_owned() + &"elif a: b\n".repeat(20_000), Some(deep)),
        (
            "(".repeat(190) + &chained(2000) + &(")".to_owned() + &"+1".repeat(2000)).repeat(190),
            Some(deep),
        ),
        ("(".repeat(200) + "1" + &")".repeat(200), None),
        (
            "(".repeat(201) + "1" + &")".repeat(201),
            Some("too many nested parentheses"),
        ),
        ("[".repeat(100_000), Some("too many nested parentheses")),
        (format!("[{}]", "1,".repeat(200_000)), None),
        (format!("x = {}", "a < ".repeat(50_000) + "a"), None),
    ];
    for (text, expected) in cases {
        let error = pivot::syntax::parse(&text).err().map(|error| error.message);
        assert_eq!(error.as_deref(), expected, "{}...", &text[..20]);
    }
}

/// Windows of 400 bytes over all cases, begun at every character: none may hang or crash the parser.
#[test]
fn damaged_files_are_refused_in_peace() {
    let text = std::fs::read_to_string(root().join("tests/cases/syntax/errors.txt")).expect("cases");
    let text = text.replace('#', "\n");
    pivot::syntax::with_deep_stack(|| {
        for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let end = (at + 400..=text.len())
                .find(|&end| text.is_char_boundary(end))
                .unwrap_or(text.len());
            let _ = pivot::syntax::parse(&text[at..end]);
        }
    });
}
