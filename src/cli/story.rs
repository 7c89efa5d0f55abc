//! What `pivot evolve` tells on the terminal once it is done.

use super::console::Console;
use crate::evolve::{FunctionReport, Outcome, Report, ScriptSpeed, Verdict};
use crate::parity::certificate::Certificate;
use crate::parity::report as proof;
use crate::vessel::{Blocker, Status};
use std::path::Path;

/// Tells what became of a file; `statistics` adds what share of failing calls the cases rule out.
pub fn tell(outcome: &Outcome, statistics: bool, console: &Console) {
    let report = &outcome.report;
    tell_functions(report, console);
    let is_told = report.status == Verdict::Evolved || report.functions.is_empty();
    if let Some(first) = report.script_blockers.first().filter(|_| is_told) {
        let place = format!("{}:{}:{}", report.source.display(), first.line, first.column);
        let words = match report.functions.is_empty() {
            true => "the script stays in Python",
            false => "the vessel offers functions only; as a script it stays in Python",
        };
        console.story(&format!("  {words}: {}: {} ({place})", first.code, first.message));
    }
    if let Some(certificate) = &outcome.certificate {
        tell_proof(certificate, statistics, console);
    }
    if let Some(words) = verdict(report) {
        console.complain(words);
    }
    if let Some(aside) = &outcome.aside {
        console.complain(&format!("the refuted vessel is kept in {}", shown(aside)));
    }
    if let Some(speed) = report.script {
        console.story(&speed_line(speed));
    }
    tell_times(outcome, console);
    if let Some(vessel) = &report.vessel {
        let seconds = report.phases.total().as_secs_f64();
        console.story(&format!("vessel: {} ({seconds:.1} s)", shown(vessel)));
    }
}

fn tell_functions(report: &Report, console: &Console) {
    let names = report.functions.iter().map(|function| function.name.chars().count());
    let width = names.max().unwrap_or(0);
    for function in &report.functions {
        console.story(&line(function, width));
        if function.status == Status::Python {
            function
                .blockers
                .iter()
                .for_each(|blocker| tell_blocker(blocker, report, width, console));
        }
    }
}

fn line(function: &FunctionReport, width: usize) -> String {
    let (status, what) = match function.status {
        Status::Native => ("native ", &function.signature),
        Status::Generic => ("generic", &function.signature),
        Status::Python => ("python ", &function.reason),
    };
    format!("  {:width$}  {status}  {what}", function.name)
        .trim_end()
        .to_string()
}

fn tell_blocker(blocker: &Blocker, report: &Report, width: usize, console: &Console) {
    let place = format!("{}:{}:{}", report.source.display(), blocker.line, blocker.column);
    console.story(&format!(
        "  {:width$}  {}: {} ({place})",
        "", blocker.code, blocker.message
    ));
    if !blocker.help.is_empty() {
        console.story(&format!("  {:width$}  help: {}", "", blocker.help));
    }
}

fn tell_proof(certificate: &Certificate, statistics: bool, console: &Console) {
    console.story(&format!("\n{}", proof::text(certificate, statistics)));
    let failures = proof::failures(certificate);
    if !failures.is_empty() {
        console.complain(&failures);
    }
}

fn verdict(report: &Report) -> Option<&'static str> {
    match report.status {
        Verdict::Evolved => None,
        Verdict::NotEvolved if report.functions.is_empty() => {
            Some("nothing to evolve: the file defines no function, and there is no script to run")
        }
        Verdict::NotEvolved => Some("no function could be evolved"),
        Verdict::Refuted => Some("parity was not certified; the last good vessel is as it was"),
    }
}

fn speed_line(speed: ScriptSpeed) -> String {
    let shown = |speed: Option<f64>| speed.map_or_else(|| "?".into(), |speed| format!("{speed:.2}x"));
    format!(
        "speed: {} CPython sequentially, {} in parallel",
        shown(speed.sequential),
        shown(speed.parallel)
    )
}

/// For `--verbose`: where the time went.
fn tell_times(outcome: &Outcome, console: &Console) {
    for (name, took) in outcome.report.phases.iter() {
        console.detail(&format!("  {name:10} {:7.3} s", took.as_secs_f64()));
        for step in outcome.steps.iter().filter(|_| name == "build") {
            console.detail(&format!("    {:30} {:7.3} s", step.name, step.took.as_secs_f64()));
        }
    }
}

/// A path as the user would type it from here.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}
