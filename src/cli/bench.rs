//! `pivot bench`: Python and its vessel, measured in turn.

use super::certify::manifest;
use super::console::Console;
use super::exit_code::Exit;
use super::failure::Failure;
use super::oracle::oracle;
use super::output;
use super::progress::Progress;
use crate::bench::{Figures, Request, RunError, markdown, measure, regressions, table};
use crate::config::{Options, Overrides};
use crate::vessel::Manifest;
use clap::ValueEnum;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Measure a vessel against Python: time, CPU, memory, throughput, speed-up, energy.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot bench vessels/process_files -- 1000000")]
pub struct Args {
    /// The vessel's folder.
    #[arg(value_name = "VESSEL")]
    vessel: PathBuf,
    /// Arguments of the script.
    #[arg(last = true, value_name = "ARGS")]
    args: Vec<OsString>,
    /// Runs of each contender; the medians count.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    iterations: Option<u64>,
    /// Items that one run works through, for the throughput; where the script's only argument is a whole number, that one.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    items: Option<u64>,
    /// Threads of the parallel contender.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=4096))]
    workers: Option<u64>,
    /// The CPython to compare with.
    #[arg(long, value_name = "PROGRAM")]
    python: Option<String>,
    /// Seconds one run may take.
    #[arg(long, value_name = "S", default_value_t = 600)]
    timeout: u64,
    /// Figures of an earlier run (`--format json`) to compare with.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// How much slower than the baseline is still allowed, in percent.
    #[arg(long, value_name = "PCT", default_value_t = 10.0, requires = "baseline")]
    max_regression: f64,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write the figures to a file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Markdown,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let manifest = runnable(&args.vessel)?;
    let baseline = args.baseline.as_deref().map(read_baseline).transpose()?;
    let figures = {
        let progress = Progress::new(console);
        progress.begin("measuring");
        let advance = |done, total, name: &str| progress.advance(done, Some(total), name);
        measure(&request(args, &manifest)?, &manifest, advance).map_err(run_failure)?
    };
    for name in &figures.different_output {
        console.complain(&format!("warning: stdout of `{name}` was not Python's, byte for byte"));
    }
    output::emit(&formatted(&figures, args.format), args.output.as_deref())?;
    let slower = baseline
        .map(|before| regressions(&before, &figures, args.max_regression))
        .unwrap_or_default();
    for regression in &slower {
        console.complain(&format!(
            "{} is {:.1} % slower than the baseline",
            regression.contender, regression.percent
        ));
    }
    Ok(if slower.is_empty() { Exit::Done } else { Exit::Regressed })
}

/// The manifest of a vessel that can be run.
fn runnable(vessel: &Path) -> Result<Manifest, Failure> {
    let manifest = manifest(vessel)?;
    if manifest.has_script {
        return Ok(manifest);
    }
    let message = format!("{} has no main block, so there is nothing to run", manifest.source.path);
    Err(Failure::usage(message).with_help("`pivot certify` calls its functions one by one"))
}

fn request(args: &Args, manifest: &Manifest) -> Result<Request, Failure> {
    let overrides = Overrides {
        python: args.python.clone(),
        iterations: args.iterations,
        ..Overrides::default()
    };
    let options = Options::resolve(&args.vessel.join(&manifest.source.path), &overrides)?;
    let python = oracle(&options)?;
    let vessel = std::path::absolute(&args.vessel).map_err(|error| Failure::input(&args.vessel, &error))?;
    Ok(Request {
        vessel,
        python,
        args: args.args.clone(),
        iterations: options.benchmark_iterations,
        items: args.items.or_else(|| only_number(&args.args)),
        workers: args.workers.or(options.workers),
        limit: Duration::from_secs(args.timeout),
        budget: None,
    })
}

fn only_number(args: &[OsString]) -> Option<u64> {
    match args {
        [only] => only.to_str()?.parse().ok().filter(|number| *number > 0),
        _ => None,
    }
}

fn read_baseline(path: &Path) -> Result<Figures, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::input(path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        let message = format!("{}: these are no figures of `pivot bench`: {error}", path.display());
        Failure::usage(message).with_help("`pivot bench VESSEL --format json --output FILE` writes them")
    })
}

fn run_failure(error: RunError) -> Failure {
    let exit = match error {
        RunError::Late { .. } => Exit::TimeLimit,
        RunError::Start { .. } => Exit::InputNotFound,
        RunError::Failed { .. } => Exit::NotAnalysed,
    };
    Failure::new(exit, error.to_string())
}

fn formatted(figures: &Figures, format: Format) -> String {
    match format {
        Format::Table => table(figures),
        Format::Markdown => markdown(figures),
        Format::Json => serde_json::to_string_pretty(figures).expect("figures are plain data") + "\n",
    }
}
