//! The proof of a whole vessel: every function that was translated, against the source as it stands today.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::audit;
use super::case::Case;
use super::cases::Plan;
use super::certificate::{self, Certificate, Circumstances, Examined, FunctionCertificate, SCRIPT};
use super::error::CertifyError;
use super::ground::{Ground, Inquiry, cannot_be_called, to_prove};
use super::inclusion::Inclusion;
use super::kept;
use super::lanes::Lanes;
use super::mutants::{self, Bench, Exhibit, Score};
use super::oracle::Description;
use super::prove::{
    AS_CALLED, GENERIC_ONLY, Mode, ON_MORE_THREADS, ON_TWO_THREADS, Proof, Sides, Start, exhibit, prove,
};
use super::record::{self, Recording};
use super::resume::Partial;
use super::sandbox::Confinement;
use super::script::{self, Scripts};
use super::subject::Vessel;
use crate::build::{digest, digest_file};
use crate::config::Profile;
use crate::vessel::{FunctionEntry, Manifest, Status};

/// How to certify one vessel.
#[derive(Clone)]
pub struct Request<'a> {
    /// The vessel's folder.
    pub folder: &'a Path,
    pub manifest: &'a Manifest,
    /// The oracle.
    pub python: &'a Path,
    pub cases: usize,
    pub seed: u64,
    /// Workers on each side.
    pub jobs: usize,
    /// How long one case may take.
    pub limit: Duration,
    /// What workers may do to the machine.
    pub confinement: Confinement,
    /// Only these functions; all where empty.
    pub only: &'a [String],
    /// Calls recorded just now; where absent, those kept in the vessel's folder, or else recorded anew.
    pub recording: Option<&'a Recording>,
    /// The same source and functions, where they were asked about already.
    pub ground: Option<&'a Ground>,
}

/// Hears how the proof goes on.
pub trait Watch: Sync {
    /// So many of all cases are done; `function` is being proven.
    fn progress(&self, done: usize, total: usize, function: &str);
    /// So many functions were proven before an interruption, and need not be again.
    fn resumed(&self, _functions: usize) {}
}

/// Nobody listens.
impl Watch for () {
    fn progress(&self, _done: usize, _total: usize, _function: &str) {}
}

/// The vessel's source and binary, as paths.
pub fn source_of(folder: &Path, manifest: &Manifest) -> PathBuf {
    folder.join(&manifest.source.path)
}

/// The vessel's program.
pub fn binary_of(folder: &Path, manifest: &Manifest) -> PathBuf {
    folder.join(&manifest.binary)
}

/// Proves every translated function of the vessel and writes the recorded calls and failing cases into its folder.
/// The certificate is returned, not written: its caller knows whether it may take the old one's place.
///
/// # Errors
/// The source or the vessel is gone, or CPython cannot be started or cannot import the source. A refuted vessel is no
/// error here: the certificate says so.
pub fn certify(request: &Request, watch: &dyn Watch) -> Result<Certificate, CertifyError> {
    let manifest = request.manifest;
    let source = source_of(request.folder, manifest);
    let binary = binary_of(request.folder, manifest);
    let source_sha256 = digest_file(&source).map_err(|error| CertifyError::Source(source.clone(), error))?;
    let binary_sha256 = digest_file(&binary).map_err(|error| CertifyError::Binary(binary.clone(), error))?;
    let work = |ground: &Ground, lanes: &Lanes| {
        let key = key(request, &source_sha256, &binary_sha256, &ground.description);
        let partial = Partial::take_up(request.folder, key);
        if !partial.functions.is_empty() {
            watch.resumed(partial.functions.len());
        }
        examine_all(request, ground, lanes, partial, watch)
    };
    let (examined, description) = with_lanes(request, work)?;
    let around = Circumstances {
        manifest,
        source_sha256,
        binary_sha256,
        python: description.version.clone(),
        libm: description.libm.clone(),
        seed: request.seed,
        cases: request.cases,
        audit: audit::verdict(request.folder),
    };
    Ok(Certificate::new(&around, examined))
}

/// Plants `count` faults in the vessel's code and tries the cases of its proof on each. Only a vessel that was certified
/// just now has anything to tell here. `tell` hears how many of how many were tried.
///
/// # Errors
/// As [`certify`]; the faults cannot be built.
pub fn mutants(
    request: &Request,
    profile: &Profile,
    count: usize,
    tell: &dyn Fn(usize, usize),
) -> Result<Score, CertifyError> {
    let (exhibits, _) = with_lanes(request, |ground, lanes| exhibits(request, ground, lanes))?;
    let bench = Bench {
        exhibits,
        jobs: request.jobs,
        limit: request.limit.min(LONGEST_FAULT),
    };
    let planting = mutants::Request {
        folder: request.folder,
        name: &request.manifest.name,
        profile,
        count,
    };
    mutants::score(&planting, &bench, tell).map_err(CertifyError::Mutants)
}

