//! The command line of a vessel: its own options, then the script's, then the script itself.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Instant;

use crate::exc::{Result, exit_status, print_uncaught};
use crate::io::{stderr, stdout};
use crate::modules::Linked;
use crate::settings::{self, Mode};
use crate::str::Str;
use crate::value::Value;
use crate::{clock, modules, worker};

/// Everything of a program that can be called from outside.
pub struct Vessel {
    pub name: &'static str,
    /// The Python file's name: what the script finds as its own name in `sys.argv`.
    pub source_name: &'static str,
    /// What the program can reach of the library.
    pub modules: &'static [Linked],
    pub functions: &'static [Entry],
    /// The module's statements, as its import runs them.
    pub init: fn() -> Result<Value>,
    /// Unbinds every module variable.
    pub reset: fn(),
    /// The main block.
    pub script: Option<fn() -> Result<Value>>,
    /// A class, variable or function of the module by its name.
    pub named: fn(&str) -> Option<Value>,
}

/// One function. Both calls bind the arguments as Python does; after them the arguments show every change.
pub struct Entry {
    pub name: &'static str,
    /// Native where the arguments fit, generic otherwise.
    pub call: fn(&[Value], &[(Str, Value)]) -> Result<Value>,
    /// Generic whatever the arguments are, so that a proof exercises both.
    pub generic: fn(&[Value], &[(Str, Value)]) -> Result<Value>,
}

/// Stack for the program's own recursion: address space, taken only as it is used.
const SCRIPT_STACK: usize = 1 << 30;
const WORKER_STACK: usize = 1 << 29;
/// The option, not for users, that makes a vessel answer a proof's calls.
const WORKER_OPTION: &str = "--pivot-worker";
/// The option that makes a vessel run its script as a case of a proof: with so many bytes of memory, the clock held still.
const CASE_OPTION: &str = "--pivot-case";

static NAMES: OnceLock<fn(&str) -> Option<Value>> = OnceLock::new();

/// A class, function or method of the program by its qualified name (`Point.norm`).
pub fn global(name: &str) -> Option<Value> {
    let mut parts = name.split('.');
    let first = NAMES.get()?(parts.next()?)?;
    parts.try_fold(first, |found, part| crate::attr::get_attr(&found, part).ok())
}

/// Runs the vessel as its command line asks.
pub fn main(vessel: &'static Vessel) -> ExitCode {
    crate::system::use_small_pages();
    let args: Vec<OsString> = std::env::args_os().collect();
    // A process has one vessel, so the first is the only one.
    let _ = NAMES.set(vessel.named);
    modules::link(vessel.modules);
    if args.get(1).is_some_and(|arg| arg == WORKER_OPTION) {
        let memory = memory(&args);
        let serve = move || {
            worker::serve(vessel, memory);
            0
        };
        return ExitCode::from(on_stack(WORKER_STACK, serve));
    }
    let is_case = args.get(1).is_some_and(|arg| arg == CASE_OPTION);
    if is_case {
        crate::system::limit(memory(&args));
    }
    let options = match Options::parse(args.into_iter().skip(if is_case { 3 } else { 1 })) {
        Ok(options) => options,
        Err(message) => {
            // Nobody is left to tell when stderr is gone.
            let _ = writeln!(std::io::stderr(), "{}_vessel: error: {message}", vessel.name);
            return ExitCode::from(2);
        }
    };
    options.apply();
    let script = move || {
        if is_case {
            clock::hold();
        }
        run(vessel, options)
    };
    let stack = if is_case { WORKER_STACK } else { SCRIPT_STACK };
    ExitCode::from(on_stack(stack, script))
}

/// The bytes of memory that the word after a hidden option allows.
fn memory(args: &[OsString]) -> u64 {
    let said = args.get(2).and_then(|text| text.to_str()?.parse().ok());
    said.unwrap_or(u64::MAX)
}

/// Runs on a thread with room for deep recursion; a panic there has told its own story and ends with status 101.
fn on_stack(size: usize, run: impl FnOnce() -> u8 + Send + 'static) -> u8 {
    let thread = std::thread::Builder::new().stack_size(size).spawn(run);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => status,
        Ok(Err(_)) => 101,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "no thread could be started: {error}");
            1
        }
    }
}

/// The exit status of a vessel that comes to what was left in Python.
pub(crate) const NO_SCRIPT: u8 = 4;

