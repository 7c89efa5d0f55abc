//! `pivot certify`: the parity proof, again.

mod case;
mod which;

use super::console::Console;
use super::exit_code::Exit;
use super::failure::Failure;
use super::output;
use super::progress::Progress;
use crate::build::vessel_name;
use crate::cli::oracle::oracle;
use crate::config::{Options, Overrides};
use crate::parity::certificate::{Certificate, Standing};
use crate::parity::certify::{self, Request, Watch, certify, source_of};
use crate::parity::error::CertifyError;
use crate::parity::mutants::Score;
use crate::parity::oracle::OracleError;
use crate::parity::report;
use crate::parity::sandbox::Confinement;
use crate::parity::sign;
use crate::parity::verify::stale;
use crate::vessel::Manifest;
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Prove that vessels behave as their Python does, bit for bit.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pivot certify\n  pivot certify vessels/process_files --cases 5000\n  pivot certify --verify --format junit --output parity.xml"
)]
pub struct Args {
    /// Vessels, or Python files that have one; all vessels below this folder where none is named.
    #[arg(value_name = "VESSEL|FILE")]
    vessels: Vec<PathBuf>,
    /// Cases for each function.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    cases: Option<u64>,
    /// The seed the cases are drawn from.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Workers on each side; all cores where absent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1024))]
    jobs: Option<u64>,
    /// Seconds one case may take.
    #[arg(long, value_name = "S")]
    timeout: Option<f64>,
    /// Check the stored certificate against today's source, vessel and Python, and run exactly its cases again.
    #[arg(long, conflicts_with_all = ["cases", "seed"])]
    verify: bool,
    /// Let the user's functions write anywhere, start processes and use the network while they are called.
    #[arg(long)]
    no_sandbox: bool,
    /// Plant so many small faults in each certified vessel's code and report how many of them its cases refute.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    mutants: Option<u64>,
    /// Only vessels whose source or folder differs from this commit.
    #[arg(long, value_name = "REF")]
    changed_since: Option<String>,
    /// Only the K-th of N parts of the vessels, so that N machines can share the work.
    #[arg(long, value_name = "K/N", value_parser = which::shard)]
    shard: Option<(usize, usize)>,
    /// Sign the certificate with this Ed25519 key (PEM); with --verify, see --key.
    #[arg(long, value_name = "KEY", conflicts_with = "verify")]
    sign: Option<PathBuf>,
    /// With --verify: the public key (PEM) that the certificate has to be signed with.
    #[arg(long, value_name = "KEY", requires = "verify")]
    key: Option<PathBuf>,
    /// Show that one case belongs to the stored certificate: its number among a function's compared cases, from zero.
    #[arg(long, value_name = "FUNCTION:N", value_parser = case::wanted, conflicts_with_all = ["verify", "sign", "mutants"])]
    prove: Option<(String, usize)>,
    /// Check what --prove printed against the stored certificate; nothing is run.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["verify", "sign", "mutants", "prove"])]
    check_case: Option<PathBuf>,
    /// The CPython that decides what is right.
    #[arg(long, value_name = "PROGRAM")]
    python: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report to a file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Junit,
    /// An in-toto statement with the predicate Test Result.
    InToto,
}

/// One vessel's proof, with what the reports say about it.
struct Proven {
    certificate: Certificate,
    /// The source as seen from here.
    source: String,
    statistics: bool,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    if args.timeout.is_some_and(|timeout| !(timeout > 0.0 && timeout < 1e6)) {
        return Err(Failure::usage("--timeout takes seconds, more than none"));
    }
    if args.prove.is_some() || args.check_case.is_some() {
        return case::run(args, console);
    }
    let found = which::folders(args)?;
    let mut proven = Vec::new();
    let mut exit = Exit::Done;
    for vessel in &found.without_proof {
        let words = "the last build was refuted, and there is no vessel in its place";
        console.complain(&format!("{}: {words}", vessel.display()));
        exit = Exit::NotCertified;
    }
    for folder in &found.vessels {
        let folder = folder.as_path();
        match prove_one(args, folder, console) {
            Ok(one) => {
                if !one.certificate.certified() {
                    exit = exit.max(Exit::NotCertified);
                }
                proven.push(one);
            }
            Err(failure) if args.vessels.len() != 1 => {
                console.failure(&failure);
                exit = exit.max(failure.exit);
            }
            Err(failure) => return Err(failure),
        }
    }
    if proven.is_empty() && exit == Exit::Done {
        console.story("no vessel to certify");
    }
    output::emit(&formatted(args.format, &proven), args.output.as_deref())?;
    annotate(args, &proven)?;
    for one in &proven {
        let failures = report::failures(&one.certificate);
        if !failures.is_empty() {
            console.complain(&format!("\n{failures}"));
        }
    }
    Ok(exit)
}

