//! Long and deep expressions are compiled in time that grows with their length, not doubled by each level: these end.

use crate::support::{Scratch, outcome};
use std::process::Command;

fn types_of(text: &str) -> String {
    let folder = Scratch::new();
    folder.write("job.py", text);
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command
        .args(["explain", "job.py", "--print-after", "types"])
        .current_dir(folder.path());
    let (_, stdout, _) = outcome(&command.output().expect("pivot starts"));
    stdout
}

fn nested(open: &str, close: &str) -> String {
    format!("{}a{}", open.repeat(40), close.repeat(40))
}

#[test]
fn operands_and_arguments_are_visited_once() {
    let expressions = [
        vec!["a"; 200].join(" + "),
        nested("str(len(", "))"),
        nested("g(", ")"),
        nested("a.get(", ", a)"),
        nested("sorted(", ")"),
        nested("list(x for x in ", ")"),
        nested("'%s' % (", ",)"),
        nested("f(a) + (", " < a)"),
        nested("(a or (", "))"),
        nested("a[", "]"),
        nested("zip(a, ", ")"),
        nested("sum(zip(a, ", "))"),
        nested("max(", ", key=g)"),
        nested("deque(", ")"),
        nested("sha256(", ").digest()"),
        nested("'%d' % ", ""),
    ];
    for expression in expressions {
        let text = format!(
            "from collections import deque\nfrom hashlib import sha256\n\n\ndef g(x):\n    return x\n\n\ndef f(a):\n    return {expression}\n\n\nprint(f(3))\n"
        );
        assert!(types_of(&text).contains("f#"), "{expression}: no types");
    }
}
