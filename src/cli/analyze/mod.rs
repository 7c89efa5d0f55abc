//! `pivot analyze`: which functions are worth moving, and why.

mod discover;
mod gitignore;
mod sarif;
mod table;

use super::console::Console;
use super::exit_code::Exit;
use super::failure::{Failure, io_words};
use super::output;
use super::progress::Progress;
use crate::analysis;
use crate::analysis::profile::Profile;
use crate::analysis::report::{ErrorReport, Failed, FileReport};
use crate::build::Interpreter;
use crate::compile::{AnyImport, Outlines, Verdicts};
use crate::config::{Options, Overrides};
use crate::diagnostics::{Diagnostic, codes, render};
use crate::evolve::Asked;
use crate::source::{ReadError, SourceFile, Span};
use crate::syntax;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Score every function: is it worth moving to Rust, and why?
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pivot analyze file.py
  pivot analyze src/ --format table --min-complexity 5
  python3 -m cProfile -o run.prof file.py && pivot analyze file.py --profile-data run.prof")]
pub struct Args {
    /// Python files, or folders to search for them (.gitignore is respected).
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the report.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Leave out functions below this score.
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_complexity: u32,
    /// A cProfile dump: adds each function's measured share of run time.
    #[arg(long, value_name = "FILE")]
    profile_data: Option<PathBuf>,
    /// Write the report to this file instead of stdout.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Json,
    Table,
    Sarif,
}

/// So many files are judged with all of the library that each needs.
const FEW: usize = 4;

/// What came out of one file: its report, and what the user is told of a fault.
struct Outcome {
    report: FileReport,
    complaint: Option<String>,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let profile = args.profile_data.as_deref().map(read_profile).transpose()?;
    let found = discover::python_files(&args.paths);
    for failure in &found.missing {
        console.failure(failure);
    }
    let outcomes = analyse_all(&found.files, profile.as_ref(), console);
    let mut reports = Vec::with_capacity(outcomes.len());
    let mut failed = false;
    for outcome in outcomes {
        if let Some(complaint) = outcome.complaint {
            console.complain(&complaint);
            failed = true;
        }
        reports.push(trimmed(outcome.report, args.min_complexity));
    }
    let is_single = matches!(args.paths.as_slice(), [only] if !only.is_dir());
    if !(is_single && reports.is_empty()) {
        let written = |out: &mut dyn Write| write(out, args.format, &reports, is_single);
        output::emit_as_written(args.output.as_deref(), written)?;
    }
    Ok(match found.missing.iter().map(|failure| failure.exit).max() {
        Some(exit) => exit,
        None if failed => Exit::NotAnalysed,
        None => Exit::Done,
    })
}

fn read_profile(path: &Path) -> Result<Profile, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::input(path, &error))?;
    Profile::read(&bytes).map_err(|why| {
        Failure::usage(format!("{}: {why}", path.display()))
            .with_help("make one with: python3 -m cProfile -o FILE script.py")
    })
}

fn trimmed(mut report: FileReport, min_complexity: u32) -> FileReport {
    if let FileReport::Analysed(analysis) = &mut report {
        analysis
            .functions
            .retain(|function| function.complexity >= min_complexity);
    }
    report
}

fn write(out: &mut dyn Write, format: Format, reports: &[FileReport], is_single: bool) -> io::Result<()> {
    match (format, reports) {
        (Format::Table, _) => return out.write_all(table::write(reports).as_bytes()),
        (Format::Sarif, _) => serde_json::to_writer_pretty(&mut *out, &sarif::log(reports))?,
        (Format::Json, [only]) if is_single => serde_json::to_writer_pretty(&mut *out, only)?,
        (Format::Json, _) => serde_json::to_writer_pretty(&mut *out, reports)?,
    }
    out.write_all(b"\n")
}

/// The interpreter that `evolve` would take as its oracle.
fn oracle(files: &[PathBuf]) -> Option<Interpreter> {
    let options = files.first().map(|file| Options::resolve(file, &Overrides::default()));
    let name = match options {
        Some(Ok(options)) => options.python,
        _ => "python3".to_owned(),
    };
    Interpreter::find(&name).ok()
}

/// Analyses files on all cores; the outcomes are in the order of the files.
fn analyse_all(files: &[PathBuf], profile: Option<&Profile>, console: &Console) -> Vec<Outcome> {
    let progress = Progress::new(console);
    progress.begin("analysing");
    let python = oracle(files);
    let asked = Asked::new(python.as_ref());
    let many = files.len() > FEW;
    let verdicts = Verdicts {
        library: python.as_ref().and_then(|python| python.library.clone()),
        outlines: many.then(Outlines::default),
        imports: if many { &AnyImport } else { &asked },
    };
    let next = AtomicUsize::new(0);
    let outcomes: Mutex<Vec<Option<Outcome>>> = Mutex::new(files.iter().map(|_| None).collect());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = files.get(at) else { return };
            let outcome = analyse_file(path, profile, &verdicts, console.colour);
            outcomes.lock().expect("no worker panics while it holds the lock")[at] = Some(outcome);
        }
    };
    let workers = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| syntax::with_deep_stack(work));
        }
    });
    let outcomes = outcomes.into_inner().expect("no worker panics while it holds the lock");
    outcomes.into_iter().flatten().collect()
}

fn analyse_file(path: &Path, profile: Option<&Profile>, verdicts: &Verdicts<'_>, colour: bool) -> Outcome {
    let file = match SourceFile::read(path) {
        Ok(file) => file,
        Err(error) => return unreadable(path, &error, colour),
    };
    match syntax::parse(file.text()) {
        Ok(module) => Outcome {
            report: FileReport::Analysed(analysis::analyse(&file, &module, verdicts, profile)),
            complaint: None,
        },
        Err(error) => {
            let diagnostic = Diagnostic::error(&codes::SYNTAX_ERROR, error.to_string(), error.span);
            let mut record = diagnostic.to_record(&file);
            record.message = error.message;
            let text = record.line.map(|line| file.line_text(line).to_owned());
            failed(
                path,
                ErrorReport {
                    kind: error.kind.name().to_owned(),
                    record,
                    text,
                },
                &diagnostic,
                &file,
                colour,
            )
        }
    }
}

fn unreadable(path: &Path, error: &ReadError, colour: bool) -> Outcome {
    let (code, kind, message) = match error {
        ReadError::Decode(error) => (&codes::UNREADABLE_TEXT, "SyntaxError", error.message.clone()),
        ReadError::Io(error) => (&codes::UNREADABLE_FILE, "OSError", io_words(error)),
        ReadError::TooLarge => (&codes::UNREADABLE_FILE, "OSError", error.to_string()),
    };
    let file = SourceFile::new(path, "");
    let diagnostic = Diagnostic {
        span: None,
        ..Diagnostic::error(code, message, Span::default())
    };
    let mut record = diagnostic.to_record(&file);
    if let ReadError::Decode(error) = error {
        record.line = error.line;
    }
    failed(
        path,
        ErrorReport {
            kind: kind.to_owned(),
            record,
            text: None,
        },
        &diagnostic,
        &file,
        colour,
    )
}

fn failed(path: &Path, error: ErrorReport, diagnostic: &Diagnostic, file: &SourceFile, colour: bool) -> Outcome {
    Outcome {
        report: FileReport::Failed(Failed::new(path.display().to_string(), error)),
        complaint: Some(render(diagnostic, file, colour)),
    }
}
