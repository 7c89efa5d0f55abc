//! An in-toto statement (v1) with the predicate Test Result (v0.1): a certificate in the form that release tools attach
//! to artifacts and sign.

use serde_json::{Value, json};

use crate::parity::certificate::{Certificate, Standing};

/// One statement for each vessel; a list where there are several.
pub fn in_toto(certificates: &[Certificate]) -> String {
    let statements: Vec<Value> = certificates.iter().map(statement).collect();
    let text = match statements.as_slice() {
        [one] => serde_json::to_string_pretty(one),
        many => serde_json::to_string_pretty(many),
    };
    text.expect("a statement is plain data") + "\n"
}

fn statement(certificate: &Certificate) -> Value {
    let named = |standing| {
        let functions = certificate
            .functions
            .iter()
            .filter(move |function| function.verdict == standing);
        functions.map(|function| function.name.as_str()).collect::<Vec<_>>()
    };
    let result = match certificate.verdict {
        Standing::Certified => "PASSED",
        Standing::Incomplete => "WARNED",
        Standing::Refuted => "FAILED",
    };
    let part = |name: &str, sha256: &str| json!({"name": name, "digest": {"sha256": sha256}});
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [part(&certificate.vessel.path, &certificate.vessel.sha256)],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {
            "result": result,
            "configuration": [
                part(&certificate.source.path, &certificate.source.sha256),
                part("certificate", &certificate.digest),
                part("cases", &certificate.case_set_sha256),
                part("outcomes of CPython", &certificate.python_sha256),
                part("outcomes of the vessel", &certificate.rust_sha256),
            ],
            "passedTests": named(Standing::Certified),
            "warnedTests": named(Standing::Incomplete),
            "failedTests": named(Standing::Refuted),
        },
    })
}
