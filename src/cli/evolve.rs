//! `pivot evolve`: a native vessel for a Python file, certified and measured.

use super::certify::confinement;
use super::console::Console;
use super::exit_code::Exit;
use super::failure::{Failure, io_words};
use super::output;
use super::progress::Progress;
use super::story;
use crate::analysis::report::Analysis;
use crate::build::{BuildError, announce_interrupts, vessel_name};
use crate::config::{Options, Overrides};
use crate::diagnostics::render;
use crate::evolve::{EvolveError, Report, Request, Verdict, Watch, evolve};
use crate::source::ReadError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Build a native vessel of a Python file, certify it bit for bit and measure it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot evolve process_files.py --profile aggressive --target rust")]
pub struct Args {
    /// Python files; each becomes a vessel of its own.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// conservative, balanced, aggressive or experimental.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The language to evolve to: rust.
    #[arg(long, value_name = "LANGUAGE")]
    target: Option<String>,
    /// Only this function (`Class.method` for methods); may be given several times.
    #[arg(long = "function", value_name = "NAME")]
    functions: Vec<String>,
    /// The folder for vessels.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Cases to certify each function with.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    cases: Option<u64>,
    /// The seed the cases are drawn from.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The CPython that decides what is right.
    #[arg(long, value_name = "PROGRAM")]
    python: Option<String>,
    /// Do not prove that the vessel behaves as the Python does.
    #[arg(long)]
    no_certify: bool,
    /// Do not measure how much faster it is.
    #[arg(long)]
    no_bench: bool,
    /// Let the user's functions write anywhere, start processes and use the network while they are called.
    #[arg(long)]
    no_sandbox: bool,
    /// Issue independent file reads ahead.
    #[arg(long)]
    enable_async: bool,
    /// Build for most processors of the last decade, not only for this machine's.
    #[arg(long)]
    portable: bool,
    /// Train the build on the script's own run first (needs llvm-profdata; `pivot doctor` says whether it is there).
    #[arg(long)]
    pgo: bool,
    /// What to make; the binary stands in its crate, which comes with it.
    #[arg(
        long,
        value_name = "KIND",
        value_enum,
        value_delimiter = ',',
        default_value = "binary"
    )]
    emit: Vec<Emit>,
    /// Print the report as JSON on stdout.
    #[arg(long)]
    json: bool,
}

/// Kinds of product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Emit {
    Binary,
    Crate,
    Extension,
    Wheel,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    if args
        .emit
        .iter()
        .any(|kind| matches!(kind, Emit::Extension | Emit::Wheel))
    {
        let message = "this version of pivot makes no extension modules and no wheels yet";
        return Err(Failure::usage(message).with_help("--emit binary,crate"));
    }
    announce_interrupts();
    refuse_twins(&args.files)?;
    let mut reports = Vec::new();
    let mut worst = Exit::Done;
    for file in &args.files {
        let exit = match evolve_one(args, file, console) {
            Ok(report) => {
                let exit = exit_of(report.status);
                reports.push(report);
                exit
            }
            Err(failure) if args.files.len() > 1 => {
                console.failure(&failure);
                failure.exit
            }
            Err(failure) => return Err(failure),
        };
        worst = worst.max(exit);
    }
    if args.json {
        output::emit(&json(&reports, args.files.len() > 1), None)?;
    }
    Ok(worst)
}

fn exit_of(verdict: Verdict) -> Exit {
    match verdict {
        Verdict::Evolved => Exit::Done,
        Verdict::NotEvolved => Exit::NotEvolved,
        Verdict::Refuted => Exit::NotCertified,
    }
}

/// Two files of one name would overwrite each other's vessel.
fn refuse_twins(files: &[PathBuf]) -> Result<(), Failure> {
    let mut seen: BTreeMap<String, &Path> = BTreeMap::new();
    for file in files {
        if let Some(other) = seen.insert(vessel_name(file), file) {
            let message = format!(
                "{} and {} would become the same vessel",
                other.display(),
                file.display()
            );
            return Err(Failure::usage(message).with_help("evolve them one by one with different --out folders"));
        }
    }
    Ok(())
}

