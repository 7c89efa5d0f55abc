//! `pivot run`: one native function on recorded cases.

use super::certify::manifest;
use super::console::Console;
use super::exit_code::Exit;
use super::failure::Failure;
use super::output;
use crate::parity::certify::binary_of;
use crate::parity::protocol;
use crate::parity::subject::Vessel;
use crate::parity::worker::{Reply, Worker};
use crate::vessel::Status;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Call one function of a vessel on recorded cases: one JSON case a line in, one JSON outcome a line out.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pivot run vessels/process_files process_batch --cases cases.jsonl")]
pub struct Args {
    /// The vessel's folder.
    #[arg(value_name = "VESSEL")]
    vessel: PathBuf,
    /// The function's name; `Class.method` for methods.
    #[arg(value_name = "FUNCTION")]
    function: String,
    /// JSON lines, each `{"args": [...], "kwargs": {...}}` in the case format; `-` for stdin.
    #[arg(long, value_name = "FILE")]
    cases: PathBuf,
    /// Seconds one case may take.
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,
    /// Write the outcomes to a file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Cases sent to the vessel together.
const GROUP: usize = 256;

pub fn run(args: &Args, _console: &Console) -> Result<Exit, Failure> {
    let manifest = manifest(&args.vessel)?;
    let Some(entry) = manifest.functions.iter().find(|entry| entry.name == args.function) else {
        let names: Vec<&str> = manifest.functions.iter().map(|entry| entry.name.as_str()).collect();
        let message = format!("the vessel has no function `{}`", args.function);
        return Err(Failure::usage(message).with_help(format!("it has {}", names.join(", "))));
    };
    if entry.status == Status::Python {
        let message = format!("`{}` was left in Python: {}", entry.name, entry.reason);
        return Err(Failure::usage(message));
    }
    let text = read(&args.cases)?;
    let binary = binary_of(&args.vessel, &manifest);
    let vessel = Vessel::new(&binary).map_err(|error| Failure::input(&binary, &error))?;
    let mut worker = Worker::new(&vessel, Duration::from_secs(args.timeout));
    worker.prepare(&protocol::select(&args.function));
    let mut out = String::new();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    for (number, group) in lines.chunks(GROUP).enumerate() {
        let requests: Vec<Vec<u8>> = group.iter().map(|line| protocol::plain_call(line)).collect();
        let replies = worker.ask(&requests).map_err(|error| Failure::input(&binary, &error))?;
        for (at, reply) in replies.into_iter().enumerate() {
            out.push_str(&outcome(reply, number * GROUP + at + 1)?);
            out.push('\n');
        }
    }
    output::emit(&out, args.output.as_deref())?;
    Ok(Exit::Done)
}

/// A worker's answer as a line of JSON; a vessel that dies or hangs is that case's outcome.
fn outcome(reply: Reply, line: usize) -> Result<String, Failure> {
    match reply {
        Reply::Answer(answer) => match answer.split_first() {
            Some((b'j', text)) => Ok(String::from_utf8_lossy(text).into_owned()),
            Some((b'!', words)) => {
                let words = String::from_utf8_lossy(words);
                Err(Failure::usage(format!("line {line} of the cases: {words}")))
            }
            _ => Err(Failure::new(Exit::Bug, "the vessel gave no outcome")),
        },
        Reply::Died(words) => Ok(serde_json::json!({"died": words}).to_string()),
        Reply::TimedOut => Ok(serde_json::json!({"timeout": true}).to_string()),
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        return match std::io::stdin().read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(Failure::input(path, &error)),
        };
    }
    std::fs::read_to_string(path).map_err(|error| Failure::input(path, &error))
}
