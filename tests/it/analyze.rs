//! `pivot analyze` through the real command.

use crate::schema::validate;
use crate::support::{Scratch, outcome, pivot, root};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn schema() -> Value {
    let text = std::fs::read_to_string(root().join("docs/schemas/analyze.json")).expect("the schema");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// Runs `pivot analyze` with the given arguments; its report must fit the schema.
fn analyze(args: &[&str]) -> (i32, Value, String) {
    let (code, stdout, stderr) = outcome(&pivot(&[&["analyze"], args].concat()));
    let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}\n{stderr}"));
    validate(&report, &schema()).unwrap_or_else(|fault| panic!("the report breaks its schema: {fault}"));
    (code, report, stderr)
}

fn function<'a>(report: &'a Value, name: &str) -> &'a Value {
    let functions = report["functions"].as_array().expect("functions");
    functions
        .iter()
        .find(|function| function["name"] == name)
        .unwrap_or_else(|| panic!("no function {name}"))
}

fn utf8(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

#[test]
fn the_example_has_the_documented_figures() {
    let (code, report, _) = analyze(&["examples/02-batch-processing/process_files.py"]);
    assert_eq!(
        (code, &report["status"], &report["source"]),
        (0, &"ANALYZED".into(), &"PYTHON".into())
    );
    let batch = function(&report, "process_batch");
    assert_eq!(batch["complexity"], 12);
    assert_eq!(batch["has_loops"], true);
    assert_eq!((&batch["crypto_ops"], &batch["io_ops"]), (&1.into(), &0.into()));
    assert_eq!(batch["target"], "RUST");
    assert_eq!(batch["reason"], "Cryptographic operations - Rust for safety + SIMD");
    let files = function(&report, "process_file_batch");
    assert_eq!((&files["complexity"], &files["io_ops"]), (&8.into(), &2.into()));
    assert_eq!(files["reason"], "I/O bound - Rust async for concurrency");
}

#[test]
fn the_core_keys_come_first_and_in_the_documented_order() {
    let (_, stdout, _) = outcome(&pivot(&["analyze", "examples/02-batch-processing/process_files.py"]));
    let keys = [
        "name",
        "complexity",
        "has_loops",
        "crypto_ops",
        "io_ops",
        "target",
        "reason",
        "qualified_name",
    ];
    let places: Vec<_> = keys
        .iter()
        .map(|key| stdout.find(&format!("\"{key}\":")).expect(key))
        .collect();
    assert!(places.is_sorted(), "{stdout}");
}

/// One line a function: what the snapshots hold.
fn summary(function: &Value) -> String {
    let flag = |name: &str| {
        if function[name] == true {
            format!(" {name}")
        } else {
            String::new()
        }
    };
    let flags: String = [
        "has_loops",
        "is_async",
        "is_generator",
        "recursive",
        "pure",
        "translatable",
    ]
    .map(flag)
    .concat();
    let blockers: Vec<String> = function["blockers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|b| format!("{}@{}:{}", b["code"].as_str().unwrap_or("?"), b["line"], b["column"]))
        .collect();
    format!(
        "{} [{}-{}] complexity={} cyclomatic={} cognitive={} loops={}/{} arithmetic={} crypto={} io={}{flags}\n    \
         calls={} parallel={} blockers={}\n    {}: {}\n",
        function["name"].as_str().unwrap_or("?"),
        function["line"],
        function["end_line"],
        function["complexity"],
        function["cyclomatic"],
        function["cognitive"],
        function["loops"],
        function["loop_depth"],
        function["arithmetic_ops"],
        function["crypto_ops"],
        function["io_ops"],
        function["calls"],
        function["parallel_loops"],
        blockers.join(","),
        function["target"].as_str().unwrap_or("?"),
        function["reason"].as_str().unwrap_or("?"),
    )
}

#[test]
fn every_case_has_its_kept_analysis() {
    let folder = root().join("tests/cases/analyze");
    let mut entries: Vec<_> = std::fs::read_dir(&folder)
        .expect("cases")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.retain(|path| path.extension().is_some_and(|end| end == "py") && !path.ends_with("peers.py"));
    entries.sort();
    assert!(!entries.is_empty());
    for path in entries {
        let (code, report, _) = analyze(&[utf8(&path)]);
        assert_eq!(code, 0);
        let got: String = report["functions"]
            .as_array()
            .into_iter()
            .flatten()
            .map(summary)
            .collect();
        let kept = path.with_extension("txt");
        if std::env::var_os("PIVOT_BLESS").is_some() {
            std::fs::write(&kept, &got).expect("blessed");
        }
        let expected = std::fs::read_to_string(&kept).unwrap_or_default();
        assert_eq!(
            got,
            expected,
            "{}: PIVOT_BLESS=1 keeps the new analysis",
            path.display()
        );
    }
}

#[test]
fn the_score_follows_the_documented_formula() {
    let (_, report, _) = analyze(&["tests/cases/analyze"]);
    for file in report.as_array().expect("a folder gives a list") {
        for function in file["functions"].as_array().into_iter().flatten() {
            let count = |key: &str| function[key].as_u64().expect(key);
            let expected = count("cyclomatic")
                + 2 * count("loops")
                + 4 * count("crypto_ops")
                + count("io_ops")
                + count("arithmetic_ops");
            assert_eq!(count("complexity"), expected, "{}", function["name"]);
            assert_eq!(function["has_loops"].as_bool(), Some(count("loops") > 0));
            assert_eq!(
                function["translatable"].as_bool(),
                function["blockers"].as_array().map(Vec::is_empty)
            );
        }
    }
}

#[test]
fn a_syntax_error_is_told_with_its_place_and_line() {
    let scratch = Scratch::new();
    let path = scratch.write("bad.py", "def f():\n    é = (1 +\n    return é\n");
    let (code, report, stderr) = analyze(&[utf8(&path)]);
    assert_eq!(code, 3);
    let error = &report["error"];
    assert_eq!(
        (&report["status"], &error["kind"]),
        (&"error".into(), &"SyntaxError".into())
    );
    assert_eq!(
        (&error["message"], &error["text"]),
        (&"'(' was never closed".into(), &"    é = (1 +".into())
    );
    assert_eq!((&error["line"], &error["column"]), (&2.into(), &9.into()));
    assert!(
        stderr.contains("error[PV001]: SyntaxError: '(' was never closed"),
        "{stderr}"
    );
    assert!(
        stderr.contains("bad.py:2:9") && stderr.contains("\n   |         ^\n"),
        "{stderr}"
    );
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let scratch = Scratch::new();
    let bad = scratch.write("bad.py", b"x = '\xff'\n");
    let good = scratch.write("good.py", "def f(): pass\n");
    let (code, report, stderr) = analyze(&[utf8(&bad), utf8(&good)]);
    assert_eq!(code, 3);
    assert_eq!(
        (&report[0]["status"], &report[1]["status"]),
        (&"error".into(), &"ANALYZED".into())
    );
    assert_eq!(report[0]["error"]["code"], "PV002");
    assert!(
        stderr.contains("Non-UTF-8 code starting with '\\xff' on line 1"),
        "{stderr}"
    );
}

#[test]
fn input_that_is_not_there_is_exit_8_and_the_rest_is_reported() {
    let scratch = Scratch::new();
    let good = scratch.write("good.py", "");
    let (code, report, stderr) = analyze(&[utf8(&good), "no/such/file.py"]);
    assert_eq!(code, 8);
    assert_eq!(report.as_array().map(Vec::len), Some(1));
    assert!(
        stderr.contains("no/such/file.py: No such file or directory"),
        "{stderr}"
    );
    let (code, stdout, _) = outcome(&pivot(&["analyze", "no/such/file.py"]));
    assert_eq!((code, stdout.as_str()), (8, ""));
    let empty = Scratch::new();
    let (code, _, stderr) = outcome(&pivot(&["analyze", utf8(empty.path())]));
    assert_eq!(code, 8);
    assert!(stderr.contains("no Python files in this folder"), "{stderr}");
}

#[test]
fn an_empty_file_has_no_functions() {
    let scratch = Scratch::new();
    let (code, report, _) = analyze(&[utf8(&scratch.write("empty.py", ""))]);
    assert_eq!((code, report["functions"].as_array().map(Vec::len)), (0, Some(0)));
}

#[test]
fn a_folder_is_walked_as_gitignore_says() {
    let scratch = Scratch::new();
    for name in [
        "a.py",
        "pkg/b.py",
        "pkg/gen/c.py",
        "pkg/keep_gen.py",
        "build/d.py",
        ".venv/e.py",
        "notes.txt",
    ] {
        scratch.write(name, "def f(): pass\n");
    }
    scratch.write("env/pyvenv.cfg", "");
    scratch.write("env/lib/g.py", "");
    scratch.write(".gitignore", "build/\n*gen*\n");
    scratch.write("pkg/.gitignore", "!keep_*.py\n");
    let (code, report, _) = analyze(&[utf8(scratch.path())]);
    let found: Vec<&str> = report
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|file| file["path"].as_str()?.strip_prefix(utf8(scratch.path())))
        .collect();
    assert_eq!((code, found), (0, vec!["/a.py", "/pkg/b.py", "/pkg/keep_gen.py"]));
}

#[test]
fn functions_below_the_wanted_score_are_left_out() {
    let (_, report, _) = analyze(&["examples/02-batch-processing/process_files.py", "--min-complexity", "8"]);
    let names: Vec<_> = report["functions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|f| &f["name"])
        .collect();
    assert_eq!(names, ["process_batch", "process_file_batch"]);
}

#[test]
fn the_table_is_aligned_and_names_the_reason() {
    let args = [
        "analyze",
        "examples/02-batch-processing/process_files.py",
        "--format",
        "table",
    ];
    let (code, stdout, _) = outcome(&pivot(&args));
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!((code, lines.len()), (0, 5));
    let column = lines[1].find("TARGET").expect("a head");
    assert!(
        lines[2..].iter().all(|line| line[column..].starts_with("RUST  ")),
        "{stdout}"
    );
}

#[test]
fn sarif_places_candidates_blockers_and_faults() {
    let scratch = Scratch::new();
    let bad = scratch.write("with blank.py", "def f(:\n");
    let args = [
        "analyze",
        "tests/cases/analyze/constructs.py",
        utf8(&bad),
        "--format",
        "sarif",
    ];
    let (code, stdout, _) = outcome(&pivot(&args));
    let log: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!((code, &log["version"]), (3, &"2.1.0".into()));
    let results = log["runs"][0]["results"].as_array().expect("results");
    let of_level = |level: &str| {
        results
            .iter()
            .filter(|result| result["level"] == level)
            .collect::<Vec<_>>()
    };
    assert!(of_level("note").iter().all(|result| result["ruleId"] == "PV010"));
    assert!(of_level("warning").iter().any(|result| result["ruleId"] == "PV105"));
    let [fault] = of_level("error")[..] else {
        panic!("one fault: {stdout}")
    };
    let place = &fault["locations"][0]["physicalLocation"];
    assert!(
        place["artifactLocation"]["uri"]
            .as_str()
            .is_some_and(|uri| uri.ends_with("with%20blank.py"))
    );
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["startColumn"]),
        (&1.into(), &7.into())
    );
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let ids: Vec<_> = rules.iter().map(|rule| &rule["id"]).collect();
    assert!(results.iter().all(|result| ids.contains(&&result["ruleId"])), "{ids:?}");
}

