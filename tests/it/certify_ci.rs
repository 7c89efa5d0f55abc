//! `pivot certify` as CI uses it: what is proven, what is only checked, and what a repository sees of it.

use crate::certify::{function, parameter, python_source, right_functions, vessel};
use crate::schema::validate;
use crate::support::{Scratch, outcome, root};
use pivot::vessel::{Manifest, TypeSpec};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn pivot_in(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1");
    command.env_remove("GITHUB_ACTIONS");
    command
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    outcome(&pivot_in(folder, args).output().expect("pivot starts"))
}

/// A vessel with one right function, whose source lies beside it.
fn small(folder: &Scratch, name: &str) -> PathBuf {
    let inner = Scratch::new();
    let made = vessel(&inner, vec![right_functions().remove(0)]);
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::rename(made, &path).unwrap();
    let source = folder.path().join(format!("{name}.py"));
    fs::copy(python_source(), &source).unwrap();
    let mut manifest = Manifest::read(&path).unwrap();
    manifest.source.path = source.display().to_string();
    manifest.write(&path).unwrap();
    path
}

fn certificate(vessel: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(vessel.join("certificate.json")).unwrap()).unwrap()
}

#[test]
fn without_arguments_every_vessel_is_proven_and_a_missing_one_fails() {
    let folder = Scratch::new();
    let (one, two) = (small(&folder, "a/one"), small(&folder, "b/two"));
    let (code, out, err) = run(folder.path(), &["certify", "--cases", "30"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(one.join("certificate.json").is_file() && two.join("certificate.json").is_file());
    fs::rename(&two, folder.path().join("b/.two.refuted")).unwrap();
    let (code, _, err) = run(folder.path(), &["certify", "--cases", "30"]);
    assert_eq!(code, 5, "{err}");
    assert!(
        err.contains("b/two: the last build was refuted, and there is no vessel in its place"),
        "{err}"
    );
}

#[test]
fn a_vessel_built_from_another_source_is_stale() {
    let folder = Scratch::new();
    let path = small(&folder, "one");
    let mut manifest = Manifest::read(&path).unwrap();
    manifest.source.sha256 = "0".repeat(64);
    manifest.write(&path).unwrap();
    let (code, _, err) = run(folder.path(), &["certify", "--cases", "30"]);
    assert_eq!(
        (
            code,
            err.contains("stale: the source changed after the vessel was built")
        ),
        (5, true),
        "{err}"
    );
}

#[test]
fn a_part_of_the_vessels_and_the_changed_ones() {
    let folder = Scratch::new();
    let paths = ["one", "three", "two"].map(|name| small(&folder, name));
    let proven = || paths.each_ref().map(|path| path.join("certificate.json").is_file());
    let (code, ..) = run(folder.path(), &["certify", "--cases", "20", "--shard", "2/2"]);
    assert_eq!((code, proven()), (0, [false, true, false]));
    let (code, _, err) = run(folder.path(), &["certify", "--shard", "3/2"]);
    assert_eq!((code, err.contains("a part such as 2/5")), (2, true), "{err}");
    let git = |args: &[&str]| {
        let own = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "-c",
            "init.defaultBranch=main",
        ];
        let done = Command::new("git")
            .args(own)
            .args(args)
            .current_dir(folder.path())
            .output();
        assert!(done.expect("git starts").status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "all"]);
    fs::write(
        folder.path().join("two.py"),
        fs::read_to_string(python_source()).unwrap() + "\n# changed\n",
    )
    .unwrap();
    let (code, _, err) = run(folder.path(), &["certify", "--cases", "20", "--changed-since", "HEAD"]);
    assert_eq!((code, proven()), (0, [false, true, true]), "{err}");
    let (code, _, err) = run(folder.path(), &["certify", "--changed-since", "nowhere"]);
    assert_eq!((code, err.contains("git says")), (2, true), "{err}");
    // What the hook runs, as it stands in the file that pre-commit reads.
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entry = hooks
        .lines()
        .find_map(|line| line.trim().strip_prefix("entry: pivot "))
        .unwrap();
    git(&["add", "."]);
    git(&["commit", "-qm", "proven"]);
    let (code, _, err) = run(folder.path(), &entry.split(' ').collect::<Vec<_>>());
    assert_eq!((code, err.as_str()), (0, "no vessel to certify\n"));
}

#[test]
fn what_an_interrupted_proof_had_done_is_not_done_again() {
    let folder = Scratch::new();
    let path = vessel(&folder, right_functions());
    let full = ["certify", "planted", "--cases", "40"];
    assert_eq!(run(folder.path(), &full).0, 0);
    let expected = certificate(&path);
    // The state after the first function: its part, under the key that the proof itself computes.
    let mut manifest = Manifest::read(&path).unwrap();
    let all = std::mem::take(&mut manifest.functions);
    manifest.functions = vec![all[0].clone(), function("dying", vec![parameter("x", TypeSpec::Int)])];
    manifest.write(&path).unwrap();
    let child = pivot_in(
        folder.path(),
        &["certify", "planted", "--cases", "40", "--timeout", "3"],
    )
    .spawn();
    let mut child = child.expect("pivot starts");
    let partial = path.join(".certify.partial.json");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    // Functions are proven side by side: the other one may be written down first.
    let first = format!("\"{}\"", all[0].name);
    let is_written = || fs::read_to_string(&partial).is_ok_and(|text| text.contains(&first));
    while !is_written() && std::time::Instant::now() < end {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_written(), "the first function is written down when it is proven");
    manifest.functions = all;
    manifest.write(&path).unwrap();
    let (code, _, err) = run(
        folder.path(),
        &["certify", "planted", "--cases", "40", "--timeout", "3"],
    );
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("going on after an interruption: 1 functions"), "{err}");
    assert_eq!(certificate(&path), expected, "an interruption changes nothing");
    assert!(!partial.exists());
}

