//! Patterns, their faults and what they find.

use super::table;
use pivot_runtime::lib::re::machine::{Machine, Mode, UNSET};
use pivot_runtime::lib::re::parse::parse;
use pivot_runtime::lib::re::program::compile;
use pivot_runtime::lib::re::tokens::Fault;

fn outcome(pattern: &[u32], text: &[u32], mode: Mode) -> Result<String, Fault> {
    let program = compile(&parse(pattern, true, 0)?)?;
    let found = Machine::new(&program, text, text.len()).find(0, mode, false);
    let Some(found) = found else { return Ok("None".into()) };
    let mut spans = format!("{},{}", found.start, found.end);
    for pair in found.marks.chunks(2) {
        let place = |mark: usize| if mark == UNSET { -1 } else { mark as i64 };
        spans.push_str(&format!(" {},{}", place(pair[0]), place(pair[1])));
    }
    Ok(format!("{spans} {}", found.last_index))
}

fn fault_text(fault: Fault, pattern: &[u32]) -> String {
    match fault {
        Fault::Pattern(message, None) => format!("error {message}"),
        Fault::Pattern(message, Some(place)) => {
            let line = pattern[..place].iter().filter(|&&c| c == 10).count() + 1;
            let column = place - pattern[..place].iter().rposition(|&c| c == 10).map_or(0, |at| at + 1) + 1;
            let lines = if pattern.contains(&10) {
                format!(" (line {line}, column {column})")
            } else {
                String::new()
            };
            format!("error {message} at position {place}{lines}")
        }
        Fault::Overflow(message) => format!("error OverflowError {message}"),
        Fault::Value(message) => format!("error ValueError {message}"),
        other => format!("{other:?}"),
    }
}

fn check(rows: &str) {
    let mut wrong = Vec::new();
    for row in rows.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let [mode, pattern, text, expected] = fields[..] else {
            panic!("bad row {row:?}")
        };
        let mode = match mode {
            "search" => Mode::Search,
            "match" => Mode::Match,
            _ => Mode::Full,
        };
        let points = table::points(pattern);
        let got = outcome(&points, &table::points(text), mode).unwrap_or_else(|fault| fault_text(fault, &points));
        if got != table::text(expected) {
            wrong.push(format!("{row}\n    got {got}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

#[test]
fn finds_what_cpython_finds() {
    check(include_str!("re_table.txt"));
}
