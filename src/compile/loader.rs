//! Finds the modules a program imports: files of the project beside the one that was named, then the library.
//!
//! The library is what pivot carries itself where CPython's own source is of no use, then the pure-Python standard
//! library of the user's interpreter.

use super::{Imports, overlay};
use crate::lower::{self, ImportFailure, Loaded, Loader, Parsed};
use crate::source::SourceFile;
use crate::syntax::{self, ast::Module};
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};
use std::sync::Arc;

static CARRIED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/library");

/// Looks beside the importing file and in its packages, then in the library.
pub struct ProjectLoader<'a> {
    /// The folder of the interpreter's standard library.
    pub library: Option<&'a Path>,
    pub imports: &'a dyn Imports,
}

impl Loader for ProjectLoader<'_> {
    fn load(&mut self, module: &str, from: &Path) -> Option<Loaded> {
        let file = from.parent().and_then(|folder| self.project_file(module, folder));
        match file.filter(|file| file != from) {
            Some(path) => self.load_file(path),
            None => self.load_library(module),
        }
    }

    fn load_library(&mut self, module: &str) -> Option<Loaded> {
        let (path, ast) = self.library_module(module)?;
        Some(Loaded {
            path,
            parsed: Arc::new(Parsed::new(ast)),
            is_library: true,
            in_part: true,
        })
    }

    fn package(&self, path: &Path) -> Option<String> {
        let folders = path.ancestors().skip(1);
        let mut names: Vec<&str> = folders
            .take_while(|folder| folder.join("__init__.py").is_file())
            .map_while(|folder| folder.file_name()?.to_str())
            .collect();
        names.reverse();
        (!names.is_empty()).then(|| names.join("."))
    }

    fn import_failure(&self, module: &str, name: Option<&str>) -> Option<ImportFailure> {
        self.imports.failure(module, name)
    }

    fn exists(&self, module: &str) -> bool {
        self.library.is_none_or(|library| in_folder(module, library).is_some())
    }
}

impl ProjectLoader<'_> {
    /// The project's own file of that name for files of the folder, where there is one.
    pub fn project_file(&self, module: &str, folder: &Path) -> Option<PathBuf> {
        let is_library = self.library.is_some_and(|library| folder.starts_with(library));
        if is_library { None } else { find(module, folder) }
    }

    /// A file of the project.
    pub fn load_file(&self, path: PathBuf) -> Option<Loaded> {
        let ast = parse(&path)?;
        Some(Loaded {
            path,
            parsed: Arc::new(Parsed::new(ast)),
            is_library: false,
            in_part: false,
        })
    }

    /// A module of the library, as it is without its C parts.
    pub fn library_module(&self, module: &str) -> Option<(PathBuf, Module)> {
        let (path, mut ast) = match carried(module) {
            // As if it stood among the library's own files.
            Some(text) => {
                let library = self.library.unwrap_or(Path::new("/"));
                let path = in_folder(module, library).unwrap_or_else(|| library.join(format!("{module}.py")));
                (path, syntax::parse(text).ok()?)
            }
            None => {
                let path = in_folder(module, self.library?)?;
                let mut ast = parse(&path)?;
                if let Some(text) = carried(&format!("{module}.overlay")) {
                    overlay::lay_over(&mut ast, syntax::parse(text).ok()?);
                }
                (path, ast)
            }
        };
        let is_file = |name: &str| self.library.is_some_and(|library| in_folder(name, library).is_some());
        lower::do_without(&mut ast, &|name| carried(name).is_some() || is_file(name));
        Some((path, ast))
    }
}

fn carried(module: &str) -> Option<&'static str> {
    CARRIED.get_file(format!("{module}.py"))?.contents_utf8()
}

/// The module in a file, where it is Python.
pub fn parse(path: &Path) -> Option<Module> {
    let file = SourceFile::read(path).ok()?;
    syntax::parse(file.text()).ok()
}

fn find(module: &str, mut folder: &Path) -> Option<PathBuf> {
    // Inside a package, absolute names start where the package does.
    while folder.join("__init__.py").is_file() {
        folder = folder.parent()?;
    }
    in_folder(module, folder)
}

fn in_folder(module: &str, folder: &Path) -> Option<PathBuf> {
    let relative: PathBuf = module.split('.').collect();
    let plain = folder.join(&relative).with_extension("py");
    let package = folder.join(&relative).join("__init__.py");
    [package, plain].into_iter().find(|p| p.is_file())
}
