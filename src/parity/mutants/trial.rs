//! Each fault against the cases: the first difference refutes it.

use std::io;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::build::Built;
use super::plant::VARIABLE;
use super::sites::Fault;
use crate::parity::case::Case;
use crate::parity::compare::{Verdict, compare};
use crate::parity::protocol;
use crate::parity::subject::Vessel;
use crate::parity::worker::{Launch, Reply, Worker};

/// The cases of one function's proof, with what CPython did.
pub struct Exhibit {
    /// The function's qualified name.
    pub function: String,
    pub cases: Vec<Case>,
    pub expected: Vec<Reply>,
    /// How the vessel is run: the flags of each mode.
    pub modes: Vec<u8>,
}

/// Everything that faults are tried on.
pub struct Bench {
    pub exhibits: Vec<Exhibit>,
    /// Workers at a time.
    pub jobs: usize,
    /// How long one case may take; a fault that hangs is refuted after it.
    pub limit: Duration,
}

/// Cases tried first: most faults show at once, and a worker that hangs is waited for only once.
const FIRST: usize = 24;
const LATER: usize = 200;

/// What became of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Refuted,
    Survived,
    /// It survived because no case came by its place.
    Unreached,
}

/// The fate of each fault.
pub fn run(built: &Built, bench: &Bench, tell: &dyn Fn(usize, usize)) -> io::Result<Vec<Fate>> {
    let vessel = Vessel::new(&built.executable)?;
    let total = built.faults.len();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let verdicts: Vec<Mutex<io::Result<Fate>>> = (0..total).map(|_| Mutex::new(Ok(Fate::Survived))).collect();
    let work = || loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some(fault) = built.faults.get(at) else { return };
        let launch = Planted {
            vessel: &vessel,
            number: at + 1,
            trap: false,
        };
        let verdict = fate(fault, launch, bench);
        *verdicts[at].lock().expect("trying does not panic") = verdict;
        done.fetch_add(1, Ordering::Relaxed);
    };
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..bench.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        while !handles.iter().all(|handle| handle.is_finished()) {
            tell(done.load(Ordering::Relaxed), total);
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let verdict = |one: Mutex<io::Result<Fate>>| one.into_inner().expect("trying does not panic");
    verdicts.into_iter().map(verdict).collect()
}

/// The vessel with one fault active.
struct Planted<'a> {
    vessel: &'a Vessel,
    number: usize,
    /// Dies where the fault is reached.
    trap: bool,
}

impl Launch for Planted<'_> {
    fn command(&self) -> io::Result<Command> {
        let mut command = self.vessel.command()?;
        let trap = if self.trap { "!" } else { "" };
        command.env(VARIABLE, format!("{trap}{}", self.number));
        Ok(command)
    }
}

fn fate(fault: &Fault, launch: Planted, bench: &Bench) -> io::Result<Fate> {
    if refuted(fault, &launch, bench)? {
        return Ok(Fate::Refuted);
    }
    let trap = Planted { trap: true, ..launch };
    match refuted(fault, &trap, bench)? {
        true => Ok(Fate::Survived),
        false => Ok(Fate::Unreached),
    }
}

/// The function's own cases first, then those of all others, which may call it.
fn refuted(fault: &Fault, launch: &Planted, bench: &Bench) -> io::Result<bool> {
    let mut worker = Worker::new(launch, bench.limit);
    let (own, others): (Vec<_>, Vec<_>) = bench.exhibits.iter().partition(|one| one.function == fault.function);
    for exhibit in own.into_iter().chain(others) {
        worker.prepare(&protocol::select(&exhibit.function));
        for mode in in_order(&exhibit.modes, &fault.file) {
            if differs(exhibit, mode, &mut worker)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A fault in the generic version shows first where that version is called.
fn in_order(modes: &[u8], file: &str) -> Vec<u8> {
    let mut modes = modes.to_vec();
    if file == "generic.rs" {
        modes.reverse();
    }
    modes
}

fn differs(exhibit: &Exhibit, mode: u8, worker: &mut Worker) -> io::Result<bool> {
    let mut at = 0;
    while at < exhibit.cases.len() {
        let end = exhibit.cases.len().min(at + if at == 0 { FIRST } else { LATER });
        let requests: Vec<Vec<u8>> = exhibit.cases[at..end]
            .iter()
            .map(|case| protocol::call(case, mode))
            .collect();
        let replies = worker.ask_until_trouble(&requests)?;
        let troubled = replies.len() < requests.len();
        let pairs = exhibit.expected[at..end].iter().zip(&replies);
        if troubled
            || pairs
                .into_iter()
                .any(|(expected, found)| compare(expected, found) == Verdict::Different)
        {
            return Ok(true);
        }
        at = end;
    }
    Ok(false)
}
