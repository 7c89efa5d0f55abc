//! Names of functions and classes that code may ask for before their statements have run.
//!
//! What a module runs while it is imported is followed by name: a statement that calls something reaches what it
//! mentions, and what the functions, classes and variables of those names mention in turn. A function or class that is
//! reached before its own statement is an ordinary variable, which may still be unbound.

use super::hints::{self, Hints};
use super::statics::{Static, bound_names, once_bound};
use crate::syntax::ast::{Expr, ExprKind, FunctionDef, Module, Stmt, StmtKind};
use std::collections::{HashMap, HashSet};

/// Modules whose decorators wrap what they are given, and no more.
const WRAPPING: [&str; 7] = [
    "abc",
    "atexit",
    "contextlib",
    "dataclasses",
    "enum",
    "functools",
    "typing",
];

/// The functions and classes at the top level of a module, those made by calls among them, that may be asked for too
/// early.
pub fn names(module: &Module) -> HashSet<String> {
    let mut reach = Reach::of(module);
    let mut found = HashSet::new();
    for stmt in &module.body {
        // A call that makes a class does not look at the name that it is bound to.
        let made = matches!(&stmt.kind, StmtKind::Assign { value, .. } if matches!(value.kind, ExprKind::Call { .. }));
        if made {
            found.extend(reach.already(stmt));
        }
        reach.run(stmt);
        if matches!(stmt.kind, StmtKind::FunctionDef(_) | StmtKind::ClassDef(_)) {
            found.extend(reach.already(stmt));
        }
    }
    found
}

/// The statement may call something when it is reached.
pub fn may_call(stmt: &Stmt) -> bool {
    let mut calls = !decorators(stmt).is_empty();
    at_once(stmt, &mut |e| calls |= !is_inert(e));
    calls
}

/// What has been reached so far.
struct Reach<'a> {
    /// What a name stands for mentions these.
    leads: HashMap<String, HashSet<&'a str>>,
    statics: HashMap<String, Static>,
    functions: HashMap<&'a str, &'a FunctionDef>,
    reached: HashSet<&'a str>,
    /// What annotations have read; nothing is called there.
    read: HashSet<&'a str>,
    /// How annotations are read, where they are evaluated.
    hints: Option<Hints>,
}

