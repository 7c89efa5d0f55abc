//! Cases in files: the calls recorded from the script, and those that once failed.
//!
//! One case a line: the function's name and the hexadecimal bytes of the case. Such files may be kept under version
//! control; they are read back exactly.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::case::Case;
use super::merkle::{hex, unhex};
use super::record::{Call, Recording};

/// Recorded calls, in the vessel's folder.
pub const CALLS: &str = "calls.cases";
/// Cases that failed once, in the vessel's folder.
pub const FAILING: &str = "failing.cases";

/// The cases of a file by function; `None` where there is no such file or it is damaged.
pub fn read(path: &Path) -> Option<BTreeMap<String, Vec<Case>>> {
    let text = fs::read_to_string(path).ok()?;
    let mut found: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for line in text.lines() {
        let (name, bytes) = line.split_once(' ')?;
        found
            .entry(name.to_string())
            .or_default()
            .push(Case::decode(&unhex(bytes)?)?);
    }
    Some(found)
}

/// Writes cases by function; the old file stays until the new one is complete.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, cases: &BTreeMap<String, Vec<Case>>) -> io::Result<()> {
    let mut text = String::new();
    for (name, cases) in cases {
        for case in cases {
            text.push_str(&format!("{name} {}\n", hex(&case.encode())));
        }
    }
    let beside = path.with_extension(format!("part{}", std::process::id()));
    fs::write(&beside, text)?;
    fs::rename(beside, path)
}

/// The cases of a recording.
pub fn of_recording(recording: &Recording) -> BTreeMap<String, Vec<Case>> {
    let functions = recording.functions.iter();
    functions
        .map(|(name, recorded)| (name.clone(), recorded.calls.iter().map(case).collect()))
        .collect()
}

pub fn case(call: &Call) -> Case {
    Case {
        args: call.args.clone(),
        kwargs: call.kwargs.clone(),
        files: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parity::form::Form;
    use crate::parity::scratch::Scratch;

    #[test]
    fn cases_come_back_from_their_file() {
        let folder = Scratch::new("kept-test").unwrap();
        let shared = Form::Shared(2, Box::new(Form::List(vec![Form::float(-0.0)])));
        let case = Case {
            args: vec![shared.clone(), shared],
            kwargs: vec![("k".to_string(), Form::str("v"))],
            files: vec![("a.txt".to_string(), b"x".to_vec())],
        };
        let cases = BTreeMap::from([("C.f".to_string(), vec![case])]);
        let path = folder.path().join(CALLS);
        write(&path, &cases).unwrap();
        let found = read(&path).unwrap();
        assert_eq!(found["C.f"][0].encode(), cases["C.f"][0].encode());
        assert_eq!(found["C.f"][0].files, cases["C.f"][0].files);
        fs::write(&path, "f zz\n").unwrap();
        assert!(read(&path).is_none());
    }
}
