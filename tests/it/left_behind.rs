//! Methods that stay in Python alone, and files that stand in packages.

use crate::support::{Scratch, outcome};
use std::path::Path;
use std::process::Command;

const CLASS: &str = "\
class Base:
    def __init__(self, v):
        self.v = v
    def hidden(self):
        return eval('self.v')
    def plain(self):
        return self.v * 2
    def asks(self):
        return self.hidden()

def by_name(o, name):
    return getattr(o, name)()

if __name__ == '__main__':
    print(Base(3).plain(), by_name(Base(4), 'pl' + 'ain'))
    print(by_name(Base(5), 'hid' + 'den'))
";

fn evolve(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command.args(["evolve", "--no-certify", "--no-bench"]).args(args);
    command.current_dir(folder).env("NO_COLOR", "1");
    command.env("PIVOT_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    outcome(&command.output().expect("pivot starts")).2
}

#[test]
fn a_class_goes_without_a_method_that_only_its_name_leads_to() {
    let scratch = Scratch::new();
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
    scratch.write("left.py", CLASS);
    let story = evolve(scratch.path(), &["left.py"]);
    for line in [
        "Base.hidden    python",
        "Base.plain     generic",
        "Base.asks      python",
    ] {
        assert!(story.contains(line), "`{line}` is not in\n{story}");
    }
    let vessel = scratch.path().join("vessels/left/left_vessel");
    let (code, stdout, stderr) = outcome(&Command::new(vessel).output().expect("the vessel starts"));
    assert_eq!((code, stdout.as_str()), (4, "6 8\n"), "{stderr}");
    assert!(stderr.contains("`Base.hidden` could not be translated"), "{stderr}");
}

#[test]
fn a_file_in_a_package_imports_from_there() {
    let scratch = Scratch::new();
    std::fs::create_dir_all(scratch.path().join("outer/inner")).expect("a folder");
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
    scratch.write("outer/__init__.py", "");
    scratch.write("outer/base.py", "def one():\n    return 1\n");
    scratch.write("outer/inner/__init__.py", "");
    scratch.write("outer/inner/near.py", "def two():\n    return 2\n");
    let text = "from . import near\nfrom ..base import one\n\ndef three():\n    return one() + near.two()\n";
    scratch.write("outer/inner/leaf.py", text);
    let story = evolve(scratch.path(), &["outer/inner/leaf.py", "--out", "made"]);
    assert!(!story.contains("three  python"), "{story}");
    scratch.write("calls.jsonl", "{\"args\": [], \"kwargs\": {}}\n");
    let mut run = Command::new(env!("CARGO_BIN_EXE_pivot"));
    run.args(["run", "made/leaf", "three", "--cases", "calls.jsonl"])
        .current_dir(scratch.path());
    let (_, stdout, stderr) = outcome(&run.output().expect("pivot starts"));
    assert!(stdout.contains("\"value\": 3"), "{stdout}{stderr}");
}

const TABLES: &str = "\
table = kinds = {}
other = {}
LIMIT = 3

def plain(x):
    return x

def register(into):
    into['call'] = plain

for kind in (int, str, eval('bytes')):
    table[kind] = plain
register(other if eval('True') else table)
del kind

def lookup(x):
    return kinds.get(type(x))

def others(x):
    return other.get(x)

def limited(x):
    return min(x, LIMIT)
";

#[test]
fn what_refused_statements_would_have_changed_is_refused() {
    let scratch = Scratch::new();
    scratch.write(".pivotrc", r#"{"rust_specific": {"opt_level": 0}}"#);
    scratch.write("tables.py", TABLES);
    let story = evolve(scratch.path(), &["tables.py"]);
    for line in [
        "lookup    python",
        "others    python",
        "limited   generic",
        "plain     generic",
    ] {
        assert!(story.contains(line), "`{line}` is not in\n{story}");
    }
}
