//! The proof of a script as a whole: run with arguments, standard input and files, in CPython and as the vessel.
//!
//! A case is a command line (the case's arguments), what stands on standard input, and the files in the working folder.
//! Its outcome is the exit status, stdout, stderr without the frames of tracebacks, and the files afterwards.

mod cases;
pub mod outcome;
mod run;
mod shorten;

use run::Expected;
pub use run::{Original, Scripts};

use self::outcome::Outcome;
use super::case::Case;
use super::certificate::SCRIPT;
use super::compare::Difference;
use super::merkle::{self, Hash};
use super::oracle::ScriptNotes;
use super::prove::{Failure, Proof};
use std::collections::BTreeSet;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Failing cases that are made shorter and shown.
const SHOWN: usize = 3;

/// One way of running the vessel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    pub name: &'static str,
    /// Words before the script's own.
    options: &'static [&'static str],
    /// One thread more than there are cores.
    crowded: bool,
}

const AS_CALLED: Mode = Mode {
    name: "as called",
    options: &[],
    crowded: false,
};
const ON_TWO_THREADS: Mode = Mode {
    name: "two threads",
    options: &["--mode", "parallel", "--workers", "2"],
    crowded: false,
};
const ON_MORE_THREADS: Mode = Mode {
    name: "more threads than cores",
    options: &["--mode", "parallel"],
    crowded: true,
};

/// The ways in which a vessel's script is run.
pub fn modes(has_parallel_loops: bool) -> &'static [Mode] {
    const ALL: [Mode; 3] = [AS_CALLED, ON_TWO_THREADS, ON_MORE_THREADS];
    if has_parallel_loops { &ALL } else { &ALL[..1] }
}

/// What one case came to.
enum Verdict {
    SetAside(&'static str),
    Equal(Outcome),
    Different {
        mode: Mode,
        expected: Outcome,
        found: Outcome,
    },
}

struct Judged {
    verdict: Verdict,
    /// Lines of the file that the case ran.
    lines: BTreeSet<u32>,
}

/// What CPython does on the cases of a script, found out before the vessel is there; `enough` says when to stop.
///
/// # Errors
/// A process cannot be started, or a file not be written.
pub fn rehearse(original: &Original, notes: &ScriptNotes, seed: u64, enough: &dyn Fn() -> bool) -> io::Result<()> {
    let cases = cases::candidates(notes, &[], seed);
    let mut wanted = cases.iter().take_while(|_| !enough());
    wanted.try_for_each(|case| original.expected(case).map(drop))
}

/// Proves the script, so many cases at a time. `earlier` are cases that failed once; `tell` hears how many of how many
/// cases are done.
///
/// # Errors
/// A process cannot be started, or a file not be written.
pub fn prove(
    scripts: &Scripts,
    notes: &ScriptNotes,
    earlier: &[Case],
    modes: &[Mode],
    (seed, jobs): (u64, usize),
    tell: &(dyn Fn(usize, usize) + Sync),
) -> io::Result<Proof> {
    let cases = cases::candidates(notes, earlier, seed);
    let judged = judge_all(scripts, &cases, modes, jobs, tell)?;
    let mut proof = Proof {
        name: SCRIPT.to_string(),
        generated: cases.len(),
        run: cases.len(),
        modes: modes.iter().map(|mode| mode.name).collect(),
        ..Proof::default()
    };
    let mut hashes: [Vec<Hash>; 3] = Default::default();
    let mut failing = Vec::new();
    let mut lines = BTreeSet::new();
    for (case, judged) in cases.iter().zip(judged) {
        lines.extend(judged.lines);
        let bytes = case.encode();
        let (expected, found) = match judged.verdict {
            Verdict::SetAside(reason) => {
                *proof.set_aside.entry(reason.to_string()).or_default() += 1;
                continue;
            }
            Verdict::Equal(outcome) => (outcome.encode(), outcome.encode()),
            Verdict::Different { mode, expected, found } => {
                failing.push((case, mode));
                (expected.encode(), found.encode())
            }
        };
        hashes[0].push(merkle::leaf(&[&bytes]));
        hashes[1].push(merkle::leaf(&[&bytes, &expected]));
        hashes[2].push(merkle::leaf(&[&bytes, &found]));
    }
    proof.compared = hashes[0].len();
    proof.failures = failing.len();
    [proof.case_root, proof.oracle_root, proof.subject_root] = hashes.map(|leaves| merkle::root(&leaves));
    proof.branches = notes.lines.len();
    let missed = notes.lines.iter().filter(|line| !lines.contains(line));
    proof.missed = missed.map(|line| (*line, "line".to_string())).collect();
    proof.reached = proof.branches - proof.missed.len();
    for (case, mode) in failing.into_iter().take(SHOWN) {
        let shown = show(scripts, case, mode)?;
        if !proof.shown.iter().any(|known| known.call == shown.call) {
            proof.shown.push(shown);
        }
    }
    Ok(proof)
}

/// The verdicts in the order of the cases, whatever the number of jobs.
fn judge_all(
    scripts: &Scripts,
    cases: &[Case],
    modes: &[Mode],
    jobs: usize,
    tell: &(dyn Fn(usize, usize) + Sync),
) -> io::Result<Vec<Judged>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, io::Result<Judged>)>> = Mutex::default();
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = cases.get(at) else { return };
            let judged = judge(scripts, case, modes);
            let mut done = done.lock().expect("nobody panics while it holds the lock");
            done.push((at, judged));
            tell(done.len(), cases.len());
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, cases.len().max(1)) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().expect("nobody panics while it holds the lock");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, judged)| judged).collect()
}

fn judge(scripts: &Scripts, case: &Case, modes: &[Mode]) -> io::Result<Judged> {
    let (expected, lines) = match scripts.original.expected(case)? {
        Expected::Outcome { outcome, lines } => (outcome, lines),
        Expected::SetAside(reason) => {
            return Ok(Judged {
                verdict: Verdict::SetAside(reason),
                lines: BTreeSet::new(),
            });
        }
    };
    for mode in modes {
        let found = scripts.vessel(case, *mode)?;
        if found != expected {
            let (mode, verdict) = (*mode, expected);
            let verdict = Verdict::Different {
                mode,
                expected: verdict,
                found,
            };
            return Ok(Judged { verdict, lines });
        }
    }
    Ok(Judged {
        verdict: Verdict::Equal(expected),
        lines,
    })
}

fn show(scripts: &Scripts, case: &Case, mode: Mode) -> io::Result<Failure> {
    let differs = |case: &Case| {
        let expected = scripts.original.python(case)?;
        Ok(expected.proves_nothing().is_none() && scripts.vessel(case, mode)? != expected)
    };
    let case = shorten::shorten(case.clone(), &differs)?;
    let expected = scripts.original.python(&case)?;
    let found = scripts.vessel(&case, mode)?;
    let difference = expected
        .difference(&found)
        .map(|(path, oracle, subject)| Difference { path, oracle, subject });
    Ok(Failure {
        call: shorten::to_python_call(&case, scripts.original.file_name()),
        mode: mode.name,
        oracle: expected.describe(),
        subject: found.describe(),
        difference,
        case,
    })
}