/// Shows that a case of the function belongs to the certificate; `None` where there is no such case.
///
/// # Errors
/// As [`certify`].
pub fn inclusion(
    request: &Request,
    number: usize,
    certificate: &Certificate,
) -> Result<Option<Inclusion>, CertifyError> {
    let (exhibits, _) = with_lanes(request, |ground, lanes| exhibits(request, ground, lanes))?;
    Ok(exhibits
        .first()
        .and_then(|exhibit| Inclusion::new(exhibit, number, certificate)))
}

/// A fault that hangs is refuted by its silence; there may be many of them.
const LONGEST_FAULT: Duration = Duration::from_secs(2);

/// Starts both sides and does something with them.
fn with_lanes<T>(
    request: &Request,
    work: impl FnOnce(&Ground, &Lanes) -> io::Result<T>,
) -> Result<(T, Description), CertifyError> {
    let source = source_of(request.folder, request.manifest);
    let vessel = Vessel::new(&binary_of(request.folder, request.manifest))?.confined(request.confinement);
    let recorded = recorded_cases(request, &source)?;
    let laid;
    let ground = match request.ground {
        Some(ground) => ground,
        None => {
            laid = Ground::lay(&inquiry(request, &source), recorded)?;
            &laid
        }
    };
    let lanes = Lanes {
        oracle: &ground.oracle,
        subject: &vessel,
        description: &ground.description,
        jobs: request.jobs,
        limit: request.limit,
    };
    let done = work(ground, &lanes)?;
    Ok((done, ground.description.clone()))
}

/// What there is to ask CPython about.
fn inquiry<'a>(request: &Request<'a>, source: &'a Path) -> Inquiry<'a> {
    Inquiry {
        source,
        python: request.python,
        functions: &request.manifest.functions,
        only: request.only,
        seed: request.seed,
        jobs: request.jobs,
        limit: request.limit,
        confinement: request.confinement,
    }
}

