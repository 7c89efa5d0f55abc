//! SARIF 2.1.0: what is not proven, on the line of the Python function.

use serde_json::{Value, json};

use crate::parity::certificate::{Certificate, FunctionCertificate, Standing};

/// The report over several vessels, each with the path of its source as the reader should see it.
pub fn sarif(certificates: &[(Certificate, String)]) -> String {
    let results: Vec<Value> = certificates
        .iter()
        .flat_map(|(certificate, source)| results(certificate, source))
        .collect();
    let rules = [
        ("parity-refuted", "The vessel differs from CPython."),
        ("parity-incomplete", "The function could not be proven."),
    ];
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "pivot",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.map(|(id, text)| json!({"id": id, "shortDescription": {"text": text}})),
            }},
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&report).expect("a report is plain data") + "\n"
}

fn results(certificate: &Certificate, source: &str) -> Vec<Value> {
    let open = certificate
        .functions
        .iter()
        .filter(|function| function.verdict != Standing::Certified);
    open.map(|function| result(function, source)).collect()
}

fn result(function: &FunctionCertificate, source: &str) -> Value {
    let (rule, level) = match function.verdict {
        Standing::Refuted => ("parity-refuted", "error"),
        _ => ("parity-incomplete", "warning"),
    };
    let mut text = format!("{}: {}", function.name, function.reason);
    if let Some(failure) = function.failures.first() {
        text.push_str(&format!(
            "\n{}\nPython {}\nvessel {}",
            failure.call, failure.python, failure.rust
        ));
    }
    json!({
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": source},
            "region": {"startLine": function.line.max(1)},
        }}],
    })
}
