//! `bench`: pivot and whichever peers are given, over a folder of programs, in alternating rounds.
//!
//! A program is `NAME.py N` and prints a checksum; `sizes.json` in its folder says which N is measured and which is so
//! small that only starting up is left. What counts is the difference between the two, so that neither the start of an
//! interpreter nor a compilation at start is measured. Every output is compared with CPython's.

use pivot::bench::{Machine, Run, run};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

pub const USAGE: &str = "\
cargo run --release -p xtask -- bench [FOLDER] [--rounds N] [--only NAME,NAME] [--profile NAME] [--python PROGRAM]
    [--peer 'NAME=COMMAND'] [--prepare 'NAME=COMMAND'] [--json FILE] [--markdown FILE]

  FOLDER      programs with a sizes.json; examples/benchmarks where absent
  --peer      another contender: a command with {file}, {name}, {n} and {work} (a folder of its own)
  --prepare   what is run once for a program before that contender is measured";

/// One round is at most this long.
const LIMIT: Duration = Duration::from_secs(300);

struct Settings {
    folder: PathBuf,
    rounds: usize,
    only: Vec<String>,
    profile: String,
    python: String,
    peers: Vec<Peer>,
    json: Option<PathBuf>,
    markdown: Option<PathBuf>,
}

/// A contender: commands with places to fill in.
#[derive(Clone, Debug)]
struct Peer {
    name: String,
    prepare: Option<String>,
    command: String,
}

/// Everything that was found out.
#[derive(Serialize)]
struct Results {
    machine: Machine,
    date: String,
    python: String,
    profile: String,
    rounds: usize,
    programs: BTreeMap<String, BTreeMap<String, Cell>>,
}

/// One program with one contender.
#[derive(Clone, Debug, Default, Serialize)]
struct Cell {
    /// Seconds of work, start-up taken off; none where it failed.
    seconds: Option<f64>,
    /// Times faster than CPython.
    ratio: Option<f64>,
    peak_bytes: Option<u64>,
    /// Seconds that the preparation took.
    build: Option<f64>,
    /// Why there is no figure.
    fault: Option<String>,
}

/// Runs the benchmark; gives what went wrong.
pub fn run_all(root: &Path, args: &[String]) -> Vec<String> {
    let settings = match settings(root, args) {
        Ok(settings) => settings,
        Err(fault) => return vec![fault, USAGE.into()],
    };
    let sizes = match sizes(&settings) {
        Ok(sizes) => sizes,
        Err(fault) => return vec![fault],
    };
    let mut results = Results {
        machine: Machine::this(),
        date: today(),
        python: said(&settings.python, "--version"),
        profile: settings.profile.clone(),
        rounds: settings.rounds,
        programs: BTreeMap::new(),
    };
    for (name, (n, tiny)) in sizes {
        eprintln!("{name}");
        results
            .programs
            .insert(name.clone(), program(&settings, &name, n, tiny));
    }
    let text = markdown(&results, &settings.peers);
    println!("{text}");
    let json = serde_json::to_string_pretty(&results).expect("figures are plain data") + "\n";
    let files = [(settings.json, json), (settings.markdown, text)];
    let write = |(path, text): (Option<PathBuf>, String)| {
        let path = path?;
        fs::write(&path, text)
            .err()
            .map(|error| format!("{}: {error}", path.display()))
    };
    files.into_iter().filter_map(write).collect()
}

fn settings(root: &Path, args: &[String]) -> Result<Settings, String> {
    let mut settings = Settings {
        folder: root.join("examples/benchmarks"),
        rounds: 5,
        only: Vec::new(),
        profile: "aggressive".into(),
        python: "python3".into(),
        peers: Vec::new(),
        json: None,
        markdown: None,
    };
    let mut prepared: BTreeMap<String, String> = BTreeMap::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--rounds" => settings.rounds = value()?.parse().map_err(|_| "--rounds takes a number".to_string())?,
            "--only" => settings.only = value()?.split(',').map(str::to_string).collect(),
            "--profile" => settings.profile = value()?,
            "--python" => settings.python = value()?,
            "--peer" => settings.peers.push(peer(&value()?)?),
            "--prepare" => prepared.extend([pair(&value()?)?]),
            "--json" => settings.json = Some(value()?.into()),
            "--markdown" => settings.markdown = Some(value()?.into()),
            other if other.starts_with('-') => return Err(format!("unknown option {other}")),
            folder => settings.folder = folder.into(),
        }
    }
    for peer in &mut settings.peers {
        peer.prepare = prepared.remove(&peer.name);
    }
    let own = own(root, &settings.profile);
    settings.peers.splice(0..0, own);
    Ok(settings)
}

