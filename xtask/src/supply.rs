//! Where the code that pivot and its vessels are made of comes from, and under which licences.

use std::path::Path;
use std::process::Command;

/// Licences that leave a user of pivot, or of a vessel, free.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// The only registry.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that must not come in, and why.
const BANNED: &[(&str, &str)] = &[
    ("malachite", "LGPL, and slow to build"),
    ("rug", "LGPL, and needs a C toolchain"),
    ("openssl-sys", "needs a system library"),
];

/// Everything about the dependencies that is not as it should be. The runtime's dependencies are among them: they are
/// what a vessel links.
pub fn faults(root: &Path) -> Vec<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["metadata", "--offline", "--format-version", "1", "--filter-platform"])
        .arg(host())
        .current_dir(root);
    let output = match command.output() {
        Ok(output) if output.status.success() => output.stdout,
        Ok(output) => return vec![String::from_utf8_lossy(&output.stderr).into_owned()],
        Err(error) => return vec![error.to_string()],
    };
    let metadata: serde_json::Value = match serde_json::from_slice(&output) {
        Ok(metadata) => metadata,
        Err(error) => return vec![error.to_string()],
    };
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(package)
        .collect()
}

/// The triple this task was built for.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output();
    let text = output
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap_or_default()
        .to_string()
}

fn package(package: &serde_json::Value) -> Vec<String> {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let name = text("name");
    let mut faults = Vec::new();
    if !allowed(text("license")) {
        faults.push(format!(
            "{name}: licence `{}` is not among those in xtask/src/supply.rs",
            text("license")
        ));
    }
    // What has no source is part of this workspace.
    if package["source"].as_str().is_some_and(|source| source != REGISTRY) {
        faults.push(format!("{name}: comes from {}", text("source")));
    }
    let banned = BANNED.iter().filter(|(banned, _)| *banned == name);
    faults.extend(banned.map(|(_, why)| format!("{name}: banned: {why}")));
    faults
}

/// Whether an SPDX expression can be met with the allowed licences: one side of each OR, both sides of each AND.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace(['(', ')'], "").replace('/', " OR ");
    // AND binds tighter than OR in SPDX, yet crates write `(A OR B) AND C`: asking one alternative of every part is
    // right for both as long as each part has an allowed one.
    let part_allowed = |part: &str| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim()));
    !expression.trim().is_empty() && expression.split(" AND ").all(part_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_met_by_one_side_of_or_and_both_of_and() {
        assert!(allowed("MIT OR Apache-2.0") && allowed("GPL-3.0 OR MIT") && allowed("MIT/Apache-2.0"));
        assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!allowed("LGPL-3.0-only") && !allowed("MIT AND GPL-3.0") && !allowed(""));
    }

    #[test]
    fn what_pivot_is_made_of_may_be_used_by_everyone() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert_eq!(faults(root), Vec::<String>::new());
    }
}