#[test]
fn a_report_file_is_written_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let target = scratch.write("report.json", "old");
    let example = "examples/02-batch-processing/process_files.py";
    let (code, stdout, _) = outcome(&pivot(&["analyze", example, "--output", utf8(&target)]));
    assert_eq!((code, stdout.as_str()), (0, ""));
    let written: Value = serde_json::from_slice(&std::fs::read(&target).expect("report")).expect("JSON");
    assert_eq!(validate(&written, &schema()), Ok(()));
    let nowhere = scratch.path().join("no/folder/report.json");
    let (code, _, stderr) = outcome(&pivot(&["analyze", example, "--output", utf8(&nowhere)]));
    assert_eq!(code, 2);
    assert!(stderr.contains("cannot write"), "{stderr}");
    assert_eq!(std::fs::read_dir(scratch.path()).expect("folder").count(), 1);
}

/// A dump of a run of the example; None where there is no python3.
fn profile_dump(scratch: &Scratch) -> Option<std::path::PathBuf> {
    let dump = scratch.path().join("run.prof");
    let mut python = Command::new("python3");
    python.args([
        "-m",
        "cProfile",
        "-o",
        utf8(&dump),
        "examples/02-batch-processing/process_files.py",
        "2000",
    ]);
    let ran = python.current_dir(root()).output().ok()?;
    ran.status.success().then_some(dump)
}

