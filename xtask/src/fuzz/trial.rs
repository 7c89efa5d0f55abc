//! One program, run by CPython and as a vessel.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Where and how programs are tried.
pub struct Bench {
    pub pivot: PathBuf,
    pub folder: PathBuf,
    pub cases: u64,
}

/// What is wrong with a vessel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// pivot itself failed.
    Bug(String),
    /// rustc refused what was generated.
    Refused(String),
    /// A function's cases differ.
    Cases(String),
    /// The script prints something else.
    Script(String),
}

impl Fault {
    /// The kind of fault: what shrinking must keep.
    pub fn kind(&self) -> &'static str {
        match self {
            Fault::Bug(_) => "bug",
            Fault::Refused(_) => "refused by rustc",
            Fault::Cases(_) => "different on a case",
            Fault::Script(_) => "different as a script",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Fault::Bug(text) | Fault::Refused(text) | Fault::Cases(text) | Fault::Script(text)) = self;
        write!(f, "{}:\n{text}", self.kind())
    }
}

/// How a trial went.
pub struct Outcome {
    pub fault: Option<Fault>,
    /// Functions by what became of them: native, generic, left in Python.
    pub counts: [usize; 3],
    /// Cases on which both sides agreed.
    pub cases: usize,
}

/// A run takes no longer than this.
const LATEST: Duration = Duration::from_secs(120);

impl Bench {
    /// Evolves and certifies the program, then compares the scripts.
    pub fn trial(&self, text: &str) -> Outcome {
        let file = self.folder.join("fuzz.py");
        let mut outcome = Outcome {
            fault: None,
            counts: [0; 3],
            cases: 0,
        };
        if let Err(error) = fs::write(&file, text) {
            outcome.fault = Some(Fault::Bug(error.to_string()));
            return outcome;
        }
        let cases = self.cases.to_string();
        let evolved = self.run(
            &self.pivot,
            &["evolve", "fuzz.py", "--no-bench", "--json", "--cases", &cases],
        );
        let (story, report) = (utf8(&evolved.stderr), utf8(&evolved.stdout));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap_or_default();
        for function in report["functions"].as_array().into_iter().flatten() {
            let at = ["native", "generic", "python"]
                .iter()
                .position(|status| function["status"] == *status);
            outcome.counts[at.unwrap_or(2)] += 1;
            outcome.cases += function["cases"].as_u64().unwrap_or_default() as usize;
        }
        let essence = essence(&story);
        outcome.fault = match evolved.status.code() {
            _ if story.contains("rustc refused") => Some(Fault::Refused(essence)),
            Some(0) => self.script_fault(),
            Some(5) => Some(Fault::Cases(essence)),
            Some(4) if story.contains("error[") => Some(Fault::Refused(essence)),
            _ => Some(Fault::Bug(essence)),
        };
        outcome
    }

    /// The first line on which the script and its vessel differ, sequentially or on several threads.
    fn script_fault(&self) -> Option<Fault> {
        let python = self.run(Path::new("python3"), &["fuzz.py"]);
        let vessel = self.folder.join("vessels/fuzz/fuzz_vessel");
        if !vessel.is_file() {
            return None;
        }
        ["sequential", "parallel"].into_iter().find_map(|mode| {
            let output = self.run(&vessel, &["--mode", mode]);
            let (wanted, got) = (ended(&python), ended(&output));
            (wanted != got).then(|| {
                let pair = wanted.lines().zip(got.lines()).find(|(a, b)| a != b);
                let (a, b) = pair.unwrap_or(("(more)", "(fewer lines)"));
                Fault::Script(format!("CPython: {a}\nvessel ({mode}): {b}"))
            })
        })
    }

    fn run(&self, program: &Path, args: &[&str]) -> Output {
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(&self.folder)
            .env("NO_COLOR", "1")
            .env("PYTHONHASHSEED", "0");
        command.env("RUST_BACKTRACE", "0").stdin(Stdio::null());
        let (out, err) = (self.folder.join("stdout"), self.folder.join("stderr"));
        let file = |path: &Path| fs::File::create(path).map_or_else(|_| Stdio::null(), Stdio::from);
        command.stdout(file(&out)).stderr(file(&err));
        let start = Instant::now();
        let Ok(mut child) = command.spawn() else {
            return failed(&format!("{} could not be started", program.display()));
        };
        loop {
            match child.try_wait() {
                Ok(Some(status)) => {
                    return Output {
                        status,
                        stdout: fs::read(&out).unwrap_or_default(),
                        stderr: fs::read(&err).unwrap_or_default(),
                    };
                }
                Ok(None) if start.elapsed() < LATEST => std::thread::sleep(Duration::from_millis(5)),
                _ => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return failed(&format!("{} took longer than {LATEST:?}", program.display()));
                }
            }
        }
    }
}

/// The story without what went well.
fn essence(story: &str) -> String {
    let is_news = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_listed = line.starts_with("  ") && matches!(words.get(1), Some(&("native" | "generic" | "python")));
        !(is_listed || line.starts_with('✓') || line.contains("not reached: ") || words.is_empty())
    };
    story.lines().filter(is_news).collect::<Vec<_>>().join("\n")
}

fn failed(words: &str) -> Output {
    use std::os::unix::process::ExitStatusExt;
    Output {
        status: std::process::ExitStatus::from_raw(9),
        stdout: Vec::new(),
        stderr: words.as_bytes().to_vec(),
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn ended(output: &Output) -> String {
    format!("{}\n[{:?}]", utf8(&output.stdout), output.status.code())
}
