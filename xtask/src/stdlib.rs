//! `stdlib`: the standard library's own tests as cases.
//!
//! Each pure-Python module is copied from the interpreter's library to a folder that comes first on the path, its own
//! tests are run there under `pivot record`, and the module is evolved and certified with the calls that were seen. The
//! copy does without its C parts, and calls with objects of other files are left out: a vessel has neither.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub const USAGE: &str = "\
cargo run -p xtask -- stdlib [--only FILE,FILE] [--work FOLDER] [--python PROGRAM] [--cases N] [--markdown FILE]

  --only      only these modules, as files of the library: textwrap.py,json/decoder.py
  --work      where the copies and their vessels are made; target/stdlib where absent";

/// Changes copies and recordings.
const HELPER: &str = include_str!("stdlib.py");

/// Files of the library, each with the tests that call it.
const MODULES: [(&str, &str); 30] = [
    ("base64.py", "test.test_base64"),
    ("bisect.py", "test.test_bisect"),
    ("calendar.py", "test.test_calendar"),
    ("colorsys.py", "test.test_colorsys"),
    ("configparser.py", "test.test_configparser"),
    ("copy.py", "test.test_copy"),
    ("csv.py", "test.test_csv"),
    ("difflib.py", "test.test_difflib"),
    ("fnmatch.py", "test.test_fnmatch"),
    ("fractions.py", "test.test_fractions"),
    ("getopt.py", "test.test_getopt"),
    ("graphlib.py", "test.test_graphlib"),
    ("heapq.py", "test.test_heapq"),
    ("html/__init__.py", "test.test_html"),
    ("html/parser.py", "test.test_htmlparser"),
    ("ipaddress.py", "test.test_ipaddress"),
    ("json/decoder.py", "test.test_json"),
    ("json/encoder.py", "test.test_json"),
    ("json/scanner.py", "test.test_json"),
    ("ntpath.py", "test.test_ntpath"),
    ("operator.py", "test.test_operator"),
    ("posixpath.py", "test.test_posixpath"),
    ("pprint.py", "test.test_pprint"),
    ("quopri.py", "test.test_quopri"),
    ("reprlib.py", "test.test_reprlib"),
    ("shlex.py", "test.test_shlex"),
    ("statistics.py", "test.test_statistics"),
    ("string.py", "test.test_string"),
    ("textwrap.py", "test.test_textwrap"),
    ("urllib/parse.py", "test.test_urlparse"),
];

struct Settings {
    only: Vec<String>,
    work: PathBuf,
    python: String,
    cases: String,
    markdown: Option<PathBuf>,
}

/// What was found out about one module.
struct Row {
    file: String,
    /// Functions and methods.
    functions: usize,
    /// Those that the vessel has.
    accepted: usize,
    /// Those of them whose every case came out as in CPython.
    equal: usize,
    differ: usize,
    /// Those that the tests called with arguments that can be made again, and how many such calls were kept.
    called: usize,
    called_equal: usize,
    calls: usize,
    /// Cases compared, the recorded calls among them.
    cases: u64,
    /// Why there is nothing to show.
    fault: Option<String>,
}

/// Runs the task; gives the command's faults.
pub fn run_all(root: &Path, args: &[String]) -> Vec<String> {
    let settings = match Settings::of(root, args) {
        Ok(settings) => settings,
        Err(fault) => return vec![fault, USAGE.to_owned()],
    };
    let library =
        said(Command::new(&settings.python).args(["-c", "import os; print(os.path.dirname(os.__file__), end='')"]));
    let mut rows = Vec::new();
    for (file, test) in MODULES {
        if !settings.only.is_empty() && !settings.only.iter().any(|only| only == file) {
            continue;
        }
        let row = examine(root, &settings, Path::new(&library), file, test);
        eprintln!("{}", line(&row));
        rows.push(row);
    }
    let text = table(&settings, &rows);
    println!("{text}");
    match &settings.markdown {
        Some(path) => fs::write(path, text)
            .err()
            .map(|error| error.to_string())
            .into_iter()
            .collect(),
        None => Vec::new(),
    }
}

