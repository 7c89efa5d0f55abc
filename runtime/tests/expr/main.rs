//! Expressions whose values and exceptions CPython told: the tables in this folder, a line each.
//!
//! `python3 answers.py` writes the answers anew; a case is added by writing its expression on a line of its own.

mod eval;
mod tokens;
mod tree;

use pivot_runtime::text;

/// What separates an expression from its answer.
const ARROW: &str = "  =>  ";

/// The value's repr, or the exception, with addresses left out.
fn answer(expression: &str) -> String {
    match eval::evaluate(&tree::parse(expression)).and_then(|value| text::repr(&value)) {
        Ok(repr) => without_addresses(&repr.to_rust_string()),
        Err(raised) => without_addresses(&format!("!! {}: {}", raised.type_name(), raised.message())),
    }
}

/// The text with `0x7f...` as `0x`.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(" at 0x");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

fn check(table: &str) {
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (expression, expected) = line.split_once(ARROW).expect("an expression and its answer");
        let got = answer(expression).escape_unprintable();
        if got != expected {
            wrong.push(format!("{expression}\n    CPython {expected}\n    runtime {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

trait Escape {
    fn escape_unprintable(&self) -> String;
}

impl Escape for String {
    /// Line breaks as the tables show them.
    fn escape_unprintable(&self) -> String {
        self.replace('\n', "\\n").replace('\r', "\\r")
    }
}

#[test]
fn builtins_answer_as_cpython() {
    check(include_str!("builtins.txt"));
}

#[test]
fn constructors_answer_as_cpython() {
    check(include_str!("constructors.txt"));
}

#[test]
fn methods_answer_as_cpython() {
    check(include_str!("methods.txt"));
}

#[test]
fn bytes_answer_as_cpython() {
    check(include_str!("octets.txt"));
}

/// A table of one's own, for sweeps: `TABLE=path cargo test --test expr -- --ignored`.
#[test]
#[ignore = "needs a table in TABLE"]
fn a_table_of_ones_own_answers_as_cpython() {
    let path = std::env::var("TABLE").expect("TABLE names a file");
    check(&std::fs::read_to_string(path).expect("the table can be read"));
}
