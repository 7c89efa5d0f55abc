//! The whole path of `pivot evolve`: analyse, record, translate, build, certify, measure, publish.
//!
//! Nothing is printed here. A [`Watch`] hears what is going on; the [`Report`] says what came out.

mod error;
mod explain;
mod input;
mod measure;
mod phases;
mod report;
mod vessel;

pub use error::EvolveError;
pub use explain::{Line, Listing, explain};
pub use input::Input;
pub use phases::Phases;
pub use report::{FunctionReport, Report, ScriptSpeed, Verdict};

use crate::build::{
    BuildError, Built, Cache, Candidate, Lock, Package, Progress, Stage, Step, Toolchain, find_program, oracle_version,
    place_runtime, vessel_name,
};
use crate::compile::{self, Compiled};
use crate::config::Options;
use crate::parity::record::{self, Limits, Recording};
use crate::vessel::Status;
use std::path::{Path, PathBuf};
use std::thread;

/// What is asked for one file.
#[derive(Clone, Debug)]
pub struct Request {
    pub source: PathBuf,
    pub options: Options,
    /// Only these functions (qualified names); all where empty.
    pub only: Vec<String>,
    pub certify: bool,
    pub measure: bool,
}

/// Hears how the work goes on.
pub trait Watch: Sync {
    /// A phase begins: `compiling`, `certifying`...
    fn phase(&self, name: &'static str);
    /// The phase is this far; `note` says with what.
    fn progress(&self, done: usize, note: &str);
    /// Something the user should know.
    fn note(&self, text: &str);
}

/// What came out for one file.
#[derive(Debug)]
pub struct Outcome {
    pub report: Report,
    /// What cargo compiled, and how long each took; empty where the build was up to date.
    pub steps: Vec<Step>,
    /// Where a refuted vessel was left.
    pub aside: Option<PathBuf>,
}

/// Evolves one file.
///
/// # Errors
/// The file cannot be read or analysed, a program is missing, or the build fails. That no function could be evolved, or
/// that one was refuted, is no error here: the report says so. The last good vessel is untouched in each of these cases.
pub fn evolve(request: &Request, watch: &dyn Watch) -> Result<Outcome, EvolveError> {
    let mut phases = Phases::default();
    let input = phases.time("analyse", || Input::read(&request.source))?;
    check_names(&input, &request.only)?;
    let destination = destination(request)?;
    let (programs, recording) = phases.time("prepare", || prepare(&input, request, watch))?;
    let compiled = phases.time("translate", || translate(&input, request, recording.as_ref()));
    let mut report = Report::new(request, &compiled);
    if compiled
        .functions
        .iter()
        .all(|function| function.status == Status::Python)
    {
        report.finish(Verdict::NotEvolved, phases);
        return Ok(Outcome {
            report,
            steps: Vec::new(),
            aside: None,
        });
    }
    let job = Job {
        request,
        input: &input,
        compiled: &compiled,
        destination: &destination,
        programs,
    };
    job.carry_out(report, phases, watch)
}

/// The programs that a job needs, all found before any work is done.
struct Programs {
    toolchain: Toolchain,
    python_version: String,
    cache: Cache,
}

impl Programs {
    fn find(request: &Request) -> Result<Programs, BuildError> {
        thread::scope(|scope| {
            let python = scope.spawn(|| oracle_version(&request.options.python));
            let toolchain = Toolchain::find()?;
            let python_version = python.join().expect("asking for a version does not panic")?;
            Ok(Programs {
                toolchain,
                python_version,
                cache: Cache::of_user()?,
            })
        })
    }
}

/// A file that has something to build.
struct Job<'a> {
    request: &'a Request,
    input: &'a Input,
    compiled: &'a Compiled,
    destination: &'a Path,
    programs: Programs,
}