impl Settings {
    fn of(root: &Path, args: &[String]) -> Result<Settings, String> {
        let mut settings = Settings {
            only: Vec::new(),
            work: root.join("target/stdlib"),
            python: "python3".to_owned(),
            cases: "300".to_owned(),
            markdown: None,
        };
        let mut args = args.iter();
        while let Some(option) = args.next() {
            let value = args.next().ok_or_else(|| format!("{option} needs a value"))?;
            match option.as_str() {
                "--only" => settings.only = value.split(',').map(str::to_owned).collect(),
                "--work" => settings.work = PathBuf::from(value),
                "--python" => settings.python.clone_from(value),
                "--cases" => settings.cases.clone_from(value),
                "--markdown" => settings.markdown = Some(PathBuf::from(value)),
                _ => return Err(format!("unknown option {option}")),
            }
        }
        Ok(settings)
    }
}

fn examine(root: &Path, settings: &Settings, library: &Path, file: &str, test: &str) -> Row {
    let folder = settings.work.join(file.replace(['/', '.'], "_"));
    let outcome = prepare(&folder, library, file).map_err(|error| error.to_string());
    let outcome = outcome.and_then(|()| help(settings, "strip", &folder.join(file)));
    let outcome = outcome.and_then(|()| evolve(root, settings, &folder, file, test));
    match outcome.and_then(|()| row(&folder, file)) {
        Ok(row) => row,
        Err(fault) => Row {
            fault: Some(fault),
            ..Row::empty(file)
        },
    }
}

