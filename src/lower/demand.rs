//! Which parts of library modules a program needs.
//!
//! A library module is translated like the user's own, but only the top-level statements that something needed leads
//! to: the names that the program takes from it, what those mention, and so on through the library's own imports. Names
//! are compared as text, which can only keep too much.

use super::parts::{Parsed, Uses};
use super::{Loaded, Loader};
use crate::resolve::library;
use crate::syntax::ast::Module;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// The modules of a program as they are found, and what is wanted of those that belong to the library.
#[derive(Default)]
pub struct Demand {
    /// Names wanted of each module that is lowered in part.
    wanted: HashMap<String, BTreeSet<String>>,
    loaded: HashMap<String, Option<Rc<Loaded>>>,
    /// Modules that files of the project import.
    direct: HashSet<String>,
}

/// A file as the analysis goes through it.
struct Place<'a> {
    module: &'a str,
    path: &'a Path,
    /// Other files may take names from it.
    is_imported: bool,
    is_library: bool,
}

impl Demand {
    /// Follows the imports of the file named, and of what it imports.
    pub fn of(name: &str, path: &Path, ast: &Module, loader: &mut dyn Loader) -> Demand {
        let mut demand = Demand::default();
        let mut project: Vec<(String, PathBuf)> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        let place = Place {
            module: name,
            path,
            is_imported: false,
            is_library: false,
        };
        let all: Vec<Uses> = ast.body.iter().map(Uses::of).collect();
        demand.scan(&place, &all.iter().collect::<Vec<_>>(), loader, &mut project);
        // Files of the project are taken whole, unless they come in outline.
        while let Some((module, from)) = project.pop() {
            if !seen.insert(module.clone()) {
                continue;
            }
            if let Some(file) = demand.load(&module, &from, loader).filter(|file| !file.in_part) {
                let place = Place {
                    module: &module,
                    path: &file.path,
                    is_imported: true,
                    is_library: false,
                };
                let all: Vec<&Uses> = file.parsed.uses().iter().collect();
                demand.scan(&place, &all, loader, &mut project);
            }
        }
        demand.settle(loader, &mut project);
        demand
    }

    /// Repeats until no library module wants more of another.
    fn settle(&mut self, loader: &mut dyn Loader, project: &mut Vec<(String, PathBuf)>) {
        let mut done: HashMap<String, BTreeSet<String>> = HashMap::new();
        loop {
            let open: Vec<String> = self
                .wanted
                .iter()
                .filter(|(m, w)| done.get(*m) != Some(*w))
                .map(|(m, _)| m.clone())
                .collect();
            if open.is_empty() {
                return;
            }
            for module in open {
                done.insert(module.clone(), self.wanted[&module].clone());
                let Some(file) = self.library_file(&module, loader) else {
                    continue;
                };
                let kept = file.parsed.needed(self.wanted.get(&module));
                let uses = file.parsed.uses().iter().zip(kept);
                let uses: Vec<&Uses> = uses.filter(|(_, kept)| *kept).map(|(uses, _)| uses).collect();
                let place = Place {
                    module: &module,
                    path: &file.path,
                    is_imported: true,
                    is_library: file.is_library,
                };
                self.scan(&place, &uses, loader, project);
            }
        }
    }

    /// The file of a library module, star imports written out.
    fn library_file(&mut self, module: &str, loader: &mut dyn Loader) -> Option<Rc<Loaded>> {
        if library::has_module(module) && !library::can_be_supplemented(module) {
            return None;
        }
        if let Some(known) = self.loaded.get(module) {
            return known.clone().filter(|file| file.in_part);
        }
        let file = loader
            .load_library(self.stand_in(module).unwrap_or(module))
            .map(|file| self.expanded(module, file, loader));
        self.loaded.insert(module.to_owned(), file.clone());
        file
    }

