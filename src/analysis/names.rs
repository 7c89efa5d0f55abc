//! What the names in a file stand for: imports through their aliases, the file's own functions, builtins.

use super::functions::{FoundFunction, for_each_expr_deep, for_each_own_stmt};
use super::tables;
use crate::syntax::ast::*;
use std::collections::{HashMap, HashSet};

/// The names of a file and of every function in it.
pub(super) struct ModuleNames<'a> {
    module: Scope<'a>,
    /// By the function's place in the list.
    functions: Vec<Scope<'a>>,
    outer: Vec<Option<usize>>,
    classes_of: Vec<Option<String>>,
    by_name: HashMap<String, usize>,
    classes: HashSet<String>,
}

/// What one scope binds.
#[derive(Default)]
struct Scope<'a> {
    /// Imported names, with what they stand for.
    imports: HashMap<&'a str, String>,
    /// Other names bound here.
    bound: HashSet<&'a str>,
    /// The listed name of what is defined directly in it, up to the last dot.
    prefix: String,
}

/// What a called expression stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Callee {
    /// An import or a builtin, by its full name.
    Known(String),
    /// A function of this file, by its place in the list.
    Own(usize),
    /// A class of this file.
    OwnClass(String),
    /// A method of an unknown object: the text of the whole callee, and the method's name.
    Method { text: String, name: String },
    /// A plain name or another expression that says nothing.
    Unknown(String),
}

impl<'a> ModuleNames<'a> {
    pub fn of(module: &'a Module, functions: &[FoundFunction<'a>]) -> Self {
        let scope_of = |function: &FoundFunction<'a>| {
            let mut scope = scope_of_body(&function.def.body);
            scope
                .bound
                .extend(function.def.params.iter().map(|param| param.name.name.as_str()));
            scope.prefix = format!("{}.", function.name);
            scope
        };
        ModuleNames {
            module: scope_of_body(&module.body),
            functions: functions.iter().map(scope_of).collect(),
            outer: functions.iter().map(|function| function.outer).collect(),
            classes_of: functions.iter().map(|function| function.class.clone()).collect(),
            by_name: functions
                .iter()
                .enumerate()
                .map(|(at, function)| (function.name.clone(), at))
                .collect(),
            classes: functions.iter().filter_map(|function| function.class.clone()).collect(),
        }
    }

    /// A callee by name, for the report.
    pub fn describe(&self, callee: Callee) -> String {
        match callee {
            Callee::Own(at) => self.functions[at].prefix.trim_end_matches('.').to_owned(),
            Callee::Known(name) | Callee::OwnClass(name) | Callee::Unknown(name) => name,
            Callee::Method { text, .. } => text,
        }
    }

    /// Resolves the callee of a call in the function at `at`.
    pub fn callee(&self, func: &Expr, at: usize) -> Callee {
        match &func.kind {
            ExprKind::Name(name) => self.name(name, at),
            ExprKind::Attribute { value, attr } => self.attribute(value, &attr.name, at),
            _ => Callee::Unknown(describe(func)),
        }
    }

    fn name(&self, name: &str, at: usize) -> Callee {
        let mut scope_at = Some(at);
        while let Some(at) = scope_at {
            if let Some(found) = self.in_scope(name, &self.functions[at]) {
                return found;
            }
            scope_at = self.outer[at];
        }
        match self.in_scope(name, &self.module) {
            Some(found) => found,
            None if tables::is_builtin(name) => Callee::Known(name.to_owned()),
            None => Callee::Unknown(name.to_owned()),
        }
    }

    fn in_scope(&self, name: &str, scope: &Scope) -> Option<Callee> {
        if let Some(path) = scope.imports.get(name) {
            return Some(Callee::Known(path.clone()));
        }
        if !scope.bound.contains(name) {
            return None;
        }
        let listed = format!("{}{name}", scope.prefix);
        Some(match self.by_name.get(&listed) {
            Some(&function) => Callee::Own(function),
            None if self.classes.contains(&listed) => Callee::OwnClass(listed),
            None => Callee::Unknown(name.to_owned()),
        })
    }

    fn attribute(&self, value: &Expr, attr: &str, at: usize) -> Callee {
        if let Some(method) = self.own_method(value, attr, at) {
            return method;
        }
        match self.path(value, at) {
            Some(path) => Callee::Known(format!("{path}.{attr}")),
            None => Callee::Method {
                text: format!("{}.{attr}", self.receiver(value, at)),
                name: attr.to_owned(),
            },
        }
    }

    /// `self.method` in a class of this file, or `Class.method`.
    fn own_method(&self, value: &Expr, attr: &str, at: usize) -> Option<Callee> {
        let ExprKind::Name(name) = &value.kind else { return None };
        let class = if matches!(name.as_str(), "self" | "cls") {
            self.classes_of[at].clone()?
        } else {
            match self.name(name, at) {
                Callee::OwnClass(class) => class,
                _ => return None,
            }
        };
        self.by_name
            .get(&format!("{class}.{attr}"))
            .map(|&function| Callee::Own(function))
    }

    /// The full name of an imported module or a part of it.
    fn path(&self, value: &Expr, at: usize) -> Option<String> {
        match &value.kind {
            ExprKind::Name(name) => match self.name(name, at) {
                Callee::Known(path) => Some(path),
                _ => None,
            },
            ExprKind::Attribute { value, attr } => Some(format!("{}.{}", self.path(value, at)?, attr.name)),
            _ => None,
        }
    }

    /// A receiver in words: calls by what they call, literals by their type.
    fn receiver(&self, value: &Expr, at: usize) -> String {
        match &value.kind {
            ExprKind::Call { func, .. } => match self.callee(func, at) {
                Callee::Known(path) => format!("{path}()"),
                _ => format!("{}()", describe(func)),
            },
            _ => describe(value),
        }
    }
}

