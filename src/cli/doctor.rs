//! `pivot doctor`: what is missing on this machine, and the command that mends it.

use super::exit_code::Exit;
use super::failure::Failure;
use super::output;
use crate::build::{Cache, Interpreter, Toolchain, find_program, profdata};
use crate::config::{Options, Overrides};
use crate::parity::sandbox::offered;
use std::path::Path;

/// Say what is missing on this machine, and how to mend it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot doctor")]
pub struct Args {
    /// The CPython that decides what is right.
    #[arg(long, value_name = "PROGRAM")]
    python: Option<String>,
}

/// The CPython whose behaviour pivot reproduces.
const ORACLE: &str = "3.11";

/// One line of the answer.
struct Finding {
    what: &'static str,
    verdict: Verdict,
    /// What was found, or how to mend it.
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    /// pivot works without it, with less.
    Lesser,
    /// Nothing can be evolved without it.
    Missing,
}

pub fn run(args: &Args) -> Result<Exit, Failure> {
    let overrides = Overrides {
        python: args.python.clone(),
        ..Overrides::default()
    };
    let options = Options::resolve(Path::new("."), &overrides)?;
    let mut findings = toolchain();
    findings.extend([linker(), python(&options.python), cache(), sandbox()]);
    let text: String = findings.iter().map(line).collect();
    output::emit(&text, None)?;
    let missing = findings.iter().any(|finding| finding.verdict == Verdict::Missing);
    Ok(if missing { Exit::NotEvolved } else { Exit::Done })
}

fn line(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Good => "ok",
        Verdict::Lesser => "optional",
        Verdict::Missing => "missing",
    };
    format!("{verdict:9} {:14} {}\n", finding.what, finding.words)
}

fn good(what: &'static str, words: impl Into<String>) -> Finding {
    Finding {
        what,
        verdict: Verdict::Good,
        words: words.into(),
    }
}

fn lesser(what: &'static str, words: impl Into<String>) -> Finding {
    Finding {
        what,
        verdict: Verdict::Lesser,
        words: words.into(),
    }
}

fn missing(what: &'static str, words: impl Into<String>) -> Finding {
    Finding {
        what,
        verdict: Verdict::Missing,
        words: words.into(),
    }
}

fn toolchain() -> Vec<Finding> {
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(error) => return vec![missing("rust", format!("{error}; {}", error.help()))],
    };
    let rustfmt = match &toolchain.rustfmt {
        Some(path) => good("rustfmt", path.display().to_string()),
        None => lesser(
            "rustfmt",
            "vessels are less pleasant to read without it: `rustup component add rustfmt`",
        ),
    };
    let pgo = match profdata(&toolchain) {
        Ok(path) => good("llvm-profdata", path.display().to_string()),
        Err(words) => lesser("llvm-profdata", format!("for profile-guided optimisation; {words}")),
    };
    vec![
        good("rustc", format!("{}, {}", toolchain.version, toolchain.host)),
        good("cargo", toolchain.cargo.display().to_string()),
        rustfmt,
        pgo,
    ]
}

fn linker() -> Finding {
    match find_program("cc") {
        Some(path) => good("linker", path.display().to_string()),
        None if cfg!(windows) => good("linker", "rustc finds its own"),
        None => missing(
            "linker",
            "no `cc`: install a C compiler (Debian: `apt-get install gcc`, macOS: `xcode-select --install`)",
        ),
    }
}

fn python(name: &str) -> Finding {
    match Interpreter::find(name).map(|python| python.version) {
        Ok(version) if version.starts_with(&format!("{ORACLE}.")) => {
            good("python", format!("{name} is CPython {version}"))
        }
        Ok(version) => lesser(
            "python",
            format!("{name} is CPython {version}; pivot reproduces {ORACLE}: name one with --python"),
        ),
        Err(error) => missing("python", format!("{error}; {}", error.help())),
    }
}

fn cache() -> Finding {
    let probe = Cache::of_user().and_then(|cache| cache.probe().map(|()| cache));
    match probe {
        Ok(cache) => good("cache", cache.root().display().to_string()),
        Err(error) => missing(
            "cache",
            format!("{error}; set PIVOT_CACHE_DIR to a folder that can be written"),
        ),
    }
}

fn sandbox() -> Finding {
    let words = offered();
    if words.starts_with("Landlock") {
        good("sandbox", words)
    } else {
        lesser("sandbox", words)
    }
}
