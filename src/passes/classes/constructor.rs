//! The function that makes an instance of a class: its `__init__` with attributes as variables, up to the point where
//! all are bound; there the instance is made of them, and the rest runs as written.

use super::inline::{Called, inlined};
use super::unfinished;
use crate::ir::func::{Local, Storage};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    AugTarget, Block, Class, ClassId, Const, Expr, ExprKind, Function, LocalId, Stmt, StmtKind, Target, Ty, Use,
};
use crate::passes::analyses::{assigned, placement};
use std::collections::HashMap;

/// The constructor of `class`, and the attributes it binds. `called` finds what `__init__` calls.
pub fn constructor(
    init: &Function,
    class: ClassId,
    tagged: bool,
    called: &Called<'_>,
) -> Option<(Function, Vec<String>)> {
    let this = init.params[0].local;
    if init.local(this).storage != Storage::Plain {
        return None;
    }
    let mut function = inlined(init, called)?;
    if makes_functions(&function) {
        return None;
    }
    let fields = bound_attributes(&function, this);
    let first = function.locals.len() as u32;
    function.locals.extend(fields.iter().map(|name| Local {
        name: name.clone(),
        storage: Storage::Plain,
        ty: Ty::Dyn,
        maybe_unbound: false,
        temporary: false,
    }));
    let locals: HashMap<&str, LocalId> = (fields.iter().map(String::as_str))
        .zip((first..).map(LocalId))
        .collect();
    let last = (function.body.iter())
        .rposition(|stmt| binds_new(stmt, this, &fields))
        .map_or(0, |at| at + 1);
    let maker = Maker {
        class,
        tagged,
        this,
        locals: &locals,
    };
    let finished = || {
        let (prefix, rest) = maker.split(&function, last)?;
        let made = maker.made(prefix, rest, &fields);
        all_bound(&made, &locals).then_some(made)
    };
    let unfinished = || {
        let at = unfinished::needed_at(&function, this, &locals, called)?;
        let (prefix, rest) = maker.split(&function, at)?;
        let bound = unfinished::bound_by(&prefix, &locals);
        let bound: Vec<String> = (fields.iter().filter(|name| bound.contains(name.as_str())).cloned()).collect();
        Some(maker.made(prefix, rest, &bound))
    };
    let made = finished().or_else(unfinished)?;
    Some((made, fields))
}

/// Makes the constructor of an initializer.
struct Maker<'a> {
    class: ClassId,
    tagged: bool,
    this: LocalId,
    /// The variables that stand for the attributes until the instance is made.
    locals: &'a HashMap<&'a str, LocalId>,
}

impl Maker<'_> {
    /// The function up to this statement with attributes as variables, and the statements that remain.
    fn split(&self, function: &Function, at: usize) -> Option<(Function, Block)> {
        let mut prefix = function.clone();
        prefix.params.remove(0);
        prefix.class = None;
        prefix.parent = None;
        let rest = prefix.body.split_off(at);
        let mut renamer = Renamer {
            this: self.this,
            locals: self.locals,
            escapes: false,
        };
        prefix.body.iter_mut().for_each(|stmt| renamer.stmt(stmt));
        (!renamer.escapes && !returns(&prefix.body)).then_some((prefix, rest))
    }

    /// An instance with these attributes is made between the two.
    fn made(&self, mut prefix: Function, mut rest: Block, bound: &[String]) -> Function {
        let span = prefix.span;
        let mut values: Vec<(String, Expr)> = (bound.iter())
            .map(|name| (name.clone(), Expr::local(self.locals[name.as_str()], span)))
            .collect();
        if self.tagged {
            values.push((Class::TAG.to_owned(), Expr::int(i64::from(self.class.0), span)));
        }
        let new = ExprKind::New {
            class: self.class,
            fields: values,
        };
        prefix.body.push(Stmt {
            kind: StmtKind::Assign {
                value: Expr::new(new, span),
                target: Target::Local(self.this),
            },
            span,
        });
        rest.iter_mut().for_each(|stmt| return_self(stmt, self.this));
        prefix.body.extend(rest);
        prefix.body.push(Stmt {
            kind: StmtKind::Return(Expr::local(self.this, span)),
            span,
        });
        prefix
    }
}