fn evolve_one(args: &Args, file: &Path, console: &Console) -> Result<Report, Failure> {
    let options = Options::resolve(file, &overrides(args))?;
    console.story(&format!("{} ({} profile)", file.display(), options.profile.name));
    let request = Request {
        source: file.to_path_buf(),
        options,
        only: args.functions.clone(),
        certify: !args.no_certify,
        measure: !args.no_bench,
        confinement: confinement(args.no_sandbox),
    };
    let statistics = request.options.validation.statistics;
    let outcome = evolve(&request, &Listener::new(console));
    let outcome = outcome.map_err(|error| failure(error, console))?;
    story::tell(&outcome, statistics, console);
    Ok(outcome.report)
}

fn overrides(args: &Args) -> Overrides {
    Overrides {
        profile: args.profile.clone(),
        target: args.target.clone(),
        output: args.out.clone(),
        cases: args.cases,
        seed: args.seed,
        python: args.python.clone(),
        enable_async: args.enable_async,
        portable: args.portable,
        pgo: args.pgo,
        ..Overrides::default()
    }
}

/// Shows on the terminal what the work reports.
pub struct Listener<'a> {
    console: &'a Console,
    progress: Progress,
}

impl<'a> Listener<'a> {
    pub fn new(console: &'a Console) -> Self {
        Listener {
            console,
            progress: Progress::new(console),
        }
    }
}

impl Watch for Listener<'_> {
    fn phase(&self, name: &'static str) {
        self.progress.begin(name);
    }

    fn progress(&self, done: usize, total: Option<usize>, note: &str) {
        self.progress
            .advance(done as u64, total.map(|total| total as u64), note);
    }

    fn analysed(&self, analysis: &Analysis) {
        for function in &analysis.functions {
            let (name, cost) = (&function.name, function.complexity);
            self.console
                .detail(&format!("  {name}: complexity {cost}, {}", function.reason));
        }
    }

    fn note(&self, text: &str) {
        self.progress.clear();
        self.console.story(text);
    }
}

fn json(reports: &[Report], many: bool) -> String {
    let text = match reports {
        [report] if !many => serde_json::to_string_pretty(report),
        reports => serde_json::to_string_pretty(reports),
    };
    text.expect("reports are plain data") + "\n"
}

pub fn failure(error: EvolveError, console: &Console) -> Failure {
    let message = error.to_string();
    match error {
        EvolveError::Folder(_) => {
            Failure::usage(message).with_help("evolve takes files; `pivot analyze FOLDER` says which are worth it")
        }
        EvolveError::Unreadable {
            path,
            error: ReadError::Io(error),
        } => Failure::input(&path, &error),
        EvolveError::Unreadable { .. } => Failure::new(Exit::NotAnalysed, message),
        EvolveError::Invalid { diagnostic, file } => {
            console.complain(&render(&diagnostic, &file, console.colour));
            Failure::new(
                Exit::NotAnalysed,
                format!("{} is not valid Python", file.path().display()),
            )
        }
        EvolveError::NoFunction { known, .. } => {
            let help = if known.is_empty() {
                "the file defines none".into()
            } else {
                format!("it has {}", known.join(", "))
            };
            Failure::usage(message).with_help(help)
        }
        EvolveError::Taken { .. } => Failure::usage(message).with_help("give another folder with --out, or remove it"),
        EvolveError::Build(error) => build_failure(&error),
        EvolveError::Certify(error) => super::certify::failure(error),
    }
}

pub fn build_failure(error: &BuildError) -> Failure {
    let message = match error {
        BuildError::Io { path, error } if !matches!(error.kind(), std::io::ErrorKind::StorageFull) => {
            format!("{}: {}", path.display(), io_words(error))
        }
        other => other.to_string(),
    };
    Failure::new(Exit::NotEvolved, message).with_help(error.help())
}