#[test]
fn a_profile_gives_each_function_its_share() {
    let scratch = Scratch::new();
    let Some(dump) = profile_dump(&scratch) else {
        eprintln!("skipped: no python3");
        return;
    };
    let example = "examples/02-batch-processing/process_files.py";
    let (code, report, _) = analyze(&[example, "--profile-data", utf8(&dump)]);
    assert_eq!(code, 0);
    let share = |name: &str, key: &str| function(&report, name)[key].as_f64().expect("a share");
    let (batch, own) = (share("process_batch", "share"), share("process_batch", "own_share"));
    assert!(0.0 < own && own < batch && batch < 1.0, "{own} {batch}");
    assert_eq!(share("process_file_batch", "share"), 0.0);
}

#[test]
fn a_damaged_profile_is_a_clear_error() {
    let scratch = Scratch::new();
    let Some(dump) = profile_dump(&scratch) else {
        eprintln!("skipped: no python3");
        return;
    };
    let whole = std::fs::read(&dump).expect("dump");
    for length in [0, 1, 40, whole.len() / 2, whole.len() - 1] {
        let cut = scratch.write("cut.prof", &whole[..length]);
        let (code, stdout, stderr) = outcome(&pivot(&["analyze", "x.py", "--profile-data", utf8(&cut)]));
        assert_eq!((code, stdout.as_str()), (2, ""), "{length}: {stderr}");
        assert!(
            stderr.contains("cut.prof: ") && stderr.contains("cProfile"),
            "{length}: {stderr}"
        );
    }
    let (code, _, _) = outcome(&pivot(&["analyze", "x.py", "--profile-data", "no-such.prof"]));
    assert_eq!(code, 8);
}