/// The attributes of `self` that `__init__` binds in its own statements, in order.
pub fn bound_attributes(init: &Function, this: LocalId) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for stmt in &init.body {
        stmt.walk(&mut |s| {
            if let StmtKind::Assign { target, .. } | StmtKind::For { target, .. } = &s.kind {
                attributes_of(target, this, &mut |name| {
                    if !names.iter().any(|n| n == name) {
                        names.push(name.to_owned());
                    }
                });
            }
        });
    }
    names
}

fn attributes_of(target: &Target, this: LocalId, visit: &mut dyn FnMut(&str)) {
    match target {
        Target::Attr { object, name } if is_self(object, this) => visit(name),
        Target::Unpack { parts, .. } => parts.iter().for_each(|p| attributes_of(p, this, visit)),
        _ => {}
    }
}

pub fn is_self(e: &Expr, this: LocalId) -> bool {
    matches!(e.kind, ExprKind::Local(id, _) if id == this)
}

/// The statement binds an attribute.
fn binds_new(stmt: &Stmt, this: LocalId, fields: &[String]) -> bool {
    let mut binds = false;
    stmt.walk(&mut |s| {
        if let StmtKind::Assign { target, .. } | StmtKind::For { target, .. } = &s.kind {
            attributes_of(target, this, &mut |name| binds |= fields.iter().any(|f| f == name));
        }
    });
    binds
}

/// Functions made inside share the variables of the initializer itself, not those of a copy of it.
fn makes_functions(function: &Function) -> bool {
    let mut found = false;
    for stmt in &function.body {
        stmt.walk_exprs(&mut |e| found |= matches!(e.kind, ExprKind::MakeFunction { .. }));
    }
    found
}

pub fn returns(body: &[Stmt]) -> bool {
    let mut found = false;
    body.iter()
        .for_each(|stmt| stmt.walk(&mut |s| found |= matches!(s.kind, StmtKind::Return(_))));
    found
}

/// `__init__` returns None, its constructor the instance.
fn return_self(stmt: &mut Stmt, this: LocalId) {
    Returner { this }.stmt(stmt);
}

struct Returner {
    this: LocalId,
}

impl Rewrite for Returner {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::Return(value) = &mut stmt.kind
            && matches!(value.kind, ExprKind::Const(Const::None))
        {
            value.kind = ExprKind::Local(self.this, Use::Shared);
        }
        self.stmt_parts(stmt);
    }

    fn expr(&mut self, _: &mut Expr) {}
}

/// Every attribute is bound on every path to where the instance is made.
pub fn all_bound(function: &Function, locals: &HashMap<&str, LocalId>) -> bool {
    let places = placement::analyse(function);
    let facts = assigned::analyse(function, &places);
    locals.values().all(|id| !facts.maybe_unbound[id.index()])
}

/// Makes `self.name` the variable `name`.
struct Renamer<'a> {
    this: LocalId,
    locals: &'a HashMap<&'a str, LocalId>,
    /// `self` is used otherwise.
    escapes: bool,
}

impl Renamer<'_> {
    fn variable(&mut self, object: &Expr, name: &str) -> Option<LocalId> {
        if !is_self(object, self.this) {
            return None;
        }
        let local = self.locals.get(name).copied();
        self.escapes |= local.is_none();
        local
    }
}

impl Rewrite for Renamer<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::Aug { target, .. } = &mut stmt.kind
            && let AugTarget::Attr { object, name } = target
            && let Some(local) = self.variable(object, name)
        {
            *target = AugTarget::Local(local);
        }
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        if let Target::Attr { object, name } = target
            && let Some(local) = self.variable(object, name)
        {
            *target = Target::Local(local);
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        if let ExprKind::Attr { object, name } = &e.kind
            && let Some(local) = self.variable(object, name)
        {
            e.kind = ExprKind::Local(local, Use::Shared);
            return;
        }
        self.escapes |= is_self(e, self.this);
        self.expr_parts(e);
    }
}
