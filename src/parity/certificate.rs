//! The certificate: what was proven of a vessel, in a form that can be checked again.
//!
//! It holds no time and no machine's name: the same source, vessel, seed and Python give the same certificate.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::merkle::{self, Hash, hex};
use super::mutants::Score;
use super::prove::{Failure, GENERIC_ONLY, Proof, Undecided};
use crate::vessel::manifest::Toolchain;
use crate::vessel::{Manifest, RustPlace, Status};

/// The layout that this pivot writes and reads.
pub const SCHEMA_VERSION: u32 = 1;
/// The certificate's name inside the vessel's folder.
pub const FILE_NAME: &str = "certificate.json";
/// The name under which the script as a whole stands among the functions.
pub const SCRIPT: &str = "__main__";
/// How sure the statistical bound is.
const CONFIDENCE: f64 = 0.95;

/// The whole certificate of one vessel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    pub schema_version: u32,
    pub verdict: Standing,
    /// The vessel's name.
    pub name: String,
    pub source: Hashed,
    pub vessel: Hashed,
    pub profile: String,
    /// CPython's version: the oracle.
    pub python: String,
    /// The C library whose mathematical functions both sides call.
    pub libm: String,
    pub toolchain: Toolchain,
    pub runtime_version: String,
    pub pivot_version: String,
    pub seed: u64,
    /// Cases asked for, for each function.
    pub cases_wanted: usize,
    pub counts: Counts,
    pub coverage: Coverage,
    /// Root hash of all cases of all functions.
    pub case_set_sha256: String,
    /// Root hash of all outcomes in CPython.
    pub python_sha256: String,
    /// Root hash of all outcomes in the vessel.
    pub rust_sha256: String,
    pub hash_collisions: usize,
    pub statistics: Statistics,
    /// What an audit of the vessel's dependencies said.
    pub audit: String,
    pub functions: Vec<FunctionCertificate>,
    /// How many planted faults the cases refuted, where that was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mutants: Option<Score>,
    /// SHA-256 of this certificate with this field empty.
    pub digest: String,
}

/// What the proof came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Certified,
    /// Nothing differed, but some function could not be proven.
    Incomplete,
    /// Some case differs.
    Refuted,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashed {
    pub path: String,
    pub sha256: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub generated: usize,
    pub run: usize,
    pub compared: usize,
    pub failures: usize,
    /// Candidates and cases that prove nothing, by reason.
    pub set_aside: BTreeMap<String, usize>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    pub branches: usize,
    pub reached: usize,
    /// Branches that no case took.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<Missed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    pub line: u32,
    pub branch: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    pub confidence: f64,
    /// With that confidence, the share of calls that fail is below this.
    pub failing_share_below: f64,
    pub pass: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionCertificate {
    pub name: String,
    /// Its first line in the source.
    pub line: u32,
    pub status: Status,
    pub verdict: Standing,
    /// Why the function is not certified; empty where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// How the vessel was run.
    pub modes: Vec<String>,
    /// Compared cases that the native version took to their end; the others took the generic one.
    #[serde(default)]
    pub natively: usize,
    pub counts: Counts,
    pub coverage: Coverage,
    pub case_set_sha256: String,
    pub python_sha256: String,
    pub rust_sha256: String,
    pub statistics: Statistics,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailedCase>,
}

/// A failing case, shrunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCase {
    /// Python that can be pasted.
    pub call: String,
    pub mode: String,
    pub python: String,
    pub rust: String,
    /// The first place inside the outcome where the two differ.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub differs_at: String,
    /// Where the Rust stands that was run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rust_lines: Vec<RustPlace>,
}

/// What a certificate needs beside the proofs.
pub struct Circumstances<'a> {
    pub manifest: &'a Manifest,
    pub source_sha256: String,
    pub binary_sha256: String,
    pub python: String,
    pub libm: String,
    pub seed: u64,
    pub cases: usize,
    /// What an audit of the vessel's dependencies said.
    pub audit: String,
}