/// On GitHub what is not proven is marked on its Python line, whatever the format of the report.
fn annotate(args: &Args, proven: &[Proven]) -> Result<(), Failure> {
    let on_github = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let machine_reads = args.format != Format::Text && args.output.is_none();
    if !on_github || machine_reads {
        return Ok(());
    }
    let with_source = proven.iter().map(|one| (one.certificate.clone(), one.source.clone()));
    output::emit(&report::annotations(&with_source.collect::<Vec<_>>()), None)
}

fn formatted(format: Format, proven: &[Proven]) -> String {
    let certificates = || proven.iter().map(|one| one.certificate.clone()).collect::<Vec<_>>();
    match format {
        Format::Text => {
            let many = proven.len() > 1;
            let block = |one: &Proven| {
                let head = if many {
                    format!("{}\n", one.certificate.name)
                } else {
                    String::new()
                };
                head + &report::text(&one.certificate, one.statistics)
            };
            proven.iter().map(block).collect::<Vec<_>>().join("\n")
        }
        Format::Json => match proven {
            [one] => one.certificate.to_json(),
            _ => serde_json::to_string_pretty(&certificates()).expect("certificates are plain data") + "\n",
        },
        Format::Sarif => {
            let with_source = proven.iter().map(|one| (one.certificate.clone(), one.source.clone()));
            report::sarif(&with_source.collect::<Vec<_>>())
        }
        Format::Junit => report::junit(&certificates()),
        Format::InToto => report::in_toto(&certificates()),
    }
}

// ---- one vessel ----

pub fn manifest(folder: &Path) -> Result<Manifest, Failure> {
    Manifest::read(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            let message = format!("{}: there is no vessel here", folder.display());
            Failure::new(Exit::InputNotFound, message).with_help("`pivot evolve FILE` makes one under vessels/")
        }
        _ => Failure::usage(format!("{}: {error}", folder.display())),
    })
}

fn prove_one(args: &Args, folder: &Path, console: &Console) -> Result<Proven, Failure> {
    let manifest = manifest(folder)?;
    let source = source_of(folder, &manifest);
    let options = options(args, &source, &manifest.profile)?;
    let python = oracle(&options)?;
    let stored = if args.verify { Some(stored(folder)?) } else { None };
    let request = Request {
        cases: stored
            .as_ref()
            .map_or(options.validation.cases as usize, |stored| stored.cases_wanted),
        seed: stored.as_ref().map_or(options.validation.seed, |stored| stored.seed),
        ..request(args, folder, &manifest, &python, &options)
    };
    let mut certificate = {
        let listener = Listener::new(console);
        listener.progress.begin("certifying");
        certify(&request, &listener).map_err(failure)?
    };
    let write = |certificate: &Certificate| {
        certificate
            .write(folder)
            .map_err(|error| Failure::input(folder, &error))
    };
    let built_from_another = certificate.source.sha256 != manifest.source.sha256 && !manifest.source.sha256.is_empty();
    if built_from_another {
        console.complain(&format!(
            "{}: stale: the source changed after the vessel was built; `pivot evolve` builds it anew",
            certificate.name
        ));
        certificate.verdict = certificate.verdict.max(Standing::Incomplete);
        certificate.seal();
    }
    match stored {
        Some(stored) => {
            let mut faults = stale(&stored, &certificate);
            if let Some(key) = &args.key {
                faults.extend(sign::fault(folder, key).map_err(|error| Failure::input(key, &error))?);
            }
            faults
                .iter()
                .for_each(|fault| console.complain(&format!("{}: {fault}", certificate.name)));
            if !faults.is_empty() {
                certificate.verdict = certificate.verdict.max(Standing::Incomplete);
            }
        }
        None => write(&certificate)?,
    }
    if let Some(count) = args.mutants
        && certificate.certified()
    {
        certificate.mutants = Some(plant(count as usize, &request, &options, console)?);
        if !args.verify {
            certificate.seal();
            write(&certificate)?;
        }
    }
    if let Some(key) = &args.sign {
        sign::sign(folder, key).map_err(|error| Failure::input(key, &error))?;
    }
    let source = source.canonicalize().unwrap_or(source);
    Ok(Proven {
        certificate,
        source: from_here(&source),
        statistics: options.validation.statistics,
    })
}

