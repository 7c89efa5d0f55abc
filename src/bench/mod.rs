//! Measures a vessel against CPython: whole runs of the script, the contenders in turn, medians.
//!
//! Contenders take turns (Python, sequential, parallel, Python, ...) so that a machine that grows hot or busy in the
//! middle slows all of them alike.

mod baseline;
mod energy;
mod process;
mod table;

pub use baseline::{Regression, regressions};
pub use process::{Run, RunError, run};
pub use table::{markdown, table};

use crate::vessel::Manifest;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is measured.
#[derive(Clone, Debug)]
pub struct Request {
    /// The vessel's folder.
    pub vessel: PathBuf,
    /// The interpreter to compare with.
    pub python: PathBuf,
    /// Arguments of the script.
    pub args: Vec<OsString>,
    pub iterations: u64,
    /// How many items one run works through; runs are counted where absent.
    pub items: Option<u64>,
    /// Threads of the parallel contender; all cores where absent.
    pub workers: Option<u64>,
    /// The time one run may take.
    pub limit: Duration,
    /// After so long no further round is begun; the first always is.
    pub budget: Option<Duration>,
}

/// What was measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    pub schema_version: u32,
    pub vessel: String,
    pub profile: String,
    pub args: Vec<String>,
    pub iterations: u64,
    pub items: Option<u64>,
    /// `printed`: the script's own `Time:` line on stderr; `wall`: from start to end of the process.
    pub clock: Clock,
    pub machine: Machine,
    /// Python first.
    pub contenders: Vec<Contender>,
    /// Contenders whose stdout was not Python's, byte for byte.
    pub different_output: Vec<String>,
}

impl Figures {
    /// How many times faster than Python a contender is.
    pub fn speedup_of(&self, contender: &str) -> Option<f64> {
        self.contenders
            .iter()
            .find(|other| other.name == contender)
            .map(|found| found.speedup)
    }
}

/// Which clock `time_ms` was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    Printed,
    Wall,
}

/// Where it was measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub system: String,
}

/// One row's worth of medians.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Contender {
    pub name: String,
    pub time_ms: f64,
    pub wall_ms: f64,
    /// Processor time over wall time, in percent: 200 is two busy cores.
    pub cpu_percent: f64,
    /// Peak resident memory.
    pub memory_bytes: Option<u64>,
    /// Items (or runs) a second.
    pub throughput: f64,
    /// How many times faster than Python.
    pub speedup: f64,
    /// None where the machine has no readable energy counter.
    pub energy_joules: Option<f64>,
}

/// Runs all contenders in turn and takes the medians.
///
/// # Errors
/// A contender cannot be started, fails, or takes longer than the limit.
pub fn measure(
    request: &Request,
    manifest: &Manifest,
    mut progress: impl FnMut(u64, u64, &str),
) -> Result<Figures, RunError> {
    let contenders = contenders(request, manifest);
    let mut runs: Vec<Vec<Run>> = contenders.iter().map(|_| Vec::new()).collect();
    let total = request.iterations * contenders.len() as u64;
    let started = Instant::now();
    for round in 0..request.iterations {
        if round > 0 && request.budget.is_some_and(|budget| started.elapsed() > budget) {
            break;
        }
        for (at, (name, command)) in contenders.iter().enumerate() {
            progress(round * contenders.len() as u64 + at as u64, total, name);
            runs[at].push(run(command, request.limit)?);
        }
    }
    Ok(figures(request, manifest, &contenders, &runs))
}

type Command = Vec<OsString>;

fn contenders(request: &Request, manifest: &Manifest) -> Vec<(&'static str, Command)> {
    let source = request.vessel.join(&manifest.source.path);
    let binary = request.vessel.join(&manifest.binary);
    let with_args = |head: Vec<OsString>| head.into_iter().chain(request.args.iter().cloned()).collect();
    let vessel = |mode: &str| {
        let mut head: Vec<OsString> = vec![binary.clone().into(), "--mode".into(), mode.into()];
        if let Some(workers) = request.workers.filter(|_| mode == "parallel") {
            head.extend(["--workers".into(), workers.to_string().into()]);
        }
        head.push("--".into());
        with_args(head)
    };
    vec![
        ("python", with_args(vec![request.python.clone().into(), source.into()])),
        ("sequential", vessel("sequential")),
        ("parallel", vessel("parallel")),
    ]
}

fn figures(request: &Request, manifest: &Manifest, contenders: &[(&str, Command)], runs: &[Vec<Run>]) -> Figures {
    let printed = runs.iter().flatten().all(|run| run.printed_ms.is_some());
    let clock = if printed { Clock::Printed } else { Clock::Wall };
    let time = |run: &Run| run.printed_ms.filter(|_| printed).unwrap_or(run.wall_ms);
    let python_ms = median(runs[0].iter().map(time));
    let medians = contenders.iter().zip(runs).map(|((name, _), runs)| {
        let time_ms = median(runs.iter().map(time));
        Contender {
            name: (*name).to_string(),
            time_ms,
            wall_ms: median(runs.iter().map(|run| run.wall_ms)),
            cpu_percent: median(runs.iter().map(Run::cpu_percent)),
            memory_bytes: runs.iter().filter_map(|run| run.peak_bytes).max(),
            throughput: request.items.unwrap_or(1) as f64 * 1000.0 / time_ms,
            speedup: python_ms / time_ms,
            energy_joules: runs
                .iter()
                .map(|run| run.joules)
                .collect::<Option<Vec<f64>>>()
                .map(|all| median(all.into_iter())),
        }
    });
    let different = contenders
        .iter()
        .zip(runs)
        .filter(|(_, other)| other.iter().any(|run| run.stdout != runs[0][0].stdout));
    Figures {
        schema_version: 1,
        vessel: manifest.name.clone(),
        profile: manifest.profile.clone(),
        args: request
            .args
            .iter()
            .map(|arg| arg.to_string_lossy().into_owned())
            .collect(),
        iterations: runs[0].len() as u64,
        items: request.items,
        clock,
        machine: Machine::this(),
        contenders: medians.collect(),
        different_output: different.map(|((name, _), _)| (*name).to_string()).collect(),
    }
}

/// The middle value, or the mean of the two middle ones.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => sorted[middle],
        _ => (sorted[middle - 1] + sorted[middle]) / 2.0,
    }
}

impl Machine {
    /// The machine this runs on.
    pub fn this() -> Machine {
        let cpuinfo = std::fs::read_to_string(Path::new("/proc/cpuinfo")).unwrap_or_default();
        let model = cpuinfo
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Machine {
            processor: model.map_or_else(|| std::env::consts::ARCH.into(), |(_, name)| name.trim().to_string()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: std::env::consts::OS.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), 2.5);
        assert!(median(std::iter::empty()).is_nan());
    }
}
