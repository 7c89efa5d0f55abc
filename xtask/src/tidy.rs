//! The structure that CONTRIBUTING.md promises, checked: which modules use which, a header on each file, no file grown
//! out of hand, links that lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// pivot's modules from the bottom up: each may use those before it, never one after it.
const ORDER: &[&str] = &[
    "source",
    "diagnostics",
    "syntax",
    "config",
    "vessel",
    "build",
    "parity",
    "resolve",
    "analysis",
    "ir",
    "lower",
    "passes",
    "types",
    "emit",
    "compile",
    "bench",
    "evolve",
    "cli",
];

/// A file longer than this wants to be split by idea.
const LONGEST: usize = 900;

/// All that is not as it should be.
pub fn faults(root: &Path) -> Vec<String> {
    let sources = files(&root.join("src"), "rs");
    let all: Vec<PathBuf> = ["src", "runtime/src", "xtask/src", "tests"]
        .iter()
        .flat_map(|folder| files(&root.join(folder), "rs"))
        .collect();
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let mut faults = Vec::new();
    for path in &sources {
        let text = fs::read_to_string(path).unwrap_or_default();
        faults.extend(
            direction(&module_of(root, path), &text)
                .into_iter()
                .map(|fault| format!("{}: {fault}", shown(path))),
        );
        if text.lines().count() > LONGEST {
            faults.push(format!("{}: longer than {LONGEST} lines", shown(path)));
        }
    }
    for path in &all {
        let text = fs::read_to_string(path).unwrap_or_default();
        if !text.starts_with("//!") && !text.is_empty() {
            faults.push(format!(
                "{}: opens without a line that says what it is for",
                shown(path)
            ));
        }
    }
    faults.extend(dead_links(root));
    faults
}

/// The first part of a file's path below `src`.
fn module_of(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root.join("src")).unwrap_or(path);
    let first = inner
        .components()
        .next()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_string()
}

/// Uses of modules that stand later in [`ORDER`] than the file's own.
fn direction(module: &str, text: &str) -> Vec<String> {
    let Some(own) = ORDER.iter().position(|name| *name == module) else {
        let crate_root = ["main", "lib"].contains(&module);
        return if crate_root {
            Vec::new()
        } else {
            vec![format!("module `{module}` has no place in xtask/src/tidy.rs")]
        };
    };
    let used: BTreeSet<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(uses)
        .collect();
    let above = used
        .into_iter()
        .filter(|name| ORDER.iter().position(|other| other == name).is_some_and(|at| at > own));
    above
        .map(|name| format!("`{module}` uses `{name}`, which stands above it"))
        .collect()
}

/// Every `NAME` of a `crate::NAME` in a line.
fn uses(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        &rest[..end]
    })
}

/// Links of the documents to files that are not there.
fn dead_links(root: &Path) -> Vec<String> {
    let mut documents = files(&root.join("docs"), "md");
    documents.extend(files(&root.join("examples"), "md"));
    let top = fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    documents.extend(top.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    let mut faults = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap_or_default();
        let folder = document.parent().unwrap_or(root);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#', ' ']).next())
        {
            let outward = link.is_empty() || link.contains("://") || link.starts_with("mailto:");
            if !outward && !folder.join(link).exists() {
                faults.push(format!(
                    "{}: a link leads to `{link}`, which is not there",
                    document.display()
                ));
            }
        }
    }
    faults
}

/// All files of an extension below a folder, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|other| other == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_against_the_stream_is_found() {
        assert_eq!(
            direction("syntax", "use crate::source::Span;\nuse crate::cli::run;\n"),
            ["`syntax` uses `cli`, which stands above it"]
        );
        assert!(direction("cli", "use crate::syntax;").is_empty());
        assert!(direction("syntax", "// crate::cli is not used here").is_empty());
        assert_eq!(direction("novelty", "").len(), 1);
    }
}
