//! What each top-level statement of a module binds, mentions and imports: found once for all programs that need some of
//! them.

use crate::resolve::statics;
use crate::syntax::ast::{Alias, Expr, ExprKind, Module, Stmt, StmtKind};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

/// A parsed file, and its statements' parts as soon as someone asks.
#[derive(Debug)]
pub struct Parsed {
    pub ast: Module,
    parts: OnceLock<Parts>,
}

#[derive(Debug)]
struct Parts {
    uses: Vec<Uses>,
    /// The statements that a needed name leads to.
    leads: HashMap<String, Vec<usize>>,
    /// Those that are needed whatever is.
    always: Vec<usize>,
}

/// An import: of a module (`name` is None), or of something in it.
#[derive(Debug)]
pub struct Import {
    pub module: String,
    pub level: u32,
    pub name: Option<String>,
    pub bound: String,
}

/// What a statement mentions.
#[derive(Debug, Default)]
pub struct Uses {
    pub imports: Vec<Import>,
    /// Dotted names, from the name on.
    pub paths: HashSet<Vec<String>>,
}

impl Parsed {
    pub fn new(ast: Module) -> Parsed {
        Parsed {
            ast,
            parts: OnceLock::new(),
        }
    }

    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| Parts::of(&self.ast))
    }

    /// What each statement mentions, in their order.
    pub fn uses(&self) -> &[Uses] {
        &self.parts().uses
    }

    /// Some statement imports all that another module has.
    pub fn has_star(&self) -> bool {
        let mut imports = self.uses().iter().flat_map(|uses| &uses.imports);
        imports.any(|import| import.name.as_deref() == Some("*"))
    }

    /// Which statements the names lead to, directly or through what these mention.
    pub fn needed(&self, names: Option<&BTreeSet<String>>) -> Vec<bool> {
        let parts = self.parts();
        let mut kept = vec![false; parts.uses.len()];
        let mut seen: HashSet<&str> = HashSet::new();
        let mut open: Vec<usize> = parts.always.clone();
        let leads = |name: &str| parts.leads.get(name).into_iter().flatten().copied();
        open.extend(names.into_iter().flatten().flat_map(|name| leads(name)));
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut kept[at], true) {
                continue;
            }
            for name in parts.uses[at].names() {
                if seen.insert(name) {
                    open.extend(leads(name));
                }
            }
        }
        kept
    }

    /// The module cut down to the statements kept, without imported names that neither they nor `wanted` name.
    pub fn cut(&self, kept: &[bool], wanted: Option<&BTreeSet<String>>) -> Module {
        let uses = self.uses().iter().zip(kept).filter(|(_, kept)| **kept);
        let mut needed: HashSet<&str> = uses.flat_map(|(uses, _)| uses.names()).collect();
        needed.extend(wanted.into_iter().flatten().map(String::as_str));
        let body = self.ast.body.iter().zip(kept).filter(|(_, kept)| **kept);
        let mut body: Vec<Stmt> = body.map(|(stmt, _)| stmt.clone()).collect();
        body.iter_mut().for_each(|stmt| drop_aliases(stmt, &needed));
        Module { body }
    }
}

impl Parts {
    fn of(ast: &Module) -> Parts {
        let mut parts = Parts {
            uses: Vec::with_capacity(ast.body.len()),
            leads: HashMap::new(),
            always: Vec::new(),
        };
        for (at, stmt) in ast.body.iter().enumerate() {
            parts.uses.push(Uses::of(stmt));
            let mut names = statics::bound_names(stmt);
            // What a module calls itself shows in what it defines.
            if names.iter().any(|name| name == "__name__") {
                parts.always.push(at);
            }
            names.extend(subjects(stmt).into_iter().map(str::to_owned));
            for name in names.into_iter().filter(|name| name != "__all__") {
                parts.leads.entry(name).or_default().push(at);
            }
        }
        parts.lead_to_registered(ast);
        parts
    }

    /// A class leads to those below it that take other classes in: `Integral.register(int)` makes ints Rationals too.
    fn lead_to_registered(&mut self, ast: &Module) {
        let mut above: HashMap<&str, HashSet<&str>> = HashMap::new();
        let mut defined: HashMap<&str, usize> = HashMap::new();
        for (at, stmt) in ast.body.iter().enumerate() {
            if let StmtKind::ClassDef(def) = &stmt.kind {
                let bases = def.bases.iter().filter_map(subject);
                let all = bases.flat_map(|base| above.get(base).into_iter().flatten().copied().chain([base]));
                let all = all.collect();
                above.insert(&def.name.name, all);
                defined.insert(&def.name.name, at);
            } else if let Some(class) = registers(stmt)
                && let Some(&def) = defined.get(class)
            {
                for base in above.get(class).into_iter().flatten() {
                    self.leads.entry((*base).to_owned()).or_default().extend([def, at]);
                }
            }
        }
    }
}

/// The class that a statement `Class.register(...)` is about.
fn registers(stmt: &Stmt) -> Option<&str> {
    let StmtKind::Expr(e) = &stmt.kind else { return None };
    let ExprKind::Call { func, .. } = &e.kind else {
        return None;
    };
    match &func.kind {
        ExprKind::Attribute { value, attr } if attr.name == "register" => subject(value),
        _ => None,
    }
}

/// What a statement is about that binds nothing: `name.attribute.method(...)`, `name[key] = value`.
fn subjects(stmt: &Stmt) -> Vec<&str> {
    match &stmt.kind {
        StmtKind::Expr(e) => subject(e).into_iter().collect(),
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => targets.iter().filter_map(subject).collect(),
        _ => Vec::new(),
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
fn drop_aliases(stmt: &mut Stmt, needed: &HashSet<&str>) {
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

impl Uses {
    pub fn of(stmt: &Stmt) -> Uses {
        let mut uses = Uses::default();
        uses.stmt(stmt);
        uses
    }

    /// The names that it mentions.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter_map(|path| path.first()).map(String::as_str)
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
            self.paths.insert(path);
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
