//! JUnit XML: a suite for each vessel, a test for each function.

use crate::parity::certificate::{Certificate, FunctionCertificate, Standing};

/// The report over several vessels.
pub fn junit(certificates: &[Certificate]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pivot certify\">\n");
    for certificate in certificates {
        suite(certificate, &mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(certificate: &Certificate, out: &mut String) {
    let count = |standing| {
        certificate
            .functions
            .iter()
            .filter(|function| function.verdict == standing)
            .count()
    };
    out.push_str(&format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
        escaped(&certificate.name),
        certificate.functions.len(),
        count(Standing::Refuted),
        count(Standing::Incomplete)
    ));
    certificate
        .functions
        .iter()
        .for_each(|function| test(&certificate.name, function, out));
    out.push_str("  </testsuite>\n");
}

fn test(vessel: &str, function: &FunctionCertificate, out: &mut String) {
    let head = format!(
        "    <testcase classname=\"{}\" name=\"{}\"",
        escaped(vessel),
        escaped(&function.name)
    );
    let element = match function.verdict {
        Standing::Certified => {
            out.push_str(&format!("{head}/>\n"));
            return;
        }
        Standing::Refuted => "failure",
        Standing::Incomplete => "error",
    };
    out.push_str(&format!(
        "{head}>\n      <{element} message=\"{}\">",
        escaped(&function.reason)
    ));
    for failure in &function.failures {
        let text = format!("{}\nPython {}\nvessel {}\n", failure.call, failure.python, failure.rust);
        out.push_str(&escaped(&text));
    }
    out.push_str(&format!("</{element}>\n    </testcase>\n"));
}

/// XML text; characters that XML cannot hold become a replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' | '\r' => out.push(character),
            c if (c as u32) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
