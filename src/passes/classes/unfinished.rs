//! Initializers that call methods of the instance before all of its attributes are bound: `self.hash = self.compute()`.
//!
//! The instance is made where it is first needed, without the attributes that are bound later. That is right where no
//! method called meanwhile reads one of those; Python would raise AttributeError, native code has nothing to raise it by.

use super::family::Meaning;
use super::inline::Called;
use crate::ir::func::Storage;
use crate::ir::visit_mut::Rewrite;
use crate::ir::{AugTarget, Callee, Expr, ExprKind, FuncId, Function, LocalId, Stmt, StmtKind, Target, Use};
use crate::passes::classes::constructor::{all_bound, is_self, returns};
use std::collections::{BTreeSet, HashMap};

/// The number of the first statement that needs the instance itself, where nothing reads an attribute too early.
pub fn needed_at(
    function: &Function,
    this: LocalId,
    locals: &HashMap<&str, LocalId>,
    called: &Called<'_>,
) -> Option<usize> {
    let mut early = Early {
        this,
        locals,
        called,
        escapes: false,
        follows: true,
    };
    let mut model = function.clone();
    let mut at = None;
    for (number, stmt) in model.body.iter_mut().enumerate() {
        early.escapes = false;
        early.stmt(stmt);
        if early.escapes {
            at.get_or_insert(number);
        }
    }
    if !early.follows || returns(&model.body) {
        return None;
    }
    model.body.push(reads(locals.values().copied(), function));
    all_bound(&model, locals).then_some(at?)
}

/// The attributes that are bound on every path through these statements, which use `self` for its attributes only.
pub fn bound_by<'a>(prefix: &Function, locals: &HashMap<&'a str, LocalId>) -> BTreeSet<&'a str> {
    let is_bound = |(name, local): (&&'a str, &LocalId)| {
        let mut model = prefix.clone();
        model.body.push(reads([*local].into_iter(), prefix));
        let one = HashMap::from([(*name, *local)]);
        all_bound(&model, &one).then_some(*name)
    };
    locals.iter().filter_map(is_bound).collect()
}

fn reads(locals: impl Iterator<Item = LocalId>, function: &Function) -> Stmt {
    let items = locals.map(|local| crate::ir::Arg::One(Expr::local(local, function.span)));
    Stmt {
        kind: StmtKind::Expr(Expr::new(ExprKind::Tuple(items.collect()), function.span)),
        span: function.span,
    }
}

/// Makes attributes of `self` variables, and calls of its methods reads of what those read.
struct Early<'a, 'c> {
    this: LocalId,
    locals: &'a HashMap<&'a str, LocalId>,
    called: &'a Called<'c>,
    /// The statement at hand needs the instance.
    escapes: bool,
    /// All that is done with the instance can be followed.
    follows: bool,
}

impl Early<'_, '_> {
    fn field(&self, object: &Expr, name: &str) -> Option<LocalId> {
        is_self(object, self.this)
            .then(|| self.locals.get(name).copied())
            .flatten()
    }

    /// `e`, which runs these functions on the instance.
    fn running(&mut self, e: &mut Expr, func: FuncId) {
        self.escapes = true;
        let mut read = Reads {
            fields: BTreeSet::new(),
            seen: BTreeSet::new(),
            called: self.called,
            names: self.locals,
            this: None,
            follows: true,
        };
        read.function(func);
        self.follows &= read.follows;
        let span = e.span;
        let reads = (read.fields.iter())
            .map(|name| Stmt {
                kind: StmtKind::Expr(Expr::local(self.locals[name.as_str()], span)),
                span,
            })
            .collect();
        let value = std::mem::replace(e, Expr::none(span));
        *e = Expr::new(ExprKind::Seq(reads, Box::new(value)), span);
    }
}