fn exhibits(request: &Request, ground: &Ground, lanes: &Lanes) -> io::Result<Vec<Exhibit>> {
    let kept = kept::read(&request.folder.join(kept::FAILING)).unwrap_or_default();
    let found = lanes.each(
        &to_prove(&request.manifest.functions, request.only),
        |_, function, sides| {
            let plan = ground.plan(function);
            if cannot_be_called(function, &plan).is_some() {
                return Ok(None);
            }
            let earlier = kept.get(&function.name).cloned().unwrap_or_default();
            exhibit(&plan, &earlier, request.cases, &modes(function), sides).map(Some)
        },
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// Recorded calls by function: given, kept in the folder, or recorded now and kept.
fn recorded_cases(request: &Request, source: &Path) -> io::Result<BTreeMap<String, Vec<Case>>> {
    if let Some(recording) = request.recording {
        let cases = kept::of_recording(recording);
        kept::write(&request.folder.join(kept::CALLS), &cases)?;
        return Ok(cases);
    }
    if let Some(cases) = kept::read(&request.folder.join(kept::CALLS)) {
        return Ok(cases);
    }
    // A script that cannot be watched still has its types.
    let recording =
        record::calls(source, request.python, record::Limits::default(), request.confinement).unwrap_or_default();
    let cases = kept::of_recording(&recording);
    kept::write(&request.folder.join(kept::CALLS), &cases)?;
    Ok(cases)
}

fn examine_all(
    request: &Request,
    ground: &Ground,
    lanes: &Lanes,
    partial: Partial,
    watch: &dyn Watch,
) -> io::Result<Vec<FunctionCertificate>> {
    let functions = to_prove(&request.manifest.functions, request.only);
    let failing_file = request.folder.join(kept::FAILING);
    let failing = kept::read(&failing_file).unwrap_or_default();
    let earlier = failing.clone();
    let progress = Tally::new(functions.len(), request.cases);
    let notes = Mutex::new((partial, failing));
    let mut examined = lanes.each(&functions, |number, function, sides| {
        let tell = |done: usize| watch.progress(progress.note(number, done), progress.total, &function.name);
        tell(0);
        let known = notes.lock().expect(NO_PANIC).0.find(&function.name).cloned();
        if let Some(done) = known {
            tell(request.cases);
            return Ok(done);
        }
        let plan = ground.plan(function);
        let earlier = earlier.get(&function.name).map_or(&[][..], Vec::as_slice);
        let start = match ground.begun(&function.name) {
            Some(rehearsed) if earlier.is_empty() => Start::Rehearsed(rehearsed),
            _ => Start::Kept(earlier),
        };
        let proof = prove_one(&plan, start, function, request, sides, &tell)?;
        let (partial, failing) = &mut *notes.lock().expect(NO_PANIC);
        if let Ok(proof) = &proof
            && remember(failing, proof)
        {
            kept::write(&failing_file, failing)?;
        }
        let done = certificate::function(&Examined {
            name: &function.name,
            status: function.status,
            line: function.lines.0,
            rust: &function.rust,
            proof,
        });
        partial.add(done.clone())?;
        Ok(done)
    })?;
    let (partial, mut failing) = notes.into_inner().expect(NO_PANIC);
    let of_script = |proof: &Proof| {
        let new = remember(&mut failing, proof);
        if new {
            kept::write(&failing_file, &failing)
        } else {
            Ok(())
        }
    };
    if let Some(script) = examine_script(request, ground, watch, of_script)? {
        examined.push(script);
    }
    partial.done();
    Ok(examined)
}

/// Why locks here are never poisoned.
const NO_PANIC: &str = "nothing panics while it holds this lock";

/// How far the proofs of several functions are.
struct Tally {
    done: Vec<AtomicUsize>,
    total: usize,
}

impl Tally {
    fn new(functions: usize, cases: usize) -> Tally {
        Tally {
            done: (0..functions).map(|_| AtomicUsize::new(0)).collect(),
            total: functions * cases,
        }
    }

    /// So many cases of one function are done; tells how many of all are.
    fn note(&self, function: usize, done: usize) -> usize {
        self.done[function].store(done, Ordering::Relaxed);
        self.done.iter().map(|done| done.load(Ordering::Relaxed)).sum()
    }
}

/// The script as a whole, where the vessel has it and some case of it can be compared.
fn examine_script(
    request: &Request,
    ground: &Ground,
    watch: &dyn Watch,
    remember: impl FnOnce(&Proof) -> io::Result<()>,
) -> io::Result<Option<FunctionCertificate>> {
    let manifest = request.manifest;
    let (Some(notes), Some(original)) = (&ground.description.script, &ground.script) else {
        return Ok(None);
    };
    if !manifest.has_script || !request.only.is_empty() {
        return Ok(None);
    }
    let scripts = Scripts::new(original, &binary_of(request.folder, manifest))?;
    let earlier = kept::read(&request.folder.join(kept::FAILING)).unwrap_or_default();
    let earlier = earlier.get(SCRIPT).cloned().unwrap_or_default();
    let functions = &manifest.functions;
    let modes = script::modes(functions.iter().any(|function| !function.parallel_loops.is_empty()));
    let tell = |done: usize, total: usize| watch.progress(done, total, "the script as a whole");
    let proof = script::prove(&scripts, notes, &earlier, modes, (request.seed, request.jobs), &tell)?;
    if proof.compared == 0 {
        return Ok(None);
    }
    remember(&proof)?;
    Ok(Some(certificate::function(&Examined {
        name: SCRIPT,
        status: Status::Generic,
        line: notes.line,
        rust: &[],
        proof: Ok(proof),
    })))
}

/// Everything that decides what a proof comes to: an interrupted one is taken up only where all of it is the same.
fn key(request: &Request, source: &str, binary: &str, description: &Description) -> String {
    let files = [kept::CALLS, kept::FAILING].map(|name| digest_file(&request.folder.join(name)).unwrap_or_default());
    let rest = format!(
        "{} {} {:?} {:?} {:?} {}",
        request.cases,
        request.seed,
        request.limit,
        request.confinement,
        request.only,
        env!("CARGO_PKG_VERSION"),
    );
    let python = format!("{} {}", description.version, description.libm);
    digest([source, binary, &files[0], &files[1], &rest, &python].map(str::as_bytes))
}

/// Failing cases are kept, so that the next proof tries them first; tells whether any was new.
fn remember(failing: &mut BTreeMap<String, Vec<Case>>, proof: &Proof) -> bool {
    let mut new = false;
    for failure in &proof.shown {
        let known = failing.entry(proof.name.clone()).or_default();
        if !known.contains(&failure.case) {
            known.push(failure.case.clone());
            new = true;
        }
    }
    new
}

fn prove_one(
    plan: &Plan,
    start: Start,
    function: &FunctionEntry,
    request: &Request,
    sides: &mut Sides,
    tell: &dyn Fn(usize),
) -> io::Result<Result<Proof, String>> {
    if let Some(reason) = cannot_be_called(function, plan) {
        return Ok(Err(reason));
    }
    prove(plan, start, request.cases, &modes(function), sides, tell).map(Ok)
}

fn modes(function: &FunctionEntry) -> Vec<Mode> {
    let mut modes = vec![AS_CALLED];
    if function.status == Status::Native {
        modes.push(GENERIC_ONLY);
    }
    if !function.parallel_loops.is_empty() {
        modes.extend([ON_TWO_THREADS, ON_MORE_THREADS]);
    }
    modes
}
