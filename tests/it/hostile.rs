//! Code that means harm, or merely has bad luck: each call is that case's outcome, the run goes on, and nothing outside the
//! worker's folder changes.

use crate::support::{Scratch, outcome};
use pivot::parity::case::Case;
use pivot::parity::compare::describe;
use pivot::parity::form::Form;
use pivot::parity::oracle::Oracle;
use pivot::parity::pool::Pool;
use pivot::parity::protocol;
use pivot::parity::sandbox::{Confinement, offered};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Bytes of memory for each worker: little, so that it is used up quickly.
const MEMORY: u64 = 1 << 28;

const SOURCE: &str = r#"
import os, signal, socket, subprocess, sys


def act(name):
    return globals()[name]()


def calm():
    return "calm"


def loops():
    while True:
        pass


def recurses():
    return recurses()


def overflows_the_stack():
    sys.setrecursionlimit(10**9)
    value = []
    for _ in range(10**6):
        value = [value]
    return repr(value)


def exits():
    os._exit(0)


def kills_itself():
    os.kill(os.getpid(), signal.SIGKILL)


def kills_its_parent():
    os.kill(os.getppid(), signal.SIGKILL)


def segfaults():
    import ctypes
    return ctypes.string_at(0)


def forks():
    while True:
        os.fork()


def runs_a_program():
    return subprocess.run(["true"]).returncode


def connects():
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def prints_a_gigabyte():
    for _ in range(1 << 10):
        print("x" * (1 << 20))


def returns_more_than_can_be_written():
    return ["x" * (1 << 26)] * 2


def prints_more_than_can_be_written():
    for _ in range(130):
        print("x" * (1 << 20))


def takes_all_memory():
    return len("x" * (1 << 40))


def fills_the_disk():
    with open("large", "wb") as file:
        while True:
            file.write(b"x" * (1 << 20))


def writes_outside():
    open(os.environ["OUTSIDE"] + "/new", "w")


def overwrites():
    open(os.environ["OUTSIDE"] + "/precious", "w")


def removes():
    os.remove(os.environ["OUTSIDE"] + "/precious")


def renames():
    os.rename(os.environ["OUTSIDE"] + "/precious", "taken")


def closes_everything():
    os.closerange(0, 4096)


def writes_inside():
    with open("own", "w") as file:
        file.write("text")
    os.mkdir("folder")
    os.rename("own", "folder/own")
    return open("folder/own").read()
"#;

/// What CPython does when asked to be calm, then `name`, then calm again.
fn act(name: &str, confinement: Confinement) -> (String, Scratch) {
    let folder = Scratch::new();
    let outside = folder.path().join("outside");
    std::fs::create_dir(&outside).unwrap();
    folder.write("outside/precious", "kept");
    let source = SOURCE.replace(
        "os.environ[\"OUTSIDE\"]",
        &format!("{:?}", outside.display().to_string()),
    );
    let source = folder.write("hostile.py", source);
    let oracle = Oracle::new(Path::new("python3"), &source)
        .unwrap()
        .confined(confinement)
        .with_memory(MEMORY);
    let mut pool = Pool::new(&oracle, 1, Duration::from_secs(2));
    pool.prepare(&protocol::select("act"));
    let ask = |name: &str| protocol::call(&Case::of_args(vec![Form::str(name)]), 0);
    let replies = pool.ask(&[ask("calm"), ask(name), ask("calm")]).unwrap();
    for calm in [&replies[0], &replies[2]] {
        assert_eq!(describe(calm), "returned 'calm'", "before and after {name}");
    }
    (describe(&replies[1]), folder)
}

fn check(name: &str, words: &str) {
    let (found, _folder) = act(name, Confinement::Full);
    let expected = words.split('|').any(|words| found.contains(words));
    assert!(expected, "{name}: {found}");
}

#[test]
fn what_never_ends_or_kills_its_worker_is_the_outcome_of_its_case_alone() {
    check("loops", "gave no answer in time");
    check("recurses", "raised RecursionError");
    check(
        "overflows_the_stack",
        "died: signal: 11|raised MemoryError|gave no answer in time",
    );
    check("exits", "died: exit status: 0");
    check("kills_itself", "died: signal: 9");
    check("segfaults", "died: signal: 11");
    check("closes_everything", "returned None|died: exit status: 1");
}

#[test]
fn memory_output_and_files_have_their_limits() {
    check("takes_all_memory", "raised MemoryError");
    check("prints_a_gigabyte", "raised MemoryError");
    // Where memory ends only while the answer is being written down, that is the outcome, and the worker lives on.
    check("returns_more_than_can_be_written", "raised MemoryError");
    check("prints_more_than_can_be_written", "raised MemoryError");
    check("fills_the_disk", "raised OSError: [Errno 27] File too large");
}

/// Landlock and seccomp are not everywhere; where they are, they hold.
#[test]
#[cfg(target_os = "linux")]
fn nothing_outside_the_workers_folder_changes() {
    if !offered().starts_with("Landlock") {
        eprintln!("not tried: {}", offered());
        return;
    }
    for name in ["writes_outside", "overwrites", "removes", "renames"] {
        let (found, folder) = act(name, Confinement::Full);
        assert!(found.contains("raised PermissionError"), "{name}: {found}");
        let precious = folder.path().join("outside/precious");
        assert_eq!(std::fs::read_to_string(precious).unwrap(), "kept", "{name}");
        assert!(!folder.path().join("outside/new").exists(), "{name}");
    }
    check("writes_inside", "returned 'text'");
    check("forks", "raised BlockingIOError");
    check("runs_a_program", "raised BlockingIOError");
    check("connects", "raised PermissionError");
    check("kills_its_parent", "raised PermissionError");
}

#[test]
fn without_the_sandbox_code_may_do_what_its_user_may() {
    let (found, folder) = act("overwrites", Confinement::None);
    assert_eq!(found, "returned None");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("outside/precious")).unwrap(),
        ""
    );
    let (found, _folder) = act("runs_a_program", Confinement::None);
    assert_eq!(found, "returned 0");
}

/// The whole way: a file whose import and main block write where they should not.
#[test]
#[cfg(target_os = "linux")]
fn evolve_runs_the_script_in_the_sandbox() {
    if !offered().starts_with("Landlock") {
        return;
    }
    let folder = Scratch::new();
    folder.write("precious", "kept");
    let harm = format!(
        "open({:?}, 'w').close()",
        folder.path().join("precious").display().to_string()
    );
    folder.write(
        "job.py",
        format!("def f(x):\n    return x\nif __name__ == '__main__':\n    f(1)\n    {harm}\n"),
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(["explain", "job.py"]).current_dir(folder.path());
    let (code, _, stderr) = outcome(&command.output().expect("pivot starts"));
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(std::fs::read_to_string(folder.path().join("precious")).unwrap(), "kept");
}
