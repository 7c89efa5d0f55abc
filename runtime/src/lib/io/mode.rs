//! The mode string of `open`.

use crate::exc::{self, Result};

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    pub read: bool,
    pub write: bool,
    pub create: bool,
    pub append: bool,
    pub truncate: bool,
    pub binary: bool,
    pub update: bool,
}

/// Reads a mode.
///
/// # Errors
/// ValueError, worded as CPython does.
pub fn parse(text: &str) -> Result<Mode> {
    let invalid = || exc::value_error(&format!("invalid mode: '{text}'"));
    let mut seen = String::new();
    for c in text.chars() {
        if !"xrwabt+".contains(c) || seen.contains(c) {
            return Err(invalid());
        }
        seen.push(c);
    }
    let has = |c: char| seen.contains(c);
    if has('t') && has('b') {
        return Err(exc::value_error("can't have text and binary mode at once"));
    }
    match ['x', 'r', 'w', 'a'].iter().filter(|&&c| has(c)).count() {
        1 => {}
        0 => {
            return Err(exc::value_error(
                "Must have exactly one of create/read/write/append mode and at most one plus",
            ));
        }
        _ => {
            return Err(exc::value_error(
                "must have exactly one of create/read/write/append mode",
            ));
        }
    }
    let update = has('+');
    Ok(Mode {
        read: has('r') || update,
        write: !has('r') || update,
        create: has('x'),
        append: has('a'),
        truncate: has('w'),
        binary: has('b'),
        update,
    })
}
