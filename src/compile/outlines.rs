//! Library modules in outline, for judging many files: parsed once, and without the bodies of their functions.
//!
//! What a library's function itself would be refused for is not seen then; of few files, `Verdicts` asks for all.

use super::loader::ProjectLoader;
use crate::lower::{ImportFailure, Loaded, Loader};
use crate::syntax::ast::{Module, Stmt, StmtKind};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The outlines made so far, by dotted name; None for what is no module of the library.
#[derive(Debug, Default)]
pub struct Outlines {
    made: Mutex<HashMap<String, Option<Arc<Outline>>>>,
}

#[derive(Debug)]
struct Outline {
    path: PathBuf,
    ast: Module,
}

/// Finds modules as a vessel's build does, those of the library in outline.
pub struct OutlineLoader<'a> {
    pub outlines: &'a Outlines,
    pub full: ProjectLoader<'a>,
}

impl Loader for OutlineLoader<'_> {
    fn load(&mut self, module: &str, from: &Path) -> Option<Loaded> {
        match self.full.project_file(module, from) {
            Some(path) => self.full.load_file(path),
            None => self.load_library(module),
        }
    }

    fn load_library(&mut self, module: &str) -> Option<Loaded> {
        let outline = self.outline(module)?;
        Some(Loaded {
            path: outline.path.clone(),
            ast: outline.ast.clone(),
            is_library: true,
        })
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
    fn outline(&mut self, module: &str) -> Option<Arc<Outline>> {
        let made = || self.outlines.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made().get(module) {
            return known.clone();
        }
        let outline = self.full.load_library(module).map(|mut whole| {
            empty(&mut whole.ast.body);
            Arc::new(Outline {
                path: whole.path,
                ast: whole.ast,
            })
        });
        let mut made = self.outlines.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(module.to_owned(), outline.clone());
        outline
    }
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
