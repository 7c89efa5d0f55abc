//! What is left out because rustc refused it: a bug in pivot must not cost the user the whole vessel.

use crate::diagnostics::{Diagnostic, codes};
use crate::ir::FuncId;
use crate::source::Span;
use std::collections::BTreeSet;

/// Parts of a program that are not to be emitted.
#[derive(Clone, Debug, Default)]
pub struct Retreat {
    /// No native form at all.
    pub without_native: bool,
    /// These functions stay in Python.
    functions: BTreeSet<FuncId>,
}

/// Where a function stands in the generic file, for finding the one that rustc complains about.
#[derive(Clone, Debug)]
pub struct Emitted {
    pub id: FuncId,
    /// Its Rust name.
    pub name: String,
}

impl Retreat {
    /// What to leave out next, given rustc's words and the text of the generic file; None where nothing is left to
    /// give up.
    pub fn further(&self, words: &str, generic: &str, emitted: &[Emitted]) -> Option<Retreat> {
        let mut next = self.clone();
        if !self.without_native && words.contains("src/native.rs:") {
            next.without_native = true;
            return Some(next);
        }
        let lines: Vec<&str> = generic.lines().collect();
        let guilty = places(words).filter_map(|line| function_at(&lines, line));
        let before = next.functions.len();
        next.functions
            .extend(guilty.filter_map(|name| emitted.iter().find(|e| e.name == name).map(|e| e.id)));
        (next.functions.len() > before).then_some(next)
    }

    /// The functions left out, with what the report says of them.
    pub fn refusals(&self) -> impl Iterator<Item = (FuncId, Diagnostic)> {
        self.functions.iter().map(|id| {
            let message = "rustc refused the Rust made of it: a bug in pivot";
            let diagnostic = Diagnostic::error(&codes::REFUSED_BY_RUSTC, message, Span::default());
            (*id, diagnostic.with_help("please report it with the function's source"))
        })
    }
}

/// The lines of the generic file that rustc's errors point at.
fn places(words: &str) -> impl Iterator<Item = usize> {
    let arrows = words
        .lines()
        .filter_map(|l| l.trim_start().strip_prefix("--> src/generic.rs:"));
    arrows.filter_map(|place| place.split(':').next()?.parse().ok())
}

/// The function in which a line stands.
fn function_at<'a>(lines: &[&'a str], line: usize) -> Option<&'a str> {
    let above = lines.get(..line)?.iter().rev();
    let head = above.filter_map(|l| l.strip_prefix("pub fn ")).next()?;
    head.split('(').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "use x;\npub fn first(a: &Value) -> Result<Value> {\n    bad\n}\npub fn second() {\n}\n";

    fn emitted() -> Vec<Emitted> {
        let one = |id, name: &str| Emitted {
            id: FuncId(id),
            name: name.to_owned(),
        };
        vec![one(3, "first"), one(4, "second")]
    }

    #[test]
    fn native_forms_go_first_then_the_function_that_is_refused() {
        let start = Retreat::default();
        let next = start.further("error\n  --> src/native.rs:3:5", FILE, &emitted());
        assert!(next.is_some_and(|next| next.without_native && next.functions.is_empty()));
        let next = start.further("error\n  --> src/generic.rs:3:5", FILE, &emitted());
        let next = next.expect("a function can be given up");
        assert_eq!(next.functions.iter().collect::<Vec<_>>(), [&FuncId(3)]);
        assert!(next.further("  --> src/generic.rs:3:5", FILE, &emitted()).is_none());
    }

    #[test]
    fn words_about_other_files_leave_nothing_to_give_up() {
        assert!(
            Retreat::default()
                .further("  --> src/main.rs:3:5", FILE, &emitted())
                .is_none()
        );
    }
}