/// A function that was meant to be proven, with its proof or the reason why there is none.
pub struct Examined<'a> {
    pub name: &'a str,
    pub status: Status,
    pub line: u32,
    /// Where its Rust stands.
    pub rust: &'a [RustPlace],
    pub proof: Result<Proof, String>,
}

impl Certificate {
    /// The certificate over all examined functions.
    pub fn new(around: &Circumstances, functions: Vec<FunctionCertificate>) -> Certificate {
        let proven = || functions.iter().filter(|function| function.was_tried());
        let root = |pick: fn(&FunctionCertificate) -> &String| {
            let leaves: Vec<Hash> = proven()
                .filter_map(|function| merkle::hash_of_hex(pick(function)))
                .collect();
            hex(&merkle::root(&leaves))
        };
        let (case_set_sha256, python_sha256, rust_sha256) = (
            root(|function| &function.case_set_sha256),
            root(|function| &function.python_sha256),
            root(|function| &function.rust_sha256),
        );
        let counts = functions
            .iter()
            .fold(Counts::default(), |sum, function| sum.plus(&function.counts));
        let mut certificate = Certificate {
            schema_version: SCHEMA_VERSION,
            verdict: functions
                .iter()
                .map(|function| function.verdict)
                .max()
                .unwrap_or(Standing::Incomplete),
            name: around.manifest.name.clone(),
            source: Hashed {
                path: around.manifest.source.path.clone(),
                sha256: around.source_sha256.clone(),
            },
            vessel: Hashed {
                path: around.manifest.binary.clone(),
                sha256: around.binary_sha256.clone(),
            },
            profile: around.manifest.profile.clone(),
            python: around.python.clone(),
            libm: around.libm.clone(),
            toolchain: around.manifest.toolchain.clone(),
            runtime_version: around.manifest.runtime_version.clone(),
            pivot_version: env!("CARGO_PKG_VERSION").to_string(),
            seed: around.seed,
            cases_wanted: around.cases,
            coverage: Coverage {
                branches: functions.iter().map(|function| function.coverage.branches).sum(),
                reached: functions.iter().map(|function| function.coverage.reached).sum(),
                missed: Vec::new(),
            },
            case_set_sha256,
            python_sha256,
            rust_sha256,
            // Outcomes are compared by their bytes, never by their digests alone, unless they are too long to be sent.
            hash_collisions: 0,
            statistics: statistics(&counts),
            counts,
            audit: around.audit.clone(),
            functions,
            mutants: None,
            digest: String::new(),
        };
        certificate.seal();
        certificate
    }

    /// Makes the digest that of the certificate as it is now.
    pub fn seal(&mut self) {
        self.digest = self.own_digest();
    }

    pub fn certified(&self) -> bool {
        self.verdict == Standing::Certified
    }

    fn own_digest(&self) -> String {
        let blank = Certificate {
            digest: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_vec(&blank).expect("certificates are plain data");
        hex(&Sha256::digest(text))
    }

    /// Whether nobody changed the certificate since it was written.
    pub fn is_intact(&self) -> bool {
        self.digest == self.own_digest()
    }

    /// Reads the certificate in a vessel's folder.
    ///
    /// # Errors
    /// When the file is missing, is no certificate, or has a layout this pivot does not know.
    pub fn read(folder: &Path) -> io::Result<Certificate> {
        let text = fs::read_to_string(folder.join(FILE_NAME))?;
        let certificate: Certificate = serde_json::from_str(&text).map_err(io::Error::other)?;
        if certificate.schema_version != SCHEMA_VERSION {
            let found = certificate.schema_version;
            return Err(io::Error::other(format!(
                "certificate version {found}; this pivot reads {SCHEMA_VERSION}"
            )));
        }
        Ok(certificate)
    }

    /// Writes the certificate into the folder; the old one stays until the new one is complete.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let beside = folder.join(format!(".{FILE_NAME}.{}", std::process::id()));
        fs::write(&beside, self.to_json())?;
        fs::rename(beside, folder.join(FILE_NAME))
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("certificates are plain data") + "\n"
    }
}

