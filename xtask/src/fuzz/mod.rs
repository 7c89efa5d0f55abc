//! `fuzz`: random programs, run by CPython and as vessels.
//!
//! Each program holds many functions, so that one build checks them all: pivot certifies every function on generated
//! cases, natively and generically, and the script and its vessel must print the same. A difference is made smaller and
//! kept beside the run-cases, where the tests find it.

mod body;
mod check;
mod expr;
mod kind;
mod program;
mod shrink;
mod trial;

use pivot::parity::cases::rng::Rng;
use pivot::parity::scratch::Scratch;
use program::Program;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use trial::Bench;

pub const USAGE: &str = "\
cargo run -p xtask -- fuzz [--seconds N] [--seed S] [--functions N] [--cases N] [--shrink N] [--keep FOLDER]
    [--pivot PROGRAM] [--check] [--show]

  --seconds    how long to go on; 60
  --seed       where the stream of programs begins; 1
  --functions  functions of each program; 24
  --cases      cases to certify each function with; 120
  --shrink     trials spent on making a program with a fault smaller; 40
  --keep       where programs with faults are kept; tests/cases/run
  --pivot      the binary; target/debug/pivot
  --check      only ask rustc what it thinks of the generated code
  --show       print the first program and stop";

struct Settings {
    seconds: u64,
    seed: u64,
    functions: usize,
    cases: u64,
    shrink: usize,
    keep: PathBuf,
    pivot: PathBuf,
    check: bool,
    show: bool,
}

/// Runs for as long as it is told; the faults found.
pub fn run(root: &Path, args: &[String]) -> Vec<String> {
    let Some(settings) = settings(root, args) else {
        return vec![USAGE.to_string()];
    };
    if settings.show {
        println!("{}", program(&settings, settings.seed).text());
        return Vec::new();
    }
    let folder = match Scratch::new("fuzz") {
        Ok(folder) => folder,
        Err(error) => return vec![error.to_string()],
    };
    let rc = folder.path().join(".pivotrc");
    if let Err(error) = fs::write(
        &rc,
        r#"{"rust_specific": {"opt_level": 0}, "optimization": {"parallel_threshold": 2}}"#,
    ) {
        return vec![error.to_string()];
    }
    if settings.check {
        let folder = root.join("target/fuzz/crate");
        return match fs::create_dir_all(&folder) {
            Ok(()) => check_all(root, &folder, &settings),
            Err(error) => vec![error.to_string()],
        };
    }
    let bench = Bench {
        pivot: settings.pivot.clone(),
        folder: folder.path().to_path_buf(),
        cases: settings.cases,
    };
    let end = Instant::now() + Duration::from_secs(settings.seconds);
    let (mut faults, mut programs, mut counts, mut cases) = (Vec::new(), 0, [0; 3], 0);
    let mut seed = settings.seed;
    while Instant::now() < end {
        let program = program(&settings, seed);
        let outcome = bench.trial(&program.text());
        programs += 1;
        cases += outcome.cases;
        counts.iter_mut().zip(outcome.counts).for_each(|(all, own)| *all += own);
        if let Some(fault) = outcome.fault {
            println!("seed {seed}: {}", fault.kind());
            let (small, fault) = shrink::shrink(&bench, program, fault, settings.shrink);
            let kept = settings.keep.join(format!("fuzz_seed_{seed}.py"));
            let text = small.text();
            let _ = fs::create_dir_all(&settings.keep);
            let written =
                fs::write(&kept, &text).map_or_else(|error| error.to_string(), |()| kept.display().to_string());
            faults.push(format!("seed {seed}: {fault}\n{written}"));
        }
        seed += 1;
    }
    println!(
        "{programs} programs: {} functions native, {} generic, {} left in Python; {cases} cases; {} faults",
        counts[0],
        counts[1],
        counts[2],
        faults.len()
    );
    faults
}

/// What rustc says of one program after the other.
fn check_all(root: &Path, folder: &Path, settings: &Settings) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(settings.seconds);
    let (mut faults, mut seed) = (Vec::new(), settings.seed);
    while Instant::now() < end {
        let errors = check::errors(root, folder, &program(settings, seed).text());
        faults.extend(errors.into_iter().map(|error| format!("seed {seed}: {error}")));
        seed += 1;
    }
    println!("{} programs, {} errors", seed - settings.seed, faults.len());
    faults
}

fn program(settings: &Settings, seed: u64) -> Program {
    Program::random(&mut Rng::new(seed, "fuzz", 0), settings.functions)
}

fn settings(root: &Path, args: &[String]) -> Option<Settings> {
    let mut settings = Settings {
        seconds: 60,
        seed: 1,
        functions: 24,
        cases: 120,
        shrink: 40,
        keep: root.join("tests/cases/run"),
        pivot: root.join("target/debug/pivot"),
        check: false,
        show: false,
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        match name.as_str() {
            "--show" => settings.show = true,
            "--check" => settings.check = true,
            _ => settings.set(name, args.next()?)?,
        }
    }
    Some(settings)
}

impl Settings {
    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "--seconds" => self.seconds = value.parse().ok()?,
            "--seed" => self.seed = value.parse().ok()?,
            "--functions" => self.functions = value.parse().ok()?,
            "--cases" => self.cases = value.parse().ok()?,
            "--shrink" => self.shrink = value.parse().ok()?,
            "--keep" => self.keep = value.into(),
            "--pivot" => self.pivot = value.into(),
            _ => return None,
        }
        Some(())
    }
}
