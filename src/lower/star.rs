//! `from module import *`: written out before anything asks what the module binds.

use super::Loader;
use super::demand::Demand;
use crate::resolve::library;
use crate::source::Span;
use crate::syntax::ast::{Alias, Constant, Expr, ExprKind, Module, Stmt, StmtKind};
use std::borrow::Cow;
use std::path::Path;

/// The module with the names of every star import written out, as far as they are known without running it.
pub fn expand<'a>(
    demand: &mut Demand,
    loader: &mut dyn Loader,
    ast: &'a Module,
    name: &str,
    path: &Path,
) -> Cow<'a, Module> {
    let mut found = false;
    ast.body.iter().for_each(|stmt| found |= has_star(stmt));
    if !found {
        return Cow::Borrowed(ast);
    }
    let mut ast = ast.clone();
    let mut expander = Expander {
        demand,
        loader,
        name,
        path,
    };
    expander.block(&mut ast.body);
    Cow::Owned(ast)
}

fn is_star(names: &[Alias]) -> bool {
    names.iter().any(|a| a.name == "*")
}

fn has_star(stmt: &Stmt) -> bool {
    let mut found = matches!(&stmt.kind, StmtKind::ImportFrom { names, .. } if is_star(names));
    stmt.each_block(&mut |block| found |= block.iter().any(has_star));
    found
}

struct Expander<'a> {
    demand: &'a mut Demand,
    loader: &'a mut dyn Loader,
    name: &'a str,
    path: &'a Path,
}

impl Expander<'_> {
    fn block(&mut self, block: &mut [Stmt]) {
        for stmt in block {
            let span = stmt.span;
            if let StmtKind::ImportFrom { module, names, level } = &mut stmt.kind
                && is_star(names)
                && let Some(known) = self.names_of(module.as_deref().unwrap_or_default(), *level)
            {
                *names = known.into_iter().map(|name| alias(name, span)).collect();
            }
            stmt.each_block_mut(&mut |inner| self.block(inner));
        }
    }

    fn names_of(&mut self, module: &str, level: u32) -> Option<Vec<String>> {
        let is_package = super::modules::is_package(self.path);
        let module = super::modules::absolute(self.name, is_package, module, level)?;
        if level == 0 && library::has_module(&module) {
            return Some(library::public_names(&module));
        }
        let loaded = self.demand.load(&module, self.path, self.loader)?;
        Some(exported(&loaded.parsed.ast))
    }
}

fn alias(name: String, span: Span) -> Alias {
    Alias {
        name,
        asname: None,
        span,
    }
}

/// `__all__` where it is written out, otherwise every name without a leading underscore.
fn exported(module: &Module) -> Vec<String> {
    let mut all: Option<Vec<String>> = None;
    for stmt in &module.body {
        match &stmt.kind {
            StmtKind::Assign { targets, value } if targets.iter().any(is_all) => all = strings(value),
            StmtKind::AugAssign { target, value, .. } if is_all(target) => {
                if let (Some(known), Some(more)) = (&mut all, strings(value)) {
                    known.extend(more);
                }
            }
            _ => {}
        }
    }
    all.unwrap_or_else(|| {
        let mut names: Vec<String> = Vec::new();
        for name in module.body.iter().flat_map(crate::resolve::statics::bound_names) {
            if !name.starts_with('_') && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    })
}

fn is_all(e: &Expr) -> bool {
    matches!(&e.kind, ExprKind::Name(name) if name == "__all__")
}

fn strings(e: &Expr) -> Option<Vec<String>> {
    let (ExprKind::List(items) | ExprKind::Tuple(items)) = &e.kind else {
        return None;
    };
    items
        .iter()
        .map(|item| match &item.kind {
            ExprKind::Constant(Constant::Str(text)) => Some(text.clone()),
            _ => None,
        })
        .collect()
}