impl Counts {
    fn plus(mut self, other: &Counts) -> Counts {
        self.generated += other.generated;
        self.run += other.run;
        self.compared += other.compared;
        self.failures += other.failures;
        for (reason, count) in &other.set_aside {
            *self.set_aside.entry(reason.clone()).or_default() += count;
        }
        self
    }
}

impl FunctionCertificate {
    /// Some case was run: what could not be called at all has no hashes to speak of.
    fn was_tried(&self) -> bool {
        !self.modes.is_empty()
    }
}

/// What the proof of one function came to.
pub fn function(examined: &Examined) -> FunctionCertificate {
    let nothing = Proof::default();
    let proof = examined.proof.as_ref().unwrap_or(&nothing);
    let counts = Counts {
        generated: proof.generated,
        run: proof.run,
        compared: proof.compared,
        failures: proof.failures,
        set_aside: proof.set_aside.clone(),
    };
    let (verdict, reason) = judge(examined);
    FunctionCertificate {
        name: examined.name.to_string(),
        line: examined.line,
        status: examined.status,
        verdict,
        reason,
        modes: proof.modes.iter().map(ToString::to_string).collect(),
        natively: proof.natively,
        coverage: Coverage {
            branches: proof.branches,
            reached: proof.reached,
            missed: proof
                .missed
                .iter()
                .map(|(line, branch)| Missed {
                    line: *line,
                    branch: branch.clone(),
                })
                .collect(),
        },
        case_set_sha256: hex(&proof.case_root),
        python_sha256: hex(&proof.oracle_root),
        rust_sha256: hex(&proof.subject_root),
        statistics: statistics(&counts),
        counts,
        failures: proof.shown.iter().map(|shown| failed(shown, examined.rust)).collect(),
    }
}

/// The standing of one function, and why it is not certified.
fn judge(examined: &Examined) -> (Standing, String) {
    match &examined.proof {
        Err(reason) => (Standing::Incomplete, reason.clone()),
        Ok(proof) => match &proof.undecided {
            Some(undecided) => {
                let Undecided { call, first, second } = undecided;
                (
                    Standing::Incomplete,
                    format!("CPython does not repeat itself: {call} {first}, then {second}"),
                )
            }
            None if proof.failures > 0 => (Standing::Refuted, format!("{} cases differ", proof.failures)),
            None if proof.compared == 0 => (Standing::Incomplete, nothing_compared(proof)),
            None => (Standing::Certified, String::new()),
        },
    }
}

fn nothing_compared(proof: &Proof) -> String {
    let most = proof.set_aside.iter().max_by_key(|(_, count)| **count);
    match most {
        Some((reason, count)) => format!("no case could be compared; most often: {reason} ({count})"),
        None => "no case could be made".to_string(),
    }
}

fn failed(failure: &Failure, rust: &[RustPlace]) -> FailedCase {
    let was_run = |place: &&RustPlace| !place.native || failure.mode != GENERIC_ONLY.name;
    FailedCase {
        call: failure.call.clone(),
        mode: failure.mode.to_string(),
        python: failure.oracle.clone(),
        rust: failure.subject.clone(),
        differs_at: failure
            .difference
            .as_ref()
            .map(|difference| difference.path.clone())
            .unwrap_or_default(),
        rust_lines: rust.iter().filter(was_run).cloned().collect(),
    }
}

/// The bound that so many passes give: were the failing share larger, so many passes in a row would have been
/// less likely than one in twenty.
fn statistics(counts: &Counts) -> Statistics {
    let passes = counts.compared - counts.failures;
    let bound = if passes == 0 {
        1.0
    } else {
        1.0 - (1.0 - CONFIDENCE).powf(1.0 / passes as f64)
    };
    // Six digits say all that such a bound can, and keep the text the same on every machine.
    let bound = (bound * 1e6).ceil() / 1e6;
    let pass = counts.failures == 0 && counts.compared > 0;
    Statistics {
        confidence: CONFIDENCE,
        failing_share_below: if pass { bound } else { 1.0 },
        pass,
    }
}
