//! Modules in outline, for judging many files: parsed once, and without the bodies of their functions.
//!
//! Where many files import each other, each of them is read once for all that import it, and of what it defines only
//! what an importing file needs is looked at. What an imported function itself would be refused for is not seen then;
//! of few files, `Verdicts` asks for all.

use super::loader::{ProjectLoader, parse};
use crate::lower::{ImportFailure, Loaded, Loader, Parsed};
use crate::syntax::ast::{Module, Stmt, StmtKind};
use std::collections::HashMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The outlines made so far; None for what is no module.
#[derive(Debug, Default)]
pub struct Outlines {
    /// By dotted name.
    library: Made<String>,
    project: Made<PathBuf>,
    /// Where a dotted name leads from a folder.
    found: Mutex<HashMap<PathBuf, Found>>,
}

type Found = HashMap<String, Option<PathBuf>>;

type Made<K> = Mutex<HashMap<K, Option<Outline>>>;

#[derive(Clone, Debug)]
struct Outline {
    path: PathBuf,
    parsed: Arc<Parsed>,
}

/// Finds modules as a vessel's build does, and hands them out in outline.
pub struct OutlineLoader<'a> {
    pub outlines: &'a Outlines,
    pub full: ProjectLoader<'a>,
}

impl Loader for OutlineLoader<'_> {
    fn load(&mut self, module: &str, from: &Path) -> Option<Loaded> {
        match self.project_file(module, from) {
            Some(path) => self.load_file(path),
            None => self.load_library(module),
        }
    }

    fn load_library(&mut self, module: &str) -> Option<Loaded> {
        let full = &self.full;
        let outline = of(&self.outlines.library, module.to_owned(), |name| {
            full.library_module(name)
        })?;
        Some(outline.loaded(true))
    }

    fn import_failure(&self, module: &str, name: Option<&str>) -> Option<ImportFailure> {
        self.full.import_failure(module, name)
    }

    fn package(&self, path: &Path) -> Option<String> {
        self.full.package(path)
    }

    fn exists(&self, module: &str) -> bool {
        self.full.exists(module)
    }
}

impl OutlineLoader<'_> {
    /// As the full loader's, asking the file system once a folder.
    fn project_file(&self, module: &str, from: &Path) -> Option<PathBuf> {
        let found = || self.outlines.found.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = from.parent()?;
        let known = found().get(folder).and_then(|known| known.get(module).cloned());
        let file = known.unwrap_or_else(|| {
            let file = self.full.project_file(module, folder);
            let mut found = found();
            let names = found.entry(folder.to_owned()).or_default();
            names.insert(module.to_owned(), file.clone());
            file
        });
        file.filter(|file| file != from)
    }

    fn load_file(&self, path: PathBuf) -> Option<Loaded> {
        let outline = of(&self.outlines.project, path, |path| Some((path.clone(), parse(path)?)))?;
        Some(outline.loaded(false))
    }
}

impl Outline {
    fn loaded(self, is_library: bool) -> Loaded {
        Loaded {
            path: self.path,
            parsed: self.parsed,
            is_library,
            in_part: true,
        }
    }
}

/// The outline kept under the key, made where there is none yet. Two threads may both make it: the lock is not held.
fn of<K, L>(made: &Made<K>, key: K, load: L) -> Option<Outline>
where
    K: Eq + Hash,
    L: FnOnce(&K) -> Option<(PathBuf, Module)>,
{
    let made = || made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = made().get(&key) {
        return known.clone();
    }
    let outline = load(&key).map(|(path, mut ast)| {
        empty(&mut ast.body);
        let parsed = Arc::new(Parsed::new(ast));
        Outline { path, parsed }
    });
    made().insert(key, outline.clone());
    outline
}

/// Takes out the bodies of functions, but for those that name variables of the module.
fn empty(body: &mut [Stmt]) {
    for stmt in body {
        let span = stmt.span;
        match &mut stmt.kind {
            StmtKind::FunctionDef(def) if rebinds_globals(&def.body) => {}
            StmtKind::FunctionDef(def) => {
                def.body = vec![Stmt {
                    kind: StmtKind::Pass,
                    span,
                }];
            }
            StmtKind::ClassDef(class) => empty(&mut class.body),
            _ => stmt.each_block_mut(&mut empty),
        }
    }
}

fn rebinds_globals(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| {
        let mut found = matches!(stmt.kind, StmtKind::Global(_));
        stmt.each_block(&mut |block| found |= rebinds_globals(block));
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::AnyImport;
    use crate::lower;
    use std::collections::BTreeSet;

    #[test]
    fn of_files_that_import_each_other_only_what_is_needed_is_lowered() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/analyze_many/hub.py");
        let mut loader = OutlineLoader {
            outlines: &Outlines::default(),
            full: ProjectLoader {
                library: None,
                imports: &AnyImport,
            },
        };
        let ast = parse(&path).expect("Python");
        let program = lower::lower("hub", &path, &ast, &mut loader).program;
        let named = program.functions.iter().filter(|f| !f.name.starts_with('<'));
        let lowered: BTreeSet<String> = named
            .map(|f| format!("{}.{}", program.modules[f.module.index()].name, f.qualname))
            .collect();
        // `hub.unused` needs `left.unused`, whose body would need `Part`, and with it `hub` and `right.Base`.
        let expected = ["hub.both", "hub.unused", "left.unused", "left.used", "right.used"];
        assert_eq!(lowered, expected.map(str::to_owned).into());
    }
}
