//! The evolve report, as `--json` prints it.

use super::Request;
use super::phases::Phases;
use crate::compile::Compiled;
use crate::parity::certificate::{Certificate, Standing};
use crate::vessel::{Blocker, FunctionEntry, Status};
use serde::Serialize;
use std::path::PathBuf;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    Evolved,
    /// No function could be evolved; there is no new vessel.
    NotEvolved,
    /// The vessel was not certified; the last good one is as it was.
    Refuted,
}

/// What became of one file.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub status: Verdict,
    pub source: PathBuf,
    pub profile: String,
    /// The vessel's folder, where there is one.
    pub vessel: Option<PathBuf>,
    pub functions: Vec<FunctionReport>,
    /// The whole script against CPython; none where it has no main block or that was not measured.
    pub script: Option<ScriptSpeed>,
    /// What keeps the vessel from being run as a script; empty where it can be.
    pub script_blockers: Vec<Blocker>,
    pub phases: Phases,
}

/// How many times faster than CPython the script runs.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ScriptSpeed {
    pub sequential: Option<f64>,
    pub parallel: Option<f64>,
}

/// What became of one function.
#[derive(Clone, Debug, Serialize)]
pub struct FunctionReport {
    pub name: String,
    pub status: Status,
    /// As inferred.
    pub signature: String,
    pub reason: String,
    pub blockers: Vec<Blocker>,
    /// None where it was not tried, or could not be decided.
    pub certified: Option<bool>,
    /// Cases that were compared.
    pub cases: Option<u64>,
    /// How many times faster than CPython its cases ran; none where that was not measured.
    pub speedup: Option<f64>,
}

impl Report {
    pub(super) fn new(request: &Request, compiled: &Compiled) -> Report {
        Report {
            status: Verdict::NotEvolved,
            source: request.source.clone(),
            profile: request.options.profile.name.to_string(),
            vessel: None,
            functions: compiled.functions.iter().map(FunctionReport::new).collect(),
            script: None,
            script_blockers: compiled.script_blockers.clone(),
            phases: Phases::default(),
        }
    }

    /// Enters what the proof says about each function.
    pub(super) fn take(&mut self, certificate: &Certificate) {
        for function in &mut self.functions {
            let proven = certificate.functions.iter().find(|proven| proven.name == function.name);
            let Some(proven) = proven else { continue };
            function.certified = match proven.verdict {
                Standing::Certified => Some(true),
                Standing::Refuted => Some(false),
                Standing::Incomplete => None,
            };
            function.cases = Some(proven.counts.compared as u64);
            if !proven.reason.is_empty() {
                function.reason = proven.reason.clone();
            }
        }
    }

    pub(super) fn finish(&mut self, status: Verdict, phases: Phases) {
        self.status = status;
        self.phases = phases;
    }
}

impl FunctionReport {
    fn new(entry: &FunctionEntry) -> FunctionReport {
        FunctionReport {
            name: entry.name.clone(),
            status: entry.status,
            signature: entry.signature.clone(),
            reason: entry.reason.clone(),
            blockers: entry.blockers.clone(),
            certified: None,
            cases: None,
            speedup: None,
        }
    }
}
