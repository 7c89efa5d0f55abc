//! Documents that are read from the code, so that they cannot tell another story.

use crate::support;
use pivot::config::{KEYS, Key, Kind, schema};
use pivot::diagnostics::pages::PAGES;
use std::fs;
use std::path::{Path, PathBuf};

/// Every generated file: path from the root, and text.
fn files() -> Vec<(PathBuf, String)> {
    let schema = serde_json::to_string_pretty(&schema()).expect("a schema is plain data") + "\n";
    let mut files = vec![
        ("docs/schemas/pivotrc.json".into(), schema),
        ("docs/configuration.md".into(), configuration()),
        ("docs/diagnostics.md".into(), diagnostics()),
    ];
    // Without CPython's library the page stays as it is.
    files.extend(support::page().map(|page| ("docs/support.md".into(), page)));
    files
}

/// Writes all of them; gives what went wrong.
pub fn write(root: &Path) -> Vec<String> {
    let write = |(path, text): (PathBuf, String)| {
        let path = root.join(path);
        let folder = path.parent().unwrap_or(root);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
        written.err().map(|error| format!("{}: {error}", path.display()))
    };
    files().into_iter().filter_map(write).collect()
}

/// The files that are not what the code says now.
pub fn stale(root: &Path) -> Vec<String> {
    let stale = files()
        .into_iter()
        .filter(|(path, text)| fs::read_to_string(root.join(path)).ok().as_ref() != Some(text));
    stale
        .map(|(path, _)| {
            format!(
                "{} is not current: run `cargo run -p xtask -- generate`",
                path.display()
            )
        })
        .collect()
}

fn diagnostics() -> String {
    let mut text = String::from(
        "<!-- Written by `cargo run -p xtask -- generate` from src/diagnostics. -->\n\n# Diagnostics\n\n`pivot explain CODE` shows \
         the same. A code never changes its meaning.\n",
    );
    for page in PAGES {
        let code = page.code;
        text.push_str(&format!("\n## {}: {}\n\n{}\n", code.id, code.title, code.explanation));
        if !page.example.is_empty() {
            text.push_str(&format!("\n```python\n{}```\n", page.example));
        }
        text.push_str(&format!("\nInstead:\n\n```\n{}```\n", page.instead));
    }
    text
}

fn configuration() -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str("\n| key | takes | where absent | what it does |\n| --- | --- | --- | --- |\n");
    for key in KEYS {
        text.push_str(&row(key));
    }
    text + AFTERWORD
}

fn row(key: &Key) -> String {
    let default = match (key.kind, key.default) {
        (Kind::Group, _) | (_, "null") => String::new(),
        (_, default) => format!("`{default}`"),
    };
    let takes = key.kind.describe().replace('"', "`");
    format!("| `{}` | {takes} | {default} | {} |\n", key.path, key.about)
}

const INTRODUCTION: &str = "\
<!-- Written by `cargo run -p xtask -- generate`; the table is that of src/config/keys.rs. -->

# Configuration: `.pivotrc`

JSON, in which lines may carry `//` comments. pivot looks for it from the folder of the Python file upwards and takes the
nearest; what the command line says wins over it. Paths in it are relative to its own folder. A key that pivot does not
know, or a value of the wrong kind, is an error that says where it stands and names the nearest right spelling (exit
code 2). `pivot init` writes a file with every key at its default. An editor that understands JSON Schema can check it
against `docs/schemas/pivotrc.json`.
";

const AFTERWORD: &str = "
A key whose \"where absent\" is empty leaves the choice to the profile (docs/profiles.md) or to the machine. `null` is
the same as leaving a key out.

## What overrides what

1. the profile;
2. the groups `optimization`, then `rust_specific`;
3. the command line: `--profile` changes the profile and keeps the single settings of the file, `--portable` and the
   others change one setting each.

## Keys that take one value only

`parity_tolerance`, `validation.bit_exact_required` and `validation.hash_verification` are there so that a file can state
them. pivot certifies bit-exact or not at all; another value is refused. `target_languages` takes Rust only.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_row() {
        let text = configuration();
        for key in KEYS {
            assert!(text.contains(&format!("| `{}` |", key.path)), "{}", key.path);
        }
    }
}