impl Rewrite for Early<'_, '_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::Aug { target, .. } = &mut stmt.kind
            && let AugTarget::Attr { object, name } = target
            && let Some(local) = self.field(object, name)
        {
            *target = AugTarget::Local(local);
        }
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        if let Target::Attr { object, name } = target
            && let Some(local) = self.field(object, name)
        {
            *target = Target::Local(local);
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        match &mut e.kind {
            ExprKind::Attr { object, name } if is_self(object, self.this) => {
                if let Some(local) = self.locals.get(name.as_str()) {
                    e.kind = ExprKind::Local(*local, Use::Shared);
                    return;
                }
                match self.called.meaning_of(name) {
                    Some(Meaning::Property { get, .. }) => self.running(e, get),
                    Some(Meaning::Variable(_)) => self.escapes = true,
                    _ => self.follows = false,
                }
            }
            ExprKind::Call {
                callee: Callee::Method { object, name },
                args,
                keywords,
            } if is_self(object, self.this) && !self.locals.contains_key(name.as_str()) => {
                let meaning = self.called.meaning_of(name);
                args.iter_mut().for_each(|arg| self.expr(arg.expr_mut()));
                keywords.iter_mut().for_each(|(_, value)| self.expr(value));
                match meaning {
                    Some(Meaning::Method(func)) => self.running(e, func),
                    Some(Meaning::Static) => self.escapes = true,
                    _ => self.follows = false,
                }
            }
            _ => {
                self.follows &= !is_self(e, self.this);
                self.expr_parts(e);
            }
        }
    }
}

/// The attributes that a method may read of the instance it is called on.
struct Reads<'a, 'c> {
    fields: BTreeSet<String>,
    seen: BTreeSet<FuncId>,
    called: &'a Called<'c>,
    names: &'a HashMap<&'a str, LocalId>,
    /// `self` in the function at hand.
    this: Option<LocalId>,
    /// The methods do nothing else with it than to read and bind attributes and to call further methods.
    follows: bool,
}

impl Reads<'_, '_> {
    fn function(&mut self, func: FuncId) {
        if !self.seen.insert(func) {
            return;
        }
        let function = (self.called.function)(func);
        let Some(param) = function.params.first() else {
            self.follows = false;
            return;
        };
        self.follows &= function.local(param.local).storage == Storage::Plain;
        let outer = self.this.replace(param.local);
        let mut body = function.body.clone();
        body.iter_mut().for_each(|stmt| self.stmt(stmt));
        self.this = outer;
    }

    fn is_this(&self, e: &Expr) -> bool {
        self.this.is_some_and(|this| is_self(e, this))
    }

    fn read(&mut self, name: &str) {
        if self.names.contains_key(name) {
            self.fields.insert(name.to_owned());
            return;
        }
        match self.called.meaning_of(name) {
            Some(Meaning::Property { get, .. }) => self.function(get),
            Some(Meaning::Variable(_)) => {}
            _ => self.follows = false,
        }
    }
}

impl Rewrite for Reads<'_, '_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::Aug {
            target: AugTarget::Attr { object, name },
            value,
            ..
        } = &mut stmt.kind
            && self.is_this(object)
        {
            let name = name.clone();
            self.expr(value);
            self.read(&name);
            return;
        }
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        match target {
            Target::Attr { object, name } if self.is_this(object) => {
                self.follows &= self.names.contains_key(name.as_str());
            }
            Target::Local(id) if Some(*id) == self.this => self.follows = false,
            _ => self.target_parts(target),
        }
    }

    fn expr(&mut self, e: &mut Expr) {
        match &mut e.kind {
            ExprKind::Attr { object, name } if self.is_this(object) => {
                let name = name.clone();
                self.read(&name);
            }
            ExprKind::Call {
                callee: Callee::Method { object, name },
                args,
                keywords,
            } if self.is_this(object) => {
                let name = name.clone();
                args.iter_mut().for_each(|arg| self.expr(arg.expr_mut()));
                keywords.iter_mut().for_each(|(_, value)| self.expr(value));
                match self.called.meaning_of(&name) {
                    _ if self.names.contains_key(name.as_str()) => self.read(&name),
                    Some(Meaning::Method(func)) => self.function(func),
                    Some(Meaning::Static) => {}
                    _ => self.follows = false,
                }
            }
            _ => {
                self.follows &= !self.is_this(e);
                self.expr_parts(e);
            }
        }
    }
}
