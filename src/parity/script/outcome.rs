//! What running a script did.

use crate::parity::form::{Encoder, Form, to_python};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Streams and files of more bytes than this are known by their digest.
const LARGEST: usize = 1 << 22;

/// How a process ended, and what it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub end: End,
    pub stdout: Vec<u8>,
    /// Without the frames of tracebacks, and without warnings, which name lines of the source.
    pub stderr: Vec<u8>,
    pub files: BTreeMap<String, Vec<u8>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Status(i32),
    /// A signal's end, in the system's words.
    Killed(String),
    Late,
}

impl Outcome {
    /// Why CPython's outcome says nothing of what is right; nothing where it does.
    pub fn proves_nothing(&self) -> Option<&'static str> {
        match &self.end {
            End::Late => Some("CPython ran too long"),
            End::Killed(_) => Some("CPython itself died"),
            End::Status(_) if self.last_line().starts_with("MemoryError") => Some("CPython ran out of memory"),
            End::Status(_) => None,
        }
    }

    fn last_line(&self) -> String {
        let text = String::from_utf8_lossy(&self.stderr);
        text.lines().last().unwrap_or_default().to_string()
    }

    /// The canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let files = self.files.iter();
        let files = files.map(|(name, content)| (Form::str(name), bounded(content)));
        let mut encoder = Encoder::default();
        encoder.put(&Form::Tuple(vec![
            self.end_form(),
            bounded(&self.stdout),
            bounded(&self.stderr),
            Form::Dict(files.collect()),
        ]));
        encoder.out
    }

    fn end_form(&self) -> Form {
        match &self.end {
            End::Status(status) => Form::int(*status),
            End::Killed(words) => Form::str(words),
            End::Late => Form::None,
        }
    }

    /// What was done, in words and Python.
    pub fn describe(&self) -> String {
        let mut text = match &self.end {
            End::Status(status) => format!("exited with {status}"),
            End::Killed(words) => format!("died: {words}"),
            End::Late => "did not end in time".to_string(),
        };
        for (what, bytes) in [("printed", &self.stdout), ("wrote on stderr", &self.stderr)] {
            if !bytes.is_empty() {
                text.push_str(&format!("; {what} {}", shown(bytes)));
            }
        }
        for name in self.files.keys() {
            text.push_str(&format!("; left {}", to_python(&Form::str(name))));
        }
        text
    }

    /// The first part in which another outcome differs, with what stands there on each side.
    pub fn difference(&self, other: &Outcome) -> Option<(String, String, String)> {
        if self.end != other.end {
            let (mine, theirs) = (to_python(&self.end_form()), to_python(&other.end_form()));
            return Some(("the exit status".to_string(), mine, theirs));
        }
        for (name, mine, theirs) in [
            ("stdout", &self.stdout, &other.stdout),
            ("stderr", &self.stderr, &other.stderr),
        ] {
            if mine != theirs {
                return Some(line_difference(name, mine, theirs));
            }
        }
        let names = self.files.keys().chain(other.files.keys());
        let differs = |name: &&String| self.files.get(*name) != other.files.get(*name);
        let name = names.into_iter().find(differs)?;
        let content = |files: &BTreeMap<String, Vec<u8>>| {
            let content = files.get(name).map(|content| shown(content));
            content.unwrap_or_else(|| "no such file".to_string())
        };
        Some((format!("the file {name}"), content(&self.files), content(&other.files)))
    }
}

fn line_difference(name: &str, mine: &[u8], theirs: &[u8]) -> (String, String, String) {
    let lines = |bytes: &[u8]| {
        bytes
            .split_inclusive(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>()
    };
    let (mine, theirs) = (lines(mine), lines(theirs));
    let same = mine.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    let at = |lines: &[Vec<u8>]| {
        let line = lines.get(same).map(|line| shown(line));
        line.unwrap_or_else(|| "nothing".to_string())
    };
    (format!("{name}, line {}", same + 1), at(&mine), at(&theirs))
}

/// Text as text, anything else as bytes.
fn shown(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() <= LARGEST => to_python(&Form::str(text)),
        _ => to_python(&bounded(bytes)),
    }
}

fn bounded(bytes: &[u8]) -> Form {
    if bytes.len() <= LARGEST {
        return Form::Bytes(bytes.to_vec());
    }
    let digest = crate::parity::merkle::hex(&Sha256::digest(bytes));
    Form::str(&format!("{} bytes, SHA-256 {digest}", bytes.len()))
}

/// What stands on stderr but for what tells lines of the source: frames below `Traceback`, and warnings.
pub fn without_places(stderr: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(stderr.len());
    let mut below_head = false;
    for line in stderr.split_inclusive(|byte| *byte == b'\n') {
        if below_head && line.starts_with(b"  ") {
            continue;
        }
        let warns = is_warning(line);
        below_head = warns || line.starts_with(b"Traceback (most recent call last):");
        if !warns {
            kept.extend(line);
        }
    }
    kept
}

/// `path:line: SomeWarning: text`
fn is_warning(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let mut parts = text.split(": ");
    let place = parts.next().and_then(|place| place.rsplit_once(':'));
    let has_line = place.is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    has_line && parts.next().is_some_and(|kind| kind.ends_with("Warning"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_warnings_are_left_out_of_stderr_and_all_else_stays() {
        let text = "note: kept\n/a/b.py:3: UserWarning: old\n  warn('old')\n  kept too\nTraceback (most recent call last):\n  File \
                    \"a\", line 1\n    1 / 0\n    ~~^~~\nZeroDivisionError: division by zero\n  in the message\n";
        // What is indented below a warning may be its source line; the vessel has none.
        let left =
            "note: kept\nTraceback (most recent call last):\nZeroDivisionError: division by zero\n  in the message\n";
        assert_eq!(String::from_utf8_lossy(&without_places(text.as_bytes())), left);
    }

    #[test]
    fn the_first_difference_is_named_by_its_line() {
        let outcome = |stdout: &str, status| Outcome {
            end: End::Status(status),
            stdout: stdout.as_bytes().to_vec(),
            stderr: Vec::new(),
            files: BTreeMap::new(),
        };
        let of = |a: Outcome, b: Outcome| a.difference(&b);
        assert_eq!(of(outcome("a\nb\n", 0), outcome("a\nb\n", 0)), None);
        let expected = ("stdout, line 2".to_string(), "'b\\n'".to_string(), "'c\\n'".to_string());
        assert_eq!(of(outcome("a\nb\n", 0), outcome("a\nc\n", 0)), Some(expected));
        let status = of(outcome("a", 0), outcome("b", 1)).map(|(path, ..)| path);
        assert_eq!(status.as_deref(), Some("the exit status"));
    }
}
