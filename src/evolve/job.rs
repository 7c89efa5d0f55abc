//! What follows once there is code to build: everything that writes files.

use super::certify::Early;
use super::{
    EvolveError, Input, Outcome, Phases, Report, Request, Source, Verdict, Watch, certify, measure, train, translate,
    vessel,
};
use crate::build::{
    BuildError, Built, Cache, Candidate, Flavour, Interpreter, Lock, Package, Place, Progress, Stage, Toolchain,
    place_runtime, vessel_name,
};
use crate::compile::{Compiled, Refused, Retreat};
use crate::emit::World;
use crate::parity::certificate::Standing;
use crate::parity::ground::Ground;
use crate::parity::record::Recording;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The flags rustc was given beyond the manifest.
type Flags = Vec<String>;

/// The programs that a job needs, all found before any work is done.
pub struct Programs {
    toolchain: Toolchain,
    cache: Cache,
}

impl Programs {
    pub fn find() -> Result<Programs, BuildError> {
        Ok(Programs {
            toolchain: Toolchain::find()?,
            cache: Cache::of_user()?,
        })
    }
}

/// A file that has something to build.
pub struct Job<'a> {
    pub request: &'a Request,
    pub input: &'a Input,
    pub compiled: Compiled,
    pub destination: &'a Path,
    /// What was seen when the script ran.
    pub recording: Option<&'a Recording>,
    /// The oracle.
    pub python: &'a Interpreter,
    pub programs: Programs,
}

impl Job<'_> {
    /// Builds, certifies, measures and publishes.
    ///
    /// # Errors
    /// The build fails, or a file cannot be written; the last good vessel is untouched.
    pub fn carry_out(
        mut self,
        mut report: Report,
        mut phases: Phases,
        watch: &dyn Watch,
    ) -> Result<Outcome, EvolveError> {
        let waiting = || watch.note("another pivot is working on this vessel; waiting for it");
        let _lock = Lock::take(&self.programs.cache.vessel_lock(self.destination), waiting)?;
        let (built, ground) = self.build_and_lay_ground(&mut report, &mut phases, watch);
        let (stage, built, flags) = built?;
        let candidate = phases.time("assemble", || self.assemble(&stage, &built, flags))?;
        let certificate = match self.request.certify {
            true => Some(phases.time("certify", || {
                certify::certify(&self, &candidate, ground.as_ref(), watch)
            })?),
            false => None,
        };
        certificate.iter().for_each(|certificate| report.take(certificate));
        let refuted = certificate
            .as_ref()
            .is_some_and(|certificate| certificate.verdict == Standing::Refuted);
        let (verdict, aside) = if refuted {
            (Verdict::Refuted, Some(candidate.set_aside()?))
        } else {
            report.script = phases.time("measure", || {
                measure::script(self.request, candidate.folder(), self.python, watch)
            });
            phases.time("publish", || self.publish(candidate))?;
            report.vessel = Some(self.destination.to_path_buf());
            (Verdict::Evolved, None)
        };
        report.finish(verdict, phases);
        self.programs.cache.sweep();
        Ok(Outcome {
            report,
            certificate,
            steps: built.steps,
            aside,
        })
    }

    /// Builds, which is work for one core for the most part; another one begins the proof meanwhile.
    fn build_and_lay_ground(
        &mut self,
        report: &mut Report,
        phases: &mut Phases,
        watch: &dyn Watch,
    ) -> (Result<(Stage, Built, Flags), BuildError>, Option<Ground>) {
        let early = Early {
            request: self.request,
            source: &self.input.path,
            functions: self.compiled.functions.clone(),
            recording: self.recording,
            python: self.python,
        };
        let wanted = self.request.certify;
        let is_built = AtomicBool::new(false);
        thread::scope(|scope| {
            let ground =
                wanted.then(|| scope.spawn(|| certify::lay_ground(&early, &|| is_built.load(Ordering::Relaxed))));
            let built = phases.time("build", || self.build_or_retreat(report, watch));
            is_built.store(true, Ordering::Relaxed);
            let ground = ground.and_then(|ground| ground.join().expect("laying the ground does not panic"));
            (built, ground)
        })
    }

    /// Builds; what rustc refuses is left out, step by step, as long as something is left.
    fn build_or_retreat(
        &mut self,
        report: &mut Report,
        watch: &dyn Watch,
    ) -> Result<(Stage, Built, Flags), BuildError> {
        let mut retreat = Retreat::default();
        loop {
            let (messages, places, folder) = match self.build(watch) {
                Err(BuildError::Refused {
                    messages,
                    places,
                    folder,
                }) => (messages, places, folder),
                outcome => return outcome,
            };
            let refused = [World::Native, World::Generic].map(|world| refused(world, &places, &folder));
            let Some(next) = retreat.further(&refused, &self.compiled.emitted) else {
                return Err(BuildError::Refused {
                    messages,
                    places,
                    folder,
                });
            };
            let words = messages.lines().take(2).collect::<Vec<_>>().join(" ");
            watch.note(&format!(
                "rustc refused part of the generated code, a bug in pivot; going on without that part: {words}"
            ));
            retreat = next;
            self.compiled = translate(&self.source(), &retreat);
            *report = Report::new(self.request, &self.compiled);
        }
    }

    fn source(&self) -> Source<'_> {
        Source {
            input: self.input,
            request: self.request,
            python: Some(self.python),
            recording: self.recording,
        }
    }

    fn build(&self, watch: &dyn Watch) -> Result<(Stage, Built, Flags), BuildError> {
        watch.phase("compiling");
        let profile = &self.request.options.profile;
        let toolchain = self.programs.toolchain.clone();
        let stage = Stage::open(&self.programs.cache, toolchain, profile, self.destination)?;
        let package = Package {
            vessel: &vessel_name(&self.request.source),
            source: &self.request.source,
            profile,
            code: &self.compiled.files,
        };
        let trained = train::train(&stage, &package, self.compiled.script, watch)?;
        let flavour = trained.as_deref().map_or(Flavour::Plain, Flavour::Trained);
        let waiting = || watch.note("another build with this profile is running; waiting for it");
        let progress = &mut |step: &Progress| watch.progress(step.done, None, &step.name);
        let built = stage.build(&package, flavour, waiting, progress)?;
        let flags = stage.flags(flavour);
        Ok((stage, built, flags))
    }

    fn assemble(&self, stage: &Stage, built: &Built, flags: Flags) -> Result<Candidate, BuildError> {
        let candidate = Candidate::assemble(built, self.destination)?;
        let folder = candidate.folder();
        let manifest = vessel::manifest(self, stage, flags, folder);
        manifest.write(folder).map_err(BuildError::io(folder))?;
        Ok(candidate)
    }

    fn publish(&self, candidate: Candidate) -> Result<(), BuildError> {
        place_runtime(self.destination.parent().unwrap_or(Path::new(".")))?;
        candidate.publish()
    }
}

/// What rustc says of the file of one world.
fn refused(world: World, places: &[Place], folder: &Path) -> Refused {
    let file = format!("src/{}", world.file());
    let at_fault = places.iter().filter(|place| place.file == file);
    Refused {
        world,
        lines: at_fault.map(|place| place.line).collect(),
        text: fs::read_to_string(folder.join(&file)).unwrap_or_default(),
    }
}
