//! The hidden side of a vessel: answers calls that arrive as frames on standard input, one process for many thousands
//! of cases. A frame is its length (four bytes, little-endian) and its body.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::exc::Result;
use crate::io::{stderr, stdout};
use crate::settings::{self, Mode};
use crate::str::Str;
use crate::support::boundary;
use crate::system;
use crate::value::Value;
use crate::vessel::{self, Entry, Vessel};
use crate::{caseform, clock, depth, ops, wire};

/// Run the case in a module that no earlier case has touched.
const RESET: u8 = 1;
/// Lay out the case's files first, and make the files found afterwards part of the outcome.
const WATCH_FILES: u8 = 2;
/// Call the generic version.
const GENERIC: u8 = 4;
/// Run parallel loops on two threads, however short they are.
const TWO_THREADS: u8 = 8;
/// As above, on one thread more than there are cores.
const MORE_THREADS: u8 = 32;
/// In an answer: the native version went through to its end.
const NATIVELY: u8 = 2;
/// Outcomes of more bytes than this are answered by their digest.
const LARGEST: usize = 1 << 22;

struct Worker {
    vessel: &'static Vessel,
    chosen: Option<Chosen>,
}

/// What the next cases call.
enum Chosen {
    Entry(&'static Entry),
    /// A method, by its qualified name: looked up for each case, since a fresh module has fresh classes.
    Method(String),
}

/// Serves frames until the other side closes; `memory` bounds the bytes this process may take.
pub fn serve(vessel: &'static Vessel, memory: u64) {
    let (mut requests, mut answers) = system::take_streams();
    system::limit(memory);
    let mut worker = Worker { vessel, chosen: None };
    worker.fresh();
    let mut pending = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let mut waiting = Vec::new();
        while let Some(body) = take_frame(&mut pending) {
            if let Some(answer) = worker.answer(&body) {
                waiting.extend((answer.len() as u32).to_le_bytes());
                waiting.extend(answer);
            }
        }
        if answers.write_all(&waiting).and_then(|()| answers.flush()).is_err() {
            return;
        }
        match requests.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(count) => pending.extend(&chunk[..count]),
        }
    }
}

fn take_frame(pending: &mut Vec<u8>) -> Option<Vec<u8>> {
    let (length, rest) = pending.split_first_chunk::<4>()?;
    let body = rest.get(..u32::from_le_bytes(*length) as usize)?.to_vec();
    pending.drain(..body.len() + 4);
    Some(body)
}

impl Worker {
    /// The answer to one request; `None` where there is none.
    fn answer(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        match body {
            [b'f', name @ ..] => {
                self.select(name);
                None
            }
            [b'c', flags, case @ ..] => Some(self.call(*flags, case).unwrap_or_else(|| b"!".to_vec())),
            [b'j', _, line @ ..] => Some(self.plain_call(line)),
            _ => Some(b"!an unknown request".to_vec()),
        }
    }

    fn select(&mut self, name: &[u8]) {
        let entry = self.vessel.functions.iter().find(|entry| entry.name.as_bytes() == name);
        self.chosen = match (entry, std::str::from_utf8(name)) {
            (Some(entry), _) => Some(Chosen::Entry(entry)),
            (None, Ok(name)) if name.contains('.') => Some(Chosen::Method(name.to_string())),
            _ => None,
        };
    }

    /// A module as after its import: what it prints then is no case's.
    fn fresh(&mut self) {
        stdout::capture();
        stderr::capture();
        (self.vessel.reset)();
        clock::hold();
        // A module that cannot be imported was refused before; CPython's side says so.
        let _ = (self.vessel.init)();
        stdout::take();
        stderr::take();
    }

    fn begin(&mut self, flags: u8) {
        if flags & RESET != 0 {
            self.fresh();
        }
        set_threads(flags);
        clock::hold();
        stdout::replace(None);
        stdout::capture();
        stderr::capture();
        // A case that changed the limit must not change the next one's.
        let _ = depth::set_limit(1000);
    }

    /// Runs one case; the answer is its outcome in canonical bytes.
    fn call(&mut self, flags: u8, case: &[u8]) -> Option<Vec<u8>> {
        self.begin(flags);
        let case = WireCase::read(case)?;
        let target = self.target(flags & GENERIC != 0)?;
        if flags & WATCH_FILES != 0 {
            system::still_streams();
            lay_out(&case.files).ok()?;
        }
        boundary::ran_natively();
        let result = run(&target, &case.args, &case.kwargs);
        let natively = boundary::ran_natively();
        let mut writer = wire::Writer::default();
        writer.out.extend(b"o\0");
        put_result(&result, &mut writer);
        writer.put(&Value::tuple(case.args));
        writer.put(&case.kwargs_value);
        writer.put_body(b'b', &stdout::take());
        writer.put_body(b'b', &stderr::take());
        if flags & WATCH_FILES != 0 {
            put_files(&mut writer);
        }
        writer.out[1] = u8::from(writer.opaque);
        // How the answer came about is no part of the outcome, nor of its digest.
        let mut answer = if writer.out.len() <= LARGEST {
            writer.out
        } else {
            digest(&writer.out)
        };
        if natively {
            answer[1] |= NATIVELY;
        }
        Some(answer)
    }

