//! `pivot certify` and `pivot run` against a vessel written by hand, some of whose functions are wrong on purpose.

use crate::schema::validate;
use crate::support::{Scratch, outcome, pivot, root};
use pivot::vessel::manifest::{Manifest, Python, SCHEMA_VERSION, Source, Toolchain};
use pivot::vessel::{FunctionEntry, Param, ParamKind, Status, TypeSpec};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The built vessel; it shares the folder and the profile of the tests, so that building it is little work.
fn binary() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = ["build", "--quiet", "-p", "pivot-runtime", "--example", "planted_vessel"];
        let done = Command::new(cargo)
            .args(build)
            .current_dir(root())
            .status()
            .expect("cargo starts");
        assert!(done.success());
        let target = Path::new(env!("CARGO_BIN_EXE_pivot")).parent().expect("a folder");
        target.join("examples/planted_vessel")
    })
}

pub fn python_source() -> PathBuf {
    root().join("tests/cases/parity/planted.py")
}

pub fn parameter(name: &str, ty: TypeSpec) -> Param {
    Param {
        name: name.to_string(),
        kind: ParamKind::PositionalOrKeyword,
        default: None,
        ty,
    }
}

pub fn function(name: &str, params: Vec<Param>) -> FunctionEntry {
    FunctionEntry {
        name: name.to_string(),
        status: Status::Native,
        params,
        returns: TypeSpec::Any,
        signature: String::new(),
        reason: String::new(),
        blockers: Vec::new(),
        effects: Vec::new(),
        lines: (1, 1),
        touches_state: false,
        reads_paths: false,
        parallel_loops: Vec::new(),
        rust: Vec::new(),
    }
}

/// A vessel's folder with these functions.
pub fn vessel(folder: &Scratch, functions: Vec<FunctionEntry>) -> PathBuf {
    let path = folder.path().join("planted");
    std::fs::create_dir_all(&path).expect("folder");
    std::fs::copy(binary(), path.join("planted_vessel")).expect("binary");
    let manifest = Manifest {
        schema_version: SCHEMA_VERSION,
        name: "planted".to_string(),
        source: Source {
            path: python_source().display().to_string(),
            sha256: String::new(),
        },
        python: Python {
            executable: "python3".to_string(),
            version: String::new(),
        },
        profile: "balanced".to_string(),
        toolchain: Toolchain::default(),
        settings: Default::default(),
        functions,
        binary: "planted_vessel".to_string(),
        runtime_version: "0".to_string(),
        has_script: false,
    };
    manifest.write(&path).expect("manifest");
    path
}

pub fn ints() -> TypeSpec {
    TypeSpec::list(TypeSpec::Int)
}

pub fn right_functions() -> Vec<FunctionEntry> {
    vec![
        function("total", vec![parameter("items", ints())]),
        function(
            "pushed",
            vec![parameter("items", ints()), parameter("item", TypeSpec::Int)],
        ),
        function("remember", vec![parameter("item", TypeSpec::Str)]),
    ]
}

fn certify(path: &Path, more: &[&str]) -> (i32, String, String) {
    let path = path.display().to_string();
    let mut args = vec!["certify", &path];
    args.extend(more);
    outcome(&pivot(&args))
}

#[test]
fn a_right_vessel_is_certified_and_its_certificate_verified() {
    let folder = Scratch::new();
    let path = vessel(&folder, right_functions());
    let (code, out, err) = certify(&path, &["--cases", "120", "--jobs", "1"]);
    assert_eq!(code, 0, "{out}{err}");
    for line in [
        "✓ Parity CERTIFIED",
        "  Test cases: 360",
        "  Failures: 0",
        "  Max deviation: 0.0% (bit-exact results)",
    ] {
        assert!(out.lines().any(|found| found == line), "{line}\n{out}");
    }
    assert!(out.contains("✓ MATCH"), "{out}");
    let first = std::fs::read_to_string(path.join("certificate.json")).expect("certificate");
    assert_eq!(check_schema(&serde_json::from_str(&first).expect("JSON")), Ok(()));
    let (code, out, err) = certify(&path, &["--verify"]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, ..) = certify(&path, &["--cases", "120", "--jobs", "2"]);
    let second = std::fs::read_to_string(path.join("certificate.json")).expect("certificate");
    assert_eq!((code, first), (0, second), "the same on another number of workers");
}

/// A stand-in for cargo-audit: what it finds is in a file beside it.
const AUDIT: &str = "#!/bin/sh\n[ \"$1 $2 $3 $4 $5\" = 'audit --no-fetch --stale --json --file' ] || exit 2\n\
                     [ -f \"$6\" ] && cat \"$(dirname \"$0\")/report.json\"\nexit 1\n";