/// A fresh folder with a copy of the module; of a package, all of it.
fn prepare(folder: &Path, library: &Path, file: &str) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let Some((package, _)) = file.split_once('/') else {
        return fs::copy(library.join(file), folder.join(file)).map(drop);
    };
    fs::create_dir(folder.join(package))?;
    for entry in fs::read_dir(library.join(package))?.flatten() {
        if entry.path().extension().is_some_and(|e| e == "py") {
            fs::copy(entry.path(), folder.join(package).join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn evolve(root: &Path, settings: &Settings, folder: &Path, file: &str, test: &str) -> Result<(), String> {
    let pivot = |args: &[&str]| {
        let mut command = Command::new(root.join("target/debug/pivot"));
        command
            .args(args)
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .env("PYTHONPATH", folder);
        command
            .output()
            .map_err(|error| format!("pivot does not start: {error}"))
    };
    let log = |name: &str, output: &std::process::Output| {
        let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        fs::write(folder.join(name), text).map_err(|error| error.to_string())
    };
    let run = [
        "record",
        "--file",
        file,
        "--",
        &settings.python,
        "-m",
        "unittest",
        "-q",
        test,
    ];
    log("record.log", &pivot(&run)?)?;
    if let Some(calls) = calls_file(folder, file) {
        help(settings, "sift", &calls)?;
    }
    let evolved = pivot(&["evolve", file, "--no-bench", "--cases", &settings.cases])?;
    log("evolve.log", &evolved)
}

fn help(settings: &Settings, task: &str, path: &Path) -> Result<(), String> {
    let mut command = Command::new(&settings.python);
    let output = command.args(["-c", HELPER, task]).arg(path).output();
    match output.map_err(|error| error.to_string())? {
        output if output.status.success() => Ok(()),
        output => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// The folders that may have what belongs to the module.
fn places(folder: &Path, file: &str) -> Vec<PathBuf> {
    let own = folder.join(file).parent().map(Path::to_owned);
    [Some(folder.to_owned()), own].into_iter().flatten().collect()
}

fn stem(file: &str) -> String {
    Path::new(file)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn calls_file(folder: &Path, file: &str) -> Option<PathBuf> {
    let name = format!(".pivot/{}.calls.json", stem(file));
    places(folder, file)
        .into_iter()
        .map(|place| place.join(&name))
        .find(|path| path.is_file())
}

fn row(folder: &Path, file: &str) -> Result<Row, String> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str::<Value>(&text).map_err(|error| error.to_string())
    };
    let kept = places(folder, file).into_iter().map(|place| place.join("vessels"));
    let kept = kept.flat_map(|place| [stem(file), format!(".{}.refuted", stem(file))].map(|name| place.join(name)));
    let vessel = kept
        .into_iter()
        .find(|vessel| vessel.join("certificate.json").is_file());
    let vessel = vessel.ok_or("no vessel was made")?;
    let manifest = read(vessel.join("vessel.json"))?;
    let certificate = read(vessel.join("certificate.json"))?;
    let recorded = calls_file(folder, file).map(read).transpose()?;
    let calls = |function: &str| {
        let kept = recorded.as_ref().and_then(|all| all[function]["calls"].as_array());
        kept.map_or(0, Vec::len)
    };
    let proven: Vec<&Value> = certificate["functions"].as_array().into_iter().flatten().collect();
    let stands = |name: &str, verdict: &str| {
        let found = proven.iter().find(|function| function["name"] == name);
        found.is_some_and(|function| function["verdict"] == verdict)
    };
    let mut row = Row::empty(file);
    for function in manifest["functions"].as_array().into_iter().flatten() {
        let name = function["name"].as_str().unwrap_or_default();
        let is_equal = stands(name, "certified");
        row.functions += 1;
        row.accepted += usize::from(function["status"] != "python");
        row.equal += usize::from(is_equal);
        row.differ += usize::from(stands(name, "refuted"));
        let calls = calls(name);
        row.calls += calls;
        row.called += usize::from(calls > 0);
        row.called_equal += usize::from(calls > 0 && is_equal);
    }
    row.cases = certificate["counts"]["compared"].as_u64().unwrap_or_default();
    Ok(row)
}

impl Row {
    fn empty(file: &str) -> Row {
        Row {
            file: file.to_owned(),
            functions: 0,
            accepted: 0,
            equal: 0,
            differ: 0,
            called: 0,
            called_equal: 0,
            calls: 0,
            cases: 0,
            fault: None,
        }
    }

    fn add(&mut self, other: &Row) {
        self.functions += other.functions;
        self.accepted += other.accepted;
        self.equal += other.equal;
        self.differ += other.differ;
        self.called += other.called;
        self.called_equal += other.called_equal;
        self.calls += other.calls;
        self.cases += other.cases;
    }
}

fn line(row: &Row) -> String {
    if let Some(fault) = &row.fault {
        return format!("| {} | {fault} | | | | | | | |", row.file);
    }
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        row.file,
        row.functions,
        row.accepted,
        row.equal,
        row.differ,
        row.called,
        row.called_equal,
        row.calls,
        row.cases
    )
}

fn table(settings: &Settings, rows: &[Row]) -> String {
    let python = said(Command::new(&settings.python).arg("--version"));
    let date = said(Command::new("date").arg("+%Y-%m-%d"));
    let mut all = Row::empty("all");
    rows.iter().for_each(|row| all.add(row));
    let mut text = format!(
        "# The standard library's own tests as cases\n\n\
         `cargo run -p xtask -- stdlib` copies pure-Python modules of the interpreter's library, runs their tests under\n\
         `pivot record`, evolves each module and certifies it with the calls seen and with {} generated cases for each\n\
         function. Measured on {date} with {python}.\n\n\
         *Functions* are all functions and methods of the file; *accepted* those that the vessel has; *equal* those of\n\
         them whose every case ended as in CPython (the others could not be given any case, unless they stand under\n\
         *differ*); *called* those that the tests called with arguments that can be made again.\n\n\
         | module | functions | accepted | equal | differ | called | called and equal | calls | cases compared |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        settings.cases
    );
    for row in rows.iter().chain([&all]) {
        text.push_str(&line(row));
        text.push('\n');
    }
    text
}

fn said(command: &mut Command) -> String {
    let output = command.output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
