//! `analyze` says of each function what `evolve` will do with it.

use crate::support::{Job, Scratch, root};
use pivot::analysis::{Translator, find_functions};
use pivot::build::Interpreter;
use pivot::compile::{AnyImport, Outlines, Request, Verdicts, compile};
use pivot::evolve::Input;
use pivot::vessel::Status;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn python_files(folder: &str) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join(folder)).expect("cases");
    let mut paths: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "py"));
    paths.sort();
    paths
}

/// Whether each function of the file is translated, by its lines.
fn evolved(path: &Path, library: Option<&Path>) -> BTreeMap<(u32, u32), bool> {
    let job = Job::read(path);
    let compiled = compile(&Request {
        library,
        ..job.request()
    });
    let functions = compiled.functions.iter();
    functions.map(|f| (f.lines, f.status != Status::Python)).collect()
}

fn judged(path: &Path, verdicts: &Verdicts<'_>) -> BTreeMap<(u32, u32), bool> {
    let input = Input::read(path).expect("Python");
    let functions = find_functions(&input.module);
    let blockers = verdicts.blockers(&input.file, &input.module, &functions);
    let lines = functions
        .iter()
        .map(|f| (input.file.line(f.span.start), input.file.line(f.span.end)));
    lines.zip(blockers.iter().map(Vec::is_empty)).collect()
}

#[test]
fn analyze_and_evolve_agree() {
    let verdicts = Verdicts {
        library: Interpreter::find("python3").ok().and_then(|python| python.library),
        outlines: None,
        imports: &AnyImport,
    };
    let quick = Verdicts {
        library: verdicts.library.clone(),
        outlines: Some(Outlines::default()),
        imports: &AnyImport,
    };
    let folders = [
        "tests/cases/analyze",
        "tests/cases/analyze_many",
        "tests/cases/run",
        "tests/cases/stages",
        "examples/benchmarks",
    ];
    for path in folders.into_iter().flat_map(python_files) {
        let evolved = evolved(&path, verdicts.library.as_deref());
        let quickly = judged(&path, &quick);
        let judged = judged(&path, &verdicts);
        let lost = judged
            .iter()
            .find(|(lines, translatable)| **translatable && !quickly[*lines]);
        assert_eq!(lost, None, "{}: what is translatable is so in outline", path.display());
        for (lines, translated) in &evolved {
            assert_eq!(
                judged.get(lines),
                Some(translated),
                "{} lines {lines:?}",
                path.display()
            );
        }
        let unseen = judged.iter().filter(|(lines, _)| !evolved.contains_key(lines));
        assert!(
            unseen.into_iter().all(|(_, translatable)| !translatable),
            "{}",
            path.display()
        );
    }
}

#[test]
fn of_many_files_each_is_read_once_for_all_that_import_it() {
    let folder = Scratch::new();
    let user = "import shared\n\n\ndef f(n):\n    return shared.twice(n)\n\n\ndef g(n):\n    return shared.absent(n)\n";
    let users = ["first.py", "second.py"].map(|name| folder.write(name, user));
    folder.write(
        "shared.py",
        "import first\nimport second\n\n\ndef twice(n):\n    return n * 2\n",
    );
    let verdicts = Verdicts {
        library: None,
        outlines: Some(Outlines::default()),
        imports: &AnyImport,
    };
    let before = judged(&users[0], &verdicts);
    assert_eq!(before.values().copied().collect::<Vec<_>>(), [true, false]);
    folder.write("shared.py", "no Python at all");
    assert_eq!(judged(&users[1], &verdicts), before);
}
