//! Where a function should run, and the strongest reason for it.

use super::loops::Loops;
use super::operations::Facts;
use super::report::Target;
use crate::diagnostics::Diagnostic;

pub(super) const CRYPTO: &str = "Cryptographic operations - Rust for safety + SIMD";
pub(super) const IO_BOUND: &str = "I/O bound - Rust async for concurrency";
pub(super) const BATCH: &str = "Batch processing - Rust with rayon for parallelism";
pub(super) const NUMERIC: &str = "Numeric loops - Rust for native arithmetic";
pub(super) const DATA: &str = "Data transformation - Rust for zero-cost abstractions";
pub(super) const GENERAL: &str = "General optimization - Rust for safety + speed";
pub(super) const TOO_SMALL: &str = "Too little work - the call into Rust would cost more than it saves";

/// What the verdict rests on.
pub(super) struct Evidence<'a> {
    pub facts: &'a Facts,
    pub loops: &'a Loops,
    pub parallel_loops: usize,
    pub blockers: &'a [Diagnostic],
    pub cyclomatic: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub target: Target,
    pub reason: String,
}

pub(super) fn decide(evidence: &Evidence) -> Verdict {
    if let Some(first) = evidence.blockers.first() {
        let reason = format!("Cannot be translated exactly - {} [{}]", first.message, first.code.id);
        return Verdict {
            target: Target::Python,
            reason,
        };
    }
    let (target, reason) = match strongest(evidence) {
        Some(reason) => (Target::Rust, reason),
        None if is_small(evidence) => (Target::Python, TOO_SMALL),
        None => (Target::Rust, GENERAL),
    };
    Verdict {
        target,
        reason: reason.to_owned(),
    }
}

fn strongest(evidence: &Evidence) -> Option<&'static str> {
    let facts = evidence.facts;
    if facts.crypto_ops > 0 {
        Some(CRYPTO)
    } else if facts.io_ops > 0 {
        Some(IO_BOUND)
    } else if evidence.parallel_loops > 0 {
        Some(BATCH)
    } else if evidence.loops.count > 0 && facts.arithmetic_ops > 0 {
        Some(NUMERIC)
    } else if evidence.loops.count > 0 || facts.builds_data {
        Some(DATA)
    } else {
        None
    }
}

/// Straight code without arithmetic: a getter, a constructor, a call passed on.
fn is_small(evidence: &Evidence) -> bool {
    evidence.cyclomatic == 1 && evidence.facts.arithmetic_ops <= 1
}