    /// What is to be called, in the module as it is now.
    fn target(&self, generic: bool) -> Option<Target> {
        match self.chosen.as_ref()? {
            Chosen::Entry(entry) if generic => Some(Target::Entry(entry.generic)),
            Chosen::Entry(entry) => Some(Target::Entry(entry.call)),
            Chosen::Method(name) => vessel::global(name).map(|found| Target::Method(getter(found))),
        }
    }

    /// Runs one case of the JSON case format; the answer is its outcome as JSON.
    fn plain_call(&mut self, line: &[u8]) -> Vec<u8> {
        system::still_streams();
        self.begin(RESET);
        let parsed = std::str::from_utf8(line)
            .map_err(|error| error.to_string())
            .and_then(caseform::Case::parse);
        let (target, case) = match (self.target(false), parsed) {
            (Some(target), Ok(case)) => (target, case),
            (None, _) => return b"!the vessel has no such function".to_vec(),
            (_, Err(words)) => return format!("!{words}").into_bytes(),
        };
        let mut answer = b"j".to_vec();
        let text = caseform::run(&case, |case| run(&target, &case.args, &case.kwargs), stdout::take);
        answer.extend(text.into_bytes());
        stderr::take();
        answer
    }
}

type Call = fn(&[Value], &[(Str, Value)]) -> Result<Value>;

enum Target {
    Entry(Call),
    Method(Value),
}

/// The function behind a property; anything else as it is.
fn getter(found: Value) -> Value {
    if found.builtin_type().name != "property" {
        return found;
    }
    crate::attr::get_attr(&found, "fget").unwrap_or(found)
}

/// Calls the function from one level above its own, as a script's main block would.
fn run(target: &Target, args: &[Value], kwargs: &[(Str, Value)]) -> Result<Value> {
    let _module = depth::enter()?;
    match target {
        Target::Entry(call) => call(args, kwargs),
        Target::Method(method) => ops::call_kw(method, args, kwargs),
    }
}

/// A case as the frames carry it: arguments, keyword arguments, files.
struct WireCase {
    args: Vec<Value>,
    kwargs: Vec<(Str, Value)>,
    /// The dict that the keyword arguments came in: part of the outcome.
    kwargs_value: Value,
    files: Vec<(String, Vec<u8>)>,
}

impl WireCase {
    fn read(bytes: &[u8]) -> Option<WireCase> {
        let Value::Tuple(parts) = wire::Reader::new(bytes).value()? else {
            return None;
        };
        let [Value::Tuple(args), Value::Dict(kwargs), Value::Dict(files)] = &parts[..] else {
            return None;
        };
        let named = |(name, value): (Value, Value)| match name {
            Value::Str(name) => Some((name, value)),
            _ => None,
        };
        let file = |(name, content): (Value, Value)| match (name, content) {
            (Value::Str(name), Value::Bytes(content)) => Some((name.to_rust_string(), content.as_slice().to_vec())),
            _ => None,
        };
        Some(WireCase {
            args: args.to_vec(),
            kwargs: kwargs.items().into_iter().map(named).collect::<Option<_>>()?,
            kwargs_value: Value::Dict(kwargs.clone()),
            files: files.items().into_iter().map(file).collect::<Option<_>>()?,
        })
    }
}

fn put_result(result: &Result<Value>, writer: &mut wire::Writer) {
    match result {
        Ok(value) => {
            writer.out.push(b'V');
            writer.put(value);
        }
        Err(raised) => {
            writer.out.push(b'X');
            writer.put_exception(raised);
        }
    }
}

/// A long outcome by its digest: equal outcomes have equal digests.
fn digest(out: &[u8]) -> Vec<u8> {
    let mut answer = out[..2].to_vec();
    answer.push(b'H');
    answer.extend(Sha256::digest(out));
    answer.extend((out.len() as u64).to_le_bytes());
    answer
}

/// Makes the working folder hold exactly these files.
fn lay_out(files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for entry in fs::read_dir(".")? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            fs::remove_dir_all(path)?
        } else {
            fs::remove_file(path)?
        }
    }
    files.iter().try_for_each(|(name, content)| fs::write(name, content))
}

/// Appends every file below the working folder: its path and content, by path.
fn put_files(writer: &mut wire::Writer) {
    let mut found = Vec::new();
    collect(Path::new("."), &mut found);
    found.sort();
    let dict = crate::dict::Dict::new();
    for (name, content) in found {
        // Names are texts, and texts can be hashed.
        let _ = dict.set(Value::str(&name), Value::Bytes(content.into()));
    }
    let mut own = wire::Writer::default();
    own.put(&Value::Dict(dict));
    writer.out.extend(own.out);
}

fn collect(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if let Ok(content) = fs::read(&path) {
            let name = path.strip_prefix(".").unwrap_or(&path).to_string_lossy().into_owned();
            found.push((name, content));
        }
    }
}

fn set_threads(flags: u8) {
    let threads = match flags & (TWO_THREADS | MORE_THREADS) {
        0 => return settings::set_mode(Mode::Sequential),
        TWO_THREADS => 2,
        _ => std::thread::available_parallelism().map_or(2, |cores| cores.get() + 1),
    };
    settings::set_mode(Mode::Parallel);
    settings::set_workers(threads);
}