#[test]
fn the_verdict_on_the_dependencies_stands_in_the_certificate() {
    let folder = Scratch::new();
    let path = vessel(&folder, vec![right_functions().remove(0)]);
    let program = folder.write("bin/cargo-audit", AUDIT);
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("permissions");
    let search = format!(
        "{}:{}",
        folder.path().join("bin").display(),
        std::env::var("PATH").unwrap()
    );
    let audited = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
        command.args(["certify", "--cases", "20"]).arg(&path);
        command.env("PATH", &search).env("CARGO_HOME", folder.path());
        let (code, out, err) = outcome(&command.output().expect("pivot starts"));
        assert_eq!(code, 0, "{out}{err}");
        let certificate = std::fs::read_to_string(path.join("certificate.json")).expect("certificate");
        let certificate: serde_json::Value = serde_json::from_str(&certificate).expect("JSON");
        (certificate["audit"].as_str().expect("text").to_string(), out)
    };
    assert_eq!(audited().0, "not audited", "no lock file, no database");
    folder.write("planted/Cargo.lock", "version = 4\n");
    folder.write("advisory-db/support.toml", "");
    let report = |list: &str| {
        format!(
            "{{\"database\": {{\"last-commit\": \"0123456789abcdef\"}}, \"lockfile\": {{\"dependency-count\": 2}}, \
             \"vulnerabilities\": {{\"found\": true, \"list\": [{list}]}}}}"
        )
    };
    folder.write("bin/report.json", report(""));
    let words = "in 2 dependencies (advisory database 0123456789ab)";
    assert_eq!(audited().0, format!("no advisories {words}"));
    folder.write(
        "bin/report.json",
        report("{\"advisory\": {\"id\": \"RUSTSEC-2020-0001\"}}"),
    );
    let (verdict, out) = audited();
    assert_eq!(verdict, format!("advisories {words}: RUSTSEC-2020-0001"));
    assert!(out.contains(&format!("Dependencies: {verdict}")), "{out}");
}

#[test]
fn a_changed_certificate_does_not_verify() {
    let folder = Scratch::new();
    let path = vessel(&folder, vec![right_functions().remove(0)]);
    certify(&path, &["--cases", "60"]);
    let file = path.join("certificate.json");
    let text = std::fs::read_to_string(&file).expect("certificate");
    std::fs::write(&file, text.replace("\"seed\": 0", "\"seed\": 1")).expect("written");
    let (code, _, err) = certify(&path, &["--verify"]);
    assert_eq!(code, 5, "{err}");
    assert!(
        err.contains("the certificate was changed after it was written"),
        "{err}"
    );
}

/// Every planted fault with its smallest call, as it is shown.
#[test]
fn every_planted_fault_is_refuted_with_its_smallest_call() {
    let int = || vec![parameter("x", TypeSpec::Int)];
    let planted = [
        (
            "wrapping",
            vec![parameter("a", TypeSpec::Int), parameter("b", TypeSpec::Int)],
            "",
        ),
        (
            "forgotten_alias",
            vec![parameter("items", ints())],
            "forgotten_alias([])",
        ),
        (
            "forgotten_change",
            vec![parameter("items", ints())],
            "forgotten_change([])",
        ),
        (
            "other_message",
            vec![parameter("mapping", TypeSpec::dict(TypeSpec::Str, TypeSpec::Int))],
            "other_message({})",
        ),
        ("off_by_one", int(), "off_by_one(100)"),
        ("lost_sign", int(), "lost_sign(-1)"),
        (
            "other_order",
            vec![parameter("a", TypeSpec::Int), parameter("b", TypeSpec::Int)],
            "other_order(0, 0)",
        ),
        ("silent", int(), "silent(0)"),
        ("dying", int(), "dying(7)"),
        ("hanging", int(), "hanging(7)"),
        ("leaking", int(), "leaking(0)"),
        (
            "wrong_fallback",
            vec![parameter("n", TypeSpec::Bool)],
            "wrong_fallback(False)",
        ),
    ];
    let folder = Scratch::new();
    let functions = planted
        .iter()
        .map(|(name, params, _)| function(name, params.clone()))
        .collect();
    let path = vessel(&folder, functions);
    let (code, out, err) = certify(&path, &["--cases", "400", "--timeout", "2"]);
    assert_eq!(code, 5, "{out}{err}");
    for (name, _, call) in &planted {
        assert!(
            out.lines().any(|line| line.starts_with(&format!("✗ {name} "))),
            "{name}\n{out}"
        );
        assert!(
            call.is_empty() || err.lines().any(|line| line == *call),
            "{call}\n{err}"
        );
    }
    let wrapped: Vec<i128> = err.lines().filter_map(sum_of_wrapping).collect();
    assert!(
        wrapped.contains(&(1 << 63)) || wrapped.contains(&(-(1 << 63) - 1)),
        "the first sum beyond 64 bits: {wrapped:?}\n{err}"
    );
    assert!(out.contains("✗ Parity REFUTED") && out.contains("✗ DIFFERENT"), "{out}");
    assert!(
        path.join("failing.cases").is_file(),
        "failing cases are kept for the next run"
    );
}

