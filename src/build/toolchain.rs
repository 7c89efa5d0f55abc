//! The programs pivot drives, wherever they are: cargo, rustc and rustfmt.

use super::error::BuildError;
use crate::config::TargetCpu;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How to get a Rust toolchain.
const GET_RUST: &str = "install Rust from https://rustup.rs, then run the same command again";

/// A Rust toolchain that answers.
#[derive(Clone, Debug)]
pub struct Toolchain {
    pub cargo: PathBuf,
    pub rustc: PathBuf,
    pub rustfmt: Option<PathBuf>,
    /// `rustc --version`.
    pub version: String,
    /// `rustc -vV`, whole: what keys are computed over.
    pub verbose: String,
    /// The host triple.
    pub host: String,
}

impl Toolchain {
    /// Finds cargo and rustc and asks rustc who it is.
    ///
    /// # Errors
    /// One of them is not there or does not run.
    pub fn find() -> Result<Toolchain, BuildError> {
        let cargo = rust_program("cargo").ok_or_else(|| missing("cargo", GET_RUST))?;
        let rustc = rust_program("rustc").ok_or_else(|| missing("rustc", GET_RUST))?;
        let verbose = ask(Command::new(&rustc).arg("-vV"), "rustc", GET_RUST)?;
        let host = verbose
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .unwrap_or_default()
            .to_string();
        Ok(Toolchain {
            cargo,
            rustc,
            rustfmt: rust_program("rustfmt"),
            version: verbose.lines().next().unwrap_or_default().to_string(),
            host,
            verbose,
        })
    }

    /// The major version of its LLVM.
    pub fn llvm_major(&self) -> Option<u32> {
        let version = self
            .verbose
            .lines()
            .find_map(|line| line.strip_prefix("LLVM version: "))?;
        version.split('.').next()?.parse().ok()
    }

    /// Where its libraries and extra components are.
    pub fn sysroot(&self) -> Option<PathBuf> {
        let answer = ask(
            Command::new(&self.rustc).args(["--print", "sysroot"]),
            "rustc",
            GET_RUST,
        )
        .ok()?;
        Some(PathBuf::from(answer.trim()))
    }

    /// The processor features that rustc switches on for this choice of processor.
    ///
    /// # Errors
    /// rustc does not know the processor.
    pub fn cpu_features(&self, cpu: &TargetCpu) -> Result<Vec<String>, BuildError> {
        let mut command = Command::new(&self.rustc);
        command.args(["--print", "cfg"]);
        if let Some(name) = cpu.flag() {
            command.arg(format!("-Ctarget-cpu={name}"));
        }
        let help = "`rustc --print target-cpus` lists the names that `rust_specific.target_cpu` takes";
        let listed = ask(&mut command, "rustc", help)?;
        if listed.contains("is not a recognized processor") {
            let words = format!("it knows no processor `{}`", cpu.flag().unwrap_or_default());
            return Err(BuildError::Broken {
                program: "rustc".into(),
                words,
                help: help.into(),
            });
        }
        let feature = |line: &str| {
            line.strip_prefix("target_feature=\"")?
                .strip_suffix('"')
                .map(str::to_string)
        };
        Ok(listed.lines().filter_map(feature).collect())
    }
}

/// The file that a program's name stands for: itself where it is a path, else the first of that name on `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    if name.contains(['/', '\\']) {
        return Some(PathBuf::from(name)).filter(|path| is_program(path));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(with_suffix(name)))
        .find(|path| is_program(path))
}

/// A program of the Rust toolchain: from the environment that cargo sets, from `PATH`, or from cargo's own folder.
fn rust_program(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os(name.to_uppercase())
        .map(PathBuf::from)
        .filter(|path| is_program(path));
    named.or_else(|| find_program(name)).or_else(|| {
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
        Some(home.join("bin").join(with_suffix(name))).filter(|path| is_program(path))
    })
}

fn with_suffix(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The error for a program that was not found, with the way to get it.
pub fn missing(program: &str, help: &str) -> BuildError {
    BuildError::Missing {
        program: program.into(),
        help: help.into(),
    }
}

/// What a program prints on both streams; a failure carries its words.
pub fn ask(command: &mut Command, program: &str, help: &str) -> Result<String, BuildError> {
    let broken = |words: String| BuildError::Broken {
        program: program.into(),
        words,
        help: help.into(),
    };
    let output = command.output().map_err(|error| broken(error.to_string()))?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let last = stderr
            .trim()
            .lines()
            .last()
            .unwrap_or("it failed and said nothing")
            .to_string();
        return Err(broken(last));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned() + &stderr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_processor_is_refused() {
        let toolchain = Toolchain::find().unwrap();
        assert!(toolchain.cpu_features(&TargetCpu::Named("z80".into())).is_err());
        assert!(!toolchain.cpu_features(&TargetCpu::Native).unwrap().is_empty());
    }
}
