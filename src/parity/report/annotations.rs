//! Workflow commands of GitHub Actions: an annotation on the Python line of everything that is not proven.

use crate::parity::certificate::{Certificate, Standing};

/// One command a line, for several vessels, each with the path of its source as seen from the repository's root.
pub fn annotations(certificates: &[(Certificate, String)]) -> String {
    let mut out = String::new();
    for (certificate, source) in certificates {
        for function in &certificate.functions {
            let kind = match function.verdict {
                Standing::Certified => continue,
                Standing::Refuted => "error",
                Standing::Incomplete => "warning",
            };
            let mut text = format!("{}: {}", function.name, function.reason);
            if let Some(failure) = function.failures.first() {
                text.push_str(&format!(
                    "\n{}\nPython {}\nvessel {}",
                    failure.call, failure.python, failure.rust
                ));
            }
            out.push_str(&format!(
                "::{kind} file={},line={},title=pivot::{}\n",
                property(source),
                function.line.max(1),
                escaped(&text)
            ));
        }
    }
    out
}

/// Line breaks would end the command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
