//! Every key of `.pivotrc`, once: checking, the JSON Schema, the sample and the documentation are read from this table.

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Bool,
    /// A whole number within these bounds.
    Whole(u64, u64),
    /// Any number.
    Number,
    Text,
    OneOf(&'static [&'static str]),
    /// A list of the named words.
    ListOf(&'static [&'static str]),
    /// `true`, `false` or one of the named words.
    BoolOr(&'static [&'static str]),
    /// A group of keys, listed under it.
    Group,
}

impl Kind {
    /// What a user calls this kind of value.
    pub fn describe(self) -> String {
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match self {
            Kind::Bool => "true or false".into(),
            Kind::Whole(0, u64::MAX) => "a whole number".into(),
            Kind::Whole(least, u64::MAX) => format!("a whole number from {least} up"),
            Kind::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Kind::Number => "a number".into(),
            Kind::Text => "a string".into(),
            Kind::OneOf(choices) => format!("one of {}", words(choices)),
            Kind::ListOf(choices) => format!("a list of {}", words(choices)),
            Kind::BoolOr(choices) => format!("true, false or one of {}", words(choices)),
            Kind::Group => "an object".into(),
        }
    }
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its dotted path: `optimization.parallel_enabled`.
    pub path: &'static str,
    pub kind: Kind,
    /// What holds where the key is absent, as JSON.
    pub default: &'static str,
    pub about: &'static str,
}

const fn key(path: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Key {
    Key {
        path,
        kind,
        default,
        about,
    }
}

/// The languages pivot writes.
pub const LANGUAGES: &[&str] = &["rust"];
const PROFILE_NAMES: &[&str] = &["conservative", "balanced", "aggressive", "experimental"];
const LTO: &[&str] = &["off", "thin", "fat"];

/// All keys; a group stands before its members.
pub const KEYS: &[Key] = &[
    key(
        "$schema",
        Kind::Text,
        "null",
        "Where an editor finds the JSON Schema of this file.",
    ),
    key(
        "project_name",
        Kind::Text,
        "null",
        "The name reports carry; the folder's name where absent.",
    ),
    key(
        "profile",
        Kind::OneOf(PROFILE_NAMES),
        "\"balanced\"",
        "The set of build settings (docs/profiles.md).",
    ),
    key(
        "target_languages",
        Kind::ListOf(LANGUAGES),
        "[\"rust\"]",
        "The languages to evolve to.",
    ),
    key(
        "preferred_target",
        Kind::OneOf(LANGUAGES),
        "\"rust\"",
        "The language to prefer among them.",
    ),
    key(
        "output",
        Kind::Text,
        "\"vessels\"",
        "The folder the vessels are written to, from this file's folder.",
    ),
    key(
        "optimization",
        Kind::Group,
        "{}",
        "How the vessel is optimised, over what the profile says.",
    ),
    key(
        "optimization.parallel_enabled",
        Kind::Bool,
        "null",
        "Run loops that are proven independent on several threads.",
    ),
    key(
        "optimization.parallel_threshold",
        Kind::Whole(1, u64::MAX),
        "null",
        "The number of iterations from which a loop is worth several threads.",
    ),
    key(
        "optimization.simd_enabled",
        Kind::Bool,
        "true",
        "false: compiled for the baseline processor, whatever the profile says.",
    ),
    key(
        "optimization.lto_enabled",
        Kind::Bool,
        "null",
        "Optimise across crates at link time: slower to build.",
    ),
    key(
        "optimization.max_workers",
        Kind::Whole(1, 4096),
        "null",
        "No vessel uses more threads than this.",
    ),
    key(
        "rust_specific",
        Kind::Group,
        "{}",
        "What only concerns Rust; wins over `optimization`.",
    ),
    key(
        "rust_specific.rayon_workers",
        Kind::Whole(1, 4096),
        "null",
        "Threads a vessel uses unless told otherwise; all cores where absent.",
    ),
    key(
        "rust_specific.async_runtime",
        Kind::OneOf(&["tokio"]),
        "null",
        "Issue independent file reads ahead through this runtime.",
    ),
    key(
        "rust_specific.opt_level",
        Kind::Whole(0, 3),
        "null",
        "rustc's optimisation level.",
    ),
    key(
        "rust_specific.lto",
        Kind::BoolOr(LTO),
        "null",
        "Link-time optimisation; true is \"fat\".",
    ),
    key(
        "rust_specific.target_cpu",
        Kind::Text,
        "null",
        "\"baseline\", \"native\", or a processor as rustc names it.",
    ),
    key("validation", Kind::Group, "{}", "How parity is certified."),
    key(
        "validation.cases",
        Kind::Whole(1, 10_000_000),
        "1000",
        "Cases for each function.",
    ),
    key(
        "validation.seed",
        Kind::Whole(0, u64::MAX),
        "0",
        "The seed the cases are drawn from: same seed, same cases.",
    ),
    key(
        "validation.timeout",
        Kind::Number,
        "10",
        "Seconds one case may take on either side.",
    ),
    key(
        "validation.hash_verification",
        Kind::Bool,
        "true",
        "Compare root hashes of all outcomes; pivot always does.",
    ),
    key(
        "validation.bit_exact_required",
        Kind::Bool,
        "true",
        "Every bit must agree; pivot knows no other parity.",
    ),
    key(
        "validation.statistical_validation",
        Kind::Bool,
        "true",
        "State what share of failing calls the cases rule out.",
    ),
    key(
        "python",
        Kind::Text,
        "null",
        "The interpreter that decides what is right; `python3` where absent.",
    ),
    key(
        "benchmark_iterations",
        Kind::Whole(1, 10_000),
        "5",
        "Runs of each contender in `pivot bench`.",
    ),
    key(
        "parity_tolerance",
        Kind::Number,
        "0.0",
        "Only 0.0: pivot certifies bit-exact or not at all.",
    ),
];

/// The key of this dotted path.
pub fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// The names of the keys that may stand in `group` ("" for the file itself).
pub fn members(group: &str) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter_map(move |key| match key.path.rsplit_once('.') {
        Some((parent, name)) if parent == group => Some(name),
        None if group.is_empty() => Some(key.path),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PROFILES;

    #[test]
    fn profiles_are_spelled_as_in_their_own_table() {
        assert!(
            PROFILES
                .iter()
                .map(|profile| profile.name)
                .eq(PROFILE_NAMES.iter().copied())
        );
    }

    #[test]
    fn a_group_stands_before_its_members_and_no_path_stands_twice() {
        for (at, key) in KEYS.iter().enumerate() {
            let before = &KEYS[..at];
            assert!(
                before.iter().all(|other| other.path != key.path),
                "{} stands twice",
                key.path
            );
            if let Some((group, _)) = key.path.rsplit_once('.') {
                assert!(
                    before.iter().any(|other| other.path == group),
                    "{} comes before its group",
                    key.path
                );
            }
        }
    }
}
