//! The options of one run: profile, then `.pivotrc`, then the command line, each over the one before.

use super::error::{ConfigError, nearest};
use super::file::RcFile;
use super::profiles::{Lto, PROFILES, Parallelism, Pgo, Profile, TargetCpu};
use std::path::{Path, PathBuf};

/// What the command line says; absent where the user said nothing.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub profile: Option<String>,
    pub target: Option<String>,
    pub output: Option<PathBuf>,
    pub cases: Option<u64>,
    pub seed: Option<u64>,
    pub timeout: Option<f64>,
    pub python: Option<String>,
    pub iterations: Option<u64>,
    pub enable_async: bool,
    /// Build for any processor of the last decade rather than for this machine.
    pub portable: bool,
    pub pgo: bool,
}

/// Whether independent file reads are issued ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asynchrony {
    Off,
    Tokio,
}

/// How parity is certified.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation {
    pub cases: u64,
    pub seed: u64,
    /// Seconds one case may take.
    pub timeout: f64,
    /// Print the share of failing calls that the cases rule out.
    pub statistics: bool,
}

/// Everything settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub project_name: Option<String>,
    /// With every override applied; its name stays the name of the profile it began as.
    pub profile: Profile,
    pub output: PathBuf,
    /// The oracle, as the user named it.
    pub python: String,
    /// Threads a vessel uses unless told otherwise; all cores where absent.
    pub workers: Option<u64>,
    pub asynchrony: Asynchrony,
    pub validation: Validation,
    pub benchmark_iterations: u64,
}

impl Options {
    /// The options for `start`, a source file or a folder: looks for `.pivotrc` from there upwards.
    ///
    /// # Errors
    /// A fault in the file, or an option of the command line that names no profile or target pivot has.
    pub fn resolve(start: &Path, overrides: &Overrides) -> Result<Options, ConfigError> {
        Options::from_file(RcFile::find(start)?, overrides)
    }

    fn from_file(file: Option<RcFile>, overrides: &Overrides) -> Result<Options, ConfigError> {
        let file = file.unwrap_or_default();
        refuse_slack(&file)?;
        check_target(overrides)?;
        Ok(Options {
            project_name: file.text("project_name").map(str::to_string),
            profile: profile(&file, overrides)?,
            output: output(&file, overrides),
            python: overrides
                .python
                .clone()
                .or_else(|| python(&file))
                .unwrap_or_else(|| "python3".into()),
            workers: workers(&file),
            asynchrony: asynchrony(&file, overrides),
            validation: validation(&file, overrides)?,
            benchmark_iterations: overrides
                .iterations
                .or_else(|| file.whole("benchmark_iterations"))
                .unwrap_or(5),
        })
    }
}

fn refuse_slack(file: &RcFile) -> Result<(), ConfigError> {
    if file
        .number("parity_tolerance")
        .is_some_and(|tolerance| tolerance != 0.0)
    {
        let message = "pivot certifies bit-exact or not at all: `parity_tolerance` can only be 0.0";
        return Err(file.refuse("parity_tolerance", message, "remove the key"));
    }
    for path in ["validation.bit_exact_required", "validation.hash_verification"] {
        if file.bool(path) == Some(false) {
            let message = format!("pivot certifies bit-exact or not at all: `{path}` can only be true");
            return Err(file.refuse(path, &message, "remove the key"));
        }
    }
    Ok(())
}

fn check_target(overrides: &Overrides) -> Result<(), ConfigError> {
    match overrides.target.as_deref() {
        None | Some("rust") => Ok(()),
        Some(other) => Err(
            ConfigError::new(format!("pivot evolves to Rust only: `{other}` is no target it has"))
                .help("--target rust"),
        ),
    }
}

