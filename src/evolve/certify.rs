//! The proof of the new vessel, before it takes the old one's place.

use super::job::Job;
use super::{EvolveError, Request, Watch};
use crate::build::{BuildError, Candidate, find_program};
use crate::parity::certificate::Certificate;
use crate::parity::certify::{self, CertifyError};
use crate::parity::kept::FAILING;
use crate::parity::oracle::Oracle;
use crate::vessel::Manifest;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Certifies a candidate and leaves the certificate beside it.
///
/// # Errors
/// CPython cannot import the source, or a file cannot be written. A refuted vessel is no error here.
pub fn certify(job: &Job<'_>, candidate: &Candidate, watch: &dyn Watch) -> Result<Certificate, EvolveError> {
    watch.phase("certifying");
    let folder = candidate.folder();
    keep_failing(job.destination, folder)?;
    let manifest = Manifest::read(folder).map_err(BuildError::io(folder))?;
    let validation = &job.request.options.validation;
    let request = certify::Request {
        folder,
        manifest: &manifest,
        python: &job.programs.python,
        cases: validation.cases as usize,
        seed: validation.seed,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        limit: Duration::from_secs_f64(validation.timeout),
        confinement: job.request.confinement,
        only: &[],
        recording: job.recording,
    };
    let certificate = certify::certify(&request, &Listener(watch)).map_err(EvolveError::Certify)?;
    certificate.write(folder).map_err(BuildError::io(folder))?;
    Ok(certificate)
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
pub fn importable(request: &Request, source: &Path) -> Result<(), EvolveError> {
    let Some(python) = find_program(&request.options.python) else {
        return Ok(());
    };
    let limit = Duration::from_secs_f64(request.options.validation.timeout);
    let described = Oracle::new(&python, source)
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
