//! `pivot explain`: the source line by line, with what each line became and why.

use super::certify::confinement;
use super::console::Console;
use super::evolve::{Listener, failure};
use super::exit_code::Exit;
use super::failure::Failure;
use super::output;
use crate::compile::Stage;
use crate::config::{Options, Overrides};
use crate::diagnostics::{codes, pages};
use crate::evolve::{Line, Listing, Request, explain, stage};
use crate::vessel::Status;
use std::fmt::Write;
use std::path::PathBuf;

/// The names of `compile::Stage`.
const STEPS: [&str; 8] = [
    "lower",
    "comprehend",
    "inner",
    "generators",
    "split",
    "classes",
    "types",
    "parallel",
];

/// Show a file line by line: what became native, what stays in Python, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pivot explain process_files.py\n  pivot explain PV001")]
pub struct Args {
    /// A Python file, or the code of a diagnostic.
    #[arg(value_name = "FILE|CODE")]
    file: PathBuf,
    /// Only this function (`Class.method` for methods); may be given several times.
    #[arg(long = "function", value_name = "NAME")]
    functions: Vec<String>,
    /// The profile to explain for.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The CPython that the script is watched with.
    #[arg(long, value_name = "PROGRAM")]
    python: Option<String>,
    /// Show the program inside the compiler instead, as it is after this step.
    #[arg(long, value_name = "STEP", value_parser = STEPS, conflicts_with = "html")]
    print_after: Option<String>,
    /// Write a page for a browser.
    #[arg(long)]
    html: bool,
    /// Write to a file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let code = args.file.to_str().and_then(|name| codes::find(&name.to_uppercase()));
    if let Some(code) = code.filter(|_| !args.file.exists()) {
        output::emit(&pages::text(code), args.output.as_deref())?;
        return Ok(Exit::Done);
    }
    let overrides = Overrides {
        profile: args.profile.clone(),
        python: args.python.clone(),
        ..Overrides::default()
    };
    let request = Request {
        source: args.file.clone(),
        options: Options::resolve(&args.file, &overrides)?,
        only: args.functions.clone(),
        certify: false,
        measure: false,
        confinement: confinement(false),
    };
    if let Some(step) = args.print_after.as_deref().and_then(Stage::named) {
        let text = stage(&request, step, &Listener::new(console));
        output::emit(&text.map_err(|error| failure(error, console))?, args.output.as_deref())?;
        return Ok(Exit::Done);
    }
    let listing = explain(&request, &Listener::new(console));
    let listing = listing.map_err(|error| failure(error, console))?;
    let text = if args.html { page(&listing) } else { listed(&listing) };
    output::emit(&text, args.output.as_deref())?;
    Ok(Exit::Done)
}

fn mark(line: &Line) -> &'static str {
    match line.status {
        Some(Status::Native) if line.parallel => "N=",
        Some(Status::Native) => "N",
        Some(Status::Generic) if line.parallel => "G=",
        Some(Status::Generic) => "G",
        Some(Status::Python) => "P",
        None => "",
    }
}

const KEY: &str = "N native, G generic, P left in Python, = parallel loop";

fn listed(listing: &Listing) -> String {
    let width = listing.lines.len().to_string().len();
    let mut text = format!("{} ({KEY})\n\n", listing.file.path().display());
    for (number, line) in (1..).zip(&listing.lines) {
        let source = listing.file.line_text(number);
        let row = format!("{number:width$} {:2} | {source}", mark(line));
        let _ = writeln!(text, "{}", row.trim_end());
        let indent = source.len() - source.trim_start().len();
        for note in &line.notes {
            let _ = writeln!(text, "{:width$}    | {:indent$}^ {note}", "", "");
        }
    }
    text
}

const STYLE: &str = "body{font:14px/1.45 monospace;margin:2em;background:#fff;color:#222}\
pre{margin:0;white-space:pre-wrap}.n{background:#e2f4e2}.g{background:#fdf3d0}.p{background:#fbe0e0}\
.note{color:#555;font-style:italic;padding-left:6em}.no{color:#999}";

fn page(listing: &Listing) -> String {
    let title = escape(&listing.file.path().display().to_string());
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><h1>{title}</h1><p>{KEY}</p>\n"
    );
    let width = listing.lines.len().to_string().len();
    for (number, line) in (1..).zip(&listing.lines) {
        let class = mark(line).get(..1).unwrap_or_default().to_lowercase();
        let source = escape(listing.file.line_text(number));
        let _ = writeln!(
            text,
            "<pre class=\"{class}\"><span class=\"no\">{number:width$} {:2}</span> {source}</pre>",
            mark(line)
        );
        for note in &line.notes {
            let _ = writeln!(text, "<pre class=\"note\">{}</pre>", escape(note));
        }
    }
    text + "</body></html>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_compiler_can_be_asked_for() {
        assert_eq!(STEPS, Stage::ALL.map(Stage::name));
    }
    use crate::source::SourceFile;

    fn listing() -> Listing {
        let native = Line {
            status: Some(Status::Native),
            ..Line::default()
        };
        let parallel = Line {
            parallel: true,
            notes: vec!["a < b".into()],
            ..native.clone()
        };
        Listing {
            file: SourceFile::new("f.py", "def f():\n  for i in x:\n    g(i)"),
            lines: vec![native.clone(), parallel, native],
        }
    }

    #[test]
    fn notes_stand_under_their_line() {
        let expected =
            format!("f.py ({KEY})\n\n1 N  | def f():\n2 N= |   for i in x:\n     |   ^ a < b\n3 N  |     g(i)\n");
        assert_eq!(listed(&listing()), expected);
    }

    #[test]
    fn the_page_is_escaped() {
        let page = page(&listing());
        assert!(page.contains("a &lt; b") && page.contains("class=\"n\""), "{page}");
    }
}