fn run(vessel: &'static Vessel, options: Options) -> u8 {
    settings::set_argv(std::iter::once(OsString::from(vessel.source_name)).chain(options.rest.iter().cloned()));
    settings::set_script(vessel.name);
    let begin = Instant::now();
    let Some(script) = vessel.script else {
        let name = vessel.source_name;
        let _ = writeln!(
            std::io::stderr(),
            "part of {name} could not be translated, so it cannot be run as a script here"
        );
        return NO_SCRIPT;
    };
    let ended = script();
    let status = match &ended {
        Ok(_) => 0,
        Err(raised) => {
            print_uncaught(raised);
            exit_status(raised)
        }
    };
    stdout::flush();
    stderr::flush();
    if options.time {
        let _ = writeln!(
            std::io::stderr(),
            "Time: {:.2}ms",
            begin.elapsed().as_secs_f64() * 1000.0
        );
    }
    status as u8
}

/// What the vessel's own options say.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    mode: Option<Mode>,
    workers: Option<usize>,
    batch_size: Option<usize>,
    time: bool,
    /// The script's arguments.
    rest: Vec<OsString>,
}

impl Options {
    /// Takes the vessel's options from before the script's; from the first word that is none of them, or after `--`,
    /// all is the script's.
    fn parse(args: impl Iterator<Item = OsString>) -> std::result::Result<Options, String> {
        let mut options = Options::default();
        let mut args = args.peekable();
        while let Some(word) = args.peek().map(|word| word.to_string_lossy().into_owned()) {
            let (name, attached) = match word.split_once('=') {
                Some((name, value)) => (name.to_string(), Some(value.to_string())),
                None => (word.clone(), None),
            };
            if !matches!(name.as_str(), "--mode" | "--workers" | "--batch-size" | "--time" | "--") {
                break;
            }
            args.next();
            if word == "--" {
                break;
            }
            if name == "--time" {
                options.time = true;
                continue;
            }
            let value = attached.or_else(|| args.next().map(|value| value.to_string_lossy().into_owned()));
            options.set(&name, &value.ok_or_else(|| format!("{name} needs a value"))?)?;
        }
        options.rest = args.collect();
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &str) -> std::result::Result<(), String> {
        let count = || match value.parse::<usize>() {
            Ok(count) if count > 0 => Ok(count),
            _ => Err(format!("{name} takes a whole number above 0, not `{value}`")),
        };
        match name {
            "--mode" => self.mode = Some(mode(value)?),
            "--workers" => self.workers = Some(count()?),
            _ => self.batch_size = Some(count()?),
        }
        Ok(())
    }

    fn apply(&self) {
        if let Some(mode) = self.mode {
            settings::set_mode(mode);
        }
        if let Some(workers) = self.workers {
            settings::set_workers(workers);
        }
        if let Some(size) = self.batch_size {
            settings::set_batch_size(size);
        }
    }
}

fn mode(value: &str) -> std::result::Result<Mode, String> {
    match value {
        "auto" => Ok(Mode::Auto),
        "sequential" => Ok(Mode::Sequential),
        "parallel" => Ok(Mode::Parallel),
        _ => Err(format!("--mode takes auto, sequential or parallel, not `{value}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], expected: Options) {
        let found = Options::parse(words.iter().map(OsString::from));
        assert_eq!(found, Ok(expected), "{words:?}");
    }

    fn rest(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn own_options_end_at_the_first_foreign_word() {
        check(&[], Options::default());
        let time = Options {
            time: true,
            rest: rest(&["5", "--mode", "x"]),
            ..Options::default()
        };
        check(&["--time", "5", "--mode", "x"], time);
        let mode = Options {
            mode: Some(Mode::Parallel),
            workers: Some(2),
            rest: rest(&["--time"]),
            ..Options::default()
        };
        check(&["--mode=parallel", "--workers", "2", "--", "--time"], mode);
        check(
            &["--verbose", "--time"],
            Options {
                rest: rest(&["--verbose", "--time"]),
                ..Options::default()
            },
        );
    }

    #[test]
    fn wrong_values_are_refused() {
        for words in [&["--mode", "fast"][..], &["--workers", "0"], &["--batch-size"]] {
            assert!(Options::parse(words.iter().map(OsString::from)).is_err());
        }
    }
}
