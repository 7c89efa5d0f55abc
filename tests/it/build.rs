//! From translated code to a vessel in its place, with crates written by hand.

use crate::support::Scratch;
use pivot::build::{BuildError, Built, Cache, Candidate, Flavour, Package, Stage, Toolchain, place_runtime};
use pivot::config::Profile;
use std::path::Path;
use std::process::Command;

const LIBRARY: &str =
    "//! Adds.\n\n/// The sum.\npub fn add(a: i64, b: i64) -> Option<i64> {\n    a.checked_add(b)\n}\n";
const MAIN: &str = "//! Prints a sum.\n\nfn main() {\n    println!(\"{:?}\", adder::add(20, 22));\n}\n";

/// One cache for all tests and runs: the runtime is built once.
fn cache() -> Cache {
    Cache::at(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")).expect("a cache folder")
}

fn build(destination: &Path, library: &str) -> Result<Built, BuildError> {
    // Quick to build rather than quick to run.
    let profile = Profile {
        opt_level: 0,
        ..Profile::default()
    };
    let stage = Stage::open(&cache(), Toolchain::find()?, &profile, destination)?;
    let code = [
        ("lib.rs".to_string(), library.to_string()),
        ("main.rs".to_string(), MAIN.to_string()),
    ];
    let package = Package {
        vessel: "adder",
        source: Path::new("adder.py"),
        profile: &profile,
        code: &code,
    };
    stage.build(&package, Flavour::Plain, || {}, &mut |_| {})
}

#[test]
fn a_crate_is_built_once_published_and_builds_again_on_its_own() {
    let scratch = Scratch::new();
    let destination = scratch.path().join("vessels/adder");
    let built = build(&destination, LIBRARY).unwrap();
    assert!(!built.fresh);
    assert!(
        build(&destination, LIBRARY).unwrap().fresh,
        "nothing changed, so nothing is to be compiled"
    );
    Candidate::assemble(&built, &destination).unwrap().publish().unwrap();
    place_runtime(destination.parent().unwrap()).unwrap();

    let output = Command::new(destination.join("adder_vessel")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Some(42)\n");
    let alone = Command::new(Toolchain::find().unwrap().cargo)
        .args(["check", "--release", "--offline", "--locked", "--quiet"])
        .current_dir(&destination)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone"))
        .status()
        .unwrap();
    assert!(
        alone.success(),
        "the published crate has to build without pivot, from its own lock"
    );
}

#[test]
fn code_that_rustc_refuses_is_a_bug_of_ours_and_says_so() {
    let scratch = Scratch::new();
    let error = build(&scratch.path().join("vessels/adder"), "pub fn add() -> i64 { \"\" }").unwrap_err();
    assert!(matches!(error, BuildError::Refused { .. }), "{error}");
    assert!(
        error.to_string().contains("mismatched types") && error.help().contains("a bug in pivot"),
        "{error}"
    );
}
