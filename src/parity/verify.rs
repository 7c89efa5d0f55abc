//! Whether a stored certificate still holds: the same source, vessel, Python and runtime, unchanged by anyone, and
//! the same hashes when its cases are run again.

use super::certificate::Certificate;

/// What no longer holds of the stored certificate, given the one that today's run made; nothing where all does.
pub fn stale(stored: &Certificate, today: &Certificate) -> Vec<String> {
    let mut faults = Vec::new();
    if !stored.is_intact() {
        faults.push("the certificate was changed after it was written".to_string());
    }
    if !stored.certified() {
        faults.push("the stored certificate does not certify the vessel".to_string());
    }
    let pairs = [
        ("the source", &stored.source.sha256, &today.source.sha256),
        ("the vessel", &stored.vessel.sha256, &today.vessel.sha256),
        ("Python", &stored.python, &today.python),
        ("the C library", &stored.libm, &today.libm),
        ("the runtime", &stored.runtime_version, &today.runtime_version),
        ("pivot", &stored.pivot_version, &today.pivot_version),
        ("the set of cases", &stored.case_set_sha256, &today.case_set_sha256),
        (
            "the root hash of Python's outcomes",
            &stored.python_sha256,
            &today.python_sha256,
        ),
        (
            "the root hash of the vessel's outcomes",
            &stored.rust_sha256,
            &today.rust_sha256,
        ),
    ];
    let changed = pairs.into_iter().filter(|(_, then, now)| then != now);
    faults.extend(changed.map(|(what, then, now)| {
        format!(
            "{what} is not what was certified: then {}, now {}",
            short(then),
            short(now)
        )
    }));
    faults
}

fn short(text: &str) -> &str {
    if text.len() == 64 { &text[..16] } else { text }
}