/// The vessel's faults, built as the vessel was.
fn plant(count: usize, request: &Request, options: &Options, console: &Console) -> Result<Score, Failure> {
    let progress = Progress::new(console);
    progress.begin("planting faults");
    let tell = |done: usize, total: usize| progress.advance(done as u64, Some(total as u64), "faults tried");
    certify::mutants(request, &options.profile, count, &tell).map_err(failure)
}

/// The proof that the arguments and the configuration ask for.
fn request<'a>(
    args: &Args,
    folder: &'a Path,
    manifest: &'a Manifest,
    python: &'a Path,
    options: &Options,
) -> Request<'a> {
    Request {
        folder,
        manifest,
        python,
        cases: options.validation.cases as usize,
        seed: options.validation.seed,
        jobs: args.jobs.map_or_else(cores, |jobs| jobs as usize),
        limit: Duration::from_secs_f64(options.validation.timeout),
        confinement: confinement(args.no_sandbox),
        only: &[],
        recording: None,
        ground: None,
    }
}

fn options(args: &Args, source: &Path, profile: &str) -> Result<Options, Failure> {
    let overrides = Overrides {
        profile: Some(profile.to_string()),
        cases: args.cases,
        seed: args.seed,
        timeout: args.timeout,
        python: args.python.clone(),
        ..Overrides::default()
    };
    Ok(Options::resolve(source, &overrides)?)
}

fn stored(folder: &Path) -> Result<Certificate, Failure> {
    Certificate::read(folder).map_err(|error| {
        let message = format!("{}: no certificate to verify: {error}", folder.display());
        Failure::new(Exit::NotCertified, message).with_help("`pivot certify` without --verify makes one")
    })
}

/// What workers may do, by the flag that asks for no sandbox.
pub fn confinement(no_sandbox: bool) -> Confinement {
    if no_sandbox {
        Confinement::None
    } else {
        Confinement::Full
    }
}

/// As many workers a side as there are cores.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn from_here(path: &Path) -> String {
    let here = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

struct Listener<'a> {
    console: &'a Console,
    progress: Progress,
    started: Instant,
}

impl<'a> Listener<'a> {
    fn new(console: &'a Console) -> Listener<'a> {
        Listener {
            console,
            progress: Progress::new(console),
            started: Instant::now(),
        }
    }
}

impl Watch for Listener<'_> {
    fn progress(&self, done: usize, total: usize, function: &str) {
        let rate = done as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        let note = format!("{function} ({rate:.0} cases/s)");
        self.progress.advance(done as u64, Some(total as u64), &note);
    }

    fn resumed(&self, functions: usize) {
        self.progress.clear();
        self.console.story(&format!(
            "going on after an interruption: {functions} functions are proven already"
        ));
    }
}

pub fn failure(error: CertifyError) -> Failure {
    let exit = match &error {
        CertifyError::Source(..) | CertifyError::Binary(..) => Exit::InputNotFound,
        CertifyError::Oracle(OracleError::Import(_)) => Exit::NotAnalysed,
        CertifyError::Oracle(OracleError::Late(_)) => Exit::TimeLimit,
        CertifyError::Oracle(_) | CertifyError::Io(_) => Exit::NotCertified,
        CertifyError::Mutants(_) => Exit::NotEvolved,
    };
    let help = match &error {
        CertifyError::Binary(..) => Some("build it again with `pivot evolve`"),
        CertifyError::Oracle(OracleError::Import(_)) => {
            Some("the CPython that decides (--python) has to be able to import it")
        }
        CertifyError::Oracle(OracleError::Late(_)) => {
            Some("put what takes long under `if __name__ == \"__main__\":`, or allow more with `validation.timeout`")
        }
        _ => None,
    };
    let failure = Failure::new(exit, error.to_string());
    match help {
        Some(help) => failure.with_help(help),
        None => failure,
    }
}
