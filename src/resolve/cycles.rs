//! Modules that import each other: which of their names others may ask for before they are bound.
//!
//! Within a cycle, one module finds another whose statements have run up to the import that leads round. Names bound
//! before that import are there; functions and classes after it are ordinary variables where something that runs
//! meanwhile mentions them. Names are compared as text, over all modules of a cycle: that can only find too many.

use super::bound;
use super::early;
use super::statics::{Static, bound_names, once_bound};
use crate::syntax::ast::{Expr, ExprKind, Module, Stmt, StmtKind};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What others may find unbound in a module.
#[derive(Debug, Default)]
pub struct Late {
    /// The module can be asked while its statements run.
    pub in_cycle: bool,
    /// Functions and classes that are no more than variables for it.
    pub early: HashSet<String>,
    /// Names that may not be bound when others ask.
    pub names: HashSet<String>,
}

/// A module of the project, with the modules of the project that its statements import.
#[derive(Debug)]
pub struct Node<'a> {
    pub ast: &'a Module,
    /// For each top-level statement: the modules imported in it, and whether that happens when it runs.
    pub imports: Vec<Vec<(String, bool)>>,
}

/// What is late in each module.
pub fn find(nodes: &BTreeMap<String, Node<'_>>) -> HashMap<String, Late> {
    let reached = reachable(nodes);
    let goes = |from: &str, to: &str| reached.get(from).is_some_and(|found| found.contains(to));
    let mut late = HashMap::new();
    for (name, node) in nodes {
        let cycle: BTreeSet<&str> = nodes
            .keys()
            .map(String::as_str)
            .filter(|other| goes(name, other) && goes(other, name))
            .collect();
        late.insert(name.clone(), late_in(node, &cycle, nodes));
    }
    late
}

/// The modules that each leads to.
fn reachable<'a>(nodes: &'a BTreeMap<String, Node<'_>>) -> HashMap<&'a str, HashSet<&'a str>> {
    let mut reached = HashMap::new();
    for name in nodes.keys() {
        let mut found: HashSet<&str> = HashSet::new();
        let mut open = vec![name.as_str()];
        while let Some(at) = open.pop() {
            for (next, _) in nodes.get(at).into_iter().flat_map(|node| node.imports.iter().flatten()) {
                if found.insert(next) {
                    open.push(next);
                }
            }
        }
        reached.insert(name.as_str(), found);
    }
    reached
}

fn late_in(node: &Node<'_>, cycle: &BTreeSet<&str>, nodes: &BTreeMap<String, Node<'_>>) -> Late {
    let body = &node.ast.body;
    let start = leads_round(node, cycle);
    let unbound = bound::unbound_somewhere(node.ast);
    let before = body[..start].iter().filter_map(bound::after).flatten();
    let before: HashSet<String> = before.filter(|name| !unbound.contains(name.as_str())).collect();
    let statics = once_bound(body);
    let is_static = |name: &str| matches!(statics.get(name), Some(Static::Function | Static::Class));
    let mentioned = if start < body.len() {
        Reach::of(cycle, nodes).found
    } else {
        HashSet::new()
    };
    let after: HashSet<String> = body[start..].iter().flat_map(bound_names).collect();
    let early: HashSet<String> = after
        .into_iter()
        .filter(|name| is_static(name) && mentioned.contains(name.as_str()))
        .collect();
    let own = early::names(node.ast);
    let all = body.iter().flat_map(bound_names).chain(declared(body));
    let names = all
        .filter(|name| !before.contains(name))
        .filter(|name| !is_static(name) || early.contains(name) || own.contains(name))
        .collect();
    Late {
        in_cycle: !cycle.is_empty(),
        early,
        names,
    }
}

/// The first statement while which another module of the cycle may ask.
fn leads_round(node: &Node<'_>, cycle: &BTreeSet<&str>) -> usize {
    let round = |(module, _): &&(String, bool)| cycle.contains(module.as_str());
    let inside = node.imports.iter().flatten().filter(round).any(|(_, at_once)| !at_once);
    let leads = |(stmt, imports): (&Stmt, &Vec<(String, bool)>)| {
        let at_once = imports.iter().filter(round).any(|(_, at_once)| *at_once);
        at_once || inside && early::may_call(stmt)
    };
    let body = &node.ast.body;
    body.iter().zip(&node.imports).position(leads).unwrap_or(body.len())
}

/// Names that functions bind through `global`.
fn declared(body: &[Stmt]) -> Vec<String> {
    let mut found = Vec::new();
    body.iter().for_each(|stmt| globals(stmt, &mut found));
    found
}

fn globals(stmt: &Stmt, found: &mut Vec<String>) {
    if let StmtKind::Global(names) = &stmt.kind {
        found.extend(names.iter().map(|name| name.name.clone()));
    }
    stmt.each_block(&mut |block| block.iter().for_each(|inner| globals(inner, found)));
}

/// What the modules of a cycle may mention while they are imported.
struct Reach<'a> {
    /// What a name stands for mentions these, in whichever module.
    leads: HashMap<String, HashSet<&'a str>>,
    found: HashSet<&'a str>,
}

impl<'a> Reach<'a> {
    fn of(cycle: &BTreeSet<&str>, nodes: &BTreeMap<String, Node<'a>>) -> Reach<'a> {
        let mut reach = Reach {
            leads: HashMap::new(),
            found: HashSet::new(),
        };
        let statements = || {
            cycle
                .iter()
                .filter_map(|name| nodes.get(*name))
                .flat_map(|node| &node.ast.body)
        };
        for stmt in statements() {
            let mut mentioned = HashSet::new();
            mentions(stmt, &mut mentioned);
            for name in bound_names(stmt) {
                reach.leads.entry(name).or_default().extend(&mentioned);
            }
        }
        for stmt in statements() {
            if early::may_call(stmt) || matches!(stmt.kind, StmtKind::ImportFrom { .. }) {
                let mut mentioned = HashSet::new();
                mentions(stmt, &mut mentioned);
                reach.follow(mentioned);
            }
        }
        reach
    }

    fn follow(&mut self, names: HashSet<&'a str>) {
        let mut open: Vec<&str> = names.into_iter().collect();
        while let Some(name) = open.pop() {
            if self.found.insert(name) {
                open.extend(self.leads.get(name).into_iter().flatten());
            }
        }
    }
}

/// Every name that the statement spells: its own, those of attributes, those it imports.
fn mentions<'a>(stmt: &'a Stmt, found: &mut HashSet<&'a str>) {
    if let StmtKind::ImportFrom { names, .. } = &stmt.kind {
        found.extend(names.iter().map(|alias| alias.name.as_str()));
    }
    stmt.each_expr(&mut |e| spelled(e, found));
    if let StmtKind::Match { cases, .. } = &stmt.kind {
        let patterns = cases.iter().map(|case| &case.pattern);
        patterns.for_each(|pattern| pattern.each_expr(&mut |e| spelled(e, found)));
    }
    stmt.each_block(&mut |block| block.iter().for_each(|inner| mentions(inner, found)));
}

fn spelled<'a>(e: &'a Expr, found: &mut HashSet<&'a str>) {
    match &e.kind {
        ExprKind::Name(name) => drop(found.insert(name)),
        ExprKind::Attribute { attr, .. } => drop(found.insert(&attr.name)),
        _ => {}
    }
    e.each_child(&mut |child| spelled(child, found));
}
