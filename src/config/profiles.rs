//! The four profiles, as data: what each asks of rustc and of pivot's own passes.
//!
//! No profile trades exactness for speed: there is no fast-math in any of them, and what overflow or bounds checks
//! a faster one drops, it drops because a range proves them idle.

use serde::Serialize;

/// Link-time optimisation, as cargo spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lto {
    Off,
    Thin,
    Fat,
}

impl Lto {
    pub fn name(self) -> &'static str {
        match self {
            Lto::Off => "off",
            Lto::Thin => "thin",
            Lto::Fat => "fat",
        }
    }
}

/// What a Rust panic does. Python's exceptions are no panics: this concerns bugs only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Panic {
    Unwind,
    Abort,
}

impl Panic {
    pub fn name(self) -> &'static str {
        match self {
            Panic::Unwind => "unwind",
            Panic::Abort => "abort",
        }
    }
}

/// The processor the vessel is compiled for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetCpu {
    /// The least the target triple promises.
    Baseline,
    /// The machine that builds.
    Native,
    /// As rustc names it: `x86-64-v3`, `znver4`...
    Named(String),
}

impl TargetCpu {
    /// The value of `-C target-cpu`, where one must be given.
    pub fn flag(&self) -> Option<&str> {
        match self {
            TargetCpu::Baseline => None,
            TargetCpu::Native => Some("native"),
            TargetCpu::Named(name) => Some(name),
        }
    }
}

/// When a loop that was proven independent is run on several threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Parallelism {
    Off,
    /// From this many iterations on.
    From(u64),
}

/// Profile-guided optimisation: train on recorded calls, build again, certify again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pgo {
    Off,
    /// Where the matching `llvm-profdata` exists, else a warning that names the fix.
    WherePossible,
    /// Asked for on the command line: an error where it cannot be had.
    Required,
}

/// One set of build settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    pub name: &'static str,
    pub opt_level: u8,
    pub lto: Lto,
    pub codegen_units: u16,
    pub target_cpu: TargetCpu,
    pub panic: Panic,
    /// Bounds checks are dropped where they were proven idle.
    pub drop_proven_checks: bool,
    /// cargo's `debug`: `none`, `line-tables-only`...
    pub debug: &'static str,
    /// cargo's `strip`.
    pub strip: &'static str,
    /// rustc's own overflow checks, behind the checks that pivot emits.
    pub overflow_checks: bool,
    pub incremental: bool,
    pub parallel: Parallelism,
    pub pgo: Pgo,
}

/// Loops shorter than this are not worth waking a thread for.
const THRESHOLD: u64 = 10_000;
const LOWER_THRESHOLD: u64 = 2_000;

const CONSERVATIVE: Profile = Profile {
    name: "conservative",
    opt_level: 2,
    lto: Lto::Off,
    codegen_units: 1,
    target_cpu: TargetCpu::Baseline,
    panic: Panic::Unwind,
    drop_proven_checks: false,
    debug: "line-tables-only",
    strip: "none",
    overflow_checks: true,
    incremental: true,
    parallel: Parallelism::Off,
    pgo: Pgo::Off,
};

const BALANCED: Profile = Profile {
    name: "balanced",
    debug: "none",
    strip: "debuginfo",
    parallel: Parallelism::From(THRESHOLD),
    ..CONSERVATIVE
};

const AGGRESSIVE: Profile = Profile {
    name: "aggressive",
    opt_level: 3,
    lto: Lto::Fat,
    target_cpu: TargetCpu::Native,
    panic: Panic::Abort,
    drop_proven_checks: true,
    strip: "symbols",
    overflow_checks: false,
    incremental: false,
    parallel: Parallelism::From(LOWER_THRESHOLD),
    ..BALANCED
};

const EXPERIMENTAL: Profile = Profile {
    name: "experimental",
    strip: "none",
    pgo: Pgo::WherePossible,
    ..AGGRESSIVE
};

/// All profiles, from the most careful to the fastest.
pub const PROFILES: [Profile; 4] = [CONSERVATIVE, BALANCED, AGGRESSIVE, EXPERIMENTAL];

impl Profile {
    /// The profile of this name.
    pub fn named(name: &str) -> Option<Profile> {
        PROFILES.into_iter().find(|profile| profile.name == name)
    }
}

impl Default for Profile {
    /// The profile people build with all day: it must build fast.
    fn default() -> Self {
        BALANCED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_reached_by_its_name() {
        for profile in PROFILES {
            assert_eq!(Profile::named(profile.name), Some(profile));
        }
        assert_eq!(Profile::named("turbo"), None);
        assert_eq!(Profile::default().name, "balanced");
    }

    #[test]
    fn only_profiles_that_prove_ranges_drop_the_backstop() {
        for profile in PROFILES {
            assert_eq!(profile.overflow_checks, !profile.drop_proven_checks, "{}", profile.name);
        }
    }
}
