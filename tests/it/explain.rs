//! `pivot explain CODE`: its pages are true.

use crate::support::{Job, Scratch, outcome, pivot};
use pivot::compile::compile;
use pivot::diagnostics::codes::Code;
use pivot::diagnostics::pages::PAGES;
use pivot::evolve::Input;
use pivot::resolve::library;
use std::collections::BTreeSet;
use std::process::Command;

/// The codes that pivot gives a file: those of the analysis, and those of the compiler.
fn codes_of(text: &str) -> BTreeSet<String> {
    let folder = Scratch::new();
    let path = folder.write("job.py", text);
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command
        .args(["analyze", "job.py", "--format", "sarif"])
        .current_dir(folder.path());
    let (_, stdout, _) = outcome(&command.output().expect("pivot starts"));
    let starts = stdout.match_indices("PV").map(|(at, _)| at);
    let mut found: BTreeSet<String> = starts
        .filter_map(|at| stdout.get(at..at + 5))
        .map(str::to_string)
        .collect();
    if Input::read(&path).is_err() {
        return found;
    }
    let compiled = compile(&Job::read(&path).request());
    let blockers = compiled
        .functions
        .iter()
        .flat_map(|function| &function.blockers)
        .chain(&compiled.script_blockers);
    found.extend(blockers.map(|blocker| blocker.code.clone()));
    found
}

fn shown_by_no_text(code: &Code) -> bool {
    ["PV003", "PV103", "PV107", "PV190"].contains(&code.id)
}

#[test]
fn the_python_on_each_page_gets_its_code() {
    let mut untrue = Vec::new();
    for page in PAGES {
        if page.example.is_empty() {
            assert!(shown_by_no_text(page.code), "{} wants an example", page.code.id);
            continue;
        }
        let found = codes_of(page.example);
        if !found.contains(page.code.id) {
            untrue.push((page.code.id, found));
        }
    }
    assert!(untrue.is_empty(), "{untrue:?}");
}

#[test]
fn a_code_is_explained_in_either_case_of_letters() {
    for name in ["PV105", "pv105"] {
        let (code, stdout, _) = outcome(&pivot(&["explain", name]));
        assert_eq!(code, 0);
        assert!(
            stdout.starts_with("PV105: ") && stdout.contains("Python that has it:\n\n    def f("),
            "{stdout}"
        );
    }
}

/// What is bound nowhere raises NameError; what CPython binds by itself must never be taken for that.
#[test]
fn every_name_that_cpython_binds_is_known() {
    let list = "import builtins; print(*dir(builtins))";
    let output = Command::new("python3")
        .args(["-c", list])
        .output()
        .expect("python3 starts");
    let names = String::from_utf8(output.stdout).expect("text");
    let bound_by_modules = ["__debug__", "__doc__", "__name__"];
    let unknown: Vec<&str> = names
        .split_whitespace()
        .filter(|name| !bound_by_modules.contains(name))
        .filter(|name| !library::has_builtin(name) && !library::is_known_elsewhere(name))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