impl Job<'_> {
    fn carry_out(self, mut report: Report, mut phases: Phases, watch: &dyn Watch) -> Result<Outcome, EvolveError> {
        let waiting = || watch.note("another pivot is working on this vessel; waiting for it");
        let _lock = Lock::take(&self.programs.cache.vessel_lock(self.destination), waiting)?;
        let (stage, built) = phases.time("build", || self.build(watch))?;
        let candidate = phases.time("assemble", || self.assemble(&stage, &built))?;
        report.script = phases.time("measure", || measure::script(self.request, candidate.folder(), watch));
        phases.time("publish", || self.publish(candidate))?;
        report.vessel = Some(self.destination.to_path_buf());
        report.finish(Verdict::Evolved, phases);
        self.programs.cache.sweep();
        Ok(Outcome {
            report,
            steps: built.steps,
            aside: None,
        })
    }

    fn build(&self, watch: &dyn Watch) -> Result<(Stage, Built), BuildError> {
        watch.phase("compiling");
        let profile = &self.request.options.profile;
        let stage = Stage::open(
            &self.programs.cache,
            self.programs.toolchain.clone(),
            profile,
            self.destination,
        )?;
        let package = Package {
            vessel: &vessel_name(&self.request.source),
            source: &self.request.source,
            profile,
            code: &self.compiled.files,
            extra_flags: &[],
        };
        let waiting = || watch.note("another build with this profile is running; waiting for it");
        let built = stage.build(&package, waiting, &mut |step: &Progress| {
            watch.progress(step.done, &step.name)
        })?;
        Ok((stage, built))
    }

    fn assemble(&self, stage: &Stage, built: &Built) -> Result<Candidate, BuildError> {
        let candidate = Candidate::assemble(built, self.destination)?;
        let manifest = vessel::manifest(
            self.request,
            self.input,
            self.compiled,
            stage,
            &self.programs.python_version,
            candidate.folder(),
        );
        manifest
            .write(candidate.folder())
            .map_err(BuildError::io(candidate.folder()))?;
        Ok(candidate)
    }

    fn publish(&self, candidate: Candidate) -> Result<(), BuildError> {
        place_runtime(self.destination.parent().unwrap_or(Path::new(".")))?;
        candidate.publish()
    }
}

fn check_names(input: &Input, only: &[String]) -> Result<(), EvolveError> {
    let known = input.function_names();
    match only.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(EvolveError::NoFunction {
            name: name.clone(),
            known,
        }),
        None => Ok(()),
    }
}

/// Where the vessel will stand; refuses to overwrite that of another file.
fn destination(request: &Request) -> Result<PathBuf, EvolveError> {
    let path = request.options.output.join(vessel_name(&request.source));
    let path = std::path::absolute(&path).map_err(BuildError::io(&path))?;
    match vessel::other_source(&path, &request.source) {
        Some(other) => Err(EvolveError::Taken { vessel: path, other }),
        None => Ok(path),
    }
}

/// Asks the programs who they are while the script is being watched.
fn prepare(input: &Input, request: &Request, watch: &dyn Watch) -> Result<(Programs, Option<Recording>), BuildError> {
    thread::scope(|scope| {
        let programs = scope.spawn(|| Programs::find(request));
        let recording = record(input, request, watch);
        let programs = programs.join().expect("asking programs who they are does not panic")?;
        Ok((programs, recording))
    })
}

/// What is seen when the script is run; nothing where it cannot be run.
fn record(input: &Input, request: &Request, watch: &dyn Watch) -> Option<Recording> {
    let python = find_program(&request.options.python)?;
    watch.phase("watching the script run");
    match record::calls(&input.path, &python, Limits::default()) {
        Ok(recording) => Some(recording),
        Err(error) => {
            watch.note(&format!("no calls could be recorded: {error}"));
            None
        }
    }
}

fn translate(input: &Input, request: &Request, recording: Option<&Recording>) -> Compiled {
    compile::compile(&compile::Request {
        file: &input.file,
        module: &input.module,
        name: &vessel_name(&request.source),
        profile: &request.options.profile,
        asynchrony: request.options.asynchrony,
        workers: request.options.workers,
        only: &request.only,
        recording,
    })
}
