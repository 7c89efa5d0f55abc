//! From the name of a Python file to the names of a vessel's folder, package and binary.

use std::path::Path;

/// Names that a library target cannot have beside std, the runtime and Rust's keywords.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "pivot_runtime",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "build",
    "deps",
    "examples",
    "incremental",
];

/// The vessel's name: the file's stem.
pub fn vessel_name(source: &Path) -> String {
    source
        .file_stem()
        .map_or_else(|| "module".into(), |stem| stem.to_string_lossy().into_owned())
}

/// The Rust name of the vessel's package and library.
pub fn crate_name(vessel: &str) -> String {
    let legal = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let mut name: String = vessel.chars().map(legal).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "module_");
    }
    if TAKEN.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// The name of the built vessel.
pub fn binary_name(vessel: &str) -> String {
    let safe: String = vessel
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let exe = std::env::consts::EXE_SUFFIX;
    format!("{safe}_vessel{exe}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_file_name_gives_a_name_that_cargo_takes() {
        for (vessel, expected) in [
            ("process_files", "process_files"),
            ("match", "match_"),
            ("std", "std_"),
            ("2-fast", "module_2_fast"),
            ("Überblick", "module__berblick"),
            ("__main__", "module___main__"),
            ("MixedCase", "mixedcase"),
        ] {
            assert_eq!(crate_name(vessel), expected);
        }
    }
}