/// The sum of the ints of a line such as `wrapping(1, 2)`.
fn sum_of_wrapping(line: &str) -> Option<i128> {
    let args = line.strip_prefix("wrapping(")?.strip_suffix(')')?;
    args.split(", ").map(|arg| arg.parse::<i128>().ok()).sum()
}

#[test]
fn reports_for_ci_name_the_function_that_failed() {
    let folder = Scratch::new();
    let path = vessel(&folder, vec![function("silent", vec![parameter("x", TypeSpec::Int)])]);
    let (code, out, _) = certify(&path, &["--cases", "30", "--format", "junit"]);
    assert_eq!(code, 5);
    assert!(
        out.contains("<testcase classname=\"planted\" name=\"silent\">") && out.contains("<failure"),
        "{out}"
    );
    let (_, out, _) = certify(&path, &["--cases", "30", "--format", "sarif"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["runs"][0]["results"][0]["ruleId"], "parity-refuted");
    let (_, out, _) = certify(&path, &["--cases", "30", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        (&report["verdict"], check_schema(&report)),
        (&serde_json::json!("refuted"), Ok(()))
    );
}

/// Checks a certificate against the schema that ships.
fn check_schema(certificate: &serde_json::Value) -> Result<(), String> {
    let schema = std::fs::read_to_string(root().join("docs/schemas/certificate.json")).expect("the schema");
    validate(certificate, &serde_json::from_str(&schema).expect("the schema is JSON"))
}

#[test]
fn nothing_to_certify_is_said() {
    let folder = Scratch::new();
    let (code, _, err) = certify(&folder.path().join("none"), &[]);
    assert_eq!(code, 8, "{err}");
    let (code, _, err) = certify(folder.path(), &[]);
    assert_eq!((code, err.contains("there is no vessel here")), (8, true), "{err}");
}

fn run(function: &str, cases: &str) -> (i32, String, String) {
    let folder = Scratch::new();
    let path = vessel(&folder, vec![function_of(function)]);
    let cases = folder.write("cases.jsonl", cases).display().to_string();
    outcome(&pivot(&[
        "run",
        &path.display().to_string(),
        function,
        "--cases",
        &cases,
    ]))
}

fn function_of(name: &str) -> FunctionEntry {
    function(name, Vec::new())
}

#[test]
fn outcomes_of_recorded_cases_are_lines_of_json() {
    let cases = "{\"args\": [[1, {\"f\": \"0.5\"}]], \"kwargs\": {}}\n\n{\"args\": [[\"a\"]]}\n";
    let (code, out, err) = run("total", cases);
    let expected = "{\"value\": {\"f\": \"1.5\"}}\n{\"raise\": \"TypeError\", \"message\": \"unsupported operand type(s) for +: 'int' and 'str'\"}\n";
    assert_eq!((code, out.as_str()), (0, expected), "{err}");
}

#[test]
fn changed_arguments_and_printed_text_are_part_of_an_outcome() {
    let (_, out, _) = run(
        "pushed",
        "{\"args\": [[1], {\"t\": [null, {\"d\": [[\"k\", {\"s\": [3, 1]}]]}]}]}\n",
    );
    let list = "[1, {\"t\": [null, {\"d\": [[\"k\", {\"s\": [1, 3]}]]}]}]";
    let item = "{\"t\": [null, {\"d\": [[\"k\", {\"s\": [1, 3]}]]}]}";
    assert_eq!(
        out,
        format!("{{\"value\": {list}, \"args_after\": [{list}, {item}]}}\n")
    );
    let (_, out, _) = run("greet", "{\"args\": [\"\\u00e9\"], \"kwargs\": {\"times\": 1}}\n");
    let value = "{\"d\": [[\"name\", \"\\u00e9\"], [\"times\", 1]]}";
    assert_eq!(
        out,
        format!("{{\"value\": {value}, \"stdout\": \"Hello \\u00e9\\n\"}}\n")
    );
}

#[test]
fn a_vessel_that_dies_is_the_outcome_of_that_case_alone() {
    let (code, out, err) = run("dying", "{\"args\": [1]}\n{\"args\": [7]}\n{\"args\": [2]}\n");
    assert_eq!(code, 0, "{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        (lines[0], lines[2], lines.len()),
        ("{\"value\": 1}", "{\"value\": 2}", 3),
        "{out}"
    );
    assert!(lines[1].starts_with("{\"died\":"), "{out}");
}

#[test]
fn cases_that_cannot_be_read_are_an_error_with_their_line() {
    let (code, _, err) = run("total", "{\"args\": []}\n{\"args\": [{\"x\": 1}]}\n");
    assert_eq!((code, err.contains("line 2 of the cases")), (2, true), "{err}");
    let (code, _, err) = run("nothing", "");
    assert_eq!((code, err.contains("the vessel has no function")), (0, false), "{err}");
}
