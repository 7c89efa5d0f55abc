//! Which parts of library modules a program needs.
//!
//! A library module is translated like the user's own, but only the top-level statements that something needed leads
//! to: the names that the program takes from it, what those mention, and so on through the library's own imports. Names
//! are compared as text, which can only keep too much.

use super::{Loaded, Loader};
use crate::resolve::library;
use crate::resolve::statics;
use crate::syntax::ast::{Alias, Expr, ExprKind, Module, Stmt, StmtKind};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The modules of a program as they are found, and what is wanted of those that belong to the library.
#[derive(Default)]
pub struct Demand {
    /// Names wanted of each library module; a module that is used as a whole wants all of them.
    wanted: HashMap<String, Wanted>,
    loaded: HashMap<String, Option<Rc<Loaded>>>,
    /// Modules that files of the project import.
    direct: HashSet<String>,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct Wanted {
    all: bool,
    names: BTreeSet<String>,
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
        let all: Vec<&Stmt> = ast.body.iter().collect();
        demand.scan(&place, &all, loader, &mut project);
        // Files of the project are taken whole.
        while let Some((module, from)) = project.pop() {
            if !seen.insert(module.clone()) {
                continue;
            }
            if let Some(file) = demand.load(&module, &from, loader).filter(|file| !file.is_library) {
                let place = Place {
                    module: &module,
                    path: &file.path,
                    is_imported: true,
                    is_library: false,
                };
                let all: Vec<&Stmt> = file.ast.body.iter().collect();
                demand.scan(&place, &all, loader, &mut project);
            }
        }
        demand.settle(loader, &mut project);
        demand
    }

