//! The manifest of a new vessel.

use super::job::Job;
use super::places;
use crate::build::{RUNTIME_VERSION, Stage, binary_name, vessel_name};
use crate::config::{Parallelism, Profile, TargetCpu};
use crate::vessel::Manifest;
use crate::vessel::manifest::{Python, SCHEMA_VERSION, Source, Toolchain};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// The manifest of the vessel that is being put together in `folder`.
pub fn manifest(job: &Job<'_>, stage: &Stage, flags: Vec<String>, folder: &Path) -> Manifest {
    let options = &job.request.options;
    let name = vessel_name(&job.request.source);
    let toolchain = stage.toolchain();
    let mut functions = job.compiled.functions.clone();
    places::note(&mut functions, &job.compiled.emitted, folder);
    Manifest {
        schema_version: SCHEMA_VERSION,
        binary: binary_name(&name),
        name,
        source: Source {
            path: relative(&job.input.path, folder).to_string_lossy().into_owned(),
            sha256: job.input.sha256.clone(),
        },
        python: Python {
            executable: options.python.clone(),
            version: job.python.version.clone(),
        },
        profile: options.profile.name.to_string(),
        toolchain: Toolchain {
            rustc: toolchain.version.clone(),
            target: toolchain.host.clone(),
            cpu_features: stage.cpu_features.clone(),
            flags,
        },
        settings: settings(&options.profile),
        functions,
        runtime_version: RUNTIME_VERSION.to_string(),
        has_script: job.compiled.script,
    }
}

/// The effective settings by the names that cargo and rustc give them.
fn settings(profile: &Profile) -> BTreeMap<String, String> {
    let cpu = match &profile.target_cpu {
        TargetCpu::Baseline => "baseline".to_string(),
        other => other.flag().unwrap_or_default().to_string(),
    };
    let parallel = match profile.parallel {
        Parallelism::Off => "off".to_string(),
        Parallelism::From(threshold) => format!("from {threshold} iterations"),
    };
    let pairs = [
        ("opt-level", profile.opt_level.to_string()),
        ("lto", profile.lto.name().to_string()),
        ("codegen-units", profile.codegen_units.to_string()),
        ("panic", profile.panic.name().to_string()),
        ("debug", profile.debug.to_string()),
        ("strip", profile.strip.to_string()),
        ("overflow-checks", profile.overflow_checks.to_string()),
        ("incremental", profile.incremental.to_string()),
        ("target-cpu", cpu),
        ("parallel", parallel),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_string(), value))
        .collect()
}

/// `path` as seen from `folder`, both absolute; as it is where they share no more than the root.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let shared = path
        .components()
        .zip(folder.components())
        .take_while(|(a, b)| a == b)
        .count();
    let named = |component: &Component<'_>| matches!(component, Component::Normal(_));
    if path.components().take(shared).filter(named).count() == 0 {
        return path.to_path_buf();
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// The file whose vessel stands at `destination`, where that is another one than `source` and is still there.
pub fn other_source(destination: &Path, source: &Path) -> Option<PathBuf> {
    let manifest = Manifest::read(destination).ok()?;
    let other = destination.join(&manifest.source.path).canonicalize().ok()?;
    (other != source.canonicalize().ok()?).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_named_from_the_vessels_folder() {
        let seen = |path: &str, folder: &str| {
            relative(Path::new(path), Path::new(folder))
                .to_string_lossy()
                .into_owned()
        };
        assert_eq!(seen("/p/a/x.py", "/p/vessels/x"), "../../a/x.py");
        assert_eq!(seen("/p/vessels/x/x.py", "/p/vessels/x"), "x.py");
        assert_eq!(seen("/a/x.py", "/p/vessels/x"), "/a/x.py");
    }
}