/// pivot itself, built beside this task, twice: sequentially, and as it runs by default.
fn own(root: &Path, profile: &str) -> [Peer; 2] {
    let pivot = std::env::current_exe()
        .ok()
        .and_then(|own| Some(own.parent()?.join("pivot")))
        .unwrap_or_default();
    let pivot = if pivot.exists() {
        pivot
    } else {
        root.join("target/release/pivot")
    };
    let evolve = format!(
        "{} evolve {{file}} --profile {profile} --out {{work}} --no-certify --no-bench",
        pivot.display()
    );
    let run = |mode: &str| format!("{{work}}/{{name}}/{{name}}_vessel --mode {mode} -- {{n}}");
    [
        Peer {
            name: "pivot".into(),
            prepare: Some(evolve.clone()),
            command: run("sequential"),
        },
        Peer {
            name: "pivot-auto".into(),
            prepare: Some(evolve),
            command: run("auto"),
        },
    ]
}

fn peer(text: &str) -> Result<Peer, String> {
    let (name, command) = pair(text)?;
    Ok(Peer {
        name,
        prepare: None,
        command,
    })
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, command) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not NAME=COMMAND"))?;
    Ok((name.to_string(), command.to_string()))
}

fn sizes(settings: &Settings) -> Result<Vec<(String, (u64, u64))>, String> {
    let path = settings.folder.join("sizes.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let all: BTreeMap<String, (u64, u64)> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let chosen = |name: &String| settings.only.is_empty() || settings.only.contains(name);
    Ok(all.into_iter().filter(|(name, _)| chosen(name)).collect())
}

/// A contender that is ready to run.
struct Ready {
    name: String,
    build: Option<f64>,
    large: Vec<OsString>,
    small: Vec<OsString>,
    /// Wall seconds of each round, at the large size and at the tiny one.
    rounds: Vec<(f64, f64)>,
    peak: u64,
    fault: Option<String>,
}

fn program(settings: &Settings, name: &str, n: u64, tiny: u64) -> BTreeMap<String, Cell> {
    let file = settings.folder.join(format!("{name}.py"));
    let python = Peer {
        name: "python".into(),
        prepare: None,
        command: format!("{} {{file}} {{n}}", settings.python),
    };
    let work = std::env::temp_dir().join(format!("pivot-bench-{}", std::process::id()));
    let all = std::iter::once(&python).chain(&settings.peers);
    let mut contenders: Vec<Ready> = all.map(|peer| ready(peer, &file, name, n, tiny, &work)).collect();
    let mut expected = None;
    for _ in 0..settings.rounds {
        for contender in contenders.iter_mut().filter(|contender| contender.fault.is_none()) {
            if let Err(fault) = round(contender, &mut expected) {
                contender.fault = Some(fault);
            }
        }
    }
    let _ = fs::remove_dir_all(&work);
    let base = contenders.first().and_then(work_seconds);
    contenders
        .iter()
        .map(|contender| (contender.name.clone(), cell(contender, base)))
        .collect()
}

fn ready(peer: &Peer, file: &Path, name: &str, n: u64, tiny: u64, work: &Path) -> Ready {
    let work = work.join(&peer.name);
    let fill = |template: &str, n: u64| -> Vec<OsString> {
        let filled = template
            .replace("{file}", &file.to_string_lossy())
            .replace("{name}", name)
            .replace("{work}", &work.to_string_lossy())
            .replace("{n}", &n.to_string());
        filled.split_whitespace().map(OsString::from).collect()
    };
    let _ = fs::create_dir_all(&work);
    let started = Instant::now();
    let prepared = peer.prepare.as_ref().map(|template| prepare(&fill(template, n)));
    Ready {
        name: peer.name.clone(),
        build: prepared.as_ref().map(|_| started.elapsed().as_secs_f64()),
        large: fill(&peer.command, n),
        small: fill(&peer.command, tiny),
        rounds: Vec::new(),
        peak: 0,
        fault: prepared.and_then(Result::err),
    }
}

fn prepare(command: &[OsString]) -> Result<(), String> {
    let output = Command::new(&command[0])
        .args(&command[1..])
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(words.lines().last().unwrap_or("it failed and said nothing").to_string())
}

fn round(contender: &mut Ready, expected: &mut Option<Vec<u8>>) -> Result<(), String> {
    let measured =
        |command: &[OsString]| -> Result<Run, String> { run(command, LIMIT).map_err(|error| error.to_string()) };
    let large = measured(&contender.large)?;
    if *expected.get_or_insert_with(|| large.stdout.clone()) != large.stdout {
        return Err("wrong output".into());
    }
    let small = measured(&contender.small)?;
    contender.rounds.push((large.wall_ms / 1000.0, small.wall_ms / 1000.0));
    contender.peak = contender.peak.max(large.peak_bytes.unwrap_or(0));
    Ok(())
}

/// The median of the whole run less the median of starting up.
fn work_seconds(contender: &Ready) -> Option<f64> {
    let large = median(contender.rounds.iter().map(|round| round.0))?;
    let small = median(contender.rounds.iter().map(|round| round.1))?;
    (contender.fault.is_none()).then(|| (large - small).max(1e-4))
}

fn cell(contender: &Ready, base: Option<f64>) -> Cell {
    let seconds = work_seconds(contender);
    Cell {
        seconds,
        ratio: base.zip(seconds).map(|(base, own)| base / own),
        peak_bytes: seconds.map(|_| contender.peak),
        build: contender.build,
        fault: contender.fault.clone(),
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

fn markdown(results: &Results, peers: &[Peer]) -> String {
    let names: Vec<&str> = peers.iter().map(|peer| peer.name.as_str()).collect();
    let mut text = format!(
        "Times faster than {} ({}; {}, {} cores; {} profile; medians of {} alternating rounds, start-up taken off).\n\n",
        results.python, results.date, results.machine.processor, results.machine.cores, results.profile, results.rounds
    );
    text.push_str(&format!(
        "| program | CPython | {} | memory, of CPython's | build |\n",
        names.join(" | ")
    ));
    text.push_str(&format!("|---|---:|{}---:|---:|\n", "---:|".repeat(names.len())));
    for (program, cells) in &results.programs {
        text.push_str(&row(program, cells, &names));
    }
    text + &mean_row(results, &names)
}

fn row(program: &str, cells: &BTreeMap<String, Cell>, names: &[&str]) -> String {
    let python = &cells["python"];
    let ratios = names
        .iter()
        .map(|name| shown(&cells[*name]))
        .collect::<Vec<_>>()
        .join(" | ");
    let own = &cells["pivot"];
    let memory = own
        .peak_bytes
        .zip(python.peak_bytes)
        .map_or_else(String::new, |(own, base)| {
            format!("{:.0} %", 100.0 * own as f64 / base as f64)
        });
    let build = own.build.map_or_else(String::new, |seconds| format!("{seconds:.1} s"));
    let base = python
        .seconds
        .map_or_else(|| "failed".into(), |seconds| format!("{:.0} ms", seconds * 1000.0));
    format!("| {program} | {base} | {ratios} | {memory} | {build} |\n")
}

fn shown(cell: &Cell) -> String {
    match (cell.ratio, &cell.fault) {
        (Some(ratio), _) => format!("{ratio:.1}x"),
        (None, Some(fault)) => fault.chars().take(40).collect::<String>().replace('|', "/"),
        (None, None) => "not run".into(),
    }
}

/// A program that a contender fails counts as 1x: its user is left with CPython.
fn mean_row(results: &Results, names: &[&str]) -> String {
    let mean = |name: &&str| {
        let logs: Vec<f64> = results
            .programs
            .values()
            .map(|cells| cells[*name].ratio.unwrap_or(1.0).ln())
            .collect();
        format!("{:.1}x", (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp())
    };
    format!(
        "| geometric mean, failures as 1x | | {} | | |\n",
        names.iter().map(mean).collect::<Vec<_>>().join(" | ")
    )
}

fn said(program: &str, flag: &str) -> String {
    let output = Command::new(program).arg(flag).output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string())
        .unwrap_or_default()
}

fn today() -> String {
    said("date", "+%Y-%m-%d")
}
