//! What several areas need: paths, the built binary, a file to compile, a folder that goes away.

use pivot::compile::{AnyImport, Request, Retreat};
use pivot::config::{Options, Overrides};
use pivot::evolve::Input;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// The project's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `pivot` as a user calls it, in the project's root and without colours.
pub fn pivot(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pivot"));
    command
        .args(args)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output()
        .expect("pivot starts")
}

/// Exit code, stdout and stderr as text.
pub fn outcome(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// A Python file, with what the compiler is told of it unless a test says otherwise.
pub struct Job {
    pub input: Input,
    options: Options,
    retreat: Retreat,
}

impl Job {
    pub fn read(path: &Path) -> Job {
        Job {
            input: Input::read(path).expect("Python"),
            options: Options::resolve(path, &Overrides::default()).expect("no configuration"),
            retreat: Retreat::default(),
        }
    }

    /// To be compiled without the standard library.
    pub fn request(&self) -> Request<'_> {
        Request {
            file: &self.input.file,
            module: &self.input.module,
            name: "job",
            profile: &self.options.profile,
            asynchrony: self.options.asynchrony,
            workers: None,
            only: &[],
            recording: None,
            library: None,
            imports: &AnyImport,
            retreat: &self.retreat,
        }
    }
}

/// An empty folder, removed when dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("pivot-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("temporary folder");
        Scratch(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, with its parent folders, and gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("has a parent")).expect("folders");
        std::fs::write(&path, content).expect("file");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