#[test]
fn one_case_is_shown_to_belong_to_the_certificate() {
    let folder = Scratch::new();
    let path = vessel(&folder, right_functions());
    assert_eq!(run(folder.path(), &["certify", "planted", "--cases", "40"]).0, 0);
    let (code, out, err) = run(folder.path(), &["certify", "planted", "--prove", "pushed:7"]);
    assert_eq!(code, 0, "{err}");
    let shown: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(shown["python_sha256"], certificate(&path)["python_sha256"]);
    assert!(shown["call"].as_str().unwrap().contains("pushed("), "{shown}");
    let file = folder.write("case.json", &out);
    let check = |file: &Path| {
        run(
            folder.path(),
            &["certify", "planted", "--check-case", &file.display().to_string()],
        )
    };
    let (code, _, err) = check(&file);
    assert_eq!((code, err.contains("belongs to the certificate")), (0, true), "{err}");
    let mut forged = shown.clone();
    let outcome = shown["outcome"].as_str().unwrap().replace("69", "6a");
    forged["outcome"] = json!(outcome);
    let (code, _, err) = check(&folder.write("forged.json", forged.to_string()));
    assert_eq!((code, err.contains("do not lead")), (5, true), "{err}");
    let (code, _, err) = run(folder.path(), &["certify", "planted", "--prove", "pushed:99999"]);
    assert_eq!((code, err.contains("has no case pushed:99999")), (2, true), "{err}");
}

/// Keys of RFC 8410's examples.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
const OTHER: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

#[test]
fn a_signature_tells_who_made_the_certificate() {
    let folder = Scratch::new();
    small(&folder, "one");
    for (name, text) in [("key.pem", PRIVATE), ("public.pem", PUBLIC), ("other.hex", OTHER)] {
        folder.write(name, text);
    }
    let verify = |key: &str| run(folder.path(), &["certify", "--verify", "--key", key]);
    assert_eq!(run(folder.path(), &["certify", "--cases", "30"]).0, 0);
    let (code, _, err) = verify("public.pem");
    assert_eq!(
        (code, err.contains("the certificate is not signed")),
        (5, true),
        "{err}"
    );
    assert_eq!(
        run(folder.path(), &["certify", "--cases", "30", "--sign", "key.pem"]).0,
        0
    );
    let (code, _, err) = verify("public.pem");
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = verify("other.hex");
    assert_eq!(
        (code, err.contains("the signature is not that of this key")),
        (5, true),
        "{err}"
    );
    let (code, _, err) = verify("key.pem");
    assert_eq!((code, err.contains("no Ed25519 key")), (3, true), "{err}");
    assert_eq!(run(folder.path(), &["certify", "--cases", "31"]).0, 0);
    let (code, _, err) = verify("public.pem");
    assert_eq!(
        (code, err.contains("the signature is not that of this key")),
        (5, true),
        "{err}"
    );
}

#[test]
fn a_statement_for_release_tools() {
    let folder = Scratch::new();
    let path = vessel(&folder, vec![function("silent", vec![parameter("x", TypeSpec::Int)])]);
    let (code, out, _) = run(
        folder.path(),
        &["certify", "planted", "--cases", "30", "--format", "in-toto"],
    );
    let statement: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 5);
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["predicate"]["result"], "FAILED");
    assert_eq!(statement["predicate"]["failedTests"], json!(["silent"]));
    assert_eq!(
        statement["subject"][0]["digest"]["sha256"],
        certificate(&path)["vessel"]["sha256"]
    );
    let schema = fs::read_to_string(root().join("docs/schemas/in-toto.json")).unwrap();
    assert_eq!(validate(&statement, &serde_json::from_str(&schema).unwrap()), Ok(()));
}

#[test]
fn on_github_the_python_line_is_marked_and_the_job_has_a_summary() {
    let folder = Scratch::new();
    let mut wrong = function("silent", vec![parameter("x", TypeSpec::Int)]);
    wrong.lines = (71, 73);
    vessel(&folder, vec![wrong]);
    let args = ["certify", "planted", "--cases", "30"];
    let command = pivot_in(folder.path(), &args).env("GITHUB_ACTIONS", "true").output();
    let (code, out, _) = outcome(&command.unwrap());
    assert_eq!(code, 5);
    let mark = out.lines().find(|line| line.starts_with("::error file=")).expect(&out);
    assert!(
        mark.contains(",line=71,title=pivot::silent: ") && mark.contains("%0Asilent(0)%0A"),
        "{mark}"
    );
    let binaries = Path::new(env!("CARGO_BIN_EXE_pivot")).parent().unwrap();
    let path = format!("{}:{}", binaries.display(), std::env::var("PATH").unwrap());
    let mut action = Command::new(root().join(".github/certify.sh"));
    action
        .current_dir(folder.path())
        .env("PATH", path)
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
        .env("GITHUB_OUTPUT", folder.path().join("output"))
        .env("PIVOT_ARGUMENTS", "--cases 30");
    let (code, out, err) = outcome(&action.output().unwrap());
    assert_eq!(code, 5, "{err}");
    assert!(out.starts_with("::error file="), "{out}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(
        read("summary.md"),
        "### Parity not certified (exit code 5)\n\n- `planted`: 1 functions, 1 refuted, 0 not proven\n"
    );
    assert_eq!(read("output"), "report=pivot-parity.xml\n");
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    for part in [
        "using: composite",
        ".github/certify.sh",
        "PIVOT_ARGUMENTS: ${{ inputs.arguments }}",
    ] {
        assert!(action.contains(part), "{part}");
    }
}
