//! Developer tasks: `cargo run -p xtask -- TASK`.

mod bench;
mod fuzz;
mod generate;
mod stdlib;
mod supply;
mod support;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo run -p xtask -- TASK

  generate   write what is generated from the code: docs/configuration.md, docs/schemas/
  tidy       check which modules use which, and that files are what CONTRIBUTING.md says
  bless      run the tests and take what they find as the expected output
  bench      measure pivot over a folder of programs (`bench --help`)
  fuzz       run random programs in CPython and as vessels (`fuzz --help`)
  stdlib     the standard library's own tests as cases (`stdlib --help`)
  check      tidy, that what `generate` writes is current, and the licences and sources of all dependencies";

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let faults = match task.as_str() {
        "generate" => generate::write(&root()),
        "tidy" => tidy::faults(&root()),
        "bless" => bless(),
        "bench" => bench::run_all(&root(), &std::env::args().skip(2).collect::<Vec<_>>()),
        "fuzz" => fuzz::run(&root(), &std::env::args().skip(2).collect::<Vec<_>>()),
        "stdlib" => stdlib::run_all(&root(), &std::env::args().skip(2).collect::<Vec<_>>()),
        "check" => [tidy::faults(&root()), generate::stale(&root()), supply::faults(&root())].concat(),
        _ => vec![USAGE.to_string()],
    };
    for fault in &faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The project's root folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Tests that compare with files write them instead where this variable is set.
fn bless() -> Vec<String> {
    let mut command = std::process::Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    command
        .args(["test", "--workspace"])
        .env("PIVOT_BLESS", "1")
        .current_dir(root());
    match command.status() {
        Ok(status) if status.success() => Vec::new(),
        Ok(status) => vec![format!("the tests ended with {status}")],
        Err(error) => vec![error.to_string()],
    }
}
