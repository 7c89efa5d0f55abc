//! The files of a vessel's crate: the translated functions as they come, the skeleton around them from templates.

use super::digest::digest;
use super::lockfile::lock_for;
use super::names::{binary_name, crate_name};
use crate::config::{Profile, TargetCpu};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use tera::{Context, Tera};

/// What a crate is written from.
#[derive(Clone, Debug)]
pub struct Package<'a> {
    /// The vessel's name.
    pub vessel: &'a str,
    /// The Python file, as messages name it.
    pub source: &'a Path,
    pub profile: &'a Profile,
    /// Translated code: path under `src/`, and text. `main.rs` is made from a template where it is not among them.
    pub code: &'a [(String, String)],
}

/// All files of a crate by path from its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateFiles {
    files: BTreeMap<String, String>,
}

static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    let texts = [
        ("Cargo.toml", include_str!("../../templates/Cargo.toml.tera")),
        (".cargo/config.toml", include_str!("../../templates/config.toml.tera")),
        ("src/main.rs", include_str!("../../templates/main.rs.tera")),
    ];
    tera.add_raw_templates(texts)
        .expect("pivot's own templates are well formed");
    tera
});

#[derive(Serialize)]
struct Fields<'a> {
    vessel: &'a str,
    source: String,
    pivot_version: &'static str,
    package: String,
    crate_name: String,
    binary: String,
    profile: &'a Profile,
    cpu: String,
    flags: Vec<String>,
}

impl CrateFiles {
    /// The files for a package.
    pub fn render(package: &Package<'_>) -> CrateFiles {
        let fields = fields(package);
        let context = Context::from_serialize(&fields).expect("the fields of a template are plain data");
        let render = |name: &str| {
            TEMPLATES
                .render(name, &context)
                .expect("pivot's own templates use fields they are given")
        };
        let mut files = BTreeMap::from([
            ("Cargo.toml".to_string(), render("Cargo.toml")),
            ("Cargo.lock".to_string(), lock_for(&fields.package)),
            ("src/main.rs".to_string(), render("src/main.rs")),
        ]);
        if !fields.flags.is_empty() {
            files.insert(".cargo/config.toml".into(), render(".cargo/config.toml"));
        }
        files.extend(
            package
                .code
                .iter()
                .map(|(path, text)| (format!("src/{path}"), text.clone())),
        );
        CrateFiles { files }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The digest of all paths and texts.
    pub fn hash(&self) -> String {
        digest(self.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]))
    }
}

fn fields<'a>(package: &Package<'a>) -> Fields<'a> {
    let name = crate_name(package.vessel);
    let binary = binary_name(package.vessel);
    Fields {
        vessel: package.vessel,
        source: one_line(&package.source.to_string_lossy()),
        pivot_version: env!("CARGO_PKG_VERSION"),
        package: name.clone(),
        crate_name: name,
        binary: binary.trim_end_matches(std::env::consts::EXE_SUFFIX).to_string(),
        profile: package.profile,
        cpu: match &package.profile.target_cpu {
            TargetCpu::Baseline => "the least its target has".into(),
            TargetCpu::Native => "the machine that builds it".into(),
            TargetCpu::Named(name) => name.clone(),
        },
        flags: rustc_flags(package.profile),
    }
}

/// What is given to rustc beyond what a cargo profile can say.
pub fn rustc_flags(profile: &Profile) -> Vec<String> {
    let cpu = profile.target_cpu.flag().map(|cpu| format!("-Ctarget-cpu={cpu}"));
    cpu.into_iter().collect()
}

/// File names may hold line breaks; comments may not.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(profile: &str, path: &str) -> Option<String> {
        let profile = Profile::named(profile).unwrap();
        let package = Package {
            vessel: "match",
            source: Path::new("match.py"),
            profile: &profile,
            code: &[("lib.rs".into(), "//! Nothing.\n".into())],
        };
        CrateFiles::render(&package).files.get(path).cloned()
    }

    #[test]
    fn the_profile_is_written_into_the_manifest() {
        let manifest = text("aggressive", "Cargo.toml").unwrap();
        for line in [
            "name = \"match_\"",
            "name = \"match_vessel\"",
            "opt-level = 3",
            "lto = \"fat\"",
            "panic = \"abort\"",
        ] {
            assert!(manifest.contains(line), "{line} is not in\n{manifest}");
        }
        assert!(
            text("balanced", "Cargo.toml")
                .unwrap()
                .contains("overflow-checks = true")
        );
    }

    #[test]
    fn the_processor_is_named_where_it_is_not_the_baseline() {
        assert_eq!(text("balanced", ".cargo/config.toml"), None);
        assert!(
            text("aggressive", ".cargo/config.toml")
                .unwrap()
                .contains("rustflags = [\"-Ctarget-cpu=native\"]")
        );
    }

    #[test]
    fn the_entry_file_calls_the_library_by_its_rust_name() {
        assert!(text("balanced", "src/main.rs").unwrap().contains("&match_::VESSEL"));
    }
}