impl<'a> Reach<'a> {
    fn of(module: &'a Module) -> Reach<'a> {
        let hints = hints::are_evaluated(module).then(|| Hints::of(module));
        let mut leads: HashMap<String, HashSet<&str>> = HashMap::new();
        for stmt in &module.body {
            let mut mentioned = HashSet::new();
            everywhere(stmt, hints.as_ref(), &mut mentioned);
            for name in bound_names(stmt).into_iter().chain(changed(stmt).map(str::to_owned)) {
                leads.entry(name).or_default().extend(&mentioned);
            }
        }
        Reach {
            leads,
            statics: once_bound(&module.body),
            functions: (module.body.iter())
                .filter_map(|stmt| match &stmt.kind {
                    StmtKind::FunctionDef(def) => Some((def.name.name.as_str(), &**def)),
                    _ => None,
                })
                .collect(),
            reached: HashSet::new(),
            read: HashSet::new(),
            hints,
        }
    }

    /// The names that the statement binds and something has reached already.
    fn already(&self, stmt: &Stmt) -> Vec<String> {
        let mut names = bound_names(stmt);
        names.retain(|name| self.reached.contains(name.as_str()) || self.read.contains(name.as_str()));
        names
    }

    /// Follows what the statement runs.
    fn run(&mut self, stmt: &'a Stmt) {
        let mut mentioned = HashSet::new();
        let mut runs = false;
        at_once(stmt, &mut |e| {
            runs |= !is_inert(e);
            mention(e, &mut mentioned);
        });
        if !decorators(stmt).iter().all(|d| self.only_wraps(d, wraps)) {
            // What it is given, it may call.
            runs = true;
            everywhere(stmt, self.hints.as_ref(), &mut mentioned);
        }
        if let Some(hints) = &self.hints {
            annotations(stmt, &mut |annotation| {
                for part in hints.parts(annotation) {
                    match &part.kind {
                        ExprKind::Name(name) => drop(self.read.insert(name)),
                        _ => {
                            runs = true;
                            mention(part, &mut mentioned);
                        }
                    }
                }
            });
        }
        if runs {
            self.follow(mentioned);
        }
    }

    fn follow(&mut self, names: HashSet<&'a str>) {
        let mut open: Vec<&str> = names.into_iter().collect();
        while let Some(name) = open.pop() {
            if self.reached.insert(name) {
                open.extend(self.leads.get(name).into_iter().flatten());
            }
        }
    }

    /// A decorator that calls nothing of what it is given before the name is bound; `wraps` tells
    /// whether a function of the module does that.
    fn only_wraps(&self, decorator: &Expr, wraps: fn(&FunctionDef) -> bool) -> bool {
        match &decorator.kind {
            ExprKind::Call { func, .. } => self.only_wraps(func, makes_wrapping),
            ExprKind::Attribute { value, .. } => self.only_wraps(value, |_| false),
            ExprKind::Name(name) => match self.statics.get(name) {
                Some(Static::Module(module) | Static::Member { module, level: 0, .. }) => {
                    WRAPPING.contains(&module.as_str())
                }
                Some(Static::Function) => self.functions.get(name.as_str()).is_some_and(|def| wraps(def)),
                Some(_) => false,
                None => !self.leads.contains_key(name),
            },
            _ => false,
        }
    }
}

/// What the function is given it only uses in functions that it defines, and returns: it neither calls nor keeps it.
fn wraps(def: &FunctionDef) -> bool {
    let params: HashSet<&str> = def.params.iter().map(|param| param.name.name.as_str()).collect();
    def.body.iter().all(|stmt| match &stmt.kind {
        // `functools.wraps(f)` is at home here.
        StmtKind::FunctionDef(_) => true,
        StmtKind::Return(Some(value)) if matches!(value.kind, ExprKind::Name(_)) => true,
        _ => {
            let mut bare = false;
            at_once(stmt, &mut |e| bare |= mentions_bare(e, &params));
            !bare
        }
    })
}

/// The functions that it defines do so: one of them is what decorates.
fn makes_wrapping(def: &FunctionDef) -> bool {
    def.body.iter().all(|stmt| match &stmt.kind {
        StmtKind::FunctionDef(inner) => wraps(inner),
        _ => true,
    })
}

/// One of the names stands there for itself, not for an attribute.
fn mentions_bare(e: &Expr, names: &HashSet<&str>) -> bool {
    match &e.kind {
        ExprKind::Name(name) => names.contains(name.as_str()),
        ExprKind::Attribute { value, .. } if matches!(value.kind, ExprKind::Name(_)) => false,
        _ => {
            let mut found = false;
            e.each_child(&mut |child| found |= mentions_bare(child, names));
            found
        }
    }
}

fn decorators(stmt: &Stmt) -> &[Expr] {
    match &stmt.kind {
        StmtKind::FunctionDef(def) => &def.decorators,
        StmtKind::ClassDef(def) => &def.decorators,
        _ => &[],
    }
}

/// Visits what the statement evaluates when it is reached, but for annotations: not the bodies of functions.
fn at_once<'a>(stmt: &'a Stmt, visit: &mut dyn FnMut(&'a Expr)) {
    values(stmt, visit);
    if !matches!(stmt.kind, StmtKind::FunctionDef(_)) {
        stmt.each_block(&mut |block| block.iter().for_each(|inner| at_once(inner, visit)));
    }
}

/// The annotations that a statement of a module or a class has evaluated when it is reached.
fn annotations<'a>(stmt: &'a Stmt, visit: &mut dyn FnMut(&'a Expr)) {
    match &stmt.kind {
        StmtKind::FunctionDef(def) => hints::of_function(def).for_each(visit),
        StmtKind::AnnAssign { annotation, .. } => visit(annotation),
        _ => stmt.each_block(&mut |block| block.iter().for_each(|inner| annotations(inner, visit))),
    }
}

/// The statement's expressions, without annotations.
fn values<'a>(stmt: &'a Stmt, visit: &mut dyn FnMut(&'a Expr)) {
    match &stmt.kind {
        StmtKind::FunctionDef(def) => {
            let defaults = def.params.iter().filter_map(|param| param.default.as_ref());
            def.decorators.iter().chain(defaults).for_each(visit);
        }
        StmtKind::AnnAssign { target, value, .. } => [target].into_iter().chain(value).for_each(visit),
        _ => stmt.each_expr(visit),
    }
}

/// The names that the statement mentions anywhere; of annotations, those that `hints` has evaluated.
fn everywhere<'a>(stmt: &'a Stmt, hints: Option<&Hints>, found: &mut HashSet<&'a str>) {
    values(stmt, &mut |e| mention(e, found));
    if let Some(hints) = hints {
        let mut parts = Vec::new();
        match &stmt.kind {
            StmtKind::FunctionDef(def) => parts.extend(hints::of_function(def).flat_map(|e| hints.parts(e))),
            StmtKind::AnnAssign { annotation, .. } => parts.extend(hints.parts(annotation)),
            _ => {}
        }
        parts.into_iter().for_each(|part| mention(part, found));
    }
    if let StmtKind::Match { cases, .. } = &stmt.kind {
        let patterns = cases.iter().map(|case| &case.pattern);
        patterns.for_each(|pattern| pattern.each_expr(&mut |e| mention(e, found)));
    }
    stmt.each_block(&mut |block| block.iter().for_each(|inner| everywhere(inner, hints, found)));
}

fn mention<'a>(e: &'a Expr, found: &mut HashSet<&'a str>) {
    if let ExprKind::Name(name) = &e.kind {
        found.insert(name);
    }
    e.each_child(&mut |child| mention(child, found));
}

/// The name whose value a statement changes without binding it: `name[key] = value`, `name.attribute += 1`.
fn changed(stmt: &Stmt) -> Option<&str> {
    match &stmt.kind {
        StmtKind::Assign { targets, .. } => targets.iter().find_map(root),
        StmtKind::AugAssign { target, .. } => root(target),
        _ => None,
    }
}

fn root(target: &Expr) -> Option<&str> {
    match &target.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => root(value),
        _ => None,
    }
}

/// Evaluating it calls nothing.
fn is_inert(e: &Expr) -> bool {
    let mut inert = match &e.kind {
        ExprKind::Constant(_) | ExprKind::Name(_) => true,
        ExprKind::Lambda { .. } => return true,
        ExprKind::Tuple(_) | ExprKind::List(_) | ExprKind::Dict { .. } | ExprKind::Set(_) => true,
        ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } => is_number(e),
        _ => false,
    };
    e.each_child(&mut |child| inert = inert && is_inert(child));
    inert
}

/// Arithmetic of numbers that stand there.
fn is_number(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Constant(_) => true,
        ExprKind::BinOp { left, right, .. } => is_number(left) && is_number(right),
        ExprKind::UnaryOp { operand, .. } => is_number(operand),
        _ => false,
    }
}
