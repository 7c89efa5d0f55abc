//! Whether rustc accepts what is generated: all its errors at once, without a build.

use pivot::compile::{Request, Retreat, compile};
use pivot::config::{Options, Overrides};
use pivot::evolve::Input;
use pivot::parity::record::{Limits, calls};
use pivot::parity::sandbox::Confinement;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What rustc says of the program's vessel, one error a line; also where pivot itself fails.
pub fn errors(root: &Path, folder: &Path, text: &str) -> Vec<String> {
    match written(root, folder, text) {
        Ok(()) => checked(root, folder),
        Err(words) => vec![words],
    }
}

/// Generates the crate into the folder.
fn written(root: &Path, folder: &Path, text: &str) -> Result<(), String> {
    let file = folder.join("fuzz.py");
    fs::write(&file, text).map_err(|error| error.to_string())?;
    let input = Input::read(&file).map_err(|error| format!("{error:?}"))?;
    let options = Options::resolve(&file, &Overrides::default()).map_err(|error| format!("{error:?}"))?;
    let recording = calls(&file, Path::new("python3"), Limits::default(), Confinement::Full).ok();
    let request = Request {
        file: &input.file,
        module: &input.module,
        name: "fuzz",
        profile: &options.profile,
        asynchrony: options.asynchrony,
        workers: None,
        only: &[],
        recording: recording.as_ref(),
        library: None,
        imports: &pivot::compile::AnyImport,
        retreat: &Retreat::default(),
    };
    let compiled = compile(&request);
    let source = folder.join("src");
    fs::create_dir_all(&source).map_err(|error| error.to_string())?;
    let manifest = format!(
        "[package]\nname = \"fuzz_vessel\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         pivot-runtime = {{ path = {:?} }}\n\n[workspace]\n",
        root.join("runtime").display().to_string()
    );
    let mut files = vec![(folder.join("Cargo.toml"), manifest)];
    files.extend(compiled.files.into_iter().map(|(name, text)| (source.join(name), text)));
    for (path, text) in files {
        fs::write(path, text).map_err(|error| error.to_string())?;
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
    Ok(())
}

fn checked(root: &Path, folder: &Path) -> Vec<String> {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    command.args(["check", "--lib", "--offline", "--quiet", "--message-format", "short"]);
    command
        .env("CARGO_TARGET_DIR", root.join("target/fuzz"))
        .current_dir(folder);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return vec![error.to_string()],
    };
    let said = String::from_utf8_lossy(&output.stderr);
    let errors = said
        .lines()
        .filter(|line| line.contains("error") && line.contains(".rs:"));
    let errors: Vec<String> = errors.map(|error| with_line(folder, error)).collect();
    if errors.is_empty() && !output.status.success() {
        return vec![said.into_owned()];
    }
    errors
}

/// The error with the text of its line.
fn with_line(folder: &Path, error: &str) -> String {
    let mut parts = error.splitn(3, ':');
    let (file, number) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
    let line = number
        .parse::<usize>()
        .ok()
        .and_then(|number| text.lines().nth(number.saturating_sub(1)));
    format!("{error}\n    {}", line.unwrap_or_default().trim())
}