    /// Repeats until no library module wants more of another.
    fn settle(&mut self, loader: &mut dyn Loader, project: &mut Vec<(String, PathBuf)>) {
        let mut done: HashMap<String, Wanted> = HashMap::new();
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
                let kept = self.kept(&module, &file.ast);
                let kept: Vec<&Stmt> = file
                    .ast
                    .body
                    .iter()
                    .zip(&kept)
                    .filter(|(_, k)| **k)
                    .map(|(s, _)| s)
                    .collect();
                let place = Place {
                    module: &module,
                    path: &file.path,
                    is_imported: true,
                    is_library: true,
                };
                self.scan(&place, &kept, loader, project);
            }
        }
    }

    /// The file of a library module, star imports written out.
    fn library_file(&mut self, module: &str, loader: &mut dyn Loader) -> Option<Rc<Loaded>> {
        if library::has_module(module) && !library::can_be_supplemented(module) {
            return None;
        }
        if let Some(known) = self.loaded.get(module) {
            return known.clone().filter(|file| file.is_library);
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
        if file.is_library {
            super::accelerators::do_without(&mut file.ast, loader);
        }
        if let std::borrow::Cow::Owned(ast) = super::star::expand(self, loader, &file.ast, module, &file.path) {
            file.ast = ast;
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
    pub fn needed_part(&self, module: &str, ast: &Module) -> Module {
        let kept = self.kept(module, ast);
        let needed = self.needed_names(module, ast, &kept);
        let mut part = ast.clone();
        let mut kept = kept.into_iter();
        part.body.retain(|_| kept.next().unwrap_or(false));
        part.body.iter_mut().for_each(|stmt| drop_aliases(stmt, &needed));
        part
    }

    /// Notes what the statements take from other modules.
    fn scan(
        &mut self,
        place: &Place<'_>,
        stmts: &[&Stmt],
        loader: &mut dyn Loader,
        project: &mut Vec<(String, PathBuf)>,
    ) {
        let mut uses = Uses::default();
        stmts.iter().for_each(|stmt| uses.stmt(stmt));
        let is_package = super::modules::is_package(place.path);
        for import in std::mem::take(&mut uses.imports) {
            let Some(module) = super::modules::absolute(place.module, is_package, &import.module, import.level) else {
                continue;
            };
            project.push((module.clone(), place.path.to_owned()));
            if !place.is_library {
                self.direct.insert(module.clone());
            }
            match import.name {
                Some(name) if uses.mentions(&import.bound) || place.is_imported => {
                    self.want_member(&module, &name, place.path, loader);
                }
                Some(_) => {}
                None => {
                    let bound = import.bound;
                    for path in uses.attributes.iter().filter(|path| path.first() == Some(&bound)) {
                        self.want_path(&module, &path[1..], place.path, loader);
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
        if file.is_some_and(|file| file.is_library) {
            self.wanted
                .entry(module.to_owned())
                .or_default()
                .names
                .insert(name.to_owned());
        }
    }

    /// Which top-level statements are needed.
    fn kept(&self, module: &str, ast: &Module) -> Vec<bool> {
        let mut kept = vec![false; ast.body.len()];
        loop {
            let needed = self.needed_names(module, ast, &kept);
            let mut changed = false;
            for (stmt, kept) in ast.body.iter().zip(&mut kept) {
                if !*kept && is_needed(stmt, &needed) {
                    *kept = true;
                    changed = true;
                }
            }
            if !changed {
                return kept;
            }
        }
    }

    /// The names wanted from outside, and those that the kept statements mention.
    fn needed_names(&self, module: &str, ast: &Module, kept: &[bool]) -> HashSet<String> {
        let mut uses = Uses::default();
        ast.body
            .iter()
            .zip(kept)
            .filter(|(_, k)| **k)
            .for_each(|(stmt, _)| uses.stmt(stmt));
        let mut needed: HashSet<String> = uses
            .attributes
            .into_iter()
            .filter_map(|path| path.into_iter().next())
            .collect();
        if let Some(wanted) = self.wanted.get(module) {
            needed.extend(wanted.names.iter().cloned());
            if wanted.all {
                needed.extend(ast.body.iter().flat_map(statics::bound_names));
            }
        }
        needed
    }
}

/// The statement binds something needed; or it binds nothing and is about something needed.
fn is_needed(stmt: &Stmt, needed: &HashSet<String>) -> bool {
    let bound = statics::bound_names(stmt);
    // What a module calls itself shows in what it defines.
    if bound
        .iter()
        .any(|name| name == "__name__" || name != "__all__" && needed.contains(name))
    {
        return true;
    }
    let about = |e: &Expr| subject(e).is_some_and(|name| name != "__all__" && needed.contains(name));
    match &stmt.kind {
        StmtKind::Expr(e) => about(e),
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => targets.iter().any(about),
        _ => false,
    }
}

/// The name that `name.attribute.method(...)` begins with.
fn subject(e: &Expr) -> Option<&str> {
    match &e.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => subject(value),
        ExprKind::Call { func, .. } => subject(func),
        _ => None,
    }
}

/// Leaves out imported names that nothing needs.
fn drop_aliases(stmt: &mut Stmt, needed: &HashSet<String>) {
    match &mut stmt.kind {
        StmtKind::Import(names) | StmtKind::ImportFrom { names, .. } => {
            names.retain(|alias| alias.name == "*" || needed.contains(bound_by(alias)));
        }
        _ => stmt.each_block_mut(&mut |block| block.iter_mut().for_each(|s| drop_aliases(s, needed))),
    }
}

fn bound_by(alias: &Alias) -> &str {
    let first = alias.name.split('.').next().unwrap_or_default();
    alias.asname.as_deref().unwrap_or(first)
}

/// An import: of a module (`name` is None), or of something in it.
struct Import {
    module: String,
    level: u32,
    name: Option<String>,
    bound: String,
}

/// What statements mention.
#[derive(Default)]
struct Uses {
    imports: Vec<Import>,
    /// Dotted names, from the name on.
    attributes: HashSet<Vec<String>>,
}

impl Uses {
    fn mentions(&self, name: &str) -> bool {
        self.attributes
            .iter()
            .any(|path| path.first().is_some_and(|first| first == name))
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Import(names) => names.iter().for_each(|alias| self.import(alias)),
            StmtKind::ImportFrom { module, names, level } => {
                for alias in names {
                    self.imports.push(Import {
                        module: module.clone().unwrap_or_default(),
                        level: *level,
                        name: Some(alias.name.clone()),
                        bound: bound_by(alias).to_owned(),
                    });
                }
            }
            _ => {}
        }
        stmt.each_expr(&mut |e| self.expr(e));
        if let StmtKind::Match { cases, .. } = &stmt.kind {
            cases
                .iter()
                .for_each(|case| case.pattern.each_expr(&mut |e| self.expr(e)));
        }
        stmt.each_block(&mut |block| block.iter().for_each(|s| self.stmt(s)));
    }

    fn import(&mut self, alias: &Alias) {
        let first = alias.name.split('.').next().unwrap_or_default();
        let module = if alias.asname.is_some() { &alias.name } else { first };
        self.imports.push(Import {
            module: module.to_owned(),
            level: 0,
            name: None,
            bound: bound_by(alias).to_owned(),
        });
    }

    fn expr(&mut self, e: &Expr) {
        if let Some(path) = dotted(e) {
            self.attributes.insert(path);
            return;
        }
        e.each_child(&mut |child| self.expr(child));
    }
}

/// `a.b.c` as its names.
fn dotted(e: &Expr) -> Option<Vec<String>> {
    match &e.kind {
        ExprKind::Name(name) => Some(vec![name.clone()]),
        ExprKind::Attribute { value, attr } => {
            let mut path = dotted(value)?;
            path.push(attr.name.clone());
            Some(path)
        }
        _ => None,
    }
}
