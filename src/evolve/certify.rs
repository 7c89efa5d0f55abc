//! The proof of the new vessel, before it takes the old one's place.

use super::job::Job;
use super::{EvolveError, Request, Watch};
use crate::build::{BuildError, Candidate, Interpreter, digest_file};
use crate::parity::certificate::Certificate;
use crate::parity::certify;
use crate::parity::error::CertifyError;
use crate::parity::ground::{Ground, Inquiry};
use crate::parity::kept::{self, FAILING};
use crate::parity::oracle::Oracle;
use crate::parity::record::Recording;
use crate::vessel::{FunctionEntry, Manifest};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Certifies a candidate and leaves the certificate beside it.
///
/// # Errors
/// CPython cannot import the source, or a file cannot be written. A refuted vessel is no error here.
pub fn certify(
    job: &Job<'_>,
    candidate: &Candidate,
    ground: Option<&Ground>,
    watch: &dyn Watch,
) -> Result<Certificate, EvolveError> {
    watch.phase("certifying");
    let folder = candidate.folder();
    keep_failing(job.destination, folder)?;
    let manifest = Manifest::read(folder).map_err(BuildError::io(folder))?;
    let validation = &job.request.options.validation;
    // The source may have been changed since, and the functions too, where rustc refused some.
    let source = digest_file(&job.input.path).unwrap_or_default();
    let ground = ground.filter(|ground| ground.source_sha256 == source && ground.fits(&manifest.functions));
    let request = certify::Request {
        folder,
        manifest: &manifest,
        python: &job.python.program,
        cases: validation.cases as usize,
        seed: validation.seed,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        limit: Duration::from_secs_f64(validation.timeout),
        confinement: job.request.confinement,
        only: &[],
        recording: job.recording,
        ground,
    };
    let certificate = certify::certify(&request, &Listener(watch)).map_err(EvolveError::Certify)?;
    certificate.write(folder).map_err(BuildError::io(folder))?;
    Ok(certificate)
}

/// Lays the ground of the proof, and begins it as far as it goes until `enough` says that the vessel is built. One worker
/// does it, since the build takes a core as well. Nothing comes of it where something fails: the proof will tell what.
pub fn lay_ground(early: &Early<'_>, enough: &dyn Fn() -> bool) -> Option<Ground> {
    let validation = &early.request.options.validation;
    let inquiry = Inquiry {
        source: early.source,
        python: &early.python.program,
        functions: &early.functions,
        only: &[],
        seed: validation.seed,
        jobs: 1,
        limit: Duration::from_secs_f64(validation.timeout),
        confinement: early.request.confinement,
    };
    let recorded = early.recording.map(kept::of_recording).unwrap_or_default();
    let mut ground = Ground::lay(&inquiry, recorded).ok()?;
    ground.begin(&inquiry, validation.cases as usize, enough).ok()?;
    Some(ground)
}

/// What is known of the proof before there is a vessel.
pub struct Early<'a> {
    pub request: &'a Request,
    pub source: &'a Path,
    pub functions: Vec<FunctionEntry>,
    pub recording: Option<&'a Recording>,
    pub python: &'a Interpreter,
}

/// Cases that refuted an earlier build of this vessel are tried first, wherever that build was left.
fn keep_failing(destination: &Path, folder: &Path) -> Result<(), BuildError> {
    let places = [Candidate::aside(destination), destination.to_path_buf()];
    let kept = places
        .map(|place| place.join(FAILING))
        .into_iter()
        .find(|file| file.is_file());
    let Some(kept) = kept else { return Ok(()) };
    let target = folder.join(FAILING);
    fs::copy(&kept, &target).map(drop).map_err(BuildError::io(&target))
}

/// Whether CPython can import the source at all: asked early, since without that nothing can be proven.
///
/// # Errors
/// It cannot, or not in the time that a case may take.
pub fn importable(request: &Request, source: &Path, python: &Interpreter) -> Result<(), EvolveError> {
    let limit = Duration::from_secs_f64(request.options.validation.timeout);
    let described = Oracle::new(&python.program, source)
        .map_err(CertifyError::Io)
        .and_then(|oracle| Ok(oracle.confined(request.confinement).describe(limit)?));
    described.map(drop).map_err(EvolveError::Certify)
}

struct Listener<'a>(&'a dyn Watch);

impl certify::Watch for Listener<'_> {
    fn progress(&self, done: usize, total: usize, function: &str) {
        self.0.progress(done, Some(total), function);
    }
}