    /// The file that stands for a module which the project never asks for.
    fn stand_in(&self, module: &str) -> Option<&'static str> {
        library::stand_in(module).filter(|_| !self.direct.contains(module))
    }

    fn expanded(&mut self, module: &str, mut file: Loaded, loader: &mut dyn Loader) -> Rc<Loaded> {
        let ast = &file.parsed.ast;
        if file.parsed.has_star()
            && let Cow::Owned(ast) = super::star::expand(self, loader, ast, module, &file.path)
        {
            file.parsed = Arc::new(Parsed::new(ast));
        }
        Rc::new(file)
    }

    /// The file of a module that the runtime does not have, parsed once.
    pub fn load(&mut self, module: &str, from: &Path, loader: &mut dyn Loader) -> Option<Rc<Loaded>> {
        if let Some(known) = self.loaded.get(module) {
            return known.clone();
        }
        if self.stand_in(module).is_some() {
            return self.library_file(module, loader);
        }
        let file = loader
            .load(module, from)
            .map(|file| self.expanded(module, file, loader));
        self.loaded.insert(module.to_owned(), file.clone());
        file
    }

    /// The library's file for what the runtime's module of this name lacks.
    pub fn supplement(&self, module: &str) -> Option<Rc<Loaded>> {
        self.wanted.get(module)?;
        self.loaded
            .get(module)
            .cloned()
            .flatten()
            .filter(|file| file.is_library)
    }

    /// The module cut down to what is wanted of it.
    pub fn needed_part(&self, module: &str, file: &Parsed) -> Module {
        let wanted = self.wanted.get(module);
        file.cut(&file.needed(wanted), wanted)
    }

    /// Notes what the statements take from other modules.
    fn scan(
        &mut self,
        place: &Place<'_>,
        uses: &[&Uses],
        loader: &mut dyn Loader,
        project: &mut Vec<(String, PathBuf)>,
    ) {
        let mut mentioned: HashMap<&str, HashSet<&[String]>> = HashMap::new();
        for path in uses.iter().flat_map(|uses| &uses.paths) {
            if let [first, rest @ ..] = path.as_slice() {
                mentioned.entry(first).or_default().insert(rest);
            }
        }
        let is_package = super::modules::is_package(place.path);
        for import in uses.iter().flat_map(|uses| &uses.imports) {
            let Some(module) = super::modules::absolute(place.module, is_package, &import.module, import.level) else {
                continue;
            };
            project.push((module.clone(), place.path.to_owned()));
            if !place.is_library {
                self.direct.insert(module.clone());
            }
            let mentions = mentioned.get(import.bound.as_str());
            match &import.name {
                Some(name) if mentions.is_some() || place.is_imported => {
                    self.want_member(&module, name, place.path, loader);
                    // The name may be that of a module in a package.
                    let deeper = format!("{module}.{name}");
                    let used: Vec<&[String]> = members(mentions).collect();
                    if !used.is_empty() && self.load(&deeper, place.path, loader).is_some() {
                        for path in used {
                            self.want_path(&deeper, path, place.path, loader);
                        }
                    }
                }
                Some(_) => {}
                None => {
                    for path in members(mentions) {
                        self.want_path(&module, path, place.path, loader);
                    }
                }
            }
        }
    }

    /// `module.a.b`: as much of it as names modules, then a member.
    fn want_path(&mut self, module: &str, path: &[String], from: &Path, loader: &mut dyn Loader) {
        match path {
            [] => {}
            [name, rest @ ..] => {
                let deeper = format!("{module}.{name}");
                self.want_member(module, name, from, loader);
                if library::has_module(&deeper) || self.load(&deeper, from, loader).is_some() {
                    self.want_path(&deeper, rest, from, loader);
                }
            }
        }
    }

    fn want_member(&mut self, module: &str, name: &str, from: &Path, loader: &mut dyn Loader) {
        if library::has_member(module, name) || library::has_module(&format!("{module}.{name}")) {
            return;
        }
        let file = if library::has_module(module) {
            self.library_file(module, loader)
        } else {
            self.load(module, from, loader)
        };
        if file.is_some_and(|file| file.in_part) {
            self.wanted
                .entry(module.to_owned())
                .or_default()
                .insert(name.to_owned());
        }
    }
}

/// What follows a name where more than the name is mentioned.
fn members<'a>(mentions: Option<&HashSet<&'a [String]>>) -> impl Iterator<Item = &'a [String]> {
    let paths = mentions.into_iter().flatten().copied();
    paths.filter(|rest| !rest.is_empty())
}