/// An expression in as few words as name it.
fn describe(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Name(name) => name.clone(),
        ExprKind::Attribute { value, attr } => format!("{}.{}", describe(value), attr.name),
        ExprKind::Call { func, .. } => format!("{}()", describe(func)),
        ExprKind::Subscript { value, .. } => format!("{}[]", describe(value)),
        ExprKind::Constant(Constant::Str(_) | Constant::SurrogateStr(_)) | ExprKind::JoinedStr(_) => "str".to_owned(),
        ExprKind::Constant(Constant::Bytes(_)) => "bytes".to_owned(),
        ExprKind::Constant(Constant::Int(_)) => "int".to_owned(),
        ExprKind::Constant(Constant::Float(_)) => "float".to_owned(),
        ExprKind::List(_) | ExprKind::ListComp { .. } => "list".to_owned(),
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict".to_owned(),
        ExprKind::Set(_) | ExprKind::SetComp { .. } => "set".to_owned(),
        ExprKind::Tuple(_) => "tuple".to_owned(),
        ExprKind::Lambda { .. } => "lambda".to_owned(),
        _ => "?".to_owned(),
    }
}

fn scope_of_body(body: &[Stmt]) -> Scope<'_> {
    let mut scope = Scope::default();
    let mut elsewhere = HashSet::new();
    for_each_own_stmt(body, &mut |stmt| {
        bind_stmt(stmt, &mut scope, &mut elsewhere);
        for_each_expr_deep(stmt, &mut |expr| bind_expr(expr, &mut scope));
    });
    scope.bound.retain(|name| !elsewhere.contains(name));
    scope
}

