//! The whole path of `pivot evolve`: analyse, record, translate, build, certify, measure, publish.
//!
//! Nothing is printed here. A [`Watch`] hears what is going on; the [`Report`] says what came out.

mod certify;
mod error;
mod explain;
mod imports;
mod input;
mod job;
mod measure;
mod phases;
mod places;
mod report;
mod train;
mod vessel;

pub use error::EvolveError;
pub use explain::{Line, Listing, explain, stage};
pub use imports::Asked;
pub use input::Input;
pub use phases::Phases;
pub use report::{FunctionReport, Report, ScriptSpeed, Verdict};

use crate::analysis::report::Analysis;
use crate::build::{BuildError, Interpreter, Step, vessel_name};
use crate::compile::{self, Compiled, Retreat};
use crate::config::Options;
use crate::parity::certificate::Certificate;
use crate::parity::record::{self, Limits, Recording};
use crate::parity::sandbox::Confinement;
use crate::vessel::Status;
use job::{Job, Programs};
use std::path::PathBuf;
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
    /// What workers may do to the machine while they call the user's functions.
    pub confinement: Confinement,
}

/// Hears how the work goes on.
pub trait Watch: Sync {
    /// A phase begins: `compiling`, `certifying`...
    fn phase(&self, name: &'static str);
    /// The phase is this far, of so much where that is known; `note` says with what.
    fn progress(&self, done: usize, total: Option<usize>, note: &str);
    /// What each function costs, does and is worth.
    fn analysed(&self, analysis: &Analysis);
    /// Something the user should know.
    fn note(&self, text: &str);
}

/// What came out for one file.
#[derive(Debug)]
pub struct Outcome {
    pub report: Report,
    /// The proof, where it was made.
    pub certificate: Option<Certificate>,
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
    let input = phases.time("read", || Input::read(&request.source))?;
    let python = phases.time("prepare", || Interpreter::find(&request.options.python));
    let verdicts = compile::Verdicts {
        library: library_of(python.as_ref().ok()),
        outlines: None,
        imports: &Asked::new(python.as_ref().ok()),
    };
    watch.analysed(&phases.time("analyse", || input.analysis(&verdicts)));
    check_names(&input, &request.only)?;
    let destination = destination(request)?;
    // Who has neither Rust nor Python is told of Rust first.
    let python = &python.or_else(|error| Programs::find().and(Err(error)))?;
    let (programs, recording) = phases.time("record", || prepare(&input, request, python, watch))?;
    let source = Source {
        input: &input,
        request,
        python: Some(python),
        recording: recording.as_ref(),
    };
    let compiled = phases.time("translate", || translate(&source, &Retreat::default()));
    let mut report = Report::new(request, &compiled);
    if !has_something(&input, &compiled) {
        report.finish(Verdict::NotEvolved, phases);
        return Ok(Outcome {
            report,
            certificate: None,
            steps: Vec::new(),
            aside: None,
        });
    }
    let job = Job {
        request,
        input: &input,
        compiled,
        destination: &destination,
        recording: recording.as_ref(),
        python,
        programs,
    };
    job.carry_out(report, phases, watch)
}

/// There is a function to call, or a script to run where the file has statements only.
fn has_something(input: &Input, compiled: &Compiled) -> bool {
    let mut functions = compiled.functions.iter();
    let is_script = functions.len() == 0 && compiled.script && !input.module.body.is_empty();
    is_script || functions.any(|function| function.status != Status::Python)
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

/// Asks the programs who they are, and CPython whether it can import the file, while the script is being watched.
fn prepare(
    input: &Input,
    request: &Request,
    python: &Interpreter,
    watch: &dyn Watch,
) -> Result<(Programs, Option<Recording>), EvolveError> {
    thread::scope(|scope| {
        let programs = scope.spawn(Programs::find);
        let import = scope.spawn(|| {
            if request.certify {
                certify::importable(request, &input.path, python)
            } else {
                Ok(())
            }
        });
        let recording = record(input, request, python, watch);
        let programs = programs.join().expect("asking programs who they are does not panic")?;
        import.join().expect("asking for an import does not panic")?;
        Ok((programs, recording))
    })
}

/// What is seen when the script is run; nothing where it cannot be run.
fn record(input: &Input, request: &Request, python: &Interpreter, watch: &dyn Watch) -> Option<Recording> {
    watch.phase("watching the script run");
    match record::calls(&input.path, &python.program, Limits::default(), request.confinement) {
        Ok(recording) => Some(recording),
        Err(error) => {
            watch.note(&format!("no calls could be recorded: {error}"));
            None
        }
    }
}

/// What there is to compile, and all that is known of it.
struct Source<'a> {
    input: &'a Input,
    request: &'a Request,
    /// The oracle, where it is there to be asked.
    python: Option<&'a Interpreter>,
    /// What was seen when the script ran.
    recording: Option<&'a Recording>,
}

fn library_of(python: Option<&Interpreter>) -> Option<PathBuf> {
    python.and_then(|python| python.library.clone())
}

fn translate(source: &Source<'_>, retreat: &Retreat) -> Compiled {
    translate_watched(source, retreat, &mut |_, _| {})
}

/// Compiles, and shows the program after each step.
fn translate_watched(source: &Source<'_>, retreat: &Retreat, watch: &mut compile::Watch<'_>) -> Compiled {
    let Source {
        input,
        request,
        python,
        recording,
    } = *source;
    let library = library_of(python);
    let request = compile::Request {
        file: &input.file,
        module: &input.module,
        name: &vessel_name(&request.source),
        profile: &request.options.profile,
        asynchrony: request.options.asynchrony,
        workers: request.options.workers,
        only: &request.only,
        recording,
        library: library.as_deref(),
        imports: &Asked::new(python),
        retreat,
    };
    compile::compile_watched(&request, watch)
}
