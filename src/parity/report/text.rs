//! The block that certify shows on a terminal.

use std::fmt::Write;

use crate::parity::certificate::{Certificate, FailedCase, FunctionCertificate, SCRIPT, Standing};
use crate::parity::mutants::Score;
use crate::vessel::Status;

/// Characters of a root hash that are shown; the certificate holds them all.
const HASH_SHOWN: usize = 16;
/// Branches named before the rest is only counted.
const MISSED_SHOWN: usize = 6;

/// The verdict on a vessel: each function in a line, the counts, the hashes. `statistics` adds the bound.
pub fn text(certificate: &Certificate, statistics: bool) -> String {
    let mut out = String::new();
    let width = certificate
        .functions
        .iter()
        .map(|function| function.name.chars().count())
        .max()
        .unwrap_or(0);
    for function in &certificate.functions {
        function_line(function, width, &mut out);
    }
    if certificate.functions.len() > 1 {
        out.push('\n');
    }
    headline(certificate, &mut out);
    counts(certificate, statistics, &mut out);
    hashes(certificate, &mut out);
    if certificate.audit.starts_with("advisories") {
        line(&mut out, &format!("\nDependencies: {}", certificate.audit));
    }
    if let Some(score) = &certificate.mutants {
        mutants(score, &mut out);
    }
    out
}

/// How many planted faults were refuted, and which were not.
fn mutants(score: &Score, out: &mut String) {
    let tried = format!(
        "{} of {} planted faults refuted ({:.1}%)",
        score.refuted,
        score.planted,
        score.percent()
    );
    line(
        out,
        &format!("\nMutants: {tried}; rustc refused {} more", score.refused),
    );
    if score.unreached() > 0 {
        let words = "of the survivors are in code, or overflows, that no case comes by";
        line(out, &format!("  {} {words}", score.unreached()));
    }
    for survivor in &score.survivors {
        let place = format!("{}:{}", survivor.file, survivor.line);
        let fate = if survivor.reached { "survived" } else { "not reached" };
        line(out, &format!("  {fate} in {} ({place})", survivor.function));
        line(out, &format!("    - {}", shortened(&survivor.original)));
        line(out, &format!("    + {}", shortened(&survivor.fault)));
    }
}

/// The text's beginning, where it is long.
fn shortened(text: &str) -> String {
    const MOST: usize = 100;
    if text.chars().count() <= MOST {
        return text.to_string();
    }
    text.chars().take(MOST).collect::<String>() + "..."
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn function_line(function: &FunctionCertificate, width: usize, out: &mut String) {
    let mark = match function.verdict {
        Standing::Certified => "✓",
        Standing::Incomplete => "–",
        Standing::Refuted => "✗",
    };
    let coverage = &function.coverage;
    let natively = match function.status {
        Status::Native => format!(" ({} natively)", grouped(function.natively)),
        _ => String::new(),
    };
    let ways = if function.name == SCRIPT {
        "lines outside functions"
    } else {
        "branches"
    };
    let mut text = format!(
        "{mark} {:width$}  {} cases{natively}, {} of {} {ways}",
        function.name,
        grouped(function.counts.compared),
        coverage.reached,
        coverage.branches
    );
    if !function.reason.is_empty() {
        let _ = write!(text, ": {}", function.reason);
    }
    line(out, &text);
    if !coverage.missed.is_empty() {
        let named = coverage
            .missed
            .iter()
            .take(MISSED_SHOWN)
            .map(|missed| format!("{} ({})", missed.line, missed.branch));
        let mut list = named.collect::<Vec<_>>().join(", ");
        if coverage.missed.len() > MISSED_SHOWN {
            let _ = write!(list, " and {} more", coverage.missed.len() - MISSED_SHOWN);
        }
        line(out, &format!("  {:width$}  not reached: line {list}", ""));
    }
}

fn headline(certificate: &Certificate, out: &mut String) {
    let text = match certificate.verdict {
        Standing::Certified => "✓ Parity CERTIFIED",
        Standing::Incomplete => "– Parity NOT CERTIFIED: not everything could be proven",
        Standing::Refuted => "✗ Parity REFUTED",
    };
    line(out, text);
}

fn counts(certificate: &Certificate, statistics: bool, out: &mut String) {
    let counts = &certificate.counts;
    let exact = counts.failures == 0 && counts.compared > 0;
    line(out, &format!("  Test cases: {}", grouped(counts.compared)));
    line(out, &format!("  Failures: {}", grouped(counts.failures)));
    let deviation = if exact {
        "0.0% (bit-exact results)"
    } else {
        "results differ"
    };
    line(out, &format!("  Max deviation: {deviation}"));
    line(out, &format!("  Hash collisions: {}", certificate.hash_collisions));
    let verdict = if certificate.statistics.pass { "PASS" } else { "FAIL" };
    line(out, &format!("  Statistical validation: {verdict}"));
    if statistics && certificate.statistics.pass {
        let most = certificate
            .functions
            .iter()
            .filter(|function| function.name != SCRIPT)
            .map(|function| function.statistics.failing_share_below)
            .fold(0.0, f64::max);
        line(
            out,
            &format!(
                "    fewer than {:.2}% of each function's calls can fail (95% confidence)",
                most * 100.0
            ),
        );
    }
}

fn hashes(certificate: &Certificate, out: &mut String) {
    let same = certificate.python_sha256 == certificate.rust_sha256;
    let verdict = if same { "✓ MATCH" } else { "✗ DIFFERENT" };
    line(out, "\nHash Comparison:");
    line(
        out,
        &format!("  Python SHA256:  {}...", &certificate.python_sha256[..HASH_SHOWN]),
    );
    line(
        out,
        &format!(
            "  Rust SHA256:    {}... {verdict}",
            &certificate.rust_sha256[..HASH_SHOWN]
        ),
    );
}

/// The failing cases of a vessel as Python that can be pasted, each with what both sides did.
pub fn failures(certificate: &Certificate) -> String {
    let mut out = String::new();
    for function in &certificate.functions {
        for failure in &function.failures {
            if !out.is_empty() {
                out.push('\n');
            }
            if function.name != SCRIPT {
                line(&mut out, &format!("from {} import *", certificate.name));
            }
            failed(failure, &mut out);
        }
    }
    out
}

fn failed(failure: &FailedCase, out: &mut String) {
    line(out, &failure.call);
    line(out, &format!("# Python {}", commented(&failure.python)));
    line(
        out,
        &format!("# vessel {} ({})", commented(&failure.rust), failure.mode),
    );
    if !failure.differs_at.is_empty() {
        line(out, &format!("# first difference: {}", failure.differs_at));
    }
    let places = failure.rust_lines.iter();
    let places = places.map(|place| format!("{} lines {} to {}", place.file, place.line, place.end_line));
    let places = places.collect::<Vec<_>>().join(", ");
    if !places.is_empty() {
        line(out, &format!("# its Rust: {places}"));
    }
}

fn commented(text: &str) -> String {
    text.replace('\n', "\n# ")
}

/// A number with commas between thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