fn bind_stmt<'a>(stmt: &'a Stmt, scope: &mut Scope<'a>, elsewhere: &mut HashSet<&'a str>) {
    match &stmt.kind {
        StmtKind::FunctionDef(def) => {
            scope.bound.insert(&def.name.name);
        }
        StmtKind::ClassDef(class) => {
            scope.bound.insert(&class.name.name);
        }
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => {
            targets.iter().for_each(|target| bind_target(target, &mut scope.bound));
        }
        StmtKind::AugAssign { target, .. } | StmtKind::AnnAssign { target, .. } => {
            bind_target(target, &mut scope.bound)
        }
        StmtKind::For(for_stmt) => bind_target(&for_stmt.target, &mut scope.bound),
        StmtKind::With { items, .. } => {
            items
                .iter()
                .filter_map(|item| item.target.as_ref())
                .for_each(|t| bind_target(t, &mut scope.bound));
        }
        StmtKind::Try(try_stmt) => {
            let names = try_stmt.handlers.iter().filter_map(|handler| handler.name.as_ref());
            scope.bound.extend(names.map(|name| name.name.as_str()));
        }
        StmtKind::Match { cases, .. } => cases
            .iter()
            .for_each(|case| bind_pattern(&case.pattern, &mut scope.bound)),
        StmtKind::Import(names) => names.iter().for_each(|alias| bind_import(alias, scope)),
        StmtKind::ImportFrom { module, names, level } => {
            names
                .iter()
                .for_each(|alias| bind_import_from(module.as_deref(), *level, alias, scope));
        }
        StmtKind::Global(names) | StmtKind::Nonlocal(names) => {
            elsewhere.extend(names.iter().map(|name| name.name.as_str()));
        }
        _ => {}
    }
}

fn bind_expr<'a>(expr: &'a Expr, scope: &mut Scope<'a>) {
    match &expr.kind {
        ExprKind::NamedExpr { target, .. } => {
            scope.bound.insert(&target.name);
        }
        ExprKind::ListComp { generators, .. }
        | ExprKind::SetComp { generators, .. }
        | ExprKind::DictComp { generators, .. }
        | ExprKind::GeneratorExp { generators, .. } => {
            generators
                .iter()
                .for_each(|generator| bind_target(&generator.target, &mut scope.bound));
        }
        _ => {}
    }
}

/// Adds the names that an assignment to `target` binds.
pub(super) fn bind_target<'a>(target: &'a Expr, bound: &mut HashSet<&'a str>) {
    match &target.kind {
        ExprKind::Name(name) => {
            bound.insert(name);
        }
        ExprKind::List(elements) | ExprKind::Tuple(elements) => {
            elements.iter().for_each(|element| bind_target(element, bound));
        }
        ExprKind::Starred(value) => bind_target(value, bound),
        _ => {}
    }
}

fn bind_pattern<'a>(pattern: &'a Pattern, bound: &mut HashSet<&'a str>) {
    match &pattern.kind {
        PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => {
            patterns.iter().for_each(|pattern| bind_pattern(pattern, bound));
        }
        PatternKind::Mapping { patterns, rest, .. } => {
            patterns.iter().for_each(|pattern| bind_pattern(pattern, bound));
            bound.extend(rest.iter().map(|name| name.name.as_str()));
        }
        PatternKind::Class {
            patterns, kwd_patterns, ..
        } => {
            patterns
                .iter()
                .chain(kwd_patterns)
                .for_each(|pattern| bind_pattern(pattern, bound));
        }
        PatternKind::Star(name) => bound.extend(name.iter().map(|name| name.name.as_str())),
        PatternKind::As { pattern, name } => {
            pattern.iter().for_each(|pattern| bind_pattern(pattern, bound));
            bound.extend(name.iter().map(|name| name.name.as_str()));
        }
        PatternKind::Value(_) | PatternKind::Singleton(_) => {}
    }
}

/// `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`.
fn bind_import<'a>(alias: &'a Alias, scope: &mut Scope<'a>) {
    match &alias.asname {
        Some(asname) => scope.imports.insert(asname, alias.name.clone()),
        None => {
            let first = alias.name.split('.').next().unwrap_or(&alias.name);
            scope.imports.insert(first, first.to_owned())
        }
    };
}

fn bind_import_from<'a>(module: Option<&str>, level: u32, alias: &'a Alias, scope: &mut Scope<'a>) {
    if alias.name == "*" {
        return;
    }
    let dots = ".".repeat(level as usize);
    let path = match module {
        Some(module) => format!("{dots}{module}.{}", alias.name),
        None => format!("{dots}{}", alias.name),
    };
    scope.imports.insert(alias.asname.as_ref().unwrap_or(&alias.name), path);
}
