//! The report as a SARIF 2.1.0 log: faults as errors, blockers as warnings, functions worth moving as notes.

use crate::analysis::report::{Analysis, Failed, FileReport, FunctionReport, Target};
use crate::diagnostics::{Record, codes};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn log(reports: &[FileReport]) -> Value {
    let mut results = Vec::new();
    for report in reports {
        match report {
            FileReport::Analysed(analysis) => add_functions(analysis, &mut results),
            FileReport::Failed(failed) => results.push(fault(failed)),
        }
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "pivot",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(&results),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// The rules that the results name.
fn rules(results: &[Value]) -> Vec<Value> {
    let used: BTreeSet<&str> = results.iter().filter_map(|result| result["ruleId"].as_str()).collect();
    let described = used.into_iter().filter_map(codes::find).map(|code| {
        json!({
            "id": code.id,
            "shortDescription": {"text": code.title},
            "fullDescription": {"text": code.explanation},
        })
    });
    described.collect()
}

fn add_functions(analysis: &Analysis, results: &mut Vec<Value>) {
    for function in &analysis.functions {
        if function.target == Target::Rust {
            results.push(candidate(&analysis.path, function));
        }
        results.extend(function.blockers.iter().map(|blocker| {
            let blocker = &blocker.record;
            let message = format!("{}: {}", function.name, blocker.message);
            result(&blocker.code, "warning", &message, &analysis.path, region(blocker))
        }));
    }
}

fn candidate(path: &str, function: &FunctionReport) -> Value {
    let message = format!(
        "{} (complexity {}): {}",
        function.name, function.complexity, function.reason
    );
    let region = json!({"startLine": function.line, "endLine": function.end_line});
    result(codes::WORTH_MOVING.id, "note", &message, path, Some(region))
}

fn fault(failed: &Failed) -> Value {
    let record = &failed.error.record;
    let message = format!("{}: {}", failed.error.kind, record.message);
    result(&record.code, "error", &message, &failed.path, region(record))
}

fn region(record: &Record) -> Option<Value> {
    let (line, column) = (record.line?, record.column?);
    Some(json!({
        "startLine": line,
        "startColumn": column,
        "endLine": record.end_line.unwrap_or(line),
        "endColumn": record.end_column.unwrap_or(column),
    }))
}

fn result(rule: &str, level: &str, message: &str, path: &str, region: Option<Value>) -> Value {
    let mut location = json!({"artifactLocation": {"uri": uri(path)}});
    if let Some(region) = region {
        location["region"] = region;
    }
    json!({
        "ruleId": rule,
        "level": level,
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    })
}

/// A path as a relative or `file:` URI.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded: String = path
        .bytes()
        .map(|byte| {
            if is_plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    if path.starts_with('/') {
        format!("file://{encoded}")
    } else {
        encoded
    }
}