fn profile(file: &RcFile, overrides: &Overrides) -> Result<Profile, ConfigError> {
    let name = overrides.profile.as_deref().or_else(|| file.text("profile"));
    let mut profile = name.map_or_else(|| Ok(Profile::default()), profile_named)?;
    optimise(&mut profile, file);
    specialise(&mut profile, file);
    if overrides.portable {
        profile.target_cpu = portable();
    }
    if overrides.pgo {
        profile.pgo = Pgo::Required;
    }
    Ok(profile)
}

fn profile_named(name: &str) -> Result<Profile, ConfigError> {
    Profile::named(name).ok_or_else(|| {
        let names = PROFILES.map(|profile| profile.name);
        let help = match nearest(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the profiles: {}", names.join(", ")),
        };
        ConfigError::new(format!("there is no profile `{name}`")).help(help)
    })
}

/// The group `optimization`.
fn optimise(profile: &mut Profile, file: &RcFile) {
    if let Some(threshold) = file.whole("optimization.parallel_threshold")
        && profile.parallel != Parallelism::Off
    {
        profile.parallel = Parallelism::From(threshold);
    }
    match (file.bool("optimization.parallel_enabled"), profile.parallel) {
        (Some(false), _) => profile.parallel = Parallelism::Off,
        (Some(true), Parallelism::Off) => {
            let balanced = Profile::default().parallel;
            profile.parallel = file
                .whole("optimization.parallel_threshold")
                .map_or(balanced, Parallelism::From);
        }
        _ => {}
    }
    if file.bool("optimization.simd_enabled") == Some(false) {
        profile.target_cpu = TargetCpu::Baseline;
    }
    match (file.bool("optimization.lto_enabled"), profile.lto) {
        (Some(false), _) => profile.lto = Lto::Off,
        (Some(true), Lto::Off) => profile.lto = Lto::Fat,
        _ => {}
    }
}

/// The group `rust_specific`.
fn specialise(profile: &mut Profile, file: &RcFile) {
    if let Some(level) = file.whole("rust_specific.opt_level") {
        profile.opt_level = u8::try_from(level).unwrap_or(3);
    }
    let lto = match (file.bool("rust_specific.lto"), file.text("rust_specific.lto")) {
        (Some(true), _) | (_, Some("fat")) => Some(Lto::Fat),
        (Some(false), _) | (_, Some("off")) => Some(Lto::Off),
        (_, Some("thin")) => Some(Lto::Thin),
        _ => None,
    };
    profile.lto = lto.unwrap_or(profile.lto);
    profile.incremental &= profile.lto == Lto::Off;
    if let Some(cpu) = file.text("rust_specific.target_cpu") {
        profile.target_cpu = match cpu {
            "baseline" => TargetCpu::Baseline,
            "native" => TargetCpu::Native,
            name => TargetCpu::Named(name.to_string()),
        };
    }
}

/// A processor that most machines of the last decade have.
fn portable() -> TargetCpu {
    if cfg!(target_arch = "x86_64") {
        TargetCpu::Named("x86-64-v3".into())
    } else {
        TargetCpu::Baseline
    }
}

fn output(file: &RcFile, overrides: &Overrides) -> PathBuf {
    let beside_file = || Some(file.path.parent()?.join(file.text("output")?));
    overrides
        .output
        .clone()
        .or_else(beside_file)
        .unwrap_or_else(|| "vessels".into())
}

/// The interpreter of the file; one given as a relative path is relative to the file.
fn python(file: &RcFile) -> Option<String> {
    let named = file.text("python")?;
    let is_path = named.contains(['/', '\\']);
    let folder = file.path.parent().filter(|_| is_path);
    Some(folder.map_or_else(
        || named.to_string(),
        |folder| folder.join(named).to_string_lossy().into_owned(),
    ))
}

fn workers(file: &RcFile) -> Option<u64> {
    let most = file.whole("optimization.max_workers");
    let asked = file.whole("rust_specific.rayon_workers");
    match (asked, most) {
        (Some(asked), Some(most)) => Some(asked.min(most)),
        (asked, most) => asked.or(most),
    }
}

