//! The report as a table for reading.

use crate::analysis::report::{Analysis, FileReport, FunctionReport};
use std::fmt::Write;

const HEADS: &[&str] = &[
    "FUNCTION", "LINE", "SCORE", "CYCLO", "COGN", "LOOPS", "ARITH", "CRYPTO", "I/O", "SHARE", "TARGET", "REASON",
];
/// The columns whose text is aligned to the left.
const LEFT: &[usize] = &[0, 10, 11];

pub(super) fn write(reports: &[FileReport]) -> String {
    let has_shares = reports.iter().any(|report| match report {
        FileReport::Analysed(analysis) => analysis.functions.iter().any(|function| function.share.is_some()),
        FileReport::Failed(_) => false,
    });
    let mut out = String::new();
    for report in reports {
        match report {
            FileReport::Analysed(analysis) => write_file(&mut out, analysis, has_shares),
            FileReport::Failed(failed) => {
                let line = failed
                    .error
                    .record
                    .line
                    .map(|line| format!(":{line}"))
                    .unwrap_or_default();
                let error = &failed.error;
                let _ = writeln!(
                    out,
                    "{}{line}\n  {}: {}\n",
                    failed.path, error.kind, error.record.message
                );
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn write_file(out: &mut String, analysis: &Analysis, has_shares: bool) {
    let _ = writeln!(out, "{}", analysis.path);
    if analysis.functions.is_empty() {
        out.push_str("  no functions\n\n");
        return;
    }
    let mut rows = vec![HEADS.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()];
    rows.extend(analysis.functions.iter().map(row));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    for row in &rows {
        let cells = row
            .iter()
            .enumerate()
            .filter(|&(column, _)| has_shares || HEADS[column] != "SHARE");
        let line: Vec<String> = cells
            .map(|(column, text)| padded(text, widths[column], LEFT.contains(&column)))
            .collect();
        let _ = writeln!(out, "  {}", line.join("  ").trim_end());
    }
    out.push('\n');
}

fn padded(text: &str, width: usize, to_left: bool) -> String {
    let blanks = " ".repeat(width.saturating_sub(text.chars().count()));
    if to_left {
        format!("{text}{blanks}")
    } else {
        format!("{blanks}{text}")
    }
}

fn row(function: &FunctionReport) -> Vec<String> {
    vec![
        function.name.clone(),
        function.line.to_string(),
        function.complexity.to_string(),
        function.cyclomatic.to_string(),
        function.cognitive.to_string(),
        function.loops.to_string(),
        function.arithmetic_ops.to_string(),
        function.crypto_ops.to_string(),
        function.io_ops.to_string(),
        function
            .share
            .map_or_else(String::new, |share| format!("{:.1}%", share * 100.0)),
        function.target.name().to_owned(),
        function.reason.clone(),
    ]
}
