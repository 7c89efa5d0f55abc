//! Finds the modules a program imports: files of the project beside the one that was named.

use crate::lower::{Loaded, Loader};
use crate::source::SourceFile;
use crate::syntax;
use std::path::{Path, PathBuf};

/// Looks beside the importing file, and in its packages.
pub struct ProjectLoader;

impl Loader for ProjectLoader {
    fn load(&mut self, module: &str, from: &Path) -> Option<Loaded> {
        let path = find(module, from)?;
        let file = SourceFile::read(&path).ok()?;
        let ast = syntax::parse(file.text()).ok()?;
        Some(Loaded { path, ast })
    }
}

fn find(module: &str, from: &Path) -> Option<PathBuf> {
    let relative: PathBuf = module.split('.').collect();
    let mut folder = from.parent()?;
    // Inside a package, absolute names start where the package does.
    while folder.join("__init__.py").is_file() {
        folder = folder.parent()?;
    }
    let plain = folder.join(&relative).with_extension("py");
    let package = folder.join(&relative).join("__init__.py");
    [package, plain].into_iter().find(|p| p.is_file() && p != from)
}