fn asynchrony(file: &RcFile, overrides: &Overrides) -> Asynchrony {
    if overrides.enable_async || file.text("rust_specific.async_runtime").is_some() {
        Asynchrony::Tokio
    } else {
        Asynchrony::Off
    }
}

fn validation(file: &RcFile, overrides: &Overrides) -> Result<Validation, ConfigError> {
    let timeout = overrides
        .timeout
        .or_else(|| file.number("validation.timeout"))
        .unwrap_or(10.0);
    if timeout <= 0.0 {
        return Err(file.refuse(
            "validation.timeout",
            "a case needs more than 0 seconds",
            "leave the key out for 10 seconds",
        ));
    }
    Ok(Validation {
        cases: overrides
            .cases
            .or_else(|| file.whole("validation.cases"))
            .unwrap_or(1000),
        seed: overrides.seed.or_else(|| file.whole("validation.seed")).unwrap_or(0),
        timeout,
        statistics: file.bool("validation.statistical_validation").unwrap_or(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str, overrides: &Overrides) -> Result<Options, String> {
        let file = RcFile::parse(text, Path::new("/p/.pivotrc")).map_err(|error| error.to_string())?;
        Options::from_file(Some(file), overrides).map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_wins_over_the_file_and_the_file_over_the_profile() {
        let text = "{\"profile\": \"aggressive\", \"output\": \"out\", \"rust_specific\": {\"opt_level\": 1}}";
        let options = resolved(text, &Overrides::default()).unwrap();
        assert_eq!((options.profile.name, options.profile.opt_level), ("aggressive", 1));
        assert_eq!(options.output, Path::new("/p/out"));
        let overrides = Overrides {
            profile: Some("conservative".into()),
            output: Some("here".into()),
            ..Overrides::default()
        };
        let options = resolved(text, &overrides).unwrap();
        assert_eq!((options.profile.name, options.profile.opt_level), ("conservative", 1));
        assert_eq!(options.output, Path::new("here"));
    }

    #[test]
    fn without_a_file_the_balanced_profile_holds() {
        let options = Options::from_file(None, &Overrides::default()).unwrap();
        assert_eq!(options.profile, Profile::default());
        assert_eq!(options.output, Path::new("vessels"));
        assert_eq!(options.validation.cases, 1000);
    }

    #[test]
    fn parallelism_is_turned_off_on_and_moved() {
        let parallel = |text| resolved(text, &Overrides::default()).unwrap().profile.parallel;
        assert_eq!(
            parallel("{\"optimization\": {\"parallel_enabled\": false}}"),
            Parallelism::Off
        );
        assert_eq!(
            parallel("{\"optimization\": {\"parallel_threshold\": 5}}"),
            Parallelism::From(5)
        );
        let conservative = "{\"profile\": \"conservative\", \"optimization\": {\"parallel_enabled\": true}}";
        assert_eq!(parallel(conservative), Profile::default().parallel);
    }

    #[test]
    fn slack_in_parity_is_refused() {
        let refused = resolved("{\"parity_tolerance\": 1e-9}", &Overrides::default()).unwrap_err();
        assert!(
            refused.contains("bit-exact or not at all") && refused.contains(":1:22"),
            "{refused}"
        );
        assert!(
            resolved(
                "{\"validation\": {\"bit_exact_required\": false}}",
                &Overrides::default()
            )
            .is_err()
        );
        assert!(resolved("{\"parity_tolerance\": 0}", &Overrides::default()).is_ok());
    }

    #[test]
    fn another_target_or_profile_is_refused_by_name() {
        let overrides = Overrides {
            target: Some("go".into()),
            ..Overrides::default()
        };
        assert!(resolved("{}", &overrides).unwrap_err().contains("Rust only"));
        let overrides = Overrides {
            profile: Some("agressive".into()),
            ..Overrides::default()
        };
        assert!(
            resolved("{}", &overrides)
                .unwrap_err()
                .contains("did you mean `aggressive`?")
        );
    }
}
