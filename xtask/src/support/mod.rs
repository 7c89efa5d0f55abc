//! The support table: what the compiler says of every construct, builtin, method and library function.
//!
//! Each construct is asked for by a small function that has it, each name by a function that uses it. The compiler
//! answers; nothing here says what is supported.

mod syntax;

use pivot::analysis::{Translator, find_functions};
use pivot::compile::{AnyImport, Verdicts};
use pivot::diagnostics::Diagnostic;
use pivot::ir::rows;
use pivot::resolve::library;
use pivot::source::SourceFile;
use pivot::syntax::parse;
use std::fmt::Write;
use std::path::Path;

const NAMES: &str = include_str!("names.table");

const INTRODUCTION: &str = "\
<!-- Written by `cargo run -p xtask -- generate`: the compiler's own answers. -->

# What is supported

**native**: has a form for values of known types. **generic**: translated, values carried with their types, just as exact.
**refused**: the function that has it stays in Python, with a diagnostic.

";

/// The page; None where CPython's library, which much of it rests on, is not at hand.
pub fn page() -> Option<String> {
    let library = pivot::build::Interpreter::find("python3").ok()?.library?;
    let library = Some(library).filter(|folder| folder.ends_with("python3.11"))?;
    let verdicts = Verdicts {
        library: Some(library),
        outlines: None,
        imports: &AnyImport,
    };
    let mut text = String::from(INTRODUCTION);
    text.push_str(&syntax::section(&verdicts));
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("builtins") => builtins(&verdicts, &words.collect::<Vec<_>>(), &mut text),
            Some("type") => methods(words.next()?, &words.collect::<Vec<_>>(), &mut text),
            Some("module") => module(&verdicts, words.next()?, &words.collect::<Vec<_>>(), &mut text),
            _ => {}
        }
    }
    Some(text)
}

/// What stands in the way of each function of the text, in their order.
fn blockers(verdicts: &Verdicts<'_>, text: &str) -> Vec<Vec<Diagnostic>> {
    let file = SourceFile::new(Path::new("asked.py"), text);
    let Ok(module) = parse(file.text()) else {
        panic!("the table asks with what is no Python: {text}");
    };
    let functions = find_functions(&module);
    verdicts.blockers(&file, &module, &functions)
}

fn builtins(verdicts: &Verdicts<'_>, names: &[&str], text: &mut String) {
    let asked: String = names
        .iter()
        .map(|name| format!("def f():\n    return {name}\n"))
        .collect();
    let refused = blockers(verdicts, &asked);
    let status = |at: usize| match (refused[at].is_empty(), rows::named(names[at]).is_empty()) {
        (false, _) => Status::Refused,
        (true, false) => Status::Native,
        (true, true) => Status::Generic,
    };
    let _ = writeln!(text, "\n## Builtins\n");
    list(names, status, text);
}

fn methods(of: &str, names: &[&str], text: &mut String) {
    let status = |at: usize| match (
        library::has_method(of, names[at]),
        rows::named(&format!("{of}.{}", names[at])).is_empty(),
    ) {
        (false, _) => Status::Refused,
        (true, false) => Status::Native,
        (true, true) => Status::Generic,
    };
    let _ = writeln!(text, "\n## Methods of {of}\n");
    list(names, status, text);
}

fn module(verdicts: &Verdicts<'_>, module: &str, names: &[&str], text: &mut String) {
    let asked: String = names
        .iter()
        .map(|name| format!("def f():\n    import {module}\n    return {module}.{name}\n"))
        .collect();
    let refused = blockers(verdicts, &asked);
    let status = |at: usize| match (
        refused[at].is_empty(),
        rows::named(&format!("{module}.{}", names[at])).is_empty(),
    ) {
        (false, _) => Status::Refused,
        (true, false) => Status::Native,
        (true, true) => Status::Generic,
    };
    let _ = writeln!(text, "\n## Module {module}\n");
    list(names, status, text);
}

#[derive(Clone, Copy, PartialEq)]
enum Status {
    Native,
    Generic,
    Refused,
}

/// The names by what becomes of them.
fn list(names: &[&str], status: impl Fn(usize) -> Status, text: &mut String) {
    for (wanted, word) in [
        (Status::Native, "native"),
        (Status::Generic, "generic"),
        (Status::Refused, "refused"),
    ] {
        let found: Vec<String> = (0..names.len())
            .filter(|at| status(*at) == wanted)
            .map(|at| format!("`{}`", names[at]))
            .collect();
        if !found.is_empty() {
            let _ = writeln!(text, "- {word} ({}): {}", found.len(), found.join(" "));
        }
    }
}
